//! `files.csv`, `notes.csv` and `corrections.csv`: what became of every file of a run.

use srez_model::corrections::Corrections;
use srez_model::data_table::{ColumnType, DataColumn, DataTable, Value};
use srez_model::delivery::FileEntry;
use srez_model::note::Note;

const fn text(name: &'static str, label: &'static str, missing: &'static str) -> DataColumn {
    DataColumn { name, label, kind: ColumnType::Text, unit: "", decimals: 0, missing }
}

const fn rows(name: &'static str, label: &'static str) -> DataColumn {
    DataColumn { name, label, kind: ColumnType::Integer, unit: "строк", decimals: 0, missing: "" }
}

const FILES: &[DataColumn] = &[
    text("file", "файл", ""),
    text("blake3", "хэш содержимого", "файл не прочитан"),
    text("form", "форма", "форма не узнана"),
    DataColumn {
        name: "form_score",
        label: "уверенность в форме",
        kind: ColumnType::Real,
        unit: "доля",
        decimals: 2,
        missing: "",
    },
    text("exam", "работы через точку с запятой", "нет"),
    text("school", "школа; число школ, если их больше одной", "нет"),
    rows("rows_read", "прочитано"),
    rows("rows_accepted", "принято"),
    rows("rows_superseded", "заменено более поздними"),
    rows("rows_rejected", "не принято"),
    rows("rows_blank", "пустых"),
    rows("rows_structural", "заголовков и итогов"),
    rows("rows_absent", "отсутствовавших, в числе принятых"),
    text("status", "состояние: accepted, accepted-with-notes, superseded, repeated, rejected, skipped", ""),
];

const NOTES: &[DataColumn] = &[
    text("file", "файл", ""),
    text("sheet", "лист", "файл в целом"),
    text("cell", "ячейка", "лист или файл в целом"),
    text("code", "код замечания", ""),
    text("severity", "чем грозит", ""),
    text("found", "найдено", "не показывается или не относится"),
    text("message", "что не так", ""),
    text("hint", "что делать", ""),
];

const CORRECTIONS: &[DataColumn] = &[
    text("school", "школа", ""),
    text("exam", "работа", "файл не узнан"),
    text("file", "файл", ""),
    text("sheet", "лист", "файл в целом"),
    text("cell", "ячейка", "лист или файл в целом"),
    text("code", "код замечания", ""),
    text("severity", "чем грозит", ""),
    text("state", "что стало с замечанием: fixed, remains, new, unclear", ""),
    text("since", "дата прошлой проверки", ""),
];

fn words(text: &str) -> Value {
    if text.is_empty() { Value::Missing } else { Value::Text(text.to_owned()) }
}

/// `files.csv`: one row per file, sorted by name.
pub fn files_table(files: &[FileEntry]) -> DataTable {
    let number = |count: u32| Value::Integer(i64::from(count));
    let rows = files.iter().map(|entry| {
        let school = match entry.schools.as_slice() {
            [] => Value::Missing,
            [one] => words(one),
            several => Value::Text(several.len().to_string()),
        };
        vec![
            words(&entry.file.name),
            words(&entry.file.blake3),
            words(&entry.form),
            Value::Real(entry.form_score),
            words(&entry.exams.join(";")),
            school,
            number(entry.rows.read),
            number(entry.rows.accepted),
            number(entry.rows.superseded),
            number(entry.rows.rejected),
            number(entry.rows.blank),
            number(entry.rows.structural),
            number(entry.rows.absent),
            words(entry.status.id()),
        ]
    });
    DataTable { name: "files", columns: FILES, rows: rows.collect() }
}

/// `notes.csv`: one row per note, sorted by file, sheet, cell and code.
pub fn notes_table(notes: &[Note]) -> DataTable {
    let rows = notes.iter().map(|note| {
        vec![
            words(&note.file),
            words(&note.sheet),
            words(&note.cell()),
            words(note.code.as_str()),
            words(note.severity.id()),
            words(&note.found),
            words(&note.message),
            words(&note.hint),
        ]
    });
    DataTable { name: "notes", columns: NOTES, rows: rows.collect() }
}

/// `corrections.csv`: one row per error or warning of this check or the one before, by school; empty at the first
/// check.
pub fn corrections_table(corrections: Option<&Corrections>) -> DataTable {
    let rows = corrections.into_iter().flat_map(|corrections| {
        corrections.schools.iter().flat_map(move |school| {
            school.faults.iter().map(move |(state, fault)| {
                vec![
                    words(&school.school),
                    words(&fault.exam),
                    words(&fault.file),
                    words(&fault.sheet),
                    words(&fault.cell()),
                    words(&fault.code),
                    words(fault.severity.id()),
                    words(state.id()),
                    words(&corrections.since),
                ]
            })
        })
    });
    DataTable { name: "corrections", columns: CORRECTIONS, rows: rows.collect() }
}
