//! `points.csv`.

use super::Table;
use super::column::{EXAM, GROUP, LEVEL, MARK, N, TASK, count, integer, key, task};
use srez_model::data_table::{DataColumn, Value};
use srez_model::measures::Measures;

const COLUMNS: &[DataColumn] =
    &[EXAM, LEVEL, GROUP, TASK, MARK, integer("points", "Баллы за задание, «X» — 0", "балл", "не бывает пустым"), N];

/// One row per exam, level, group, task, mark or band and points that somebody has.
pub(super) const TABLE: Table = Table { name: "points", columns: COLUMNS, rows };

fn rows(measures: &Measures) -> Vec<Vec<Value>> {
    let exam = measures.exam.id();
    let rows = measures.points.iter().map(|row| {
        let mut cells = key(COLUMNS, &exam, row.level, &row.group);
        cells.extend([task(&measures.exam, row.task), count(row.mark.into()), count(row.points.into()), count(row.n)]);
        cells
    });
    rows.collect()
}
