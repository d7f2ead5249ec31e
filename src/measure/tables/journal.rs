//! `journal.csv`.

use super::column::{EXAM, GROUP, LEVEL, count, integer, key};
use crate::model::data_table::{DataColumn, DataTable};
use crate::model::measures::Measures;

const COLUMNS: &[DataColumn] = &[
    EXAM,
    LEVEL,
    GROUP,
    integer("n", "Участники с обеими отметками", "чел.", "не бывает пустым"),
    integer("lowered", "Отметка за работу ниже журнальной", "чел.", "не бывает пустым"),
    integer("confirmed", "Отметка за работу равна журнальной", "чел.", "не бывает пустым"),
    integer("raised", "Отметка за работу выше журнальной", "чел.", "не бывает пустым"),
    integer("gap2", "Расхождение на две отметки и более", "чел.", "не бывает пустым"),
];

/// One row per exam, level and group.
pub(super) fn table(all: &[&Measures]) -> DataTable {
    let mut rows = Vec::new();
    for measures in all {
        let exam = measures.exam.id();
        rows.extend(measures.journal.iter().map(|row| {
            let mut cells = key(&exam, row.level, &row.group);
            cells.extend([row.n, row.lowered, row.confirmed, row.raised, row.gap2].map(count));
            cells
        }));
    }
    DataTable { name: "journal", columns: COLUMNS, rows }
}
