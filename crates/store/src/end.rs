//! The end of the log: the chain of check sums shows that no entry is missing in the middle; that none is missing at
//! the end shows in the head, and in the records that runs leave beside the log and that name its versions.

use super::{Snapshot, damaged, log};
use camino::Utf8Path;
use srez_model::error::{Error, Result};

impl Snapshot {
    /// Checks that neither the head nor a record names a version after the last one. Only for the store as it was
    /// opened, not for an earlier version of it.
    ///
    /// # Errors
    /// If entries are missing at the end of the log, or a record cannot be read.
    pub fn check_end(&self) -> Result<()> {
        let named = [
            ("проверке", self.version_of_checks()?),
            ("выпуске", self.version_of_releases()?),
            ("списках учебников", self.version_of_lists()?),
        ];
        let latest = named.into_iter().max_by_key(|(_, version)| *version).filter(|(_, version)| self.lacks(*version));
        if let Some((what, version)) = latest {
            return Err(self.gone(version, &format!("запись о {what} составлена")));
        }
        match self.version_missing_by_head()? {
            Some(version) => Err(self.gone(version, "отметка о последней записи составлена")),
            None => Ok(()),
        }
    }

    /// True for a version that is not in the log, not even since it was read: another run may go on meanwhile.
    pub(super) fn lacks(&self, version: u64) -> bool {
        self.version() < version && !srez_disk::exists(&log::path(&self.folder, version))
    }

    fn gone(&self, version: u64, named: &str) -> Error {
        let path = log::path(&self.folder, version);
        damaged(&path, &format!("этой записи журнала нет, а {named} по срезу {version}"))
    }
}

/// The latest version at the start of the names in a folder of records, copies of replaced ones included.
pub(super) fn version_in_names(folder: &Utf8Path) -> Result<u64> {
    if !srez_disk::is_folder(folder) {
        return Ok(0);
    }
    let files = srez_disk::list(folder)?.files.into_iter().filter(|found| found.name.ends_with(".json"));
    let versions = files.filter_map(|found| {
        let end = found.name.find(|sign: char| !sign.is_ascii_digit())?;
        found.name.get(..end)?.parse::<u64>().ok()
    });
    Ok(versions.max().unwrap_or(0))
}
