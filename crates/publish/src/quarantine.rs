//! Quarantine: a copy of a rejected file with the reason; the original stays where it is.

use crate::fault::Fault;
use camino::Utf8Path;
use serde::Serialize;
use srez_model::error::Result;
use srez_model::note::Note;

#[derive(Serialize)]
struct Reason<'a> {
    file: &'a str,
    blake3: &'a str,
    bytes: usize,
    /// Day after which the copy is to be removed: it may name pupils.
    remove_after: &'a str,
    notes: Vec<ReasonNote<'a>>,
}

#[derive(Serialize)]
struct ReasonNote<'a> {
    code: &'a str,
    severity: &'static str,
    sheet: &'a str,
    cell: String,
    message: &'a str,
    hint: &'a str,
}

#[derive(Clone, Copy, Debug)]
pub struct Rejected<'a> {
    /// Name as listed in `files.csv`.
    pub file: &'a str,
    /// Content, as it came.
    pub bytes: &'a [u8],
    /// Why it was rejected.
    pub notes: &'a [&'a Note],
    /// Day after which the copy is to be removed, `YYYY-MM-DD`.
    pub remove_after: &'a str,
}

/// Copies a rejected file into a folder as `<blake3>-<name>`, and the reason as `<blake3>-<name>.json`; `name` is
/// ASCII. Repeating it for the same file only updates the reason. Only the owner can enter the folder: the original may
/// name pupils.
pub fn quarantine(folder: &Utf8Path, name: &str, rejected: &Rejected<'_>) -> Result<()> {
    let Rejected { file, bytes, notes, remove_after } = *rejected;
    let blake3 = blake3::hash(bytes).to_hex().to_string();
    let target = folder.join(format!("{blake3}-{name}"));
    let notes = notes.iter().copied().map(reason).collect();
    let reason = Reason { file, blake3: &blake3, bytes: bytes.len(), remove_after, notes };
    let mut text = serde_json::to_vec_pretty(&reason).map_err(|_| Fault::NotWritten("причина карантина".to_owned()))?;
    text.push(b'\n');
    srez_disk::make_private_folder(folder)?;
    if !srez_disk::exists(&target) {
        srez_disk::write_private(&target, bytes)?;
    }
    srez_disk::write_private(&folder.join(format!("{blake3}-{name}.json")), &text)
}

fn reason(note: &Note) -> ReasonNote<'_> {
    let Note { sheet, code, severity, message, hint, .. } = note;
    ReasonNote { code: code.as_str(), severity: severity.id(), sheet, cell: note.cell(), message, hint }
}
