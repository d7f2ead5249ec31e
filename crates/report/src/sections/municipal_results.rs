//! All works of the municipality, a line each, and the conclusions that summary, note and order share.

use super::{number, other, row, share, table, text};
use crate::context::{Chapter, Context, Names};
use crate::facts::deficits::{self, Deficit};
use crate::facts::results::{self, KeyResult};
use crate::facts::works;
use srez_model::finding::{Finding, Status, Verdict};
use srez_model::measures::DynamicsRow;
use srez_model::report::{Align, Block, Cell, Row};
use srez_model::tally::Group;
use srez_model::unit::Percent;
use srez_wording::sentence::{files, schools as of_schools, tasks, works as said};
use srez_wording::{number as print, text as words};

/// A sentence with its status and the rule behind it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Conclusion {
    /// How sure.
    pub(crate) status: Status,
    /// Big number.
    pub(crate) value: String,
    /// Its unit.
    pub(crate) unit: String,
    /// The sentence.
    pub(crate) text: String,
    /// Id of the fact: rule and where it stands.
    pub(crate) source: String,
}

/// The works: a table of those with marks, a table of ЕГЭ.
pub(crate) fn works(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Block> {
    let of = |test: bool| chapters.iter().filter(move |chapter| chapter.measures.exam.has_test_scores() == test);
    let mut blocks = Vec::new();
    if of(false).next().is_some() {
        let columns = vec![
            text("Работа", 2.8),
            number("Чел."),
            number("«2», %"),
            number("«4» и «5», %"),
            other("95 % инт.", Align::Right, 1.3),
            number("Регион, «2», %"),
            other("Изм. «2», п.п.", Align::Right, 1.0),
            other("Заданий ниже порога", Align::Right, 1.2),
        ];
        let rows = lines(context, chapters, false);
        let note = "Интервал — для доли «4» и «5». Изменение — доли «2» к прошлому году; «—»: нет данных или годы \
                    несопоставимы. Задания ниже порога — правила F01 и F02, только ВПР.";
        blocks.push(table("works", "Работы с отметками".to_owned(), columns, rows, note));
    }
    if of(true).next().is_some() {
        let columns = vec![
            text("Работа", 2.8),
            number("Чел."),
            number("Ниже мин., %"),
            number("81–100, %"),
            other("95 % инт.", Align::Right, 1.3),
            other("Изм. «ниже мин.», п.п.", Align::Right, 1.2),
        ];
        let rows = lines(context, chapters, true);
        let note = "Доли — по тестовому баллу; интервал — для доли 81–100 баллов. Изменение — доли не набравших \
                    минимума к прошлому году; «—»: нет данных или годы несопоставимы.";
        blocks.push(table("works_tests", "ЕГЭ".to_owned(), columns, rows, note));
    }
    blocks
}

/// A row for each work, those with test scores or the others; the parts of a work stand under its own row, which has
/// their participants.
fn lines(context: &Context<'_>, chapters: &[Chapter<'_>], tests: bool) -> Vec<Row> {
    let Group { level, name: group } = &context.focus;
    let mut rows: Vec<Row> = Vec::new();
    for parts in works::of(chapters) {
        let shown = parts.iter().filter(|chapter| chapter.measures.exam.has_test_scores() == tests);
        match parts {
            [first, _, ..] => {
                let own: Vec<Row> = shown
                    .map(|chapter| {
                        line(context, chapter, works::part_of_table(&chapter.measures.exam.part_title), !tests)
                    })
                    .collect();
                let Some(columns) = own.first().map(|row| row.cells.len()) else { continue };
                let n = works::participants(parts, *level, group);
                let mut cells = vec![Cell::Text(first.measures.exam.work_title()), Cell::count(n)];
                cells.resize(columns, Cell::Text(String::new()));
                rows.push(row(cells));
                rows.extend(own);
            }
            _ => rows.extend(shown.map(|chapter| line(context, chapter, chapter.measures.exam.title(), !tests))),
        }
    }
    rows
}

fn line(context: &Context<'_>, chapter: &Chapter<'_>, title: String, marks: bool) -> Row {
    let measures = chapter.measures;
    let Group { level, name: group } = &context.focus;
    let n = results::participants(measures, *level, group);
    let is_too_small = context.is_too_small(measures);
    let title = if is_too_small { format!("{title}: {}", too_small(context)) } else { title };
    let mut cells = vec![Cell::Text(title), Cell::count(n)];
    match results::of(measures, *level, group).filter(|_| !is_too_small) {
        Some(result) => {
            cells.push(share(result.below_share(), result.marked));
            cells.push(share(result.above_share.map(|share| share.value), result.marked));
            cells.push(result.above_share.map_or(Cell::Missing, |share| {
                Cell::interval(share.low.0, share.high.0, print::share_decimals(result.marked))
            }));
        }
        None => cells.extend([Cell::Missing, Cell::Missing, Cell::Missing]),
    }
    if marks {
        let region = measures.reference(srez_model::reference::ReferenceKind::Region);
        cells.push(region.map_or(Cell::Missing, |marks| share(Some(Percent(marks.percent[0])), marks.n)));
    }
    cells.push(results::change_cell(results::change(measures, *level, group)));
    if marks {
        cells.push(judged(chapter).map_or(Cell::Missing, |(red, all)| Cell::Text(format!("{red} из {all}"))));
    }
    row(cells)
}

/// Why a work has a line and no document.
pub(crate) fn too_small(context: &Names<'_>) -> String {
    format!("участников меньше {}, документ не составлен", context.limit("privacy.group"))
}

/// Tasks that are insufficient, and tasks that were judged; none where none was, or for ОГЭ and ЕГЭ.
pub(crate) fn judged(chapter: &Chapter<'_>) -> Option<(u64, u64)> {
    if chapter.measures.exam.key.procedure.has_attempts() {
        return None;
    }
    let known = chapter.findings.verdicts.iter().filter(|verdict| verdict.verdict != Verdict::Unknown);
    let all = known.clone().count() as u64;
    let red = known.filter(|verdict| verdict.verdict == Verdict::Insufficient).count() as u64;
    (all > 0).then_some((red, all))
}

/// The conclusions, seven at most: coverage, the lowest results, skills, changes, schools, strengths, journal.
pub(crate) fn conclusions(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Conclusion> {
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
    let Group { level, name: group } = &context.focus;
    let n = works::participants(chapters, *level, group);
    let works = works::count_where(chapters, |_| true);
    let schools = context.schools.iter().filter(|school| {
        chapters
            .iter()
            .any(|chapter| results::participants(chapter.measures, srez_model::level::Level::School, school) > 0)
    });
    (n > 0).then(|| Conclusion {
        status: Status::Fact,
        value: print::count(works),
        unit: said::works_unit(works),
        text: said::coverage(works, n, schools.count() as u64, context.schools.len() as u64),
        source: "статистика по отметкам".to_owned(),
    })
}

fn most_twos(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Option<Conclusion> {
    let Group { level, name: group } = &context.focus;
    let mut rows: Vec<(&Chapter<'_>, KeyResult)> = chapters
        .iter()
        .filter_map(|chapter| Some((chapter, results::of(chapter.measures, *level, group)?)))
        .filter(|(_, result)| !results::is_small(context, result.n))
        .collect();
    // By pupils, not by share: the work of a few would come first by chance.
    rows.sort_by_key(|(_, result)| std::cmp::Reverse(result.below));
    let (chapter, first) = rows.first()?;
    let value = print::percent(first.below_share()?, first.marked);
    let others: Vec<String> = rows
        .iter()
        .skip(1)
        .take(2)
        .filter_map(|(chapter, result)| {
            Some(format!(
                "{} — {} ({} из {})",
                chapter.measures.exam.title(),
                print::percent(result.below_share()?, result.marked),
                print::count(result.below),
                print::count(result.marked)
            ))
        })
        .collect();
    let region = chapter.measures.reference(srez_model::reference::ReferenceKind::Region).map_or_else(
        || "регион не загружен".to_owned(),
        |marks| {
            let n = print::count(marks.n);
            format!("в регионе — {} (n\u{a0}=\u{a0}{n})", print::percent(Percent(marks.percent[0]), marks.n))
        },
    );
    let tail = if others.is_empty() { String::new() } else { format!(" Далее: {}.", words::list(&others)) };
    Some(Conclusion {
        status: Status::Fact,
        text: format!(
            "Больше всего участников, не достигших базового уровня: {} — {value} ({} из {}), {region}.{tail}",
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
    let tail = if names.is_empty() { String::new() } else { format!(" Ниже всего: {}.", names.join("; ")) };
    Some(Conclusion {
        status: Status::Fact,
        value: format!("{red} из {all}"),
        unit: tasks::insufficient_unit(all),
        text: format!("{}{tail}", tasks::lacking_skills(found.len() as u64)),
        source: "выполнение заданий; правила F01, F02, F07".to_owned(),
    })
}

/// «геометрия (ВПР-2026. Математика, 4 класс) — 44,6 %».
fn skill_words(chapters: &[Chapter<'_>], deficit: &Deficit<'_>) -> String {
    let exam = chapters.get(deficit.chapter).map(|chapter| chapter.measures.exam.title()).unwrap_or_default();
    format!("{} ({exam}) — {}", deficit.skill, print::percent(deficit.value, deficit.n))
}

fn growth(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Option<Conclusion> {
    let Group { level, name: group } = &context.focus;
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
    let points = print::percentage_points(srez_model::unit::PercentagePoints(*difference), decimals, true);
    let region = row.reference_change.map_or_else(
        || "изменение региона неизвестно".to_owned(),
        |change| {
            format!("в регионе — {}", print::percentage_points(srez_model::unit::PercentagePoints(change), 1, true))
        },
    );
    let limit = print::decimal(context.thresholds.value("F03.rise"), 0);
    let over = changed.iter().filter(|(.., change)| context.thresholds.value("F03.rise") <= *change);
    let over = works::count(over.map(|(chapter, ..)| &*chapter.measures.exam));
    let rise = said::rise(over, &limit);
    Some(Conclusion {
        status: Status::Fact,
        value: points.clone(),
        unit: "наибольшее изменение доли «2»".to_owned(),
        text: format!(
            "{} Наибольшее изменение доли «2»: {} — {points} ({region}). {rise}",
            said::comparable(
                works::count(changed.iter().map(|(chapter, ..)| &*chapter.measures.exam)),
                works::count_where(chapters, |_| true)
            ),
            chapter.measures.exam.title()
        ),
        source: "динамика; правило F03".to_owned(),
    })
}

fn schools(chapters: &[Chapter<'_>]) -> Option<Conclusion> {
    let signs = ["S01", "S01a", "S01b", "S02"];
    let found = chapters.iter().flat_map(|chapter| &chapter.findings.findings);
    let is_named = |finding: &&Finding| finding.status == Status::Probable && signs.contains(&finding.sign.id.as_str());
    let found: Vec<_> = found.filter(is_named).collect();
    let families = chapters.iter().flat_map(|chapter| &chapter.findings.families);
    let checked: usize =
        families.filter(|family| signs.contains(&family.sign.as_str())).map(|family| family.checked).sum();
    if checked == 0 {
        return None;
    }
    let schools: std::collections::BTreeSet<&str> = found.iter().map(|finding| finding.group.as_str()).collect();
    Some(Conclusion {
        status: Status::Probable,
        value: print::count(schools.len() as u64),
        unit: of_schools::support_unit(schools.len() as u64),
        text: of_schools::below_others(schools.len() as u64, found.len() as u64, checked as u64),
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
    let listed = if shown.len() == names.len() {
        words::list(shown)
    } else {
        of_schools::names_and_more((names.len() - shown.len()) as u64, &shown.join(", "))
    };
    Some(Conclusion {
        status: Status::Probable,
        value: print::count(names.len() as u64),
        unit: of_schools::worth_unit(names.len() as u64),
        text: format!(
            "Результат выше, чем у школ того же типа, либо в этом году выше, чем в остальных школах: {listed}. \
             Порядок — по реестру."
        ),
        source: "результаты школ; правило S03".to_owned(),
    })
}

fn journal(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Option<Conclusion> {
    let Group { level, name: group } = &context.focus;
    let rows: Vec<_> = chapters
        .iter()
        .filter_map(|chapter| chapter.measures.journal_of(*level, group))
        .filter(|row| row.n > 0)
        .collect();
    let sum = |of: fn(&srez_model::measures::JournalRow) -> u64| rows.iter().map(|row| of(row)).sum::<u64>();
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
pub(crate) fn limits(context: &Context<'_>, chapters: &[Chapter<'_>], of_all: bool) -> Vec<String> {
    let mut limits = Vec::new();
    let counted = |of: &dyn Fn(&Chapter<'_>) -> bool| works::count_where(chapters, of);
    let all = counted(&|_| true);
    let without_region = counted(&|chapter| chapter.measures.references.is_empty());
    if without_region > 0 {
        limits.push(said::without_region(without_region, all));
    }
    let Group { level, name: group } = &context.focus;
    let without_years =
        counted(&|chapter| results::change(chapter.measures, *level, group).is_none_or(|row| !row.comparable));
    if without_years > 0 {
        limits.push(said::without_years(without_years, all));
    }
    let unspecified = counted(&|chapter| !chapter.measures.exam.specified);
    if unspecified > 0 {
        limits.push(said::without_specification(unspecified));
    }
    let unlevelled =
        counted(&|chapter| !chapter.measures.exam.key.procedure.has_attempts() && judged(chapter).is_none());
    if unlevelled > 0 {
        limits.push(said::without_levels(unlevelled));
    }
    let of_works =
        |exams: &[String]| exams.iter().any(|exam| chapters.iter().any(|one| one.measures.exam.id() == *exam));
    let is_told = |entry: &&srez_model::delivery::FileEntry| {
        entry.status == srez_model::delivery::FileStatus::Rejected && (of_all || of_works(&entry.exams))
    };
    let refused = context.facts.files.iter().filter(is_told).count() as u64;
    if refused > 0 {
        limits.push(files::refused(refused));
    }
    if chapters.iter().any(|chapter| chapter.findings.checked > 0) {
        limits.push(
            "часть отмеченных отличий школ может быть случайностью; сколько, сказано по правилам в анализах работ"
                .to_owned(),
        );
    }
    limits.push("причины дефицитов и типичные ошибки программа не определяет: их вписывает методист".to_owned());
    limits
}
