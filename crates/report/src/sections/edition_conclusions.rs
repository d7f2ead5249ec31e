//! «Главное» of an edition for an association: where tasks are lost and done well. An edition prints no counts beside a
//! share, so that it has sentences of its own.

use crate::context::{Chapter, Names};
use crate::facts::results;
use srez_model::assessment::Difficulty;
use srez_model::finding::{Status, Verdict};
use srez_model::report::{Block, Conclusion, Text};
use srez_model::tally::Group;
use srez_wording::sentence::{schools, tasks};
use srez_wording::{number, text as words};

/// Tasks with the lowest completion that are named.
const LOWEST: usize = 3;

/// The conclusions that rest on the tasks of the whole group alone: for editions, which print no counts beside a share.
pub(crate) fn of_tasks(context: &Names<'_>, chapters: &[Chapter<'_>]) -> Vec<Block> {
    let made = [deficit(context, chapters), strength(context, chapters)].into_iter().flatten();
    made.map(Block::Conclusion).collect()
}

/// «4 класс», «8 класс, углублённый уровень».
fn grade(chapter: &Chapter<'_>) -> String {
    chapter.measures.exam.grade_title()
}

/// The conclusion with the class that it speaks of, where the document has several.
fn of_class(made: Conclusion, chapters: &[Chapter<'_>], chapter: &Chapter<'_>) -> Conclusion {
    if chapters.len() < 2 {
        return made;
    }
    let mut text = Text::plain(format!("{}. ", words::capitalised(&grade(chapter))));
    text.0.extend(made.text.0);
    Conclusion { text, ..made }
}

/// How many tasks are insufficient; of ОГЭ and ЕГЭ alone, which were done least.
fn deficit(context: &Names<'_>, chapters: &[Chapter<'_>]) -> Option<Conclusion> {
    let counted = |chapter: &&Chapter<'_>| {
        chapter.findings.verdicts.iter().filter(|verdict| verdict.verdict == Verdict::Insufficient).count()
    };
    let judged = |chapter: &Chapter<'_>| {
        chapter.findings.verdicts.iter().filter(|verdict| verdict.verdict != Verdict::Unknown).count()
    };
    let is_gia = |chapter: &&Chapter<'_>| chapter.measures.exam.key.procedure.has_attempts();
    let with_thresholds = chapters.iter().filter(|chapter| !is_gia(chapter) && judged(chapter) > 0);
    let Some(chapter) = with_thresholds.max_by_key(counted) else {
        let unjudged = chapters.iter().find(is_gia).or(chapters.first());
        return unjudged.and_then(|chapter| Some(of_class(lowest_tasks(context, chapter)?, chapters, chapter)));
    };
    let of = |wanted: Verdict| -> Vec<&str> {
        chapter.findings.verdicts.iter().filter(|v| v.verdict == wanted).map(|v| chapter.task_id(v.task)).collect()
    };
    let (red, zone) = (of(Verdict::Insufficient), of(Verdict::Zone));
    let place = if chapters.len() > 1 { format!("{}: ", grade(chapter)) } else { String::new() };
    let mut sentence = format!("{place}{}.", tasks::lack_level(red.len() as u64, &words::task_list(&red)));
    if !zone.is_empty() {
        sentence.push(' ');
        sentence.push_str(&tasks::in_zone(zone.len() as u64, &words::task_list(&zone)));
    }
    sentence.push_str(&lowest(context, chapter));
    Some(Conclusion {
        value: format!("{} из {}", red.len(), judged(chapter)),
        unit: tasks::insufficient_unit(judged(chapter) as u64),
        status: Status::Fact,
        text: Text::plain(words::capitalised(&sentence)),
        source: "выполнение заданий".to_owned(),
    })
}

/// The task farthest below its threshold, with interval and threshold, as one more sentence; empty where there is none.
fn lowest(context: &Names<'_>, chapter: &Chapter<'_>) -> String {
    let Group { level, name: group } = &context.focus;
    let found = chapter
        .measures
        .tasks_of(*level, group)
        .zip(&chapter.findings.verdicts)
        .filter(|(_, judged)| judged.verdict == Verdict::Insufficient)
        .filter_map(|(row, judged)| Some((row, row.pct?, row.interval?, judged.threshold?)))
        .max_by(|(_, first, _, limit), (_, second, _, other)| (limit - first.0).total_cmp(&(other - second.0)));
    found.map_or_else(String::new, |(row, pct, interval, threshold)| {
        format!(
            " Дальше всего от порога № {}: {} ({}; порог {}).",
            chapter.task_id(row.task),
            number::percent(pct, row.counts.n),
            number::percent_interval(&interval, row.counts.n),
            number::percent_exact(threshold, 0)
        )
    })
}

/// The tasks with the lowest completion, where nothing is judged.
fn lowest_tasks(context: &Names<'_>, chapter: &Chapter<'_>) -> Option<Conclusion> {
    let Group { level, name: group } = &context.focus;
    // A task of high level is hard by intent: it is no news that few do it.
    let basic = |task: u16| chapter.measures.difficulty(task) == Some(Difficulty::Basic);
    let levels = chapter.measures.tasks_of(*level, group).any(|row| basic(row.task));
    let among = if levels { " среди заданий базового уровня" } else { "" };
    let mut rows: Vec<_> = chapter
        .measures
        .tasks_of(*level, group)
        .filter(|row| !levels || basic(row.task))
        .filter_map(|row| Some((row, row.pct?, row.interval.filter(|_| row.counts.n >= 10)?)))
        .collect();
    rows.sort_by(|(_, first, _), (_, second, _)| first.0.total_cmp(&second.0));
    let named: Vec<String> = rows
        .iter()
        .take(LOWEST)
        .map(|(row, share, interval)| {
            let n = row.counts.n;
            let task = chapter.measures.exam.tasks.get(usize::from(row.task));
            let what = task.map(|task| task.label()).filter(|label| !label.is_empty());
            format!(
                "№\u{a0}{}{} — {} ({})",
                chapter.task_id(row.task),
                what.map_or_else(String::new, |label| format!(" «{label}»")),
                number::percent(*share, n),
                number::percent_interval(interval, n)
            )
        })
        .collect();
    let (first, share, _) = rows.first()?;
    let why = if chapter.measures.exam.key.procedure.has_attempts() {
        "Порога, подтверждённого документом, для этой процедуры нет"
    } else {
        "Уровни заданий не указаны, порога для них нет"
    };
    Some(Conclusion {
        value: number::percent(*share, first.counts.n),
        unit: format!("задание №\u{a0}{}", chapter.task_id(first.task)),
        status: Status::Fact,
        text: Text::plain(format!(
            "Наименьшее выполнение{among}: {}; n\u{a0}=\u{a0}{}. {why}: это место для содержательного анализа, а не \
             вывод о недостаточности.",
            words::list(&named),
            number::count(first.counts.n)
        )),
        source: "выполнение заданий".to_owned(),
    })
}

/// What works: the tasks that are done best above their threshold.
fn strength(context: &Names<'_>, chapters: &[Chapter<'_>]) -> Option<Conclusion> {
    let Group { level, name: group } = &context.focus;
    // The rules F20 and F21 are not confirmed, and without levels there is no threshold: then the highest completion
    // alone is told, unless another work of the document is judged.
    let is_unjudged = |chapter: &Chapter<'_>| {
        chapter.measures.exam.key.procedure.has_attempts()
            || chapter.findings.verdicts.iter().all(|judged| judged.threshold.is_none())
    };
    let alone = chapters.iter().all(is_unjudged);
    let (chapter, row, above) = chapters
        .iter()
        .flat_map(|chapter| {
            chapter.measures.tasks_of(*level, group).zip(&chapter.findings.verdicts).filter_map(move |(row, judged)| {
                if is_unjudged(chapter) {
                    return (alone && !results::is_small(context, row.counts.n)).then_some((chapter, row, row.pct?.0));
                }
                let above = row.pct?.0 - judged.threshold?;
                (judged.verdict == Verdict::Sufficient && judged.reliable).then_some((chapter, row, above))
            })
        })
        .max_by(|(_, _, first), (_, _, second)| first.total_cmp(second))?;
    let task = chapter.measures.exam.tasks.get(usize::from(row.task))?;
    let place = if chapters.len() > 1 { format!(", {}", grade(chapter)) } else { String::new() };
    let what =
        if task.label().is_empty() { String::new() } else { format!(" «{}»", words::capitalised(task.label())) };
    let level_words = match task.difficulty {
        Some(Difficulty::Basic) => " базового уровня",
        Some(Difficulty::Raised) => " повышенного уровня",
        Some(Difficulty::High) => " высокого уровня",
        None => "",
    };
    let n = row.counts.n;
    let interval = row.interval.map_or_else(String::new, |one| format!("{}; ", number::percent_interval(&one, n)));
    let limit = if alone {
        format!(" ({interval}n\u{a0}=\u{a0}{})", number::count(n))
    } else {
        let threshold = number::percent_exact(row.pct?.0 - above, 0);
        format!(" при пороге {threshold} ({interval}n\u{a0}=\u{a0}{})", number::count(n))
    };
    let schools = schools_worth_studying(context, chapters);
    Some(Conclusion {
        value: number::percent(row.pct?, row.counts.n),
        unit: format!("задание № {}{place}", task.id),
        status: Status::Fact,
        text: Text::default().bold("Где получается. ").then(format!(
            "Задание №\u{a0}{}{level_words}{what} выполнено на {}{limit}.{}",
            task.id,
            number::percent(row.pct?, row.counts.n),
            schools
        )),
        source: "выполнение заданий".to_owned(),
    })
}

/// Up to three schools in the order of the register, as one more sentence; empty where there is none.
fn schools_worth_studying(context: &Names<'_>, chapters: &[Chapter<'_>]) -> String {
    let lists: Vec<_> = chapters.iter().filter_map(super::worth_studying::list).collect();
    let chosen = |school: &&String| lists.iter().any(|list| list.schools.contains(school));
    let names: Vec<&str> = context.schools.iter().filter(chosen).map(|school| context.school(school)).collect();
    let told = match names.as_slice() {
        [] => return String::new(),
        [first, second, third, _, ..] => {
            schools::names_and_more(names.len() as u64 - 3, &format!("{first}, {second}, {third}"))
        }
        all => words::list(all),
    };
    format!(" {}", schools::worth_named(names.len() as u64, &told))
}
