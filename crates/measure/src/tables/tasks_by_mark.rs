//! `tasks_by_mark.csv`.

use super::Table;
use super::column::{EXAM, GROUP, LEVEL, MARK, N, TASK, count, key, percent, real, task};
use srez_model::data_table::{DataColumn, Value};
use srez_model::measures::Measures;

const COLUMNS: &[DataColumn] =
    &[EXAM, LEVEL, GROUP, TASK, MARK, N, real("pct", "Процент выполнения", "%", 1, "максимальный балл неизвестен")];

/// One row per exam, level, group, task and mark or band that somebody has.
pub(super) const TABLE: Table = Table { name: "tasks_by_mark", columns: COLUMNS, rows };

fn rows(measures: &Measures) -> Vec<Vec<Value>> {
    let exam = measures.exam.id();
    let rows = measures.tasks_by_mark.iter().map(|row| {
        let mut cells = key(COLUMNS, &exam, row.level, &row.group);
        cells.extend([task(&measures.exam, row.task), count(row.mark.into()), count(row.n), percent(row.pct)]);
        cells
    });
    rows.collect()
}
