//! Statistics of tasks over complete rows of the whole exam.

use super::super::complete_rows::{CompleteRows, TaskSums};
use super::super::reason;
use srez_model::measures::{ItemRow, MeasureDefinition, MeasuredOf, ToldIn};
use srez_model::tally::Tally;
use srez_model::unit::as_f64;
use srez_statistics::alpha::alpha;
use srez_statistics::extremes::Cuts;
use srez_statistics::moments::correlation;

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "item-statistics",
    told: ToldIn::Tables,
    of: MeasuredOf::All,
    title: "Статистика заданий",
    columns: &["items.difficulty", "items.sd", "items.item_total", "items.item_rest", "items.d27", "items.alpha_drop"],
    unit: "от −1 до 1",
    plain: "насколько задание трудно и насколько оно отличает участников с высоким баллом от участников с низким",
    formula: "только полные работы, «X» — 0; трудность — средний балл / максимум; корреляции с первичным баллом и с \
              баллом без задания; разность верхних и нижних 27 % — разность средних баллов верхней и нижней групп по \
              27·n/100 работ с округлением вверх (с равными баллами на границе), делённая на максимум; альфа без \
              задания — надёжность работы, из которой оно убрано",
    degenerate: "нет разброса — корреляции нет; работ меньше 30 или верхняя и нижняя группы пересекаются — разность 27 \
                 % остаётся в таблице с причиной, в документах «не вычисляется»",
    source: "Kelley 1939; Cronbach 1951",
};

/// Fewest rows for which documents show d27.
const FEWEST_FOR_D27: u64 = 30;

/// One row per task, in the order of the paper.
pub(crate) fn rows(tally: &Tally, complete: &CompleteRows) -> Vec<ItemRow> {
    let tasks = complete.tasks.len();
    let sum_of_variances = complete.sum_of_variances();
    let items = (0_u16..).zip(&complete.tasks).map(|(task, sums)| {
        let max = tally.exam.tasks.get(usize::from(task)).and_then(|task| task.max).filter(|max| *max != 0);
        let over_max = |value: f64| max.map(|max| value / f64::from(max));
        let item_rest = correlation(&sums.points, &sums.rest, sums.with_rest);
        let rest = sums.rest.variance().filter(|_| tasks > 2);
        let variances_of_rest = sum_of_variances - sums.points.variance().unwrap_or(0.0);
        ItemRow {
            task,
            n: sums.points.n,
            difficulty: max.and_then(|max| ratio(sums.points.sum, sums.points.n * u64::from(max))),
            sd: sums.points.deviation(),
            item_total: correlation(&sums.points, &complete.totals, sums.with_total),
            item_rest,
            d27: difference(sums).and_then(over_max),
            alpha_drop: rest.and_then(|rest| alpha(tasks as u64 - 1, variances_of_rest, rest)),
            rasch: None,
            rasch_se: None,
            infit: None,
            outfit: None,
            reason: missing(sums, max.is_some(), item_rest.is_some(), complete),
        }
    });
    items.collect()
}

fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole != 0).then(|| as_f64(part) / as_f64(whole))
}

/// Difference of the mean points of the upper and the lower group.
fn difference(sums: &TaskSums) -> Option<f64> {
    Some(ratio(sums.upper.0, sums.upper.1)? - ratio(sums.lower.0, sums.lower.1)?)
}

fn missing(sums: &TaskSums, max: bool, item_rest: bool, complete: &CompleteRows) -> String {
    if sums.points.n == 0 {
        return reason::NO_COMPLETE_ROWS.to_owned();
    }
    let of_d27 = if sums.points.n < FEWEST_FOR_D27 {
        "разность верхних и нижних 27 % в документах не вычисляется: меньше 30 полных работ"
    } else if complete.cuts.is_some_and(Cuts::overlap) {
        "разность верхних и нижних 27 % в документах не вычисляется: верхняя и нижняя группы пересекаются"
    } else {
        ""
    };
    let of_spread = match (complete.tasks.len(), item_rest) {
        (..2, _) => reason::FEW_TASKS,
        (_, false) => reason::NO_SPREAD,
        (..3, true) => "альфа без задания не вычисляется: без задания остаётся меньше двух заданий",
        _ => "",
    };
    reason::join([if max { "" } else { reason::NO_MAXIMUM }, of_spread, of_d27])
}
