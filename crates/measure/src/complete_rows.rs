//! Complete rows of the whole exam, summed once for item statistics and reliability.

use srez_model::block::{PointCode, points_in_total};
use srez_model::level::Level;
use srez_model::tally::Tally;
use srez_statistics::extremes::{self, Cuts};
use srez_statistics::moments::Sums;
use std::collections::BTreeMap;

/// Sums of one task over complete rows.
#[derive(Clone, Default)]
pub(super) struct TaskSums {
    pub(super) points: Sums,
    /// Totals without the task.
    pub(super) rest: Sums,
    /// Σ points · total.
    pub(super) with_total: u64,
    /// Σ points · (total − points).
    pub(super) with_rest: u64,
    /// Σ points and rows of the lower group.
    pub(super) lower: (u64, u64),
    /// The same of the upper group.
    pub(super) upper: (u64, u64),
}

/// Sums over complete rows.
#[derive(Clone)]
pub(super) struct CompleteRows {
    pub(super) totals: Sums,
    /// Cuts of the outer groups; none without rows.
    pub(super) cuts: Option<Cuts>,
    /// Tasks in the order of the paper.
    pub(super) tasks: Vec<TaskSums>,
}

impl CompleteRows {
    /// Sums of an exam.
    pub(super) fn from_tally(tally: &Tally) -> Self {
        let (totals, cuts) = totals(tally);
        let tasks = (0_u16..).zip(&tally.exam.tasks).map(|(task, _)| task_sums(tally, task, cuts)).collect();
        Self { totals, cuts, tasks }
    }

    /// Sum of the tasks' variances; 0 where there are fewer than two rows.
    pub(super) fn sum_of_variances(&self) -> f64 {
        self.tasks.iter().map(|sums| sums.points.variance().unwrap_or(0.0)).sum()
    }
}

/// Totals of complete rows and the cuts of the outer groups.
fn totals(tally: &Tally) -> (Sums, Option<Cuts>) {
    let mut counts: BTreeMap<u64, u64> = BTreeMap::new();
    let mut totals = Sums::default();
    let all = tally.group(Level::All, "");
    for cell in all.map_or(&[][..], |all| tally.participants_of(all)).iter().filter(|cell| cell.stratum.complete) {
        if let Some(total) = cell.stratum.total.map(u64::from) {
            *counts.entry(total).or_default() += u64::from(cell.n);
            totals.add(total, u64::from(cell.n));
        }
    }
    let counts: Vec<(u64, u64)> = counts.into_iter().collect();
    (totals, extremes::cuts(&counts))
}

fn task_sums(tally: &Tally, task: u16, cuts: Option<Cuts>) -> TaskSums {
    let mut sums = TaskSums::default();
    let Some((all, cuts)) = tally.group(Level::All, "").zip(cuts) else { return sums };
    for cell in tally.outcomes_of(all, task).iter().filter(|cell| cell.stratum.complete) {
        let (Some(points), Some(total)) = (points(cell.outcome), cell.stratum.total.map(u64::from)) else { continue };
        let n = u64::from(cell.n);
        let rest = total.saturating_sub(points);
        sums.points.add(points, n);
        sums.rest.add(rest, n);
        sums.with_total += points * total * n;
        sums.with_rest += points * rest * n;
        if total <= cuts.low {
            sums.lower.0 += points * n;
            sums.lower.1 += n;
        }
        if cuts.high <= total {
            sums.upper.0 += points * n;
            sums.upper.1 += n;
        }
    }
    sums
}

/// Points in a complete row; not attempted and zeroed by a rule count as 0.
pub(super) fn points(outcome: PointCode) -> Option<u64> {
    points_in_total(outcome).map(u64::from)
}
