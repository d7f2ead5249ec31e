//! The versions of a store, the contents of one, and the differences of two.

use super::Snapshot;
use super::content::{self, Content};
use super::history::History;
use super::log::{Action, Entry};
use super::unit::UnitKey;
use srez_model::assessment::ExamKey;
use srez_model::error::Result;
use srez_model::version_change::VersionChange;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionOverview {
    pub version: u64,
    /// Version of the program that wrote it.
    pub program: String,
    /// What it was written for.
    pub action: Action,
    /// The reason, in the analyst's words.
    pub reason: String,
    /// Units that it added, replaced, withdrew or readmitted, by exam and key.
    pub changes: Vec<(ExamKey, UnitKey, UnitChange)>,
    /// Exams in which only the specification changed.
    pub specifications: Vec<ExamKey>,
    /// Rows in force after it.
    pub rows: u64,
}

/// What a version did to a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitChange {
    /// It came.
    New { rows: u32 },
    /// It was replaced.
    Replaced {
        /// Rows now.
        rows: u32,
        /// Rows that differ, came or went.
        rows_changed: u32,
    },
    /// It was withdrawn.
    Withdrawn {
        /// Rows that no longer count.
        rows: u32,
    },
    /// It counts again, or still counts after a change of the store's layout.
    Kept { rows: u32 },
}

/// How one version differs from another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Units that differ, sorted.
    pub units: Vec<UnitDifference>,
    /// Units that are the same in both.
    pub same: u64,
}

/// A unit that differs between two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitDifference {
    pub exam: ExamKey,
    pub unit: UnitKey,
    /// Rows in the first version; none if it is not in force there.
    pub rows_before: Option<u32>,
    /// Rows in the second version; none if it is not in force there.
    pub rows_after: Option<u32>,
    /// Participants only in the second.
    pub came: u32,
    /// Participants only in the first.
    pub went: u32,
    /// Participants in both with other values.
    pub changed: u32,
}

/// A unit that a version holds.
#[derive(Clone, Copy, Debug)]
pub struct HeldUnit<'a> {
    pub exam: &'a ExamKey,
    pub unit: &'a UnitKey,
    pub rows: u32,
    /// Withdrawn: held, and not counted.
    pub is_withdrawn: bool,
}

impl Snapshot {
    /// Every version up to this one, from the first to the last.
    pub fn versions(&self) -> Vec<VersionOverview> {
        let mut history = History::default();
        let mut versions = Vec::new();
        for (place, (entry, sum)) in self.entries.iter().enumerate() {
            history.apply(entry, sum, self.entries.get(..place).unwrap_or_default());
            let in_force = history.exams.values().flat_map(|held| held.units.values().chain(held.schools.values()));
            versions.push(overview(entry, in_force.map(|unit| u64::from(unit.rows)).sum()));
        }
        versions
    }

    /// Units of this version.
    pub fn units(&self) -> Vec<HeldUnit<'_>> {
        let mut units = Vec::new();
        for (exam, held) in &self.history.exams {
            let of_exam = held.all_units();
            units.extend(of_exam.map(|(unit, state, is_withdrawn)| HeldUnit {
                exam,
                unit,
                rows: state.rows,
                is_withdrawn,
            }));
        }
        units
    }

    /// How a later version differs from this one, down to participants.
    ///
    /// # Errors
    /// If a data file is missing or damaged.
    pub fn difference(&self, later: &Self) -> Result<Difference> {
        let mut difference = Difference::default();
        let exams: BTreeSet<&ExamKey> = self.history.exams.keys().chain(later.history.exams.keys()).collect();
        for exam in exams {
            let hashes = |snapshot: &Self| -> BTreeMap<UnitKey, (String, u32)> {
                let held = snapshot.history.exams.get(exam);
                let units = held.into_iter().flat_map(|held| &held.units);
                units.map(|(key, unit)| (key.clone(), (unit.content.clone(), unit.rows))).collect()
            };
            let (before, after) = (hashes(self), hashes(later));
            let keys: BTreeSet<&UnitKey> = before.keys().chain(after.keys()).collect();
            let is_same = |key: &&UnitKey| before.get(*key).map(|unit| &unit.0) == after.get(*key).map(|unit| &unit.0);
            let (same, other): (Vec<&UnitKey>, Vec<&UnitKey>) = keys.into_iter().partition(is_same);
            difference.same += same.len() as u64;
            if other.is_empty() {
                continue;
            }
            let (rows_before, rows_after) = (self.rows_of(exam, &before)?, later.rows_of(exam, &after)?);
            let none = BTreeMap::new();
            for unit in other {
                let old = rows_before.get(unit).unwrap_or(&none);
                let new = rows_after.get(unit).unwrap_or(&none);
                difference.units.push(UnitDifference {
                    exam: exam.clone(),
                    unit: unit.clone(),
                    rows_before: before.get(unit).map(|unit| unit.1),
                    rows_after: after.get(unit).map(|unit| unit.1),
                    came: count(new.keys().filter(|name| !old.contains_key(*name))),
                    went: count(old.keys().filter(|name| !new.contains_key(*name))),
                    changed: count(new.iter().filter(|(name, rows)| old.get(*name).is_some_and(|old| old != *rows))),
                });
            }
        }
        Ok(difference)
    }

    /// Hashes of the rows of every participant, by unit.
    fn rows_of(
        &self,
        exam: &ExamKey,
        units: &BTreeMap<UnitKey, (String, u32)>,
    ) -> Result<BTreeMap<UnitKey, BTreeMap<String, Content>>> {
        if units.is_empty() {
            return Ok(BTreeMap::new());
        }
        Ok(content::by_participant(&self.read_units(exam)?.blocks))
    }
}

impl VersionOverview {
    /// Its changes, exam by exam.
    pub(crate) fn by_exam(&self) -> Vec<VersionChange> {
        let mut of_exam: BTreeMap<&ExamKey, VersionChange> = BTreeMap::new();
        for (exam, _, change) in &self.changes {
            let fresh = || VersionChange { exam: exam.id(), ..VersionChange::default() };
            let sums = of_exam.entry(exam).or_insert_with(fresh);
            match change {
                UnitChange::New { .. } => sums.new_units += 1,
                UnitChange::Replaced { rows_changed, .. } => {
                    sums.replaced_units += 1;
                    sums.rows_changed += u64::from(*rows_changed);
                }
                UnitChange::Withdrawn { .. } => sums.withdrawn_units += 1,
                UnitChange::Kept { .. } => sums.readmitted_units += 1,
            }
        }
        of_exam.into_values().collect()
    }
}

fn count(items: impl Iterator) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

pub(super) fn overview(entry: &Entry, rows: u64) -> VersionOverview {
    let mut changes = Vec::new();
    let mut specifications = Vec::new();
    for exam in &entry.exams {
        if exam.units.is_empty() {
            specifications.push(exam.key.clone());
        }
        for unit in &exam.units {
            let class = unit.class.clone().unwrap_or_default();
            let key = UnitKey { school: unit.school.clone(), class, date: unit.date.clone() };
            let rows = unit.rows;
            let change = match (&entry.action, unit.rows_changed) {
                (Action::Withdrawal, _) => UnitChange::Withdrawn { rows },
                (Action::Readmission | Action::Conversion, _) => UnitChange::Kept { rows },
                (_, Some(rows_changed)) => UnitChange::Replaced { rows, rows_changed },
                (_, None) => UnitChange::New { rows },
            };
            changes.push((exam.key.clone(), key, change));
        }
    }
    let (version, program) = (entry.version, entry.program.clone());
    let (action, reason) = (entry.action.clone(), entry.reason.clone());
    VersionOverview { version, program, action, reason, changes, specifications, rows }
}
