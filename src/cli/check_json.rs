//! What a check found, as another program reads it.

use super::terminal::json;
use serde::Serialize;
use srez_model::delivery::{FileEntry, RowCounts};
use srez_model::error::Result;
use srez_model::note::Note;
use srez_pipeline::Checked;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Found<'a> {
    files: Vec<File<'a>>,
    /// Notes about what is no file: the plan, its folders.
    other_notes: Vec<Written<'a>>,
    rows: RowCounts,
    /// Titles of the works by id.
    works: &'a BTreeMap<String, String>,
    /// What is unknown about each work.
    unknown: &'a BTreeMap<String, Vec<String>>,
}

#[derive(Serialize)]
struct File<'a> {
    file: &'a str,
    blake3: &'a str,
    size: u64,
    status: &'static str,
    /// Id of the form; empty where none fits.
    form: &'a str,
    form_score: f64,
    works: &'a [String],
    schools: &'a [String],
    rows: RowCounts,
    notes: Vec<Written<'a>>,
}

#[derive(Serialize)]
struct Written<'a> {
    code: &'static str,
    severity: &'static str,
    file: &'a str,
    sheet: &'a str,
    /// `F17`, `17` for a row, empty for a sheet or file.
    cell: String,
    found: &'a str,
    message: &'a str,
    hint: &'a str,
}

/// Prints everything that was found.
///
/// # Errors
/// If it cannot be written as JSON.
pub(super) fn print(checked: &Checked) -> Result<()> {
    let mut notes: BTreeMap<&str, Vec<Written<'_>>> = BTreeMap::new();
    for note in &checked.outcome.notes {
        notes.entry(&note.file).or_default().push(written(note));
    }
    let entries = checked.outcome.files.iter();
    let files: Vec<File<'_>> =
        entries.map(|entry| of(entry, notes.remove(entry.file.name.as_str()).unwrap_or_default())).collect();
    json(&Found {
        files,
        other_notes: notes.into_values().flatten().collect(),
        rows: checked.outcome.rows,
        works: &checked.titles,
        unknown: &checked.unknown,
    })
}

fn of<'a>(entry: &'a FileEntry, notes: Vec<Written<'a>>) -> File<'a> {
    File {
        file: &entry.file.name,
        blake3: &entry.file.blake3,
        size: entry.file.size,
        status: entry.status.id(),
        form: &entry.form,
        form_score: entry.form_score,
        works: &entry.exams,
        schools: &entry.schools,
        rows: entry.rows,
        notes,
    }
}

fn written(note: &Note) -> Written<'_> {
    Written {
        code: note.code.as_str(),
        severity: note.severity.id(),
        file: &note.file,
        sheet: &note.sheet,
        cell: note.cell(),
        found: &note.found,
        message: &note.message,
        hint: &note.hint,
    }
}
