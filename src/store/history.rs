//! What is in force: the entries of the log played from first to last.

pub(super) use super::log::DataFile;
use super::log::{Entry, ExamEntry};
use crate::model::assessment::{Exam, ExamKey};
use std::collections::BTreeMap;

/// State of the store at its last version.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct History {
    /// Last version; 0 where there is none.
    pub(super) version: u64,
    /// Check sum of its entry; empty where there is none.
    pub(super) sum: String,
    /// Exams with rows.
    pub(super) exams: BTreeMap<ExamKey, Held>,
}

/// What is held of one exam.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Held {
    /// The exam as last delivered.
    pub(super) exam: Exam,
    /// Units in force, by school.
    pub(super) units: BTreeMap<String, Unit>,
    /// Data files by check sum, those out of force as well.
    pub(super) files: BTreeMap<String, DataFile>,
}

/// A unit in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// Hash of its content.
    pub(super) content: String,
    /// Check sum of the file in which its rows stand.
    pub(super) file: String,
}

impl Held {
    /// True where rows of the file are in force.
    pub(super) fn is_used(&self, file: &DataFile) -> bool {
        self.units.values().any(|unit| unit.file == file.blake3)
    }
}

impl History {
    /// Plays all entries.
    pub(super) fn replay(entries: &[(Entry, String)]) -> Self {
        let mut history = Self::default();
        for (entry, sum) in entries {
            history.apply(entry, sum);
        }
        history
    }

    /// Plays one more entry.
    pub(super) fn apply(&mut self, entry: &Entry, sum: &str) {
        self.version = entry.version;
        sum.clone_into(&mut self.sum);
        for change in &entry.exams {
            self.apply_exam(change);
        }
    }

    fn apply_exam(&mut self, change: &ExamEntry) {
        if let Some(exam) = &change.exam {
            let fresh = || Held { exam: exam.clone(), units: BTreeMap::new(), files: BTreeMap::new() };
            self.exams.entry(change.key.clone()).or_insert_with(fresh).exam = exam.clone();
        }
        let (Some(held), Some(file)) = (self.exams.get_mut(&change.key), &change.file) else { return };
        held.files.insert(file.blake3.clone(), file.clone());
        for unit in &change.units {
            let in_force = Unit { content: unit.content.clone(), file: file.blake3.clone() };
            held.units.insert(unit.school.clone(), in_force);
        }
    }
}
