//! «Протокол качества данных»: every file, every note with its cell, completeness.

use crate::context::Context;
use crate::sections::{completeness, data_quality};
use srez_model::corrections::Corrections;
use srez_model::measures::Measures;
use srez_model::note::Note;
use srez_model::report::{Align, Block, Cell, Column, DocumentKind, Report, Row, RowKind, Section, Table, Text};
use srez_model::version_change::VersionChange;
use srez_wording::sentence::files as said;
use srez_wording::{date, text as words};
use std::collections::BTreeMap;

/// The protocol of a run.
pub fn compose(
    context: &Context<'_>,
    exams: &[&Measures],
    corrections: Option<&Corrections>,
    change: &[VersionChange],
) -> Report {
    let mut sections = vec![
        section("Файлы", vec![files(context)]),
        section("Балл качества данных", data_quality::blocks(context)),
        section("Замечания по видам", vec![by_code(context)]),
        section("Все замечания", vec![all_notes(context)]),
        section("Полнота: кто прислал, чего нет", completeness::blocks(context, exams, corrections)),
        section("История: что изменил срез", vec![history(context, change)]),
    ];
    if let Some(block) = completeness::corrections(context, corrections) {
        sections.push(section("Исправлено и не исправлено", vec![block]));
    }
    Report {
        kind: DocumentKind::DataQuality,
        title: "Протокол качества данных".to_owned(),
        subtitle: context.title.to_owned(),
        centre: context.centre.to_owned(),
        style: std::sync::Arc::clone(context.style),
        municipality: context.focus_title.clone(),
        date: date::short(context.date),
        running_head: "Протокол качества данных".to_owned(),
        footer: context.footer(),
        key_figures: Vec::new(),
        passport: Vec::new(),
        missing: Vec::new(),
        sections,
    }
}

fn section(title: &str, blocks: Vec<Block>) -> Section {
    Section { title: title.to_owned(), depth: 1, new_page: false, annex: false, blocks }
}

fn column(title: &str, align: Align, weight: f64) -> Column {
    Column::new(title, align, weight)
}

fn table(name: &str, caption: &str, columns: Vec<Column>, rows: Vec<Row>, note: &str) -> Block {
    let (caption, note) = (caption.to_owned(), note.to_owned());
    Block::Table(Table { name: name.to_owned(), caption, columns, rows, note, wide: false, chart: None })
}

fn plain(cells: Vec<Cell>) -> Row {
    Row { cells, kind: RowKind::Plain }
}

fn files(context: &Context<'_>) -> Block {
    let rows = context
        .files
        .iter()
        .map(|entry| {
            plain(vec![
                Cell::Text(entry.file.name.clone()),
                Cell::Text(context.title_of(&entry.form).to_owned()),
                Cell::Text(entry.exams.iter().map(|exam| context.title_of(exam)).collect::<Vec<_>>().join("; ")),
                Cell::count(u64::from(entry.rows.read)),
                Cell::count(u64::from(entry.rows.accepted)),
                Cell::count(u64::from(entry.rows.rejected)),
                Cell::count(u64::from(entry.rows.superseded)),
                Cell::Text(entry.status.title().to_owned()),
            ])
        })
        .collect();
    let columns = vec![
        column("Файл", Align::Left, 4.0),
        column("Форма", Align::Left, 2.6),
        column("Работы", Align::Left, 2.8),
        column("Строк", Align::Right, 0.9),
        column("Принято", Align::Right, 0.9),
        column("Не принято", Align::Right, 0.9),
        column("Заменено", Align::Right, 0.9),
        column("Состояние", Align::Left, 1.8),
    ];
    let note = "Прочитано = принято + заменено + не принято + пустые + заголовки и итоги.";
    table("files", "Файлы и строки", columns, rows, note)
}

fn by_code(context: &Context<'_>) -> Block {
    let mut counts: BTreeMap<&str, (u64, &Note)> = BTreeMap::new();
    for note in context.notes {
        counts.entry(&note.code).or_insert((0, note)).0 += 1;
    }
    if counts.is_empty() {
        return Block::Note(Text::plain("Замечаний нет."));
    }
    let rows = counts
        .into_iter()
        .map(|(code, (n, first))| {
            plain(vec![
                Cell::Text(code.to_owned()),
                Cell::Text(context.code_titles.get(code).map_or_else(String::new, |title| words::capitalised(title))),
                Cell::Text(first.severity.title().to_owned()),
                Cell::count(n),
                Cell::Text(words::sentence(&first.hint)),
            ])
        })
        .collect();
    let columns = vec![
        column("Код", Align::Left, 0.7),
        column("Замечание", Align::Left, 3.0),
        column("Чем грозит", Align::Left, 1.8),
        column("Случаев", Align::Right, 0.9),
        column("Что делать", Align::Left, 4.0),
    ];
    table("codes", "Виды замечаний", columns, rows, "")
}

/// What the version of the history brought: new units, corrected ones, decisions.
fn history(context: &Context<'_>, change: &[VersionChange]) -> Block {
    if change.is_empty() {
        return Block::Note(Text::plain(format!("Срез {}: состав результатов не менялся.", context.version)));
    }
    let rows = change
        .iter()
        .map(|of_exam| {
            let title = context.titles.get(&of_exam.exam).unwrap_or(&of_exam.exam);
            plain(vec![
                Cell::Text(title.clone()),
                Cell::count(of_exam.new_units),
                Cell::count(of_exam.replaced_units),
                Cell::count(of_exam.rows_changed),
                Cell::count(of_exam.withdrawn_units),
                Cell::count(of_exam.readmitted_units),
            ])
        })
        .collect();
    let columns = vec![
        column("Работа", Align::Left, 3.0),
        column("Новых", Align::Right, 1.0),
        column("Заменено", Align::Right, 1.0),
        column("Исправлено строк", Align::Right, 1.0),
        column("Отозвано", Align::Right, 1.0),
        column("Снова учтено", Align::Right, 1.0),
    ];
    let note = "Считаются классы школ в работе (на ОГЭ и ЕГЭ — за день); исправленный класс заменяется целиком.";
    table("history", &format!("Срез {}: что он изменил", context.version), columns, rows, note)
}

/// Notes of one kind in one column of one sheet beyond this number are folded into a line.
const MOST_ALIKE: usize = 20;

fn all_notes(context: &Context<'_>) -> Block {
    let mut rows = Vec::new();
    let mut alike: BTreeMap<(&str, &str, &str, u32), usize> = BTreeMap::new();
    for note in context.notes {
        let seen = alike.entry((&note.file, &note.sheet, &note.code, note.column)).or_default();
        *seen += 1;
        if *seen <= MOST_ALIKE {
            rows.push(note_row(note, note.cell(), note.message.clone()));
        }
    }
    for ((file, sheet, code, column), count) in alike.into_iter().filter(|(_, count)| MOST_ALIKE < *count) {
        let rest = u64::try_from(count - MOST_ALIKE).unwrap_or(0);
        let like = context.notes.iter().find(|note| {
            (note.file.as_str(), note.sheet.as_str(), note.code.as_str(), note.column) == (file, sheet, code, column)
        });
        if let Some(like) = like {
            let place = srez_model::note::column_name(column);
            let place = if place.is_empty() { String::new() } else { format!(" в столбце {place}") };
            rows.push(note_row(
                like,
                String::new(),
                format!("ещё таких замечаний{place}: {rest}; все — в data/notes.csv"),
            ));
        }
    }
    if rows.is_empty() {
        return Block::Note(Text::plain("Замечаний нет."));
    }
    let columns = vec![
        column("Файл", Align::Left, 3.2),
        column("Лист", Align::Left, 1.4),
        column("Ячейка", Align::Left, 0.8),
        column("Код", Align::Left, 0.6),
        column("Найдено", Align::Left, 1.0),
        column("Что не так", Align::Left, 4.0),
        column("Что делать", Align::Left, 3.6),
    ];
    let n = u64::try_from(context.notes.len()).unwrap_or(0);
    table("notes", &said::notes(n), columns, rows, "")
}

fn note_row(note: &Note, cell: String, message: String) -> Row {
    plain(vec![
        Cell::Text(note.file.clone()),
        Cell::Text(note.sheet.clone()),
        Cell::Text(cell),
        Cell::Text(note.code.clone()),
        Cell::Text(note.found.clone()),
        Cell::Text(message),
        Cell::Text(words::sentence(&note.hint)),
    ])
}
