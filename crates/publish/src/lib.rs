//! Publishing: files in memory → the period's folder, in one piece.

mod audit;
mod delta_table;
mod facts_table;
mod manifest;
mod package;
mod published;
mod quarantine;
mod run_tables;

pub use audit::{AuditEntry, append_to_audit, audit_log};
pub use delta_table::delta_table;
pub use facts_table::facts_table;
pub use manifest::{Provenance, manifest};
pub use package::package;
pub use published::{Comparison, Published};
pub use quarantine::{Rejected, quarantine};
pub use run_tables::{corrections_table, files_table, notes_table};

use camino::{Utf8Path, Utf8PathBuf};
use srez_model::artifact::Artifact;
use srez_model::error::{Error, Result};

/// Writes all files beside the period's folder and puts the new folder in place of the old one. Only its owner can enter it:
/// results of participants by code stand in the editions of schools and in the files that go back to them.
///
/// # Errors
/// Where a path leads outside the folder, or the disk refuses; the former folder stays as it was.
pub fn publish(reports: &Utf8Path, period: &str, artifacts: &[Artifact]) -> Result<Utf8PathBuf> {
    let target = reports.join(period);
    let fresh = reports.join(format!("{period}.new"));
    let former = reports.join(format!("{period}.old"));
    srez_disk::remove_folder(&fresh)?;
    srez_disk::make_private_folder(&fresh)?;
    for artifact in artifacts {
        check_path(&artifact.path)?;
        srez_disk::write_plain(&fresh.join(&artifact.path), &artifact.bytes)?;
    }
    srez_disk::remove_folder(&former)?;
    if srez_disk::exists(&target) {
        srez_disk::rename(&target, &former).map_err(|error| held_open(&error, &target, &fresh))?;
    }
    srez_disk::rename(&fresh, &target).map_err(|error| held_open(&error, &target, &fresh))?;
    // The former documents are no longer needed; a file that is held open must not fail the run.
    let _ = srez_disk::remove_folder(&former);
    Ok(target)
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
