//! Decisions of the analyst about the history: withdraw a unit, readmit it, return to an earlier version. Every
//! decision is a version of its own; nothing that was delivered is ever removed.

use super::content::contents;
use super::fault::Fault;
use super::history::{Held, Unit};
use super::log::{Action, ExamEntry, UnitEntry};
use super::{Store, UnitKey};
use srez_model::assessment::ExamKey;
use srez_model::error::{Error, Result};
use std::collections::BTreeMap;

/// Units that a decision withdrew or readmitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Version after the decision.
    pub version: u64,
    /// The units, sorted.
    pub units: Vec<UnitKey>,
    pub rows: u64,
}

impl Store {
    /// Withdraws a school, or one class of it, from an exam; its rows are kept, but do not count.
    ///
    /// The same content delivered again stays out; other content is a correction and counts.
    ///
    /// # Errors
    /// If no such unit is in force, or the version cannot be written.
    pub fn withdraw(&mut self, exam: &ExamKey, school: &str, class: Option<&str>, reason: &str) -> Result<Moved> {
        let held = self.snapshot.history.exams.get(exam);
        let units = chosen(held.map(|held| &held.units), school, class);
        if units.is_empty() {
            return Err(nothing("не учитываются и сейчас", exam, school, class));
        }
        self.move_units(Action::Withdrawal, exam, units, reason)
    }

    /// Lets withdrawn units of a school count again, as they were.
    ///
    /// # Errors
    /// If no such unit is withdrawn, or the version cannot be written.
    pub fn readmit(&mut self, exam: &ExamKey, school: &str, class: Option<&str>, reason: &str) -> Result<Moved> {
        let held = self.snapshot.history.exams.get(exam);
        let units = chosen(held.map(|held| &held.withdrawn), school, class);
        if units.is_empty() {
            return Err(nothing("не отозваны", exam, school, class));
        }
        self.move_units(Action::Readmission, exam, units, reason)
    }

    /// Returns to the state of an earlier version by writing a new one; without a number, to the state before the last
    /// version.
    ///
    /// # Errors
    /// If there is no such version, or the new one cannot be written.
    pub fn return_to(&mut self, version: Option<u64>, reason: &str) -> Result<u64> {
        let last = self.version();
        if last == 0 {
            return Err(Fault::Empty.into());
        }
        let to = version.unwrap_or(last - 1);
        if to == last {
            return Err(Fault::AlreadyLast(last).into());
        }
        self.snapshot.at(to)?;
        self.publish(Action::Return { to }, reason, Vec::new())?;
        Ok(to)
    }

    fn move_units(
        &mut self,
        action: Action,
        exam: &ExamKey,
        units: BTreeMap<UnitKey, Unit>,
        reason: &str,
    ) -> Result<Moved> {
        let rows = units.values().map(|unit| u64::from(unit.rows)).sum();
        let keys = units.keys().cloned().collect();
        let units = units.into_iter().map(|(key, unit)| entry_for(key, unit)).collect();
        self.publish(action, reason, vec![ExamEntry { key: exam.clone(), exam: None, file: None, units }])?;
        Ok(Moved { version: self.version(), units: keys, rows })
    }

    /// Gives a store of layout 1 units of layout 2: the same rows in the same files, divided by class; false if there
    /// was nothing to do.
    pub(super) fn convert(&mut self) -> Result<bool> {
        let mut exams = Vec::new();
        for (key, held) in self.snapshot.history.exams.iter().filter(|(_, held)| !held.schools.is_empty()) {
            let stored = self.snapshot.read_units(key)?;
            let mut units = Vec::new();
            for (unit, content) in contents(&stored.blocks) {
                if let Some(whole) = held.schools.get(&unit.school) {
                    let (content, rows) = (content.hash(), content.rows());
                    units.push(entry_for(unit, Unit { content, rows, ..whole.clone() }));
                }
            }
            exams.push(ExamEntry { key: key.clone(), exam: None, file: None, units });
        }
        let is_old = !exams.is_empty();
        if is_old {
            self.publish(Action::Conversion, "", exams)?;
        }
        Ok(is_old)
    }
}

/// A log entry for a unit as it is held.
fn entry_for(key: UnitKey, unit: Unit) -> UnitEntry {
    UnitEntry {
        school: key.school,
        class: Some(key.class),
        date: key.date,
        content: unit.content,
        rows: unit.rows,
        rows_changed: None,
        since: Some((unit.since, unit.file)),
    }
}

/// Units of a school, or of one class of it.
fn chosen(units: Option<&BTreeMap<UnitKey, Unit>>, school: &str, class: Option<&str>) -> BTreeMap<UnitKey, Unit> {
    let is_chosen = |key: &UnitKey| key.school == school && class.is_none_or(|class| key.class == class);
    let units = units.into_iter().flatten().filter(|(key, _)| is_chosen(key));
    units.map(|(key, unit)| (key.clone(), unit.clone())).collect()
}

fn nothing(state: &str, exam: &ExamKey, school: &str, class: Option<&str>) -> Error {
    let class = class.map_or_else(String::new, |class| format!(", класс {class}"));
    Fault::NoUnits(format!("результаты школы {school}{class} в работе {} {state}", exam.id())).into()
}

impl Held {
    /// Units in force and withdrawn ones; the flag is true for withdrawn.
    pub(super) fn all_units(&self) -> impl Iterator<Item = (&UnitKey, &Unit, bool)> {
        let in_force = self.units.iter().map(|(key, unit)| (key, unit, false));
        in_force.chain(self.withdrawn.iter().map(|(key, unit)| (key, unit, true)))
    }
}
