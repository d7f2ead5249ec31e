//! Completeness: which school has results of which work, what is missing, what has changed since the check before.

use super::other;
use crate::context::Context;
use crate::facts::{results, works};
use crate::table::TableOf;
use srez_model::corrections::{Corrections, Fault, FaultState, WorkState};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::note::column_name;
use srez_model::report::{Align, Block, Cell, Text};
use srez_wording::date;
use srez_wording::text::capitalised;
use std::collections::BTreeMap;

/// The matrix of schools and works, one table per procedure and year, and what each school lacks.
pub(crate) fn blocks(context: &Context<'_>, exams: &[&Measures]) -> Vec<Block> {
    if exams.is_empty() || context.schools.is_empty() {
        return vec![Block::Note(Text::plain("Работ или школ нет: сравнивать нечего."))];
    }
    let mut of_procedure: BTreeMap<(srez_model::assessment::Procedure, u16), Vec<&Measures>> = BTreeMap::new();
    for measures in exams {
        of_procedure.entry((measures.exam.key.procedure, measures.exam.key.year)).or_default().push(measures);
    }
    let mut blocks: Vec<Block> = of_procedure
        .into_iter()
        .zip(1..)
        .map(|(((procedure, year), exams), number)| {
            matrix(context, &exams, &format!("{}-{year}", procedure.title()), number)
        })
        .collect();
    blocks.push(by_school(context, exams));
    blocks
}

fn matrix(context: &Context<'_>, exams: &[&Measures], title: &str, number: usize) -> Block {
    TableOf::new(&context.schools)
        .text("Школа", 3.0, |school| context.school(school).to_owned())
        .columns(
            &by_work(exams),
            |parts| other(&short_title(parts), Align::Right, 1.2),
            |school, parts| cell(context, school, parts),
        )
        .wide(true)
        .named(
            &format!("matrix-{number}"),
            format!("{title}: участников по школам и работам"),
            "«—»: результатов нет; пусто: их и не ждали — такой параллели в школе нет или работу пишут не все (предмет \
             по случайному выбору, углублённый уровень, ГВЭ).",
        )
}

/// The parts of a work together: they come in one file, from the same participants.
fn by_work<'a, 'b>(exams: &'b [&'a Measures]) -> Vec<&'b [&'a Measures]> {
    works::by_work(exams, |measures| &measures.exam)
}

fn cell(context: &Context<'_>, school: &str, parts: &[&Measures]) -> Cell {
    match parts.iter().filter_map(|measures| measures.marks_of(Level::School, school)).map(|row| row.n).max() {
        Some(n) => Cell::count(n),
        None if parts.iter().any(|measures| context.expects(school, &measures.exam.key)) => Cell::Missing,
        None => Cell::Text(String::new()),
    }
}

/// «ВПР-2027. Математика, 8 класс», of a work in parts too.
fn title(parts: &[&Measures]) -> String {
    match parts {
        [first, _, ..] => first.exam.work_title(),
        parts => parts.iter().map(|measures| measures.exam.title()).collect(),
    }
}

/// The title without the procedure: «Математика, 8 класс».
fn short_title(parts: &[&Measures]) -> String {
    let title = title(parts);
    title.split_once(". ").map_or(title.clone(), |(_, short)| short.to_owned())
}

fn by_school(context: &Context<'_>, exams: &[&Measures]) -> Block {
    let all = by_work(exams);
    let works = |school: &str| -> (Vec<&[&Measures]>, Vec<&[&Measures]>) {
        let has_results = |measures: &&Measures| results::participants(measures, Level::School, school) > 0;
        let is_expected = |measures: &&Measures| context.expects(school, &measures.exam.key);
        let (there, absent): (Vec<_>, Vec<_>) = all.iter().copied().partition(|parts| parts.iter().any(has_results));
        (there, absent.into_iter().filter(|parts| parts.iter().any(is_expected)).collect())
    };
    let missing = |school: &str| works(school).1.into_iter().map(title).collect::<Vec<_>>();
    let mut table = TableOf::new(&context.schools)
        .text("Школа", 2.4, |school| context.school(school).to_owned())
        .count("Работ", 0.8, |school| works(school).0.len() as u64)
        .text("Нет результатов", 4.0, |school| missing(school).join("; "));
    if let Some(corrections) = context.facts.corrections {
        use FaultState::{Fixed, Fresh, Remains};
        let errors = |school: &str, state| corrections.of_school(school).map_or(0, |of| of.count(state));
        let warnings = |school: &str, state| corrections.of_school(school).map_or(0, |of| of.count_warnings(state));
        table = table
            .text("Пришло и изменилось", 3.4, |school| since_then(context, corrections, school))
            .count("Исправлено ошибок", 1.1, |school| errors(school, Fixed))
            .count("Не исправлено", 1.1, |school| errors(school, Remains))
            .count("Новых", 0.8, |school| errors(school, Fresh))
            .count("Снято предупреждений", 1.2, |school| warnings(school, Fixed))
            .count("Осталось предупреждений", 1.2, |school| {
                warnings(school, Remains) + warnings(school, Fresh)
            });
    }
    let note = match context.facts.corrections {
        Some(corrections) => format!("Изменения — с проверки от {}.", date::short(&corrections.since)),
        None => "Сравнить не с чем: это первая проверка с этим хранилищем.".to_owned(),
    };
    table.named("completeness", "Чего нет и что изменилось", note)
}

/// Which works came, changed or went.
fn since_then(context: &Context<'_>, corrections: &Corrections, school: &str) -> String {
    const SAME: &str = "без изменений";
    let Some(of) = corrections.of_school(school) else { return SAME.to_owned() };
    let of_state = |wanted: WorkState, words: &str| {
        let works = of.works.iter().filter(|(_, state)| **state == wanted);
        let titles: Vec<&str> = works.map(|(exam, _)| context.title_of(exam)).collect();
        if titles.is_empty() { String::new() } else { format!("{words}: {}", titles.join("; ")) }
    };
    let parts = [
        of_state(WorkState::Came, "новые"),
        of_state(WorkState::Changed, "изменены"),
        of_state(WorkState::Gone, "больше нет"),
    ];
    let words: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if words.is_empty() { SAME.to_owned() } else { words.join(". ") }
}

/// What makes lines alike: school, state, file, sheet, code, column.
type Alike<'a> = (&'a str, FaultState, &'a str, &'a str, &'a str, u32);

/// A line of the table of corrections.
struct FaultLine<'a> {
    school: &'a str,
    state: FaultState,
    fault: &'a Fault,
    cell: String,
    title: String,
}

/// Alike lines of one state that are shown one by one.
const MOST_ALIKE: usize = 10;

/// Errors and warnings of the check before and of this one, address by address, alike ones folded; none at the first
/// check.
pub(crate) fn corrections(context: &Context<'_>) -> Option<Block> {
    let corrections = context.facts.corrections?;
    let mut alike: BTreeMap<Alike<'_>, Vec<&Fault>> = BTreeMap::new();
    for school in &corrections.schools {
        for (state, fault) in &school.faults {
            let key = (school.school.as_str(), *state, &*fault.file, &*fault.sheet, &*fault.code, fault.column);
            alike.entry(key).or_default().push(fault);
        }
    }
    let mut rows = Vec::new();
    for ((school, state, ..), faults) in alike {
        let line = |fault, cell: String, title: String| FaultLine { school, state, fault, cell, title };
        let title = |fault: &Fault| context.code_titles.get(&fault.code).cloned().unwrap_or_default();
        rows.extend(faults.iter().take(MOST_ALIKE).map(|fault| line(*fault, fault.cell(), title(fault))));
        if let Some(next) = faults.get(MOST_ALIKE) {
            let more = faults.len() - MOST_ALIKE;
            let place = column_name(next.column);
            let place = if place.is_empty() { String::new() } else { format!(" в столбце {place}") };
            rows.push(line(*next, String::new(), format!("ещё таких{place}: {more}; все — в data/corrections.csv")));
        }
    }
    let since = date::short(&corrections.since);
    if rows.is_empty() {
        return Some(Block::Note(Text::plain(format!("Замечаний нет ни сейчас, ни на проверке от {since}."))));
    }
    let note = "Замечание то же, если оно по тому же адресу той же работы, как бы ни назывался файл; сдвинувшаяся \
                строка считается не исправленной.";
    let table = TableOf::new(rows)
        .text("Школа", 2.0, |line| context.school(line.school).to_owned())
        .text("Что с замечанием", 1.4, |line| line.state.title().to_owned())
        .text("Чем грозит", 1.4, |line| line.fault.severity.title().to_owned())
        .text("Файл", 3.2, |line| line.fault.file.clone())
        .text("Лист", 1.2, |line| line.fault.sheet.clone())
        .text("Ячейка", 0.8, |line| line.cell.clone())
        .text("Код", 0.6, |line| line.fault.code.clone())
        .text("Замечание", 3.0, |line| capitalised(&line.title));
    let caption = format!("Ошибки и предупреждения с проверки от {since}");
    Some(table.named("corrections", caption, note))
}
