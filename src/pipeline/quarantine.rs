//! Quarantine: rejected files are copied aside, each with the reason; the originals stay where they are.

use super::originals;
use super::receive::Received;
use crate::config::plan::Plan;
use crate::disk;
use crate::error::{Error, Result};
use crate::model::delivery::{FileEntry, FileStatus};
use crate::model::note::Note;
use crate::wording::slug::slug;
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Serialize)]
struct Reason<'a> {
    file: &'a str,
    blake3: &'a str,
    bytes: usize,
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

/// Copies every rejected file to `quarantine` in the store as `<blake3>-<name>`, with `<blake3>-<name>.json` beside it;
/// the number of copies. A file that cannot be read again has none.
///
/// # Errors
/// Where the store cannot be written.
pub(super) fn keep(plan: &Plan, received: &Received, files: &[FileEntry]) -> Result<usize> {
    let rejected = files.iter().filter(|entry| entry.status == FileStatus::Rejected);
    let wanted: BTreeSet<&str> = rejected.map(|entry| entry.file.name.as_str()).collect();
    if wanted.is_empty() {
        return Ok(0);
    }
    let folder = plan.store.join("quarantine");
    disk::make_folder(&folder)?;
    let copies = originals::again(plan, received, &wanted, |file, bytes| {
        let blake3 = blake3::hash(bytes).to_hex().to_string();
        let name = format!("{blake3}-{}", plain_name(file));
        let notes = received.notes.iter().filter(|note| note.file == file).map(reason).collect();
        let reason = Reason { file, blake3: &blake3, bytes: bytes.len(), notes };
        let mut text =
            serde_json::to_vec_pretty(&reason).map_err(|_| Error::run("причина карантина не записывается"))?;
        text.push(b'\n');
        if !disk::exists(&folder.join(&name)) {
            disk::write(&folder.join(&name), bytes)?;
        }
        disk::write(&folder.join(format!("{name}.json")), &text)?;
        Ok(vec![name])
    })?;
    Ok(copies.len())
}

fn reason(note: &Note) -> ReasonNote<'_> {
    let Note { sheet, code, severity, message, hint, .. } = note;
    ReasonNote { code, severity: severity.id(), sheet, cell: note.cell(), message, hint }
}

/// An ASCII name of at most 60 letters with the extension of the file.
fn plain_name(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let (mut stem, extension) = (slug(stem), slug(extension));
    stem.truncate(60);
    if extension.is_empty() { stem } else { format!("{stem}.{extension}") }
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn names_cannot_lead_out_of_the_folder() {
        assert_eq!(plain_name("папка/Форма 4 класс.XLSX"), "forma-4-klass.xlsx");
        assert_eq!(plain_name("../..\\CON"), "con");
        assert!(plain_name(&"ж".repeat(300)).len() <= 60);
    }
}
