//! The head: which entry of the log is the newest, written after it.
//!
//! The chain of check sums cannot show that its last links are gone, and a decision of the analyst leaves no record of
//! a run behind. Whoever is cut off between entry and head leaves a head that lags, which the next run mends; a head
//! that is ahead of the log is the proof that entries are missing. A store from before there were heads has none.

use super::fault::Fault;
use super::{Snapshot, Store, damaged, log, sealed};
use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use srez_model::error::Result;

/// Largest head that is read, in bytes.
const GREATEST_HEAD: u64 = 1 << 16;

/// The newest entry, as it was when the head was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    version: u64,
    /// Check sum of its entry.
    entry: String,
}

impl Snapshot {
    /// The version that the head names, where the log does not have it; none where all is well.
    ///
    /// # Errors
    /// If the head is damaged, or the log has another entry in its place.
    pub(super) fn version_missing_by_head(&self) -> Result<Option<u64>> {
        let Some(head) = read(&self.folder)? else { return Ok(None) };
        let place = usize::try_from(head.version).ok().and_then(|version| version.checked_sub(1));
        match place.and_then(|place| self.entries.get(place)) {
            Some((_, sum)) if *sum == head.entry => Ok(None),
            Some(_) => Err(damaged(
                &log::path(&self.folder, head.version),
                "запись журнала не та, что была последней: журнал заменён или продолжен от более старой копии",
            )),
            None => Ok(Some(head.version).filter(|version| self.lacks(*version))),
        }
    }
}

impl Store {
    /// Writes the head for the last version, unless it is there; an empty store has none.
    ///
    /// # Errors
    /// If the disk refuses.
    pub(super) fn write_head(&self) -> Result<()> {
        let history = &self.snapshot.history;
        let head = Head { version: history.version, entry: history.sum.clone() };
        let folder = &self.snapshot.folder;
        if head.version == 0 || read(folder)?.as_ref() == Some(&head) {
            return Ok(());
        }
        let bytes = sealed::seal_record(&head).ok_or(Fault::NotWritten("отметка хранилища"))?;
        srez_disk::write_durable(&path(folder), &bytes)?;
        srez_disk::flush_folder(folder)
    }
}

fn path(folder: &Utf8Path) -> Utf8PathBuf {
    folder.join("head.json")
}

/// The head of a store; none where it has none, or another version of the program wrote it in its own layout.
fn read(folder: &Utf8Path) -> Result<Option<Head>> {
    let path = path(folder);
    if !srez_disk::exists(&path) {
        return Ok(None);
    }
    match sealed::open_record(&srez_disk::read(&path, GREATEST_HEAD)?) {
        sealed::Record::Known(head) => Ok(Some(head)),
        sealed::Record::OtherLayout => Ok(None),
        sealed::Record::Damaged => Err(damaged(&path, "отметка о последней записи журнала искажена").hint(
            "проверьте по `srez history КОНВЕЙЕР`, что последний срез на месте, и уберите этот файл: следующий запуск \
             составит его заново",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{block, delivery, exam, folder};

    /// A store with a delivery and a withdrawal.
    fn withdrawn(path: &Utf8Path) -> Store {
        let mut store = Store::open(path).unwrap();
        store.commit(&delivery(&[block("a", "1.xlsx", 2, &[(1, 1, 1)])])).unwrap();
        store.withdraw(&exam("a").key, "edu1", None, "проверка").unwrap();
        store
    }

    #[test]
    fn the_loss_of_a_lone_decision_is_noticed() {
        let (_folder, path) = folder();
        drop(withdrawn(&path));
        let newest = log::path(&path, 2);
        let entry = srez_disk::read(&newest, GREATEST_HEAD).unwrap();
        srez_disk::remove_file(&newest).unwrap();
        assert!(Snapshot::open(&path).unwrap().check_end().is_err());
        let error = Store::open(&path).err().unwrap();
        assert!(error.message.contains("00000002.json") && error.message.contains("по срезу 2"), "{error}");
        // All of the log.
        let first = log::path(&path, 1);
        srez_disk::rename(&first, &path.join("aside")).unwrap();
        assert!(Store::open(&path).is_err());
        srez_disk::rename(&path.join("aside"), &first).unwrap();
        srez_disk::write_plain(&newest, &entry).unwrap();
        assert_eq!(Store::open(&path).unwrap().version(), 2);
    }

    #[test]
    fn a_log_that_went_on_from_an_older_copy_is_noticed() {
        let (_folder, path) = folder();
        drop(withdrawn(&path));
        let (head, newest) = (super::path(&path), log::path(&path, 2));
        let bytes = srez_disk::read(&head, GREATEST_HEAD).unwrap();
        srez_disk::remove_file(&head).unwrap();
        srez_disk::remove_file(&newest).unwrap();
        let mut store = Store::open(&path).unwrap();
        store.withdraw(&exam("a").key, "edu1", None, "другая причина").unwrap();
        drop(store);
        assert!(Store::open(&path).is_ok());
        srez_disk::write_plain(&head, &bytes).unwrap();
        assert!(Store::open(&path).err().unwrap().message.contains("не та, что была последней"));
    }

    #[test]
    fn a_head_that_lags_or_is_missing_is_mended() {
        let (_folder, path) = folder();
        let store = withdrawn(&path);
        let head = super::path(&path);
        let newest = srez_disk::read(&head, GREATEST_HEAD).unwrap();
        drop(store);
        for make_lag in [true, false] {
            srez_disk::remove_file(&head).unwrap();
            if make_lag {
                let entry = srez_disk::read(&log::path(&path, 2), GREATEST_HEAD).unwrap();
                srez_disk::remove_file(&log::path(&path, 2)).unwrap();
                drop(Store::open(&path).unwrap());
                assert_ne!(srez_disk::read(&head, GREATEST_HEAD).unwrap(), newest);
                srez_disk::write_plain(&log::path(&path, 2), &entry).unwrap();
            }
            assert_eq!(Store::open(&path).unwrap().version(), 2);
            assert_eq!(srez_disk::read(&head, GREATEST_HEAD).unwrap(), newest, "lags: {make_lag}");
        }
    }
}
