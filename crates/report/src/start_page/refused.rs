//! What was not accepted.

use crate::context::Context;
use crate::table::TableOf;
use srez_model::delivery::{FileEntry, FileStatus, RowCounts};
use srez_model::note::{Note, NoteCode, Severity};
use srez_model::report::Table;
use srez_wording::number;
use std::collections::BTreeMap;

/// Files that the page shows; the rest stands in the protocol.
const MOST: usize = 12;

/// Files with the note that says why, and how many more there are.
pub(super) fn files(context: &Context<'_>) -> (Option<Table>, u64) {
    let mut reasons: BTreeMap<&str, &Note> = BTreeMap::new();
    for note in context.facts.notes.iter().filter(|note| note.severity == Severity::RejectFile) {
        reasons.entry(&note.file).or_insert(note);
    }
    let files: Vec<_> = context.facts.files.iter().filter(|entry| entry.status == FileStatus::Rejected).collect();
    let more = files.len().saturating_sub(MOST) as u64;
    let reason = |entry: &FileEntry| reasons.get(entry.file.name.as_str()).copied();
    let table = TableOf::new(files.into_iter().take(MOST))
        .text("Файл", 4.0, |entry| entry.file.name.clone())
        .text("Почему", 3.0, |entry| reason(entry).map_or_else(String::new, |note| note.message.clone()))
        .text("Что делать", 4.0, |entry| reason(entry).map_or_else(String::new, |note| note.hint.clone()));
    (super::shown(table.named("refused", "Файлы, которые не приняты", "")), more)
}

/// Rows and cells left out of files that were accepted, and schools that belong nowhere; empty where there are none.
pub(super) fn rows_and_cells(context: &Context<'_>) -> String {
    let cells = context.facts.notes.iter().filter(|note| note.severity == Severity::UnreadableCell).count() as u64;
    let rows = u64::from(RowCounts::of_files(context.facts.files).rejected);
    let mut words = Vec::new();
    if rows > 0 {
        words.push(format!("строк не принято: {}", number::count(rows)));
    }
    if cells > 0 {
        words.push(format!("замечаний о непрочитанных ячейках: {}", number::count(cells)));
    }
    let of_home = [NoteCode::HomeUnclear, NoteCode::HomeAssumed];
    let unclear = context.facts.notes.iter().filter(|note| of_home.contains(&note.code));
    words.extend(unclear.map(|note| note.message.clone()));
    words.join("; ")
}
