//! Statistics of tasks over complete rows of the whole exam.

use super::super::reason;
use super::reliability;
use crate::model::block::{GREATEST_POINTS, NOT_ATTEMPTED, PointCode};
use crate::model::level::Level;
use crate::model::measures::{ItemRow, MeasureDefinition, ReliabilityRow};
use crate::model::tally::Tally;
use crate::model::unit::as_f64;
use crate::statistics::alpha::alpha;
use crate::statistics::extremes::{self, Cuts};
use crate::statistics::moments::{Sums, correlation};
use std::collections::BTreeMap;

/// Definition.
pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "item-statistics",
    title: "Статистика заданий",
    columns: &["items.difficulty", "items.sd", "items.item_total", "items.item_rest", "items.d27", "items.alpha_drop"],
    unit: "от −1 до 1",
    formula: "только полные работы, «X» — 0; difficulty — средний балл / максимум; item_total и item_rest — корреляция \
              с первичным баллом и с баллом без задания; d27 — разность средних баллов верхней и нижней групп по \
              ⌈27·n/100⌉ работ (с равными баллами на границе), делённая на максимум; alpha_drop — альфа без задания",
    degenerate: "нет разброса — корреляции нет; n < 30 или группы d27 пересекаются — число остаётся в таблице с \
                 причиной, в документах «не вычисляется»",
    source: "Kelley 1939; Cronbach 1951",
};

/// Fewest rows for which documents show d27.
const FEWEST_FOR_D27: u64 = 30;

/// Sums of one task over complete rows.
#[derive(Default)]
struct TaskSums {
    points: Sums,
    rest: Sums,
    /// Σ points · total.
    with_total: u64,
    /// Σ points · (total − points).
    with_rest: u64,
    /// Σ points and rows of the lower and of the upper group.
    lower: (u64, u64),
    upper: (u64, u64),
}

/// Rows of `items.csv` and the row of `reliability.csv`.
pub(crate) fn rows(tally: &Tally) -> (Vec<ItemRow>, ReliabilityRow) {
    let tasks = tally.exam.tasks.len();
    let (totals, cuts) = totals(tally);
    let sums: Vec<TaskSums> = (0_u16..).take(tasks).map(|task| task_sums(tally, task, cuts)).collect();
    let variances: Vec<f64> = sums.iter().map(|sums| sums.points.variance().unwrap_or(0.0)).collect();
    let sum_of_variances: f64 = variances.iter().sum();
    let items = (0_u16..).zip(sums.iter().zip(&variances)).map(|(task, (sums, variance))| {
        let max = tally.exam.tasks.get(usize::from(task)).and_then(|task| task.max).filter(|max| *max != 0);
        let over_max = |value: f64| max.map(|max| value / f64::from(max));
        let item_rest = correlation(&sums.points, &sums.rest, sums.with_rest);
        let rest = sums.rest.variance().filter(|_| 2 < tasks);
        ItemRow {
            task,
            n: sums.points.n,
            difficulty: max.and_then(|max| ratio(sums.points.sum, sums.points.n * u64::from(max))),
            sd: sums.points.deviation(),
            item_total: correlation(&sums.points, &totals, sums.with_total),
            item_rest,
            d27: difference(sums).and_then(over_max),
            alpha_drop: rest.and_then(|rest| alpha(tasks as u64 - 1, sum_of_variances - variance, rest)),
            reason: missing(sums, max.is_some(), item_rest.is_some(), cuts, tasks),
        }
    });
    (items.collect(), reliability::row(tasks, &totals, sum_of_variances))
}

/// Totals of complete rows and the cuts of the outer groups.
fn totals(tally: &Tally) -> (Sums, Option<Cuts>) {
    let mut counts: BTreeMap<u64, u64> = BTreeMap::new();
    let mut totals = Sums::default();
    let all = tally.group(Level::All, "");
    for cell in all.map_or(&[][..], |all| tally.participants_of(all)).iter().filter(|cell| cell.stratum.complete) {
        if let Ok(total) = u64::try_from(cell.stratum.total) {
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
        let (Some(points), Ok(total)) = (points(cell.outcome), u64::try_from(cell.stratum.total)) else { continue };
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

/// Points of a complete row; not attempted is 0.
fn points(outcome: PointCode) -> Option<u64> {
    match outcome {
        NOT_ATTEMPTED => Some(0),
        points @ ..=GREATEST_POINTS => Some(u64::from(points)),
        _ => None,
    }
}

fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole != 0).then(|| as_f64(part) / as_f64(whole))
}

/// Difference of the mean points of the upper and the lower group.
fn difference(sums: &TaskSums) -> Option<f64> {
    Some(ratio(sums.upper.0, sums.upper.1)? - ratio(sums.lower.0, sums.lower.1)?)
}

fn missing(sums: &TaskSums, max: bool, item_rest: bool, cuts: Option<Cuts>, tasks: usize) -> String {
    if sums.points.n == 0 {
        return reason::NO_COMPLETE_ROWS.to_owned();
    }
    let of_d27 = if sums.points.n < FEWEST_FOR_D27 {
        "d27 в документах не вычисляется: меньше 30 полных работ"
    } else if cuts.is_some_and(Cuts::overlap) {
        "d27 в документах не вычисляется: верхняя и нижняя группы пересекаются"
    } else {
        ""
    };
    let of_spread = match (tasks, item_rest) {
        (..2, _) => reason::FEW_TASKS,
        (_, false) => reason::NO_SPREAD,
        (..3, true) => "alpha_drop не вычисляется: без задания остаётся меньше двух заданий",
        _ => "",
    };
    reason::join([if max { "" } else { reason::NO_MAXIMUM }, of_spread, of_d27])
}
