//! «Источники и качество данных»: which files, which rows, what was wrong in them.

use super::{no_data, number, row, section, table, text};
use crate::context::{Chapter, Context};
use srez_model::delivery::FileEntry;
use srez_model::report::{Block, Cell, Row, RowKind, Section, Text};
use srez_wording::sentence::files as said;
use std::collections::BTreeMap;

/// Files named in a document; the rest stands in the protocol of data quality.
const MOST_FILES: usize = 25;

pub(crate) fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Section {
    let exams: Vec<String> = chapters.iter().map(|chapter| chapter.measures.exam.id()).collect();
    let files: Vec<&FileEntry> =
        context.files.iter().filter(|entry| entry.exams.iter().any(|exam| exams.contains(exam))).collect();
    let mut blocks = Vec::new();
    if files.is_empty() {
        blocks.push(no_data("файлы этих работ в этот раз не поступали, результаты взяты из хранилища"));
    } else {
        blocks.push(files_table(&files));
        if MOST_FILES < files.len() {
            let rest = u64::try_from(files.len() - MOST_FILES).unwrap_or(0);
            blocks.push(Block::Note(Text::plain(said::more_files(rest))));
        }
        blocks.extend(notes_table(context, &files));
    }
    let mut made = section("Источники и качество данных", true, blocks);
    made.annex = true;
    made
}

fn files_table(files: &[&FileEntry]) -> Block {
    let mut rows: Vec<Row> = files.iter().take(MOST_FILES).map(|entry| file_row(entry)).collect();
    let mut total = srez_model::delivery::RowCounts::default();
    for entry in files {
        total.add(entry.rows);
    }
    rows.push(Row {
        cells: vec![
            Cell::Text(said::all_files(files.len() as u64)),
            Cell::count(u64::from(total.read)),
            Cell::count(u64::from(total.accepted)),
            Cell::count(u64::from(total.absent)),
            Cell::count(u64::from(total.rejected)),
            Cell::count(u64::from(total.superseded)),
            Cell::Text(String::new()),
        ],
        kind: RowKind::Total,
    });
    let columns = vec![
        text("Файл", 4.0),
        number("Строк"),
        number("Принято"),
        number("Отсутств."),
        number("Не принято"),
        number("Заменено"),
        text("Состояние", 2.0),
    ];
    let note =
        "Прочитано = принято + заменено + не принято + пустые + заголовки и итоги; отсутствовавшие входят в принятые.";
    table("files", "Файлы и строки".to_owned(), columns, rows, note)
}

fn file_row(entry: &FileEntry) -> Row {
    row(vec![
        Cell::Text(entry.file.name.clone()),
        Cell::count(u64::from(entry.rows.read)),
        Cell::count(u64::from(entry.rows.accepted)),
        Cell::count(u64::from(entry.rows.absent)),
        Cell::count(u64::from(entry.rows.rejected)),
        Cell::count(u64::from(entry.rows.superseded)),
        Cell::Text(entry.status.title().to_owned()),
    ])
}

fn notes_table(context: &Context<'_>, files: &[&FileEntry]) -> Option<Block> {
    let names: Vec<&str> = files.iter().map(|entry| entry.file.name.as_str()).collect();
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for note in context.notes.iter().filter(|note| names.contains(&note.file.as_str())) {
        *counts.entry(&note.code).or_default() += 1;
    }
    if counts.is_empty() {
        return None;
    }
    let rows = counts.into_iter().map(|(code, n)| {
        let title = context.code_titles.get(code).cloned().unwrap_or_default();
        row(vec![Cell::Text(code.to_owned()), Cell::Text(title), Cell::count(n)])
    });
    let columns = vec![text("Код", 0.8), text("Замечание", 6.0), number("Случаев")];
    Some(table(
        "notes",
        "Замечания к файлам".to_owned(),
        columns,
        rows.collect(),
        "Адреса ячеек — в протоколе качества данных.",
    ))
}
