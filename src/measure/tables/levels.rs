//! `levels.csv`.

use super::super::reason;
use super::Table;
use super::column::{EXAM, GROUP, LEVEL, N, REASON, count, flag, integer, key, number, percent, real, text, words};
use crate::model::data_table::{DataColumn, Value};
use crate::model::measures::{LevelRow, Measures};

/// Fewest participants for whom bounds are shown.
const FEWEST_FOR_BOUNDS: u64 = 5;
const FEW: &str = "границы не показаны: меньше 5 участников";

const COLUMNS: &[DataColumn] = &[
    EXAM,
    LEVEL,
    GROUP,
    text("difficulty_level", "Уровень сложности: Б, П или В", "не бывает пустым"),
    integer("tasks", "Число заданий", "", "не бывает пустым"),
    N,
    integer("sum", "Сумма баллов", "балл", "не бывает пустым"),
    integer("max_sum", "Сумма максимальных баллов", "балл", "не бывает пустым"),
    real("pct", "Процент выполнения", "%", 1, "причина в reason"),
    real("low", "Нижняя граница интервала 95 %", "%", 1, "причина в reason"),
    real("high", "Верхняя граница интервала 95 %", "%", 1, "причина в reason"),
    flag("reportable", "Можно ли судить по уровню о школе"),
    real("prmse_level", "Насколько уровень говорит о школе: доля уменьшения ошибки", "", 3, "причина в reason"),
    real("prmse_total", "Насколько о том же говорит работа в целом", "", 3, "причина в reason"),
    REASON,
];

/// One row per exam, level, group and level of difficulty.
pub(super) const TABLE: Table = Table { name: "levels", columns: COLUMNS, rows };

fn rows(measures: &Measures) -> Vec<Vec<Value>> {
    let exam = measures.exam.id();
    let rows = measures.levels.iter().map(|row| cells(&exam, row));
    rows.collect()
}

fn cells(exam: &str, row: &LevelRow) -> Vec<Value> {
    let bounds = row.pct.filter(|_| FEWEST_FOR_BOUNDS <= row.n);
    let few = if row.pct.is_some() && bounds.is_none() { FEW } else { "" };
    let mut cells = key(COLUMNS, exam, row.level, &row.group);
    cells.extend([
        words(row.difficulty.letter()),
        count(row.tasks.into()),
        count(row.n),
        count(row.sum),
        count(row.max_sum),
        percent(row.pct.map(|pct| pct.value)),
        percent(bounds.map(|pct| pct.low)),
        percent(bounds.map(|pct| pct.high)),
        Value::Flag(row.reportable),
        number(row.reductions.map(|(part, _)| part)),
        number(row.reductions.map(|(_, whole)| whole)),
        words(&reason::join([row.reason.as_str(), few])),
    ]);
    cells
}
