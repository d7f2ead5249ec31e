//! Completeness: which school has results of which work, what is missing, what has changed since the check before.

use super::{other, row, text};
use crate::context::Context;
use srez_model::corrections::{Corrections, Fault, FaultState, WorkState};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::note::column_name;
use srez_model::report::{Align, Block, Cell, Table, Text};
use srez_wording::date;
use srez_wording::text::capitalised;
use std::collections::BTreeMap;

/// The matrix of schools and works, one table per procedure and year, and what each school lacks.
pub(crate) fn blocks(context: &Context<'_>, exams: &[&Measures], corrections: Option<&Corrections>) -> Vec<Block> {
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
    blocks.push(by_school(context, exams, corrections));
    blocks
}

fn matrix(context: &Context<'_>, exams: &[&Measures], title: &str, number: usize) -> Block {
    let mut columns = vec![text("Школа", 3.0)];
    columns.extend(exams.iter().map(|measures| other(&short_title(measures), Align::Right, 1.2)));
    let rows = context.schools.iter().map(|school| {
        let mut cells = vec![Cell::Text(context.school(school).to_owned())];
        cells.extend(exams.iter().map(|measures| cell(context, school, measures)));
        row(cells)
    });
    Block::Table(Table {
        name: format!("matrix-{number}"),
        caption: format!("{title}: участников по школам и работам"),
        columns,
        rows: rows.collect(),
        note: "«—»: результатов нет; пусто: такой параллели в школе нет. Не каждая школа пишет каждую работу: бывают \
               предметы по случайному выбору."
            .to_owned(),
        wide: true,
        chart: None,
    })
}

fn cell(context: &Context<'_>, school: &str, measures: &Measures) -> Cell {
    match measures.marks_of(Level::School, school) {
        Some(row) => Cell::count(row.n),
        None if context.has_grade(school, measures.exam.key.grade) => Cell::Missing,
        None => Cell::Text(String::new()),
    }
}

/// The title without the procedure: «Математика, 8 класс».
fn short_title(measures: &Measures) -> String {
    let title = measures.exam.title();
    title.split_once(". ").map_or(title.clone(), |(_, short)| short.to_owned())
}

fn by_school(context: &Context<'_>, exams: &[&Measures], corrections: Option<&Corrections>) -> Block {
    let mut columns = vec![text("Школа", 2.4), other("Работ", Align::Right, 0.8), text("Нет результатов", 4.0)];
    if corrections.is_some() {
        columns.push(text("Пришло и изменилось", 3.4));
        columns.push(other("Исправлено ошибок", Align::Right, 1.1));
        columns.push(other("Не исправлено", Align::Right, 1.1));
        columns.push(other("Новых", Align::Right, 0.8));
        columns.push(other("Снято предупреждений", Align::Right, 1.2));
        columns.push(other("Осталось предупреждений", Align::Right, 1.2));
    }
    let rows = context.schools.iter().map(|school| {
        let (there, missing): (Vec<&&Measures>, Vec<&&Measures>) = exams
            .iter()
            .filter(|measures| context.has_grade(school, measures.exam.key.grade))
            .partition(|measures| measures.marks_of(Level::School, school).is_some());
        let missing: Vec<String> = missing.iter().map(|measures| measures.exam.title()).collect();
        let mut cells = vec![
            Cell::Text(context.school(school).to_owned()),
            Cell::count(there.len() as u64),
            Cell::Text(missing.join("; ")),
        ];
        if let Some(corrections) = corrections {
            cells.extend(since_then(context, corrections, school));
        }
        row(cells)
    });
    let note = match corrections {
        Some(corrections) => format!("Изменения — с проверки от {}.", date::short(&corrections.since)),
        None => "Сравнить не с чем: это первая проверка с этим хранилищем.".to_owned(),
    };
    Block::Table(Table {
        name: "completeness".to_owned(),
        caption: "Чего нет и что изменилось".to_owned(),
        columns,
        rows: rows.collect(),
        note,
        wide: false,
        chart: None,
    })
}

fn since_then(context: &Context<'_>, corrections: &Corrections, school: &str) -> Vec<Cell> {
    let Some(of) = corrections.of_school(school) else {
        let mut cells = vec![Cell::Text("без изменений".to_owned())];
        cells.extend([0; 5].map(Cell::count));
        return cells;
    };
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
    let words = if words.is_empty() { "без изменений".to_owned() } else { words.join(". ") };
    let mut cells = vec![Cell::Text(words)];
    let errors = [FaultState::Fixed, FaultState::Remains, FaultState::Fresh].map(|state| of.count(state));
    let warnings = [
        of.count_warnings(FaultState::Fixed),
        of.count_warnings(FaultState::Remains) + of.count_warnings(FaultState::Fresh),
    ];
    cells.extend(errors.into_iter().chain(warnings).map(Cell::count));
    cells
}

/// What makes lines alike: school, state, file, sheet, code, column.
type Alike<'a> = (&'a str, FaultState, &'a str, &'a str, &'a str, u32);

/// Alike lines of one state that are shown one by one.
const MOST_ALIKE: usize = 10;

/// Errors and warnings of the check before and of this one, address by address, alike ones folded; none at the first
/// check.
pub(crate) fn corrections(context: &Context<'_>, corrections: Option<&Corrections>) -> Option<Block> {
    let corrections = corrections?;
    let mut alike: BTreeMap<Alike<'_>, Vec<&Fault>> = BTreeMap::new();
    for school in &corrections.schools {
        for (state, fault) in &school.faults {
            let key = (school.school.as_str(), *state, &*fault.file, &*fault.sheet, &*fault.code, fault.column);
            alike.entry(key).or_default().push(fault);
        }
    }
    let mut rows = Vec::new();
    for ((school, state, ..), faults) in alike {
        let line = |fault: &Fault, cell: String, title: String| {
            row(vec![
                Cell::Text(context.school(school).to_owned()),
                Cell::Text(state.title().to_owned()),
                Cell::Text(fault.severity.title().to_owned()),
                Cell::Text(fault.file.clone()),
                Cell::Text(fault.sheet.clone()),
                Cell::Text(cell),
                Cell::Text(fault.code.clone()),
                Cell::Text(capitalised(&title)),
            ])
        };
        let title = |fault: &Fault| context.code_titles.get(&fault.code).cloned().unwrap_or_default();
        rows.extend(faults.iter().take(MOST_ALIKE).map(|fault| line(fault, fault.cell(), title(fault))));
        if let Some(next) = faults.get(MOST_ALIKE) {
            let more = faults.len() - MOST_ALIKE;
            let place = column_name(next.column);
            let place = if place.is_empty() { String::new() } else { format!(" в столбце {place}") };
            rows.push(line(next, String::new(), format!("ещё таких{place}: {more}; все — в data/corrections.csv")));
        }
    }
    let since = date::short(&corrections.since);
    if rows.is_empty() {
        return Some(Block::Note(Text::plain(format!("Замечаний нет ни сейчас, ни на проверке от {since}."))));
    }
    Some(Block::Table(Table {
        name: "corrections".to_owned(),
        caption: format!("Ошибки и предупреждения с проверки от {since}"),
        columns: vec![
            text("Школа", 2.0),
            text("Что с замечанием", 1.4),
            text("Чем грозит", 1.4),
            text("Файл", 3.2),
            text("Лист", 1.2),
            text("Ячейка", 0.8),
            text("Код", 0.6),
            text("Замечание", 3.0),
        ],
        rows,
        note:
            "Замечание то же, если оно по тому же адресу той же работы, как бы ни назывался файл; сдвинувшаяся строка \
               считается не исправленной."
                .to_owned(),
        wide: false,
        chart: None,
    }))
}
