//! Columns and cells of a part of a work, of a skill or of a level of difficulty: `skills.csv` and `levels.csv`.

use super::super::reason;
use super::column::{EXAM, GROUP, LEVEL, N, REASON, count, flag, integer, key, number, percent, real, words};
use srez_model::data_table::{DataColumn, Value};
use srez_model::level::Level;
use srez_model::measures::Interval;

/// Fewest participants for whom bounds are shown.
const FEWEST_FOR_BOUNDS: u64 = 5;
const FEW: &str = "границы не показаны: меньше 5 участников";

/// The columns; `part` names the part, `reportable` asks whether it tells of a school, `told` says how far it does.
pub(super) const fn columns(part: DataColumn, reportable: &'static str, told: DataColumn) -> [DataColumn; 15] {
    [
        EXAM,
        LEVEL,
        GROUP,
        part,
        integer("tasks", "Число заданий", "", "не бывает пустым"),
        N,
        integer("sum", "Сумма баллов", "балл", "не бывает пустым"),
        integer("max_sum", "Сумма максимальных баллов", "балл", "не бывает пустым"),
        real("pct", "Процент выполнения", "%", 1, "причина в reason"),
        real("low", "Нижняя граница интервала 95 %", "%", 1, "причина в reason"),
        real("high", "Верхняя граница интервала 95 %", "%", 1, "причина в reason"),
        flag("reportable", reportable),
        told,
        real("prmse_total", "Насколько о том же говорит работа в целом", "", 3, "причина в reason"),
        REASON,
    ]
}

/// A row, of a skill or of a level of difficulty.
pub(super) struct Part<'a> {
    pub(super) level: Level,
    pub(super) group: &'a str,
    pub(super) title: &'a str,
    pub(super) tasks: u16,
    pub(super) n: u64,
    pub(super) sum: u64,
    pub(super) max_sum: u64,
    pub(super) pct: Option<Interval>,
    pub(super) reductions: Option<(f64, f64)>,
    pub(super) reportable: bool,
    pub(super) reason: &'a str,
}

/// The cells of a row.
pub(super) fn cells(columns: &[DataColumn], exam: &str, part: &Part<'_>) -> Vec<Value> {
    let bounds = part.pct.filter(|_| FEWEST_FOR_BOUNDS <= part.n);
    let few = if part.pct.is_some() && bounds.is_none() { FEW } else { "" };
    let mut cells = key(columns, exam, part.level, part.group);
    cells.extend([
        words(part.title),
        count(part.tasks.into()),
        count(part.n),
        count(part.sum),
        count(part.max_sum),
        percent(part.pct.map(|pct| pct.value)),
        percent(bounds.map(|pct| pct.low)),
        percent(bounds.map(|pct| pct.high)),
        Value::Flag(part.reportable),
        number(part.reductions.map(|(part, _)| part)),
        number(part.reductions.map(|(_, whole)| whole)),
        words(&reason::join([part.reason, few])),
    ]);
    cells
}
