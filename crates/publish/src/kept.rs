//! What somebody wrote into the folder of a period is moved out of it before the folder is replaced.
//!
//! *Invariant*: no byte in the folder of a period that the program did not write is ever removed. What was edited or
//! put there lies afterwards in `ваши правки/PERIOD/`, beside the periods, in a folder named after the issue it came
//! from.

use crate::published::{FileState, MANIFEST, Published};
use camino::{Utf8Path, Utf8PathBuf};
use srez_model::error::Result;

/// Folder beside the periods.
pub const KEPT_FOLDER: &str = "ваши правки";

/// Files that programs leave beside an open document or in any folder; nobody wrote them.
fn is_left_by_a_program(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or(name);
    name.starts_with("~$") || name.starts_with(".~lock.") || ["Thumbs.db", "desktop.ini", ".DS_Store"].contains(&name)
}

/// Something that was moved out of the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Where it lay.
    pub from: Utf8PathBuf,
    /// Where it lies now.
    pub to: Utf8PathBuf,
}

/// What was moved so far, so that it can be put back.
#[derive(Debug, Default)]
pub(crate) struct Moves(Vec<Kept>);

impl Moves {
    /// Moves all that the program did not write out of a folder. A folder without a manifest of ours goes as a whole,
    /// and so does one with names or links that cannot be followed. Nothing to do where there is no folder.
    ///
    /// # Errors
    /// Where the folder cannot be read or something cannot be moved; what was moved before stays in the list.
    pub(crate) fn clear(&mut self, reports: &Utf8Path, period: &str, folder: &Utf8Path) -> Result<()> {
        if !srez_disk::exists(folder) {
            return Ok(());
        }
        let own = reports.join(KEPT_FOLDER).join(period);
        let listing = srez_disk::list(folder)?;
        // A manifest that cannot be read is no manifest of ours; alone in its folder it is what a kill left of one.
        let published = Published::read(folder).ok().flatten();
        let is_empty = listing.files.iter().all(|found| found.name == MANIFEST) && listing.left_out.is_empty();
        let Some(published) = published.filter(|_| listing.left_out.is_empty()) else {
            return if is_empty {
                Ok(())
            } else {
                self.take(folder, &free_name(&own, folder.file_name().unwrap_or(period)))
            };
        };
        let mut to = None;
        for (found, state) in published.states(folder)? {
            // A file that was never filled is what a kill left of ours.
            let is_hers = state == FileState::Foreign || (state == FileState::Edited && found.size > 0);
            if is_hers && !is_left_by_a_program(&found.name) {
                let to = to.get_or_insert_with(|| free_name(&own, &label(&published)));
                self.take(&found.path, &to.join(&found.name))?;
            }
        }
        Ok(())
    }

    fn take(&mut self, from: &Utf8Path, to: &Utf8Path) -> Result<()> {
        if let Some(above) = to.parent() {
            srez_disk::make_folder(above)?;
        }
        srez_disk::rename(from, to)?;
        self.0.push(Kept { from: from.to_owned(), to: to.to_owned() });
        to.parent().map_or(Ok(()), srez_disk::flush_folder)
    }

    /// Puts everything back, the last first; what cannot be put back stays where it was moved to.
    pub(crate) fn undo(self) {
        for kept in self.0.iter().rev() {
            let _ = srez_disk::rename(&kept.to, &kept.from);
        }
    }

    /// What was moved.
    pub(crate) fn into_kept(self) -> Vec<Kept> {
        self.0
    }
}

/// «срез 2 от 2026-06-25»: the issue that the files came from.
fn label(published: &Published) -> String {
    format!("срез {} от {}", published.history_version, published.date)
}

/// A path that is free: the name itself, or the name with a number.
fn free_name(folder: &Utf8Path, name: &str) -> Utf8PathBuf {
    let numbered = (2..).map(|number| folder.join(format!("{name} ({number})")));
    let mut names = std::iter::once(folder.join(name)).chain(numbered);
    names.find(|path| !srez_disk::exists(path)).unwrap_or_else(|| folder.join(name))
}
