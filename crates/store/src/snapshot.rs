//! The store at one version, for reading. Needs no lock: what a version names is never changed, and a run that writes
//! at the same time shows its version only when it is whole.

use super::fault::Fault;
use super::history::{DataFile, History};
use super::log::{self, Entry};
use super::{StoredExam, content, damaged, overview, parquet_file, twice};
use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use srez_model::assessment::ExamKey;
use srez_model::block::Block;
use srez_model::error::Result;
use srez_model::version_change::VersionChange;

/// The store at one version.
#[derive(Clone, Debug)]
pub struct Snapshot {
    pub(super) folder: Utf8PathBuf,
    /// Entries up to the version.
    pub(super) entries: Vec<(Entry, String)>,
    pub(super) history: History,
}

impl Snapshot {
    /// The last version of the store in a folder.
    ///
    /// # Errors
    /// If there is no store, a newer program wrote it, or its log is damaged.
    pub fn open(folder: &Utf8Path) -> Result<Self> {
        if !srez_disk::is_folder(&folder.join("log")) {
            return Err(Fault::NoStore(folder).into());
        }
        let entries = log::read(folder)?;
        let history = History::replay(&entries);
        Ok(Self { folder: folder.to_owned(), entries, history })
    }

    /// An earlier version of the same store; 0 is the empty store.
    ///
    /// # Errors
    /// If the store does not have it.
    pub fn at(&self, version: u64) -> Result<Self> {
        let entries = usize::try_from(version).ok().and_then(|version| self.entries.get(..version));
        let entries = entries.ok_or_else(|| Fault::NoVersion(version, self.version()))?;
        Ok(Self { folder: self.folder.clone(), entries: entries.to_vec(), history: History::replay(entries) })
    }

    /// Number of the version, as in «срез 42»; 0 for an empty store.
    pub fn version(&self) -> u64 {
        self.history.version
    }

    /// Id of the key of the pseudonyms in the last delivery; empty where no delivery tells it.
    pub fn key(&self) -> &str {
        let keys = self.entries.iter().rev().map(|(entry, _)| entry.key.as_str());
        keys.into_iter().find(|key| !key.is_empty()).unwrap_or_default()
    }

    /// The changes of this version, exam by exam; nothing for the empty store.
    pub fn change(&self) -> Vec<VersionChange> {
        self.entries.last().map_or_else(Vec::new, |(entry, _)| overview::overview(entry, 0).by_exam())
    }

    /// Exams with rows in force, sorted.
    pub fn exams(&self) -> Vec<ExamKey> {
        self.history.exams.iter().filter(|(_, held)| !held.is_empty()).map(|(key, _)| key.clone()).collect()
    }

    /// Rows of one exam that are in force; for a participant in several units of a school only one row counts.
    ///
    /// # Errors
    /// If the store does not know the exam, or a data file is missing or damaged.
    pub fn read(&self, exam: &ExamKey) -> Result<StoredExam> {
        let mut stored = self.read_units(exam)?;
        if let Some(held) = self.history.exams.get(exam) {
            twice::keep_one(held, &mut stored.blocks);
        }
        Ok(stored)
    }

    /// All rows of an exam in force as delivered, including every row of a participant in several units of a school.
    ///
    /// # Errors
    /// If the store does not know the exam, or a data file is missing or damaged.
    pub fn delivered(&self, exam: &ExamKey) -> Result<StoredExam> {
        self.read_units(exam)
    }

    /// Hash of the rows in force of a school in an exam; none if there are none.
    pub fn content(&self, exam: &ExamKey, school: &str) -> Option<String> {
        let held = self.history.exams.get(exam)?;
        let mut hasher = blake3::Hasher::new();
        let mut is_empty = true;
        for (key, unit) in held.units.iter().filter(|(key, _)| key.school == school) {
            is_empty = false;
            hasher.update(format!("{key}\n{}\n", unit.content).as_bytes());
        }
        (!is_empty).then(|| hasher.finalize().to_hex().to_string())
    }

    /// The units in force, as delivered.
    pub(super) fn read_units(&self, exam: &ExamKey) -> Result<StoredExam> {
        let held = self.history.exams.get(exam).filter(|held| !held.is_empty());
        let held = held.ok_or_else(|| Fault::NoResults(&self.folder, exam.id()))?;
        let blocks: Vec<Vec<Block>> = held
            .files_in_force()
            .par_iter()
            .map(|file| self.read_file(exam, file, |key| held.is_in_force(key, &file.blake3)))
            .collect::<Result<_>>()?;
        let mut blocks: Vec<Block> = blocks.into_iter().flatten().collect();
        blocks.sort_by(content::order);
        Ok(StoredExam { exam: held.exam.clone(), blocks })
    }

    /// Blocks of one data file, with the rows of the wanted units.
    pub(super) fn read_file(
        &self,
        exam: &ExamKey,
        file: &DataFile,
        wanted: impl Fn(&super::UnitKey) -> bool,
    ) -> Result<Vec<Block>> {
        let bytes = self.read_verified(file)?;
        parquet_file::read(exam, bytes, file.rows, wanted)
            .map_err(|reason| damaged(&self.data_path(&file.blake3), &reason))
    }

    fn read_verified(&self, file: &DataFile) -> Result<Vec<u8>> {
        let path = self.data_path(&file.blake3);
        if !srez_disk::exists(&path) {
            return Err(damaged(&path, "файла нет"));
        }
        let bytes = srez_disk::read(&path, 64 << 30)?;
        if bytes.len() as u64 != file.size {
            return Err(damaged(&path, "размер не тот, что записан в журнале"));
        }
        if blake3::hash(&bytes).to_hex().as_str() != file.blake3 {
            return Err(damaged(&path, "контрольная сумма не сходится"));
        }
        Ok(bytes)
    }

    pub(super) fn data_path(&self, blake3: &str) -> Utf8PathBuf {
        self.folder.join("data").join(format!("{blake3}.parquet"))
    }
}
