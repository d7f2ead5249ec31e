//! The folder of a period is replaced in one piece.

use crate::fault::Fault;
use crate::kept::{self, Kept, Moves};
use crate::published::{FileState, MANIFEST, Published};
use crate::staging::Prepared;
use camino::{Utf8Path, Utf8PathBuf};
use srez_disk::Found;
use srez_model::artifact::is_plain_path;
use srez_model::error::{Error, Result};

/// What was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// Folder of the period.
    pub folder: Utf8PathBuf,
    /// What somebody had written into the former folder, and where it lies now.
    pub kept: Vec<Kept>,
}

/// Most folders of one kind that can lie beside a period because something keeps them open.
const MOST_LEFT_OVER: usize = 20;

/// Writes all files beside the period's folder and puts the new folder in place of the old one. Only its owner can
/// enter it: results of participants by code stand in the editions of schools and in the files that go back to them.
///
/// What was edited in the former folder or put there is moved to [`KEPT_FOLDER`](crate::KEPT_FOLDER) first, also out of
/// what a run that was killed left beside the period. What cannot be moved or removed there stays and is in nobody's
/// way.
///
/// # Errors
/// Where a path leads outside the folder, or the disk refuses; the former folder then stays as it was.
pub fn publish(reports: &Utf8Path, period: &str, files: &[Prepared]) -> Result<Publication> {
    let target = reports.join(period);
    let mut kept = Vec::new();
    for left_over in left_over(reports, period) {
        let mut moves = Moves::default();
        if moves.clear(reports, period, &left_over).is_ok() {
            let _ = remove_ours(&left_over);
        }
        kept.extend(moves.into_kept());
    }
    let fresh = free(reports, period, "new")?;
    let former = free(reports, period, "old")?;
    write_all(&fresh, files).inspect_err(|_| {
        // A disk that is full gets its room back; nobody but this run has been in the folder.
        let _ = remove_ours(&fresh);
    })?;
    let mut moves = Moves::default();
    let swapped =
        moves.clear(reports, period, &target).and_then(|()| swap(&target, &movable(reports, period, fresh)?, &former));
    if let Err(error) = swapped {
        moves.undo();
        return Err(error);
    }
    // A document may have been saved between the two steps.
    let is_clear = moves.clear(reports, period, &former).is_ok();
    kept.extend(moves.into_kept());
    if is_clear {
        // The former documents are no longer needed; a file that is held open must not fail the run.
        let _ = remove_ours(&former);
    }
    Ok(Publication { folder: target, kept })
}

/// What the next issue of a period will move out of its folder, without moving anything.
///
/// # Errors
/// Where the folder cannot be read.
pub fn to_be_kept(reports: &Utf8Path, period: &str) -> Result<Vec<Kept>> {
    let mut all = Vec::new();
    for folder in left_over(reports, period).into_iter().chain([reports.join(period)]) {
        all.extend(kept::hers(reports, period, &folder)?);
    }
    Ok(all)
}

/// Files of a period that somebody edited or put there, sorted by name; true where the program had made the file.
///
/// # Errors
/// Where the folder cannot be read.
pub fn written_into(folder: &Utf8Path) -> Result<Vec<(Found, bool)>> {
    let published = if srez_disk::is_folder(folder) { Published::read_whole(folder)? } else { None };
    let Some(published) = published else { return Ok(Vec::new()) };
    let states = published.states(folder)?.into_iter().filter(|(_, state)| *state != FileState::AsPublished);
    Ok(states.map(|(found, state)| (found, state == FileState::Edited)).collect())
}

/// Folders that runs before this one can have left beside the period.
pub(crate) fn left_over(reports: &Utf8Path, period: &str) -> Vec<Utf8PathBuf> {
    let names = ["old", "new"].into_iter().flat_map(|kind| names(reports, period, kind));
    names.filter(|folder| srez_disk::exists(folder)).collect()
}

/// `2026-06.new`, `2026-06.new-2` and so on.
fn names(reports: &Utf8Path, period: &str, kind: &str) -> impl Iterator<Item = Utf8PathBuf> {
    let numbered = (2..=MOST_LEFT_OVER).map(|number| format!("{period}.{kind}-{number}"));
    std::iter::once(format!("{period}.{kind}"))
        .chain(numbered)
        .map(|name| reports.join(name))
        .collect::<Vec<_>>()
        .into_iter()
}

fn free(reports: &Utf8Path, period: &str, kind: &str) -> Result<Utf8PathBuf> {
    names(reports, period, kind).find(|folder| !srez_disk::exists(folder)).ok_or_else(|| {
        let (issue, names) = (reports.join(period), format!("{period}.{kind}"));
        Fault::LeftOver { issue: &issue, names }.into()
    })
}

/// Removes a folder from which all that is not ours was moved; its manifest goes last, so that what is left of it after
/// a failure is still known to be ours.
fn remove_ours(folder: &Utf8Path) -> Result<()> {
    if !srez_disk::exists(folder) {
        return Ok(());
    }
    for found in srez_disk::list(folder)?.files.into_iter().filter(|found| found.name != MANIFEST) {
        srez_disk::remove_file(&found.path)?;
    }
    srez_disk::remove_folder(folder)
}

/// Writes the files, the manifest first: whatever is left of the folder then tells what was to be in it.
fn write_all(folder: &Utf8Path, files: &[Prepared]) -> Result<()> {
    srez_disk::make_private_folder(folder)?;
    let (manifest, others): (Vec<_>, Vec<_>) = files.iter().partition(|file| file.path == MANIFEST);
    for file in manifest.into_iter().chain(others) {
        check_path(file)?;
        // Whole or under another name: half a document would be taken for one that somebody edited.
        srez_disk::write(&folder.join(&file.path), &file.bytes()?)?;
    }
    Ok(())
}

/// The new folder under another name: where a scanner or an indexer keeps it from being moved, that is found out before
/// the former one is touched.
fn movable(reports: &Utf8Path, period: &str, fresh: Utf8PathBuf) -> Result<Utf8PathBuf> {
    if !srez_disk::exists(&reports.join(period)) {
        return Ok(fresh);
    }
    let moved = free(reports, period, "new")?;
    srez_disk::rename(&fresh, &moved).map_err(|error| held_open(&error, &fresh, &fresh))?;
    Ok(moved)
}

/// Puts the new folder in place of the old one, or leaves the old one where it is.
fn swap(target: &Utf8Path, fresh: &Utf8Path, former: &Utf8Path) -> Result<()> {
    let was_there = srez_disk::exists(target);
    if was_there {
        srez_disk::rename(target, former).map_err(|error| held_open(&error, target, fresh))?;
    }
    srez_disk::rename(fresh, target).map_err(|error| {
        if was_there && srez_disk::rename(former, target).is_err() {
            return Fault::SetAside { folder: target, former, reason: &error.message }.into();
        }
        held_open(&error, target, fresh)
    })
}

fn held_open(error: &Error, folder: &Utf8Path, fresh: &Utf8Path) -> Error {
    Fault::HeldOpen { folder, fresh, reason: &error.message }.into()
}

/// Names are ours and plain; anything else is a bug that must not reach the disk.
fn check_path(file: &Prepared) -> Result<()> {
    if is_plain_path(&file.path) { Ok(()) } else { Err(Fault::BadName(&file.path).into()) }
}

#[cfg(test)]
mod tests;
