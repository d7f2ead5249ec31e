//! `points.csv`.

use super::column::{EXAM, GROUP, LEVEL, MARK, N, TASK, count, integer, key, task};
use crate::model::data_table::{DataColumn, DataTable};
use crate::model::measures::Measures;

const COLUMNS: &[DataColumn] =
    &[EXAM, LEVEL, GROUP, TASK, MARK, integer("points", "Баллы за задание, «X» — 0", "балл", "не бывает пустым"), N];

/// One row per exam, level, group, task, mark or band and points that somebody has.
pub(super) fn table(all: &[&Measures]) -> DataTable {
    let mut rows = Vec::new();
    for measures in all {
        let exam = measures.exam.id();
        rows.extend(measures.points.iter().map(|row| {
            let mut cells = key(&exam, row.level, &row.group);
            cells.extend([
                task(&measures.exam, row.task),
                count(row.mark.into()),
                count(row.points.into()),
                count(row.n),
            ]);
            cells
        }));
    }
    DataTable { name: "points", columns: COLUMNS, rows }
}
