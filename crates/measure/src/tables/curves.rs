//! `curves.csv`.

use super::Table;
use super::column::{EXAM, TASK, count, integer, percent, real, task, words};
use srez_model::data_table::{DataColumn, Value};
use srez_model::measures::Measures;

const COLUMNS: &[DataColumn] = &[
    EXAM,
    TASK,
    integer("score_low", "Наименьший первичный балл группы", "балл", "не бывает пустым"),
    integer("score_high", "Наибольший первичный балл группы", "балл", "не бывает пустым"),
    integer("n", "Полные работы", "чел.", "не бывает пустым"),
    integer("sum", "Сумма баллов за задание", "балл", "не бывает пустым"),
    real("pct", "Процент выполнения", "%", 1, "максимальный балл неизвестен"),
];

/// One row per exam, task and group of primary scores.
pub(super) const TABLE: Table = Table { name: "curves", columns: COLUMNS, rows };

fn rows(measures: &Measures) -> Vec<Vec<Value>> {
    let exam = measures.exam.id();
    let rows = measures.curves.iter().map(|row| {
        vec![
            words(&exam),
            task(&measures.exam, row.task),
            count(row.score_low.into()),
            count(row.score_high.into()),
            count(row.n),
            count(row.sum),
            percent(row.pct),
        ]
    });
    rows.collect()
}
