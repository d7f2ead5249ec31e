//! All works of the municipality, a line each, and the conclusions that summary, note and order share.

use super::{number, other, row, share, table, text};
use crate::model::finding::{Status, Verdict};
use crate::model::measures::DynamicsRow;
use crate::model::report::{Align, Block, Cell, Row};
use crate::model::unit::Percent;
use crate::report::context::{Chapter, Context};
use crate::report::facts::deficits::{self, Deficit};
use crate::report::facts::results::{self, KeyResult};
use crate::report::facts::sentences;
use crate::wording::{number as print, plural, text as words};

/// A sentence with its status and the rule behind it.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::report) struct Conclusion {
    /// How sure.
    pub(in crate::report) status: Status,
    /// Big number.
    pub(in crate::report) value: String,
    /// Its unit.
    pub(in crate::report) unit: String,
    /// The sentence.
    pub(in crate::report) text: String,
    /// Id of the fact: rule and where it stands.
    pub(in crate::report) source: String,
}

/// The table of works.
pub(in crate::report) fn works(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Block {
    let columns = vec![
        text("Работа", 2.8),
        number("Чел."),
        number("«2» / ниже мин., %"),
        number("«4», «5» / 81–100, %"),
        other("95 % инт.", Align::Right, 1.3),
        number("Регион, «2», %"),
        other("Изм. «2», п.п.", Align::Right, 1.0),
        other("Заданий ниже порога", Align::Right, 1.2),
    ];
    let rows = chapters.iter().map(|chapter| line(context, chapter)).collect();
    let note = "Первая доля — отметка «2», у ЕГЭ ниже минимального балла; вторая — «4» и «5», у ЕГЭ 81–100 баллов, интервал — \
                для неё. «—»: нет данных или годы несопоставимы. Задания ниже порога — правила F01 и F02, только ВПР.";
    table("works", "Работы периода".to_owned(), columns, rows, note)
}

fn line(context: &Context<'_>, chapter: &Chapter<'_>) -> Row {
    let measures = chapter.measures;
    let (level, group) = &context.focus;
    let n = results::participants(measures, *level, group);
    let mut cells = vec![Cell::Text(measures.exam.title()), Cell::Count(n)];
    match results::of(measures, *level, group) {
        Some(result) => {
            cells.push(share(result.below_share(), result.marked));
            cells.push(share(result.above_share.map(|share| share.value), result.marked));
            cells.push(result.above_share.map_or(Cell::Missing, |share| {
                Cell::Interval(share.low.0, share.high.0, print::share_decimals(result.marked))
            }));
        }
        None => cells.extend([Cell::Missing, Cell::Missing, Cell::Missing]),
    }
    let region = measures.reference(crate::model::reference::ReferenceKind::Region);
    cells.push(region.map_or(Cell::Missing, |marks| share(Some(Percent(marks.percent[0])), marks.n)));
    cells.push(results::change_cell(results::change(measures, *level, group)));
    cells.push(judged(chapter).map_or(Cell::Missing, |(red, all)| Cell::Text(format!("{red} из {all}"))));
    row(cells)
}

/// Tasks that are insufficient, and tasks that were judged; none where none was, or for ОГЭ and ЕГЭ.
pub(in crate::report) fn judged(chapter: &Chapter<'_>) -> Option<(u64, u64)> {
    if chapter.measures.exam.key.procedure.has_attempts() {
        return None;
    }
    let known = chapter.findings.verdicts.iter().filter(|verdict| verdict.verdict != Verdict::Unknown);
    let all = known.clone().count() as u64;
    let red = known.filter(|verdict| verdict.verdict == Verdict::Insufficient).count() as u64;
    (0 < all).then_some((red, all))
}

/// The conclusions, seven at most: coverage, the lowest results, skills, changes, schools, strengths, journal.
pub(in crate::report) fn conclusions(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Conclusion> {
    let made = [
        coverage(context, chapters),
        most_twos(context, chapters),
        skills(context, chapters),
        growth(context, chapters),
        schools(chapters),
        strengths(context, chapters),
        journal(context, chapters),
    ];
    made.into_iter().flatten().collect()
}

fn coverage(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Option<Conclusion> {
    let (level, group) = &context.focus;
    let n: u64 = chapters.iter().map(|chapter| results::participants(chapter.measures, *level, group)).sum();
    let works = chapters.len() as u64;
    let schools = context.schools.iter().filter(|school| {
        chapters
            .iter()
            .any(|chapter| 0 < results::participants(chapter.measures, crate::model::level::Level::School, school))
    });
    (0 < n).then(|| Conclusion {
        status: Status::Fact,
        value: print::count(works),
        unit: plural::plural(works, plural::WORK.nominative).to_owned(),
        text: sentences::coverage(works, n, schools.count() as u64, context.schools.len() as u64),
        source: "статистика по отметкам".to_owned(),
    })
}

fn most_twos(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Option<Conclusion> {
    let (level, group) = &context.focus;
    let mut rows: Vec<(&Chapter<'_>, KeyResult)> = chapters
        .iter()
        .filter_map(|chapter| Some((chapter, results::of(chapter.measures, *level, group)?)))
        .filter(|(_, result)| !results::is_small(context, result.n))
        .collect();
    rows.sort_by(|(_, first), (_, second)| {
        let share = |result: &KeyResult| result.below_share().map_or(0.0, |share| share.0);
        share(second).total_cmp(&share(first))
    });
    let (chapter, first) = rows.first()?;
    let value = print::percent(first.below_share()?, first.marked);
    let others: Vec<String> = rows
        .iter()
        .skip(1)
        .take(2)
        .filter_map(|(chapter, result)| {
            Some(format!(
                "{} — {}",
                chapter.measures.exam.title(),
                print::percent(result.below_share()?, result.marked)
            ))
        })
        .collect();
    let region = chapter.measures.reference(crate::model::reference::ReferenceKind::Region).map_or_else(
        || "регион не загружен".to_owned(),
        |marks| format!("в регионе — {}", print::percent(Percent(marks.percent[0]), marks.n)),
    );
    let tail = if others.is_empty() { String::new() } else { format!(" Далее: {}.", words::list(&others)) };
    Some(Conclusion {
        status: Status::Fact,
        text: format!(
            "Наибольшая доля не достигших базового уровня: {} — {value} ({} из {}), {region}.{tail}",
            chapter.measures.exam.title(),
            print::count(first.below),
            print::count(first.marked)
        ),
        unit: "не достигли базового уровня".to_owned(),
        value,
        source: "статистика по отметкам".to_owned(),
    })
}

fn skills(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Option<Conclusion> {
    let found = deficits::of_focus(context, chapters);
    let tasks: Vec<(u64, u64)> = chapters.iter().filter_map(judged).collect();
    let (red, all) = tasks.iter().fold((0, 0), |(red, all), (more, of)| (red + more, all + of));
    if all == 0 {
        return None;
    }
    let names: Vec<String> = found.iter().take(4).map(|deficit| skill_words(chapters, deficit)).collect();
    let tail = if names.is_empty() {
        "Умений, большинство заданий на которые ниже порога, нет.".to_owned()
    } else {
        format!("Ниже всего: {}.", names.join("; "))
    };
    Some(Conclusion {
        status: Status::Fact,
        value: format!("{red} из {all}"),
        unit: "заданий ВПР с недостаточным уровнем".to_owned(),
        text: format!(
            "Умений с недостаточным уровнем в большинстве заданий: {}. {tail}",
            print::count(found.len() as u64)
        ),
        source: "выполнение заданий; правила F01, F02, F07".to_owned(),
    })
}

/// «геометрия (ВПР-2026. Математика, 4 класс) — 44,6 %».
fn skill_words(chapters: &[Chapter<'_>], deficit: &Deficit<'_>) -> String {
    let exam = chapters.get(deficit.chapter).map(|chapter| chapter.measures.exam.title()).unwrap_or_default();
    format!("{} ({exam}) — {}", deficit.skill, print::percent(deficit.value, deficit.n))
}

fn growth(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Option<Conclusion> {
    let (level, group) = &context.focus;
    let changed: Vec<(&Chapter<'_>, &DynamicsRow, f64)> = chapters
        .iter()
        .filter_map(|chapter| {
            let row = results::change(chapter.measures, *level, group)?;
            Some((chapter, row, row.difference.filter(|_| row.comparable)?))
        })
        .collect();
    let (chapter, row, difference) =
        changed.iter().max_by(|(.., first), (.., second)| first.abs().total_cmp(&second.abs()))?;
    let decimals = print::share_decimals(row.n.0.min(row.n.1));
    let points = print::percentage_points(crate::model::unit::PercentagePoints(*difference), decimals, true);
    let region = row.reference_change.map_or_else(
        || "изменение региона неизвестно".to_owned(),
        |change| {
            format!("в регионе — {}", print::percentage_points(crate::model::unit::PercentagePoints(change), 1, true))
        },
    );
    let limit = print::decimal(context.thresholds.value("F03.rise"), 0);
    let over = changed.iter().filter(|(.., change)| context.thresholds.value("F03.rise") <= *change).count() as u64;
    let rise = sentences::rise(&limit, over);
    Some(Conclusion {
        status: Status::Fact,
        value: points.clone(),
        unit: "наибольшее изменение доли «2»".to_owned(),
        text: format!(
            "Сравнимы с прошлым годом {} из {}. Наибольшее изменение доли «2»: {} — {points} ({region}). {rise}",
            print::count(changed.len() as u64),
            plural::genitive(chapters.len() as u64, plural::WORK),
            chapter.measures.exam.title()
        ),
        source: "динамика; правило F03".to_owned(),
    })
}

fn schools(chapters: &[Chapter<'_>]) -> Option<Conclusion> {
    let signs = ["S01", "S01a", "S01b", "S02"];
    let found = chapters.iter().flat_map(|chapter| &chapter.findings.findings);
    let found: Vec<_> = found.filter(|finding| signs.contains(&finding.sign.as_str())).collect();
    let checked: usize = chapters.iter().map(|chapter| chapter.findings.checked).sum();
    if checked == 0 {
        return None;
    }
    let schools: std::collections::BTreeSet<&str> = found.iter().map(|finding| finding.group.as_str()).collect();
    Some(Conclusion {
        status: Status::Probable,
        value: print::count(schools.len() as u64),
        unit: plural::plural(
            schools.len() as u64,
            ["школа для методической поддержки", "школы для методической поддержки", "школ для методической поддержки"],
        )
        .to_owned(),
        text: sentences::below_others(schools.len() as u64, found.len() as u64, checked as u64),
        source: "результаты школ; правила S01, S01a, S02".to_owned(),
    })
}

fn strengths(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Option<Conclusion> {
    let lists: Vec<_> = chapters.iter().filter_map(super::worth_studying::list).collect();
    let chosen = |school: &&String| lists.iter().any(|list| list.schools.contains(school));
    let names: Vec<&str> = context.schools.iter().filter(chosen).map(|school| context.school(school)).collect();
    if names.is_empty() {
        return None;
    }
    let shown = names.get(..names.len().min(5)).unwrap_or_default();
    let tail = if 5 < names.len() { format!(" и ещё {}", names.len() - 5) } else { String::new() };
    Some(Conclusion {
        status: Status::Probable,
        value: print::count(names.len() as u64),
        unit: plural::plural(
            names.len() as u64,
            ["школа, чей опыт стоит изучить", "школы, чей опыт стоит изучить", "школ, чей опыт стоит изучить"],
        )
        .to_owned(),
        text: format!(
            "Результат выше, чем в остальных школах: {}{tail}. Порядок — по реестру.",
            if tail.is_empty() { words::list(shown) } else { shown.join(", ") }
        ),
        source: "результаты школ; правило S03".to_owned(),
    })
}

fn journal(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Option<Conclusion> {
    let (level, group) = &context.focus;
    let rows: Vec<_> = chapters
        .iter()
        .filter_map(|chapter| chapter.measures.journal_of(*level, group))
        .filter(|row| 0 < row.n)
        .collect();
    let sum = |of: fn(&crate::model::measures::JournalRow) -> u64| rows.iter().map(|row| of(row)).sum::<u64>();
    let (n, lowered, gap) = (sum(|row| row.n), sum(|row| row.lowered), sum(|row| row.gap2));
    let value = print::percent(Percent::of(lowered, n)?, n);
    Some(Conclusion {
        status: Status::Fact,
        text: format!(
            "Отметку журнала не подтвердили, получив более низкую, в {value} случаев ({} из {}); расхождение в две \
             отметки и более — {} чел. Это факт мониторинга, а не оценка школ и учителей.",
            print::count(lowered),
            print::count(n),
            print::count(gap)
        ),
        value,
        unit: "ниже отметки журнала".to_owned(),
        source: "сравнение с журналом; правило F04".to_owned(),
    })
}

/// What the documents cannot say: regions, years, specifications, schools that sent nothing.
pub(in crate::report) fn limits(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<String> {
    let mut limits = Vec::new();
    let counted = |of: &dyn Fn(&Chapter<'_>) -> bool| chapters.iter().filter(|chapter| of(chapter)).count() as u64;
    let without_region = counted(&|chapter| chapter.measures.references.is_empty());
    if 0 < without_region {
        limits.push(format!(
            "результатов региона нет по {} из {}",
            print::count(without_region),
            plural::genitive(chapters.len() as u64, plural::WORK)
        ));
    }
    let (level, group) = &context.focus;
    let without_years =
        counted(&|chapter| results::change(chapter.measures, *level, group).is_none_or(|row| !row.comparable));
    if 0 < without_years {
        limits.push(format!(
            "сравнение с прошлым годом не проводится по {} из {}",
            print::count(without_years),
            plural::genitive(chapters.len() as u64, plural::WORK)
        ));
    }
    let unspecified = counted(&|chapter| !chapter.measures.exam.specified);
    if 0 < unspecified {
        limits.push(format!("спецификации нет у {}", plural::genitive(unspecified, plural::WORK)));
    }
    let unlevelled =
        counted(&|chapter| !chapter.measures.exam.key.procedure.has_attempts() && judged(chapter).is_none());
    if 0 < unlevelled {
        limits.push(format!("уровни заданий не указаны у {}", plural::genitive(unlevelled, plural::WORK)));
    }
    let refused =
        context.files.iter().filter(|entry| entry.status == crate::model::delivery::FileStatus::Rejected).count()
            as u64;
    if 0 < refused {
        limits.push(format!("не принято {}", plural::genitive(refused, plural::FILE)));
    }
    limits.push("причины дефицитов и типичные ошибки программа не определяет: их вписывает методист".to_owned());
    limits
}
