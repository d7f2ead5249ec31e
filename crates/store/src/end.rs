//! The end of the log: the chain of check sums shows that no entry is missing in the middle; that none is missing at
//! the end shows in the records that runs leave beside the log and that name its versions.

use super::{Snapshot, damaged, log};
use camino::Utf8Path;
use srez_model::error::Result;

impl Snapshot {
    /// Checks that no record names a version after the last one. Only for the store as it was opened, not for an
    /// earlier version of it.
    ///
    /// # Errors
    /// If entries are missing at the end of the log, or a record cannot be read.
    pub fn check_end(&self) -> Result<()> {
        let named = [
            ("проверке", self.version_of_checks()?),
            ("выпуске", self.version_of_releases()?),
            ("списках учебников", self.version_of_lists()?),
        ];
        let Some((what, version)) = named.into_iter().max_by_key(|(_, version)| *version) else { return Ok(()) };
        if version <= self.version() {
            return Ok(());
        }
        let path = log::path(&self.folder, version);
        Err(damaged(&path, &format!("этой записи журнала нет, а запись о {what} составлена по срезу {version}")))
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
