//! The folder of a period is replaced in one piece.

use crate::kept::{Kept, Moves};
use crate::published::MANIFEST;
use camino::{Utf8Path, Utf8PathBuf};
use srez_model::artifact::Artifact;
use srez_model::error::{Error, Result};

/// What was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// Folder of the period.
    pub folder: Utf8PathBuf,
    /// What somebody had written into the former folder, and where it lies now.
    pub kept: Vec<Kept>,
}

/// Writes all files beside the period's folder and puts the new folder in place of the old one. Only its owner can
/// enter it: results of participants by code stand in the editions of schools and in the files that go back to them.
///
/// What was edited in the former folder or put there is moved to [`KEPT_FOLDER`](crate::KEPT_FOLDER) first, also out of
/// what a run that was killed left beside the period.
///
/// # Errors
/// Where a path leads outside the folder, or the disk refuses; the former folder then stays as it was.
pub fn publish(reports: &Utf8Path, period: &str, artifacts: &[Artifact]) -> Result<Publication> {
    let target = reports.join(period);
    let fresh = reports.join(format!("{period}.new"));
    let former = reports.join(format!("{period}.old"));
    let mut kept = Vec::new();
    for left_over in [&former, &fresh] {
        let mut moves = Moves::default();
        moves.clear(reports, period, left_over)?;
        kept.extend(moves.into_kept());
        srez_disk::remove_folder(left_over)?;
    }
    write_all(&fresh, artifacts).inspect_err(|_| {
        // A disk that is full gets its room back; nobody but this run has been in the folder.
        let _ = srez_disk::remove_folder(&fresh);
    })?;
    let mut moves = Moves::default();
    let swapped = moves.clear(reports, period, &target).and_then(|()| swap(&target, &fresh, &former));
    if let Err(error) = swapped {
        moves.undo();
        return Err(error);
    }
    // A document may have been saved between the two steps.
    let is_clear = moves.clear(reports, period, &former).is_ok();
    kept.extend(moves.into_kept());
    if is_clear {
        // The former documents are no longer needed; a file that is held open must not fail the run.
        let _ = srez_disk::remove_folder(&former);
    }
    Ok(Publication { folder: target, kept })
}

/// Writes the files, the manifest first: whatever is left of the folder then tells what was to be in it.
fn write_all(folder: &Utf8Path, artifacts: &[Artifact]) -> Result<()> {
    srez_disk::make_private_folder(folder)?;
    let (manifest, others): (Vec<_>, Vec<_>) = artifacts.iter().partition(|artifact| artifact.path == MANIFEST);
    for artifact in manifest.into_iter().chain(others) {
        check_path(&artifact.path)?;
        srez_disk::write_plain(&folder.join(&artifact.path), &artifact.bytes)?;
    }
    Ok(())
}

/// Puts the new folder in place of the old one, or leaves the old one where it is.
fn swap(target: &Utf8Path, fresh: &Utf8Path, former: &Utf8Path) -> Result<()> {
    let was_there = srez_disk::exists(target);
    if was_there {
        srez_disk::rename(target, former).map_err(|error| held_open(&error, target, fresh))?;
    }
    srez_disk::rename(fresh, target).map_err(|error| {
        if was_there {
            let _ = srez_disk::rename(former, target);
        }
        held_open(&error, target, fresh)
    })
}

fn held_open(error: &Error, target: &Utf8Path, fresh: &Utf8Path) -> Error {
    Error::run(format!("папка {target} занята: {}", error.message))
        .hint(format!("закройте документы из неё и запустите ещё раз; новая версия лежит в {fresh}"))
}

/// Names are ours and ASCII; anything else is a bug that must not reach the disk.
fn check_path(path: &str) -> Result<()> {
    let is_plain = |part: &str| {
        !part.is_empty()
            && part != ".."
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    if path.split('/').all(is_plain) {
        Ok(())
    } else {
        Err(Error::run(format!("имя файла отчёта не принято: {path}")))
    }
}

#[cfg(test)]
mod tests;
