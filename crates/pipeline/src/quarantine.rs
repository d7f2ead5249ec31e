//! Which files go to quarantine: those that were rejected as a whole.

use super::originals;
use super::receive::Received;
use srez_config::plan::Plan;
use srez_model::delivery::{FileEntry, FileStatus};
use srez_model::error::Result;
use srez_model::note::Note;
use srez_wording::file_name::file_name;
use srez_wording::slug::slug;
use std::collections::BTreeSet;

/// Copies every rejected file to `quarantine` in the store; one that cannot be read again has no copy.
///
/// # Errors
/// Where the store cannot be written.
pub(super) fn keep(plan: &Plan, received: &Received, files: &[FileEntry]) -> Result<()> {
    let rejected = files.iter().filter(|entry| entry.status == FileStatus::Rejected);
    let wanted: BTreeSet<&str> = rejected.map(|entry| entry.file.name.as_str()).collect();
    let folder = plan.store.join("quarantine");
    originals::bytes(plan, received, &wanted, |file, bytes| {
        let notes: Vec<&Note> = received.notes.iter().filter(|note| note.file == file).collect();
        let rejected = srez_publish::Rejected { file, bytes, notes: &notes, remove_after: &plan.quarantine_until };
        srez_publish::quarantine(&folder, &plain_name(file), &rejected)?;
        Ok(())
    })
}

/// Longest name of a copy without the hash before it and the extension, in bytes.
const LONGEST_STEM: usize = 60;

const LONGEST_EXTENSION: usize = 16;

/// A short ASCII name, with the extension of the file.
fn plain_name(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let mut extension = slug(extension);
    extension.truncate(LONGEST_EXTENSION);
    let stem = file_name(stem, "file", LONGEST_STEM);
    if extension.is_empty() { stem } else { format!("{stem}.{extension}") }
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn names_cannot_lead_out_of_the_folder() {
        assert_eq!(plain_name("папка/Форма 4 класс.XLSX"), "forma-4-klass.xlsx");
        assert_eq!(plain_name("а/..\\CON"), "file.con");
        assert!(plain_name(&"ж".repeat(300)).len() <= 60);
        assert!(plain_name(&format!("а.{}", "ж".repeat(300))).len() <= 80);
    }
}
