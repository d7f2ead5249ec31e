//! `files.csv`, `notes.csv` and `corrections.csv`: what became of every file of a run.

use srez_model::assessment::part_of;
use srez_model::corrections::{Corrections, Fault, FaultState};
use srez_model::data_table::{Column, DataColumn, DataTable, PART, Value};
use srez_model::delivery::FileEntry;
use srez_model::note::Note;

const fn text(name: &'static str, label: &'static str, missing: &'static str) -> DataColumn {
    DataColumn::text(name, label, missing)
}

const fn rows(name: &'static str, label: &'static str) -> DataColumn {
    DataColumn::integer(name, label, "строк", "")
}

const FILES: &[Column<(), FileEntry>] = &[
    text("file", "файл", "").value(|(), entry| words(&entry.file.name)),
    text("blake3", "хэш содержимого", "файл не прочитан").value(|(), entry| words(&entry.file.blake3)),
    text("form", "форма", "форма не узнана").value(|(), entry| words(&entry.form)),
    DataColumn::real("form_score", "уверенность в форме", "доля", 2, "")
        .value(|(), entry| Value::Real(entry.form_score)),
    text("exam", "работы через точку с запятой", "нет").value(|(), entry| words(&entry.exams.join(";"))),
    text("school", "школа; число школ, если их больше одной", "нет").value(|(), entry| school(entry)),
    rows("rows_read", "прочитано").value(|(), entry| count(entry.rows.read)),
    rows("rows_accepted", "принято").value(|(), entry| count(entry.rows.accepted)),
    rows("rows_superseded", "заменено более поздними").value(|(), entry| count(entry.rows.superseded)),
    rows("rows_rejected", "не принято").value(|(), entry| count(entry.rows.rejected)),
    rows("rows_blank", "пустых").value(|(), entry| count(entry.rows.blank)),
    rows("rows_structural", "заголовков и итогов").value(|(), entry| count(entry.rows.structural)),
    rows("rows_absent", "отсутствовавших, в числе принятых").value(|(), entry| count(entry.rows.absent)),
    text("status", "состояние: accepted, accepted-with-notes, superseded, repeated, rejected, skipped", "")
        .value(|(), entry| words(entry.status.id())),
];

const NOTES: &[Column<(), Note>] = &[
    text("file", "файл", "").value(|(), note| words(&note.file)),
    text("sheet", "лист", "файл в целом").value(|(), note| words(&note.sheet)),
    text("cell", "ячейка", "лист или файл в целом").value(|(), note| words(&note.cell())),
    text("code", "код замечания", "").value(|(), note| words(note.code.as_str())),
    text("severity", "чем грозит", "").value(|(), note| words(note.severity.id())),
    text("found", "найдено", "не показывается или не относится").value(|(), note| words(&note.found)),
    text("message", "что не так", "").value(|(), note| words(&note.message)),
    text("hint", "что делать", "").value(|(), note| words(&note.hint)),
];

/// A fault with its school and what became of it.
type SchoolFault<'a> = (&'a str, FaultState, &'a Fault);

fn corrections_columns<'a>() -> [Column<Corrections, SchoolFault<'a>>; 10] {
    [
        text("school", "школа", "").value(|_, (school, ..)| words(school)),
        text("exam", "работа", "файл не узнан").value(|_, (.., fault)| words(&fault.exam)),
        PART.value(|_, (.., fault)| words(&part_of(&fault.exam))),
        text("file", "файл", "").value(|_, (.., fault)| words(&fault.file)),
        text("sheet", "лист", "файл в целом").value(|_, (.., fault)| words(&fault.sheet)),
        text("cell", "ячейка", "лист или файл в целом").value(|_, (.., fault)| words(&fault.cell())),
        text("code", "код замечания", "").value(|_, (.., fault)| words(&fault.code)),
        text("severity", "чем грозит", "").value(|_, (.., fault)| words(fault.severity.id())),
        text("state", "что стало с замечанием: fixed, remains, new, unclear", "")
            .value(|_, (_, state, _)| words(state.id())),
        text("since", "дата прошлой проверки", "").value(|corrections, _| words(&corrections.since)),
    ]
}

fn words(text: &str) -> Value {
    Value::words(text)
}

fn count(rows: u32) -> Value {
    Value::Integer(i64::from(rows))
}

fn school(entry: &FileEntry) -> Value {
    match entry.schools.as_slice() {
        [] => Value::Missing,
        [one] => words(one),
        several => Value::Text(several.len().to_string()),
    }
}

/// `files.csv`: one row per file, sorted by name.
pub fn files_table(files: &[FileEntry]) -> DataTable {
    DataTable::new("files", FILES, &(), files)
}

/// `notes.csv`: one row per note, sorted by file, sheet, cell and code.
pub fn notes_table(notes: &[Note]) -> DataTable {
    DataTable::new("notes", NOTES, &(), notes)
}

/// `corrections.csv`: one row per error or warning of this check or the one before, by school; empty at the first
/// check.
pub fn corrections_table(corrections: Option<&Corrections>) -> DataTable {
    let none = Corrections::default();
    let corrections = corrections.unwrap_or(&none);
    let of_school = corrections
        .schools
        .iter()
        .flat_map(|school| school.faults.iter().map(|(state, fault)| (school.school.as_str(), *state, fault)));
    let faults: Vec<SchoolFault<'_>> = of_school.collect();
    DataTable::new("corrections", &corrections_columns(), corrections, &faults)
}
