//! «Главное» and the statements under tables: the sentence first, the number second, the doubt third.

use super::origin::{Origin, in_table};
use super::{against_region, exam_conclusions, missing, section};
use crate::context::{Chapter, Context, Names};
use crate::facts::{results, works};
use srez_model::assessment::Difficulty;
use srez_model::finding::{Finding, Status, Verdict};
use srez_model::measures::MarksRow;
use srez_model::report::{Block, Conclusion, ConclusionSource, Section, Statement, Text};
use srez_model::tally::Group;
use srez_model::unit::{Percent, PercentagePoints};
use srez_wording::sentence::{participants, schools, tasks};
use srez_wording::{number, text as words};
use std::collections::BTreeSet;

/// Conclusions of the first page.
const MOST: usize = 5;

/// A finding as a statement.
pub(super) fn statement(finding: &Finding) -> Block {
    Block::Statement(Statement { status: finding.status, text: Text::plain(finding.text()) })
}

/// The first page: the municipality against its region, at most five conclusions in fixed order, then what was checked
/// and what is missing.
pub(crate) fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Section {
    let made = [
        level(context, chapters).or_else(|| mean_score(context, chapters)),
        exam_conclusions::change(context, chapters),
        deficit(context, chapters),
        difference(chapters),
        strength(context, chapters),
        condition(context, chapters),
    ]
    .into_iter()
    .flatten()
    .take(MOST)
    .zip(1..)
    .map(|(made, number)| {
        let source = format!("Вывод {number} · {}", made.source);
        Block::Conclusion(Conclusion { source, ..made })
    });
    let mut blocks = against_region::statements(context, chapters);
    blocks.extend(made);
    let checked: usize = chapters.iter().map(|chapter| chapter.findings.checked).sum();
    let fired: usize = chapters.iter().map(|chapter| chapter.findings.fired).sum();
    if checked > 0 {
        blocks.push(Block::Statement(Statement {
            status: Status::Checked,
            text: Text::plain(schools::checked_in_all(checked as u64, fired as u64)),
        }));
    }
    if chapters.iter().any(|chapter| chapter.findings.findings.iter().any(|finding| finding.sign.id == "F07")) {
        blocks.push(Block::Statement(Statement {
            status: Status::Hypothesis,
            text: Text::plain(
                "Возможная причина дефицита умений — тема пройдена после даты работы или отработана мало. Требует \
                 проверки по календарно-тематическому планированию школ.",
            ),
        }));
    }
    let missing = missing::phrases(context, chapters);
    if !missing.is_empty() {
        blocks.push(Block::Statement(Statement {
            status: Status::NoData,
            text: Text::plain(format!("{}.", words::capitalised(&missing.join("; ")))),
        }));
    }
    section("Главное", true, blocks)
}

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

/// How the participants wrote a work without marks.
fn mean_score(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Option<Conclusion> {
    chapters.iter().find_map(|chapter| {
        let made = exam_conclusions::mean_score(context, std::slice::from_ref(chapter))?;
        Some(of_class(made, chapters, chapter))
    })
}

/// How the participants of ЕГЭ wrote.
fn level_of_tests(context: &Context<'_>, chapter: &Chapter<'_>) -> Option<Conclusion> {
    let bands = chapter.measures.bands_of(context.focus.level, &context.focus.name)?;
    let share =
        |place: usize| Percent::of(*bands.by_band.get(place)?, bands.n).map(|share| number::percent(share, bands.n));
    Some(Conclusion {
        value: number::test_score(bands.mean_test?),
        unit: "средний тестовый балл".to_owned(),
        status: Status::Fact,
        text: Text::plain(format!(
            "{}. Ниже минимального балла — {}, от 81 до 100 — {}.",
            participants::sat_exam(bands.n),
            share(0)?,
            share(3)?
        )),
        source: "доли по тестовому баллу протокола".to_owned(),
        about: in_table(context, chapter, "bands.mean_test", ""),
    })
}

/// How the participants wrote.
fn level(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Option<Conclusion> {
    let Group { level, name: group } = &context.focus;
    if let Some(chapter) = chapters.iter().find(|chapter| chapter.measures.exam.has_test_scores()) {
        return level_of_tests(context, chapter);
    }
    let rows: Vec<_> = chapters
        .iter()
        .filter_map(|chapter| Some((chapter, chapter.measures.marks_of(*level, group).filter(|row| row.marked() > 0)?)))
        .collect();
    let worst = rows.iter().max_by_key(|(_, row)| row.by_mark[0] * 1_000_000 / row.marked().max(1))?;
    let (chapter, row) = worst;
    let n = row.marked();
    let two = row.share(2)?;
    let mut sentence = format!(
        "{}{}",
        if chapters.len() > 1 { format!("{}: ", grade(chapter)) } else { String::new() },
        participants::got_two(row.by_mark[0], n)
    );
    sentence = words::capitalised(&sentence);
    let reference = chapter.measures.reference(srez_model::reference::ReferenceKind::Region);
    if let Some(region) = reference {
        sentence.push_str(&format!(
            ", в регионе — {} (n\u{a0}=\u{a0}{})",
            number::percent(Percent(region.percent[0]), region.n),
            number::count(region.n)
        ));
    }
    sentence.push('.');
    if let Some(quality) = row.quality {
        sentence.push_str(&format!(
            " На «4» и «5» — {} ({}).",
            number::percent(quality.value, n),
            number::percent_interval(&quality, n)
        ));
    }
    if rows.len() > 1 {
        sentence.push_str(&in_others(chapter, &rows));
    }
    Some(Conclusion {
        value: number::percent(two, n),
        unit: "отметок «2»".to_owned(),
        status: Status::Fact,
        text: Text::plain(sentence),
        source: "статистика по отметкам".to_owned(),
        about: in_table(context, chapter, "marks.n2", ""),
    })
}

/// The shares of «2» of the other works or of the other parts of the only one, as one more sentence.
fn in_others(chapter: &Chapter<'_>, rows: &[(&Chapter<'_>, &MarksRow)]) -> String {
    let is_one = works::count(rows.iter().map(|(other, _)| &*other.measures.exam)) == 1;
    let name = |other: &Chapter<'_>| if is_one { other.measures.exam.part_title.clone() } else { grade(other) };
    let others: Vec<String> = rows
        .iter()
        .filter(|(other, _)| grade(other) != grade(chapter))
        .filter_map(|(other, row)| Some(format!("{} — {}", name(other), number::percent(row.share(2)?, row.marked()))))
        .collect();
    let grades: BTreeSet<u8> = rows.iter().map(|(other, _)| other.measures.exam.key.grade).collect();
    if is_one {
        format!(" В других частях работы: {}.", others.join("; "))
    } else if grades.len() == rows.len() {
        format!(" В других классах: {}.", words::list(&others))
    } else {
        format!(" В других работах: {}.", others.join("; "))
    }
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
        return unjudged
            .and_then(|chapter| Some(of_class(exam_conclusions::lowest_tasks(context, chapter)?, chapters, chapter)));
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
        source: "выполнение заданий; правила F01, F02".to_owned(),
        about: Some(ConclusionSource::InsufficientTasks(
            Origin::focus(context, &chapter.measures.exam).number("tasks.pct"),
        )),
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

/// Schools that differ: in the share of «2», else in the whole work, else on a skill.
fn difference(chapters: &[Chapter<'_>]) -> Option<Conclusion> {
    let of = |sign: &str| -> Vec<&Finding> {
        let told = chapters.iter().flat_map(|chapter| super::findings::of(chapter, &[sign]));
        told.filter(|one| one.status == Status::Probable).collect()
    };
    let signs = [
        ("S02", "доля «2» школы к остальным"),
        ("S01a", "результат школы к остальным"),
        ("S01", "умение в школе к остальным"),
    ];
    let (sign, unit, found) =
        signs.iter().map(|(sign, unit)| (sign, unit, of(sign))).find(|(.., found)| !found.is_empty())?;
    let first = found.first()?;
    let chapter = chapters.iter().find(|chapter| chapter.measures.exam.id() == first.exam)?;
    let place = if chapters.len() > 1 { format!("{}. ", grade(chapter)) } else { String::new() };
    let text = if found.len() == 1 {
        format!("{place}{}", first.said)
    } else {
        format!("{place}{} {}", first.said, schools::more_combinations(found.len() as u64 - 1))
    };
    Some(Conclusion {
        value: number::percentage_points(PercentagePoints(first.value?), number::share_decimals(first.n), true),
        unit: (*unit).to_owned(),
        status: Status::Probable,
        text: Text::plain(text),
        source: format!("результаты школ; правило {sign}"),
        about: Some(ConclusionSource::Finding(first.id.clone())),
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
        source: format!("выполнение заданий{}", if schools.is_empty() { "" } else { "; правило S03" }),
        about: in_table(context, chapter, "tasks.pct", &task.id),
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

/// Journal: how far the marks of the work confirm those of the school.
fn condition(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Option<Conclusion> {
    let Group { level, name: group } = &context.focus;
    let (chapter, row) = chapters
        .iter()
        .filter_map(|chapter| Some((chapter, chapter.measures.journal_of(*level, group).filter(|row| row.n > 0)?)))
        .max_by_key(|(_, row)| row.lowered * 1_000_000 / row.n)?;
    let share = Percent::of(row.lowered, row.n)?;
    let place = if chapters.len() > 1 { format!("{}: ", grade(chapter)) } else { String::new() };
    let interval =
        row.lowered_share.map_or_else(String::new, |share| format!(" ({})", number::percent_interval(&share, row.n)));
    let tail = participants::two_marks_apart(row.gap2);
    Some(Conclusion {
        value: number::percent(share, row.n),
        unit: "ниже отметки журнала".to_owned(),
        status: Status::Fact,
        text: Text::plain(words::capitalised(&format!(
            "{place}{} {tail}",
            participants::not_confirmed(row.lowered, row.n, &interval)
        ))),
        source: "сравнение с журналом; правило F04".to_owned(),
        about: in_table(context, chapter, "journal.lowered", ""),
    })
}
