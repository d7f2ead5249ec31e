//! Completeness: which school has results of which work, what is missing, what has changed since the check before.

use super::{other, row, text};
use crate::model::corrections::{Corrections, FaultState, WorkState};
use crate::model::level::Level;
use crate::model::measures::Measures;
use crate::model::report::{Align, Block, Cell, Row, Table, Text};
use crate::report::context::Context;
use crate::wording::date;
use std::collections::BTreeMap;

/// The matrix of schools and works, one table per procedure and year, and what each school lacks.
pub(in crate::report) fn blocks(
    context: &Context<'_>,
    exams: &[&Measures],
    corrections: Option<&Corrections>,
) -> Vec<Block> {
    if exams.is_empty() || context.schools.is_empty() {
        return vec![Block::Note(Text::plain("Работ или школ нет: сравнивать нечего."))];
    }
    let mut of_procedure: BTreeMap<(crate::model::assessment::Procedure, u16), Vec<&Measures>> = BTreeMap::new();
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
    })
}

fn cell(context: &Context<'_>, school: &str, measures: &Measures) -> Cell {
    match measures.marks_of(Level::School, school) {
        Some(row) => Cell::Count(row.n),
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
    }
    let rows = context.schools.iter().map(|school| {
        let (there, missing): (Vec<&&Measures>, Vec<&&Measures>) = exams
            .iter()
            .filter(|measures| context.has_grade(school, measures.exam.key.grade))
            .partition(|measures| measures.marks_of(Level::School, school).is_some());
        let missing: Vec<String> = missing.iter().map(|measures| measures.exam.title()).collect();
        let mut cells = vec![
            Cell::Text(context.school(school).to_owned()),
            Cell::Count(there.len() as u64),
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
    })
}

fn since_then(context: &Context<'_>, corrections: &Corrections, school: &str) -> [Cell; 4] {
    let Some(of) = corrections.of_school(school) else {
        return [Cell::Text("без изменений".to_owned()), Cell::Count(0), Cell::Count(0), Cell::Count(0)];
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
    let count = |state| Cell::Count(of.count(state));
    [Cell::Text(words), count(FaultState::Fixed), count(FaultState::Remains), count(FaultState::Fresh)]
}

/// Errors of the check before and of this one, address by address; none at the first check.
pub(in crate::report) fn corrections(context: &Context<'_>, corrections: Option<&Corrections>) -> Option<Block> {
    let corrections = corrections?;
    let all = corrections.schools.iter().flat_map(|school| school.faults.iter().map(move |fault| (school, fault)));
    let rows: Vec<Row> = all
        .map(|(school, (state, fault))| {
            row(vec![
                Cell::Text(context.school(&school.school).to_owned()),
                Cell::Text(state.title().to_owned()),
                Cell::Text(fault.file.clone()),
                Cell::Text(fault.sheet.clone()),
                Cell::Text(fault.cell()),
                Cell::Text(fault.code.clone()),
                Cell::Text(context.code_titles.get(&fault.code).cloned().unwrap_or_default()),
            ])
        })
        .collect();
    let since = date::short(&corrections.since);
    if rows.is_empty() {
        return Some(Block::Note(Text::plain(format!("Ошибок нет ни сейчас, ни на проверке от {since}."))));
    }
    Some(Block::Table(Table {
        name: "corrections".to_owned(),
        caption: format!("Ошибки с проверки от {since}"),
        columns: vec![
            text("Школа", 2.0),
            text("Что с ошибкой", 1.4),
            text("Файл", 3.2),
            text("Лист", 1.2),
            text("Ячейка", 0.8),
            text("Код", 0.6),
            text("Замечание", 3.0),
        ],
        rows,
        note: "Ошибка та же, если она по тому же адресу той же работы, как бы ни назывался файл; сдвинувшаяся строка \
               считается не исправленной."
            .to_owned(),
        wide: false,
    }))
}
