//! Records of lists that apply to results whenever these came, such as lists of textbooks: one file per version at
//! which a list came, with everything known by then.

use super::end::version_in_names;
use super::fault::Fault;
use super::sealed::{self, Former, Record};
use super::{GREATEST_RECORD, Snapshot, Store, damaged, kept};
use camino::Utf8PathBuf;
use serde::Serialize;
use serde::de::DeserializeOwned;
use srez_model::error::Result;

impl Snapshot {
    /// The lists known at this version, or the record that a manifest names by its hash.
    pub fn known_lists<T: DeserializeOwned>(&self, named: Option<&str>) -> Result<Former<T>> {
        let mut former = Former::none();
        let folder = self.lists();
        if !srez_disk::is_folder(&folder) {
            return Ok(former);
        }
        let files = srez_disk::list(&folder)?.files.into_iter();
        let numbered =
            files.filter_map(|found| Some((found.name.strip_suffix(".json")?.parse::<u64>().ok()?, found.path)));
        let last = numbered.filter(|(version, _)| *version <= self.version()).max();
        if let Some((_, path)) = last {
            let bytes = srez_disk::read(&path, GREATEST_RECORD)?;
            match sealed::open_record(&bytes) {
                Record::Known(lists) => (former.record, former.blake3) = (Some(lists), kept::hash_of_record(&bytes)),
                Record::OtherLayout => former.passed_over = 1,
                Record::Damaged => {
                    return Err(damaged(&path, "запись о списках учебников искажена")
                        .hint("уберите этот файл и положите списки учебников во входную папку ещё раз"));
                }
            }
        }
        former.or_named(&folder, named)
    }

    /// The latest version that a record names; 0 where there is none.
    pub(super) fn version_of_lists(&self) -> Result<u64> {
        version_in_names(&self.lists())
    }

    fn lists(&self) -> Utf8PathBuf {
        self.folder.join("lists")
    }
}

/// Hash of the record of lists, as a manifest names it; empty if no list ever came.
///
/// # Errors
/// If they cannot be serialised, which is a bug.
pub fn hash_of_lists<T: Serialize + PartialEq + Default>(lists: &T) -> Result<String> {
    Ok(if *lists == T::default() { String::new() } else { kept::hash_of_record(&bytes(lists)?) })
}

fn bytes<T: Serialize>(lists: &T) -> Result<Vec<u8>> {
    sealed::seal_record(lists).ok_or_else(|| Fault::NotWritten("запись о списках учебников").into())
}

impl Store {
    /// Records the lists known now, if they differ from the last record.
    pub fn remember_lists<T: Serialize + DeserializeOwned + PartialEq + Default>(&self, lists: &T) -> Result<()> {
        if self.snapshot.known_lists::<T>(None)?.record.unwrap_or_default() == *lists {
            return Ok(());
        }
        let bytes = bytes(lists)?;
        let folder = self.snapshot.lists();
        srez_disk::make_folder(&folder)?;
        let path = folder.join(format!("{:08}.json", self.version()));
        if let Some((copy, former)) = kept::copy_before(&path, &bytes)? {
            srez_disk::write_durable(&copy, &former)?;
        }
        srez_disk::write_durable(&path, &bytes)?;
        srez_disk::flush_folder(&folder)
    }
}
