//! The history as a person looks at it and turns it back: versions, differences, returns.

use serde::Serialize;
use srez_config::plan::Plan;
use srez_model::assessment::ExamKey;
use srez_model::error::Result;
use srez_store::{Action, Difference, Snapshot, Store, UnitChange, UnitDifference, VersionOverview};
use srez_wording::number;
use srez_wording::sentence::files as said;
use std::collections::BTreeSet;

/// A version of the history in words and numbers.
///
/// Grain: one per version.
#[derive(Clone, Debug, Serialize)]
pub struct VersionLine {
    pub version: u64,
    /// «поставка», «возврат к срезу 3».
    pub what: String,
    /// Works that it touched.
    pub works: u64,
    /// Blocks «work, school, class» that came.
    pub new: u64,
    /// Blocks that were replaced.
    pub replaced: u64,
    /// Rows of them that differ.
    pub rows_changed: u64,
    /// Rows in force after it.
    pub rows: u64,
    /// Version of the program that wrote it.
    pub program: String,
    /// Why, in the words of who decided.
    pub reason: String,
}

impl VersionLine {
    fn of(version: &VersionOverview) -> Self {
        let works: BTreeSet<&ExamKey> = version.changes.iter().map(|(exam, ..)| exam).collect();
        let count = |which: fn(&UnitChange) -> bool| {
            version.changes.iter().filter(|(_, _, change)| which(change)).count() as u64
        };
        let rows = |(_, _, change): &(_, _, UnitChange)| match change {
            UnitChange::Replaced { rows_changed, .. } => u64::from(*rows_changed),
            _ => 0,
        };
        Self {
            version: version.version,
            what: title(&version.action),
            works: works.len() as u64,
            new: count(|change| matches!(change, UnitChange::New { .. })),
            replaced: count(|change| matches!(change, UnitChange::Replaced { .. })),
            rows_changed: version.changes.iter().map(rows).sum(),
            rows: version.rows,
            program: version.program.clone(),
            reason: version.reason.clone(),
        }
    }
}

/// «поставка», «возврат к срезу 3».
pub fn title(action: &Action) -> String {
    match action {
        Action::Delivery => "поставка".to_owned(),
        Action::Withdrawal => "отзыв".to_owned(),
        Action::Readmission => "отозванное снова учтено".to_owned(),
        Action::Return { to } => format!("возврат к срезу {to}"),
        Action::Conversion => "перевод на новое устройство хранилища".to_owned(),
    }
}

/// The versions of a plan's history, from the first to the last; none where nothing was run yet.
///
/// # Errors
/// If the history cannot be read.
pub fn versions(plan: &Plan) -> Result<Vec<VersionLine>> {
    Ok(Snapshot::open(&plan.store)?.versions().iter().map(VersionLine::of).collect())
}

/// Number of the last version.
///
/// # Errors
/// If there is no history or it cannot be read.
pub fn last(plan: &Plan) -> Result<u64> {
    Ok(Snapshot::open(&plan.store)?.version())
}

/// How the second of two versions differs from the first.
///
/// # Errors
/// If one of them is not there or a data file is damaged.
pub fn difference(plan: &Plan, first: u64, second: u64) -> Result<Difference> {
    let history = Snapshot::open(&plan.store)?;
    history.at(first)?.difference(&history.at(second)?)
}

/// A return that was made.
#[derive(Debug)]
pub struct Returned {
    /// The version that it wrote.
    pub version: u64,
    /// The version whose state is in force again.
    pub to: u64,
    /// The version before.
    pub before: u64,
    /// How the state differs from that before.
    pub difference: Difference,
}

/// Returns to the state of a version, or, without one, to that before the last, by writing a new one.
///
/// # Errors
/// If there is no such version or no history, or it cannot be written.
pub fn return_to(plan: &Plan, version: Option<u64>, reason: &str) -> Result<Returned> {
    // A decision never makes a new store.
    Snapshot::open(&plan.store)?;
    let mut store = Store::open(&plan.store)?;
    let before = store.version();
    let to = store.return_to(version, reason)?;
    let last = store.snapshot();
    Ok(Returned { version: store.version(), to, before, difference: last.at(before)?.difference(last)? })
}

/// What two versions differ in, as one sentence or two.
pub fn told(difference: &Difference) -> String {
    if difference.units.is_empty() {
        return said::same_blocks(difference.same);
    }
    let schools: BTreeSet<&str> = difference.units.iter().map(|unit| unit.unit.school.as_str()).collect();
    let sum =
        |of: fn(&UnitDifference) -> u32| number::count(difference.units.iter().map(|unit| u64::from(of(unit))).sum());
    let people = format!(
        "участников прибыло {}, убыло {}, исправлено {}",
        sum(|unit| unit.came),
        sum(|unit| unit.went),
        sum(|unit| unit.changed)
    );
    said::changed_blocks(difference.units.len() as u64, schools.len() as u64, &people, difference.same)
}
