//! Reliability of the whole work.

use super::super::complete_rows::CompleteRows;
use super::super::reason;
use srez_model::measures::{MeasureDefinition, MeasuredOf, ReliabilityRow, ToldIn};
use srez_statistics::alpha::{alpha, error_of_measurement, interval};

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "reliability",
    told: ToldIn::Tables,
    of: MeasuredOf::All,
    title: "Надёжность работы (альфа Кронбаха)",
    columns: &[
        "reliability.mean",
        "reliability.sd",
        "reliability.alpha",
        "reliability.alpha_low",
        "reliability.alpha_high",
        "reliability.sem",
    ],
    unit: "от 0 до 1; балл",
    plain: "насколько согласованно задания говорят об одном и том же, от 0 до 1, и ошибка балла одного участника",
    formula: "k / (k − 1) · (1 − сумма дисперсий заданий / дисперсия первичного балла), дисперсии с n − 1; \
              интервал 95 % — по распределению Фишера с n − 1 и (n − 1)·(k − 1) степенями свободы; \
              стандартная ошибка измерения — стандартное отклонение · √(1 − альфа); только полные работы, «X» — 0",
    degenerate: "меньше двух заданий, меньше двух работ или нет разброса — не вычисляется",
    source: "Cronbach 1951; интервал: Feldt 1965",
};

/// The row of one exam.
pub(crate) fn row(complete: &CompleteRows) -> ReliabilityRow {
    let (totals, tasks) = (&complete.totals, complete.tasks.len());
    let sd = totals.deviation();
    let alpha = totals.variance().and_then(|variance| alpha(tasks as u64, complete.sum_of_variances(), variance));
    let why = match (totals.n, tasks) {
        (0, _) => reason::NO_COMPLETE_ROWS,
        (1, _) => reason::ONE_PARTICIPANT,
        (_, ..2) => reason::FEW_TASKS,
        _ if alpha.is_none() => reason::NO_SPREAD,
        _ => "",
    };
    ReliabilityRow {
        n: totals.n,
        k: u16::try_from(tasks).unwrap_or(u16::MAX),
        mean: totals.mean(),
        sd,
        alpha,
        alpha_interval: alpha.and_then(|alpha| interval(alpha, totals.n, tasks as u64)),
        sem: sd.zip(alpha).map(|(sd, alpha)| error_of_measurement(sd, alpha)),
        reason: why.to_owned(),
    }
}
