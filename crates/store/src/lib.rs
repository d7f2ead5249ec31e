//! The history of results: Parquet files that are never changed, and a log that says which of them count.
//!
//! ```text
//! store/.lock               held as long as a run has the store open
//! store/head.json           which entry of the log is the newest
//! store/log/00000042.json   what version 42 added and replaced; chained to version 41 by its hash
//! store/data/<blake3>.parquet   rows of one exam that came with one version
//! store/checks/00000007.json    what the seventh delivery had wrong, for the comparison with the next
//! ```
//! A version is written whole or not at all: first the data files, then the one log entry that names them. Files that
//! no entry names are left over from an interrupted run, and nobody reads them. What is replaced, and what counts as
//! the same, is said in `unit` and `content`; what the analyst decides about versions and units, in `decisions`.
//!
//! In: the validated blocks of a run, exam by exam. Out: the rows of an exam that are in force at a version.
//!
//! Invariants:
//! - A version is there whole or not at all, whatever call fails and whenever the run is killed (`trials::faults`,
//!   `trials::kills`).
//! - A flipped byte anywhere in a stored file is noticed (`trials::damage`).
//! - A log that lost its last entries is noticed (`the_loss_of_the_newest_entry_is_noticed`,
//!   `the_loss_of_a_lone_decision_is_noticed`).
//! - The order of deliveries, blocks and rows has no influence (`trials::orders`).

mod block_rows;
mod checks;
mod commit;
mod content;
mod decisions;
mod end;
mod fault;
mod head;
mod history;
mod kept;
mod lists;
mod log;
mod overview;
mod parquet_file;
mod releases;
mod sealed;
mod snapshot;
mod sweep;
mod table_file;
mod twice;
mod unit;
mod verify;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod trials;

pub use checks::FormerChecks;
pub use commit::{CommitSummary, ReplacedUnit};
pub use decisions::Moved;
pub use kept::{copy_before, hash_of_record, record_by_hash};
pub use lists::hash_of_lists;
pub use log::Action;
pub use overview::{Difference, HeldUnit, UnitChange, UnitDifference, VersionOverview};
pub use sealed::{Former, RecordCounts};
pub use snapshot::Snapshot;
pub use sweep::Sweep;
pub use table_file::table_bytes;
pub use unit::UnitKey;
pub use verify::{Damage, Verification};

use camino::Utf8Path;
use fault::Fault;
use srez_model::assessment::{Exam, ExamKey};
use srez_model::block::Block;
use srez_model::error::{Error, Result};

/// Largest record that is read, in bytes.
pub const GREATEST_RECORD: u64 = 256 << 20;

/// The delivery of a run for one exam.
#[derive(Clone, Debug)]
pub struct ExamDelivery {
    /// The exam as the blocks were validated against it.
    pub exam: Exam,
    /// Validated blocks; only accepted and absent rows are kept.
    pub blocks: Vec<Block>,
}

/// The contents of the store for one exam.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredExam {
    /// The exam as it was last delivered.
    pub exam: Exam,
    /// Rows in force, as blocks in the order of their files and sheets; replaced rows are left out.
    pub blocks: Vec<Block>,
}

/// An open store: its last version, and the right to write the next one.
#[derive(Debug)]
pub struct Store {
    snapshot: Snapshot,
    was_converted: bool,
    /// Id of the key of the pseudonyms; empty if nobody told it.
    key: String,
    _lock: srez_disk::Lock,
}

impl Store {
    /// Opens the store in a folder, or makes a new one; a store in an older layout is converted.
    ///
    /// # Errors
    /// If another run has it open, it cannot be written, a newer program wrote it, or it is damaged.
    pub fn open(folder: &Utf8Path) -> Result<Self> {
        if srez_disk::exists(folder) && !srez_disk::is_folder(folder) {
            return Err(Fault::FileInPlace(folder).into());
        }
        let (log, data) = (folder.join("log"), folder.join("data"));
        srez_disk::make_private_folder(folder)?;
        srez_disk::make_folder(&log)?;
        srez_disk::make_folder(&data)?;
        let read_only = |error: Error| Fault::ReadOnly(folder, error.message);
        let lock = srez_disk::lock(&folder.join(".lock")).map_err(read_only)?.ok_or(Fault::Busy(folder))?;
        // An interrupted run may have left names that are not yet safe on the disk: flush them before building on them.
        srez_disk::flush_folder(&data)?;
        srez_disk::flush_folder(&log)?;
        let mut store =
            Self { snapshot: Snapshot::open(folder)?, was_converted: false, key: String::new(), _lock: lock };
        store.snapshot.check_end()?;
        store.was_converted = store.convert()?;
        store.write_head()?;
        Ok(store)
    }

    /// True if the store had an older layout when it was opened.
    pub fn was_converted(&self) -> bool {
        self.was_converted
    }

    /// Tells the id of the key under which the pseudonyms of coming deliveries were made.
    pub fn use_key(&mut self, id: &str) {
        id.clone_into(&mut self.key);
    }

    /// The last version, for reading.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Number of the last version, as in «срез 42»; 0 for an empty store.
    pub fn version(&self) -> u64 {
        self.snapshot.version()
    }

    /// Exams with rows, sorted.
    pub fn exams(&self) -> Vec<ExamKey> {
        self.snapshot.exams()
    }

    /// Rows of one exam that are in force.
    ///
    /// # Errors
    /// If the store does not know the exam, or a data file is missing or damaged.
    pub fn read(&self, exam: &ExamKey) -> Result<StoredExam> {
        self.snapshot.read(exam)
    }
}

/// The error for a file of the store that cannot be trusted.
fn damaged(path: &Utf8Path, reason: &str) -> Error {
    Fault::Damaged(path, reason).into()
}
