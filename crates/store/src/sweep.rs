//! Sweeping: removes what interrupted runs left behind.
//!
//! Only files of the store's own making that no version names are removed: data files, and files that were never
//! finished. The lock is held, so no run can be about to name one of them.

use super::Store;
use super::fault::Fault;
use srez_model::error::Result;
use std::collections::BTreeSet;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sweep {
    /// Files that no version names, with their sizes, sorted.
    pub orphans: Vec<(String, u64)>,
    /// Files in the folders of log and data that are not of the store's making: left alone; sorted.
    pub foreign: Vec<String>,
    /// Data files that versions name.
    pub kept: u64,
}

impl Store {
    /// Finds what no version names, and removes it unless this is a rehearsal.
    ///
    /// # Errors
    /// If the log is gone while data files are there, or a file cannot be removed.
    pub fn sweep(&mut self, rehearsal: bool) -> Result<Sweep> {
        let folder = &self.snapshot.folder;
        let changes = self.snapshot.entries.iter().flat_map(|(entry, _)| &entry.exams);
        let named: BTreeSet<String> =
            changes.filter_map(|change| Some(format!("{}.parquet", change.file.as_ref()?.blake3))).collect();
        let mut sweep = Sweep::default();
        for place in ["data", "log"] {
            for found in srez_disk::list(&folder.join(place))?.files {
                let name = format!("{place}/{}", found.name);
                if (place == "data" && named.contains(&found.name)) || (place == "log" && is_entry(&found.name)) {
                    sweep.kept += u64::from(place == "data");
                } else if is_data_file(&found.name) || is_unfinished(&found.name) {
                    sweep.orphans.push((name, found.size));
                } else {
                    sweep.foreign.push(name);
                }
            }
        }
        let has_data = sweep.orphans.iter().any(|(name, _)| name.ends_with(".parquet"));
        if self.version() == 0 && has_data {
            return Err(Fault::LogLost(folder).into());
        }
        if !rehearsal {
            for (name, _) in &sweep.orphans {
                srez_disk::remove_file(&folder.join(name))?;
            }
        }
        Ok(sweep)
    }
}

fn is_entry(name: &str) -> bool {
    super::log::is_entry(name)
}

/// `<64 hexadecimal digits>.parquet`
fn is_data_file(name: &str) -> bool {
    name.strip_suffix(".parquet").is_some_and(|sum| sum.len() == 64 && sum.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn is_unfinished(name: &str) -> bool {
    name.strip_suffix(".tmp").is_some_and(|name| is_data_file(name) || is_entry(name))
}
