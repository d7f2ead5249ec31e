//! `journal.csv`.

use super::Table;
use super::column::{EXAM, GROUP, LEVEL, count, integer, key};
use srez_model::data_table::{DataColumn, Value};
use srez_model::measures::Measures;

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
pub(super) const TABLE: Table = Table { name: "journal", columns: COLUMNS, rows };

fn rows(measures: &Measures) -> Vec<Vec<Value>> {
    let exam = measures.exam.id();
    let rows = measures.journal.iter().map(|row| {
        let mut cells = key(COLUMNS, &exam, row.level, &row.group);
        cells.extend([row.n, row.lowered, row.confirmed, row.raised, row.gap2].map(count));
        cells
    });
    rows.collect()
}
