//! Statements under the table of tasks: which are insufficient, which sufficient, which cannot be judged.

use crate::model::assessment::Difficulty;
use crate::model::finding::{Status, Verdict};
use crate::model::report::{Block, Statement, Text};
use crate::report::context::{Chapter, Context};
use crate::wording::{number, text as words};

/// Statements under the table of tasks.
pub(super) fn on_tasks(context: &Context<'_>, chapter: &Chapter<'_>) -> Vec<Block> {
    let of = |wanted: Verdict| -> Vec<&str> {
        chapter.findings.verdicts.iter().filter(|v| v.verdict == wanted).map(|v| chapter.task_id(v.task)).collect()
    };
    let mut blocks = Vec::new();
    if chapter.measures.exam.key.procedure.has_attempts() {
        return blocks;
    }
    blocks.extend(insufficient(chapter, Difficulty::Basic, "базового уровня", "F01", context));
    blocks.extend(insufficient(chapter, Difficulty::Raised, "повышенного и высокого уровня", "F02", context));
    let green = of(Verdict::Sufficient);
    if !green.is_empty() {
        blocks.push(Block::Statement(Statement {
            status: Status::Checked,
            text: Text::plain(format!("Задания {}: уровень достаточный.", words::task_list(&green))),
        }));
    }
    let unknown = of(Verdict::Unknown);
    if !unknown.is_empty() {
        blocks.push(Block::Statement(Statement {
            status: Status::NoData,
            text: Text::plain(format!(
                "Задания {}: уровень сложности не указан ни в спецификации, ни в форме, вывода о достаточности нет.",
                words::task_list(&unknown)
            )),
        }));
    }
    blocks
}

/// The insufficient tasks of a level in one sentence, and for which of them the conclusion is not reliable.
fn insufficient(
    chapter: &Chapter<'_>,
    level: Difficulty,
    level_words: &str,
    sign: &str,
    context: &Context<'_>,
) -> Option<Block> {
    let of_level = |task: u16| {
        let known = chapter.measures.difficulty(task);
        known.is_some_and(|known| (known == Difficulty::Basic) == (level == Difficulty::Basic))
    };
    let red: Vec<_> = chapter
        .findings
        .verdicts
        .iter()
        .filter(|judged| judged.verdict == Verdict::Insufficient && of_level(judged.task))
        .collect();
    if red.is_empty() {
        return None;
    }
    let (focus, group) = &context.focus;
    let shares: Vec<String> = red
        .iter()
        .filter_map(|judged| {
            let row = chapter.measures.tasks_of(*focus, group).find(|row| row.task == judged.task)?;
            Some(format!("№\u{a0}{} ({})", chapter.task_id(judged.task), number::percent(row.pct?, row.counts.n)))
        })
        .collect();
    let threshold = context.thresholds.get(&format!("{sign}.sufficient"));
    let limit = threshold.value - context.thresholds.value(&format!("{sign}.zone"));
    let decimals = u8::from(limit.fract() != 0.0);
    let mut sentence = format!(
        "Задания {level_words} с недостаточным результатом (ниже {}): {}.",
        number::percent_exact(limit, decimals),
        words::list(&shares)
    );
    let doubtful: Vec<&str> =
        red.iter().filter(|judged| !judged.reliable).map(|judged| chapter.task_id(judged.task)).collect();
    if !doubtful.is_empty() {
        sentence.push_str(&format!(
            " У {} интервал накрывает порог {}: при таком числе участников вывод ненадёжен.",
            words::task_list(&doubtful),
            number::percent_exact(threshold.value, 0)
        ));
    }
    sentence.push_str(&format!(" Порог — {}.", threshold.tag.title()));
    Some(Block::Statement(Statement { status: Status::Fact, text: Text::plain(sentence) }))
}
