//! Statements under the table of tasks: which are insufficient, which sufficient, which cannot be judged.

use crate::context::{Chapter, Names};
use srez_model::assessment::{Difficulty, Procedure};
use srez_model::finding::{Status, Verdict};
use srez_model::report::{Block, Statement, Text};
use srez_model::tally::Group;
use srez_model::threshold::Threshold;
use srez_wording::sentence::tasks as said;
use srez_wording::{number, text as words};

/// Statements under the table of tasks.
pub(super) fn on_tasks(context: &Names<'_>, chapter: &Chapter<'_>) -> Vec<Block> {
    let of = |wanted: Verdict| -> Vec<&str> {
        chapter.findings.verdicts.iter().filter(|v| v.verdict == wanted).map(|v| chapter.task_id(v.task)).collect()
    };
    let mut blocks = zeroed(context, chapter);
    if chapter.measures.exam.key.procedure.has_attempts() {
        return blocks;
    }
    blocks.extend(programmes(chapter));
    blocks.extend(insufficient(chapter, Difficulty::Basic, "базового уровня", "F01", context));
    blocks.extend(insufficient(chapter, Difficulty::Raised, "повышенного и высокого уровня", "F02", context));
    let green = of(Verdict::Sufficient);
    if !green.is_empty() {
        let limits = limits(context, chapter);
        blocks.push(Block::Statement(Statement {
            status: Status::Checked,
            text: Text::plain(said::sufficient(green.len() as u64, &words::task_list(&green), &limits)),
        }));
    }
    let unknown = of(Verdict::Unknown);
    if !unknown.is_empty() {
        blocks.push(Block::Statement(Statement {
            status: Status::NoData,
            text: Text::plain(said::unlevelled(unknown.len() as u64, &words::task_list(&unknown))),
        }));
    }
    blocks
}

/// Criteria that were not looked at for some, because the one on which they depend had no points: one sentence for
/// those of the same participants.
fn zeroed(context: &Names<'_>, chapter: &Chapter<'_>) -> Vec<Block> {
    let Group { level, name } = &context.focus;
    let exam = &chapter.measures.exam;
    let mut alike: Vec<((&str, u64), Vec<&str>)> = Vec::new();
    for row in chapter.measures.tasks_of(*level, name).filter(|row| row.counts.zeroed > 0) {
        let Some(task) = exam.tasks.get(usize::from(row.task)) else { continue };
        let key = (task.requires.as_str(), row.counts.zeroed);
        match alike.iter_mut().find(|(known, _)| *known == key) {
            Some((_, ids)) => ids.push(&task.id),
            None => alike.push((key, vec![&task.id])),
        }
    }
    let sentence = |((required, n), ids): ((&str, u64), Vec<&str>)| {
        Block::Paragraph(Text::plain(said::zeroed(n, &words::list(&ids), required)))
    };
    alike.into_iter().map(sentence).collect()
}

/// Of the tasks with an insufficient level, those whose matter belongs to an earlier grade, as far as this is known.
fn programmes(chapter: &Chapter<'_>) -> Option<Block> {
    let exam = &chapter.measures.exam;
    let low: Vec<_> = chapter.findings.verdicts.iter().filter(|it| it.verdict == Verdict::Insufficient).collect();
    let grade_of = |judged: &&&srez_model::finding::TaskVerdict| {
        exam.tasks.get(usize::from(judged.task)).and_then(|task| task.programme_grade)
    };
    let mut grades: Vec<u8> = low.iter().filter_map(|judged| grade_of(&judged)).collect();
    grades.sort_unstable();
    let sentences: Vec<String> = grades
        .chunk_by(|left, right| left == right)
        .filter(|same| same.first().is_some_and(|grade| *grade < exam.key.grade))
        .map(|same| {
            let grade = same.first().map_or_else(String::new, u8::to_string);
            said::of_programme(same.len() as u64, low.len() as u64, &grade)
        })
        .collect();
    (!sentences.is_empty()).then(|| Block::Paragraph(Text::plain(sentences.join(" "))))
}

/// «Порог 60 % для уровня Б и 30 % для П и В», as far as the work has such tasks; above the zone the level is
/// sufficient.
fn limits(context: &Names<'_>, chapter: &Chapter<'_>) -> String {
    let of_level = |sign: &str, basic: bool, letters: &str| {
        let mut tasks = chapter.findings.verdicts.iter().filter_map(|judged| chapter.measures.difficulty(judged.task));
        let found = tasks.any(|level| (level == Difficulty::Basic) == basic);
        let value = |part: &str| context.thresholds.value(&format!("{sign}.{part}"));
        let limit = value("sufficient") + value("zone");
        found.then(|| format!("{} для {letters}", number::percent_exact(limit, u8::from(limit.fract() != 0.0))))
    };
    let parts = [of_level("F01", true, "уровня Б"), of_level("F02", false, "уровней П и В")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("выше {}", words::list(&parts))
}

/// Where a threshold comes from; for a regional work it is borrowed from ВПР.
fn source_words(procedure: Procedure, threshold: &Threshold) -> String {
    if procedure == Procedure::Regional {
        return " Порог ВПР применён к региональной работе по аналогии.".to_owned();
    }
    format!(" Источник порога: {}.", threshold.tag.title())
}

/// The insufficient tasks of a level in one sentence, and for which of them the conclusion is not reliable.
fn insufficient(
    chapter: &Chapter<'_>,
    level: Difficulty,
    level_words: &str,
    sign: &str,
    context: &Names<'_>,
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
    let Group { level: focus, name: group } = &context.focus;
    let shares: Vec<String> = red
        .iter()
        .filter_map(|judged| {
            let row = chapter.measures.tasks_of(*focus, group).find(|row| row.task == judged.task)?;
            let n = row.counts.n;
            let interval =
                row.interval.map_or_else(String::new, |one| format!("; {}", number::percent_interval(&one, n)));
            Some(format!("№\u{a0}{} ({}{interval})", chapter.task_id(judged.task), number::percent(row.pct?, n)))
        })
        .collect();
    let threshold = context.thresholds.get(&format!("{sign}.sufficient"));
    let limit = threshold.value - context.thresholds.value(&format!("{sign}.zone"));
    let decimals = u8::from(limit.fract() != 0.0);
    let n = chapter.measures.tasks_of(*focus, group).map(|row| row.counts.n).max().unwrap_or(0);
    let shown = format!("{}; n\u{a0}=\u{a0}{}", number::percent_exact(limit, decimals), number::count(n));
    let mut sentence = said::insufficient(shares.len() as u64, level_words, &shown, &words::list(&shares));
    let doubtful: Vec<&str> =
        red.iter().filter(|judged| !judged.reliable).map(|judged| chapter.task_id(judged.task)).collect();
    if !doubtful.is_empty() {
        let threshold = number::percent_exact(threshold.value, 0);
        sentence.push(' ');
        sentence.push_str(&said::doubtful(doubtful.len() as u64, &words::task_list(&doubtful), &threshold));
    }
    sentence.push_str(&source_words(chapter.measures.exam.key.procedure, threshold));
    Some(Block::Statement(Statement { status: Status::Fact, text: Text::plain(sentence) }))
}
