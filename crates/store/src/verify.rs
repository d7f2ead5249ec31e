//! Verification: everything that the log names is there, byte for byte, with the content that the log states.

use super::Snapshot;
use super::content::contents;
use super::history::DataFile;
use super::log::{Entry, ExamEntry};
use super::unit::UnitKey;
use srez_model::assessment::ExamKey;
use srez_model::error::{Error, Result};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Versions in the log; the chain of their check sums was checked when it was read.
    pub versions: u64,
    /// Data files that were read.
    pub files: u64,
    pub bytes: u64,
    /// Rows in them.
    pub rows: u64,
    /// Units whose content was compared with the log.
    pub units: u64,
    /// What cannot be trusted, sorted by file.
    pub damages: Vec<Damage>,
}

/// A data file that cannot be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// What is wrong with it.
    pub error: Error,
    /// The exam whose rows it contains.
    pub exam: ExamKey,
    /// True if rows in force are lost with it, not only replaced or withdrawn ones.
    pub in_force: bool,
}

/// Units in a file according to the log, with the hashes of their content; and the schools of layout 1.
#[derive(Default)]
struct Named {
    exam: Option<ExamKey>,
    file: Option<DataFile>,
    units: BTreeMap<UnitKey, String>,
    has_schools: bool,
}

impl Snapshot {
    /// Reads every data file that any version names, including replaced and withdrawn ones, and compares it with the
    /// log: size, check sum, rows, and the content of every unit.
    pub fn verify(&self) -> Verification {
        let mut found = Verification { versions: self.version(), ..Verification::default() };
        let held = self.history.exams.values();
        let in_force: BTreeSet<&str> =
            held.flat_map(|held| held.files_in_force()).map(|file| file.blake3.as_str()).collect();
        for (name, named) in self.named() {
            let (Some(exam), Some(file)) = (&named.exam, &named.file) else { continue };
            found.files += 1;
            found.bytes += file.size;
            found.rows += file.rows;
            found.units += named.units.len() as u64;
            if let Err(error) = self.verify_file(exam, file, &named) {
                found.damages.push(Damage { error, exam: exam.clone(), in_force: in_force.contains(name.as_str()) });
            }
        }
        found
    }

    fn verify_file(&self, exam: &ExamKey, file: &DataFile, named: &Named) -> Result<()> {
        let damaged = |reason: &str| super::damaged(&self.data_path(&file.blake3), reason);
        let blocks = self.read_file(exam, file, |_| true)?;
        if named.has_schools {
            return Ok(());
        }
        let contents: BTreeMap<UnitKey, String> =
            contents(&blocks).into_iter().map(|(key, content)| (key, content.hash())).collect();
        if contents == named.units {
            Ok(())
        } else {
            Err(damaged("содержание не то, что записано в журнале"))
        }
    }

    /// Every data file that a version brought.
    fn named(&self) -> BTreeMap<String, Named> {
        let mut named: BTreeMap<String, Named> = BTreeMap::new();
        for (entry, change) in self.changes() {
            let Some(file) = &change.file else { continue };
            let of_file = named.entry(file.blake3.clone()).or_default();
            of_file.exam = Some(change.key.clone());
            of_file.file = Some(file.clone());
            of_file.has_schools |= entry.schema < 2;
            for unit in &change.units {
                let class = unit.class.clone().unwrap_or_default();
                let key = UnitKey { school: unit.school.clone(), class, date: unit.date.clone() };
                of_file.units.insert(key, unit.content.clone());
            }
        }
        named
    }

    fn changes(&self) -> impl Iterator<Item = (&Entry, &ExamEntry)> {
        self.entries.iter().flat_map(|(entry, _)| entry.exams.iter().map(move |change| (entry, change)))
    }
}
