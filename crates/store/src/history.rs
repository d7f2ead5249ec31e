//! The state of the store: the log's entries replayed from first to last.

pub(super) use super::log::DataFile;
use super::log::{Action, Entry, ExamEntry, UnitEntry};
use super::unit::UnitKey;
use srez_model::assessment::{Exam, ExamKey};
use std::collections::{BTreeMap, BTreeSet};

/// State of the store at a version.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct History {
    /// The version; 0 for an empty store.
    pub(super) version: u64,
    /// Check sum of its entry; empty for an empty store.
    pub(super) sum: String,
    /// Exams that were ever delivered.
    pub(super) exams: BTreeMap<ExamKey, Held>,
}

/// The state of one exam.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Held {
    /// The exam as last delivered.
    pub(super) exam: Exam,
    /// Units in force.
    pub(super) units: BTreeMap<UnitKey, Unit>,
    /// Schools in force as a whole, as layout 1 knew them.
    pub(super) schools: BTreeMap<String, Unit>,
    /// Units that were withdrawn, as they were.
    pub(super) withdrawn: BTreeMap<UnitKey, Unit>,
    /// Data files by check sum, including those no longer in force.
    pub(super) files: BTreeMap<String, DataFile>,
}

/// A unit as it was delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// Hash of its content.
    pub(super) content: String,
    /// Check sum of the file that contains its rows.
    pub(super) file: String,
    pub(super) rows: u32,
    /// Version that brought them.
    pub(super) since: u64,
}

impl Held {
    /// True if a unit is in force with the rows of this file.
    pub(super) fn is_in_force(&self, key: &UnitKey, file: &str) -> bool {
        self.units.get(key).or_else(|| self.schools.get(&key.school)).is_some_and(|unit| unit.file == file)
    }

    /// Files with rows in force.
    pub(super) fn files_in_force(&self) -> Vec<&DataFile> {
        let mut used: Vec<&str> =
            self.units.values().chain(self.schools.values()).map(|unit| unit.file.as_str()).collect();
        used.sort_unstable();
        used.dedup();
        used.into_iter().filter_map(|file| self.files.get(file)).collect()
    }

    /// True if nothing is in force.
    pub(super) fn is_empty(&self) -> bool {
        self.units.is_empty() && self.schools.is_empty()
    }
}

impl History {
    /// Replays all entries. States that a later entry returns to are kept: replaying anew for every return would double
    /// the time with each return.
    pub(super) fn replay(entries: &[(Entry, String)]) -> Self {
        let returned_to = |(entry, _): &(Entry, String)| match entry.action {
            Action::Return { to } => Some(to),
            _ => None,
        };
        let wanted: BTreeSet<u64> = entries.iter().filter_map(returned_to).collect();
        let mut kept: BTreeMap<u64, BTreeMap<ExamKey, Held>> = BTreeMap::new();
        let mut history = Self::default();
        for (entry, sum) in entries {
            history.play(entry, sum, |to| kept.get(&to).cloned().unwrap_or_default());
            if wanted.contains(&entry.version) {
                kept.insert(entry.version, history.exams.clone());
            }
        }
        history
    }

    /// Replays one more entry; a return needs the entries before it.
    pub(super) fn apply(&mut self, entry: &Entry, sum: &str, before: &[(Entry, String)]) {
        self.play(entry, sum, |to| {
            let kept = usize::try_from(to).ok().and_then(|to| before.get(..to)).unwrap_or_default();
            Self::replay(kept).exams
        });
    }

    fn play(&mut self, entry: &Entry, sum: &str, state_at: impl Fn(u64) -> BTreeMap<ExamKey, Held>) {
        self.version = entry.version;
        sum.clone_into(&mut self.sum);
        if let Action::Return { to } = entry.action {
            self.exams = state_at(to);
        }
        for change in &entry.exams {
            self.apply_exam(change, entry);
        }
    }

    fn apply_exam(&mut self, change: &ExamEntry, entry: &Entry) {
        if let Some(exam) = &change.exam {
            let fresh = || Held {
                exam: exam.clone(),
                units: BTreeMap::new(),
                schools: BTreeMap::new(),
                withdrawn: BTreeMap::new(),
                files: BTreeMap::new(),
            };
            self.exams.entry(change.key.clone()).or_insert_with(fresh).exam = exam.clone();
        }
        let Some(held) = self.exams.get_mut(&change.key) else { return };
        if let Some(file) = &change.file {
            held.files.insert(file.blake3.clone(), file.clone());
        }
        let brought = change.file.as_ref().map_or("", |file| file.blake3.as_str());
        for unit in &change.units {
            held.apply_unit(unit, entry, brought);
        }
    }
}

impl Held {
    fn apply_unit(&mut self, change: &UnitEntry, entry: &Entry, brought: &str) {
        let (since, file) = match &change.since {
            Some((since, file)) => (*since, file.as_str()),
            None => (entry.version, brought),
        };
        let unit = Unit { content: change.content.clone(), file: file.to_owned(), rows: change.rows, since };
        let Some(class) = &change.class else {
            self.schools.insert(change.school.clone(), unit);
            return;
        };
        let key = UnitKey { school: change.school.clone(), class: class.clone(), date: change.date.clone() };
        self.schools.remove(&change.school);
        if entry.action == Action::Withdrawal {
            self.units.remove(&key);
            self.withdrawn.insert(key, unit);
        } else {
            self.withdrawn.remove(&key);
            self.units.insert(key, unit);
        }
    }
}
