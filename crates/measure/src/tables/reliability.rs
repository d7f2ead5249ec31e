//! `reliability.csv`.

use super::Table;
use super::column::{EXAM, REASON, count, integer, number, real, words};
use srez_model::data_table::{DataColumn, Value};
use srez_model::measures::Measures;

const WHY: &str = "причина в reason";

const COLUMNS: &[DataColumn] = &[
    EXAM,
    integer("n", "Полные работы", "чел.", "не бывает пустым"),
    integer("k", "Число заданий", "", "не бывает пустым"),
    real("mean", "Средний первичный балл", "балл", 2, WHY),
    real("sd", "Стандартное отклонение", "балл", 2, WHY),
    real("alpha", "Альфа Кронбаха", "", 2, WHY),
    real("alpha_low", "Нижняя граница интервала 95 % для альфы", "", 2, WHY),
    real("alpha_high", "Верхняя граница интервала 95 % для альфы", "", 2, WHY),
    real("sem", "Стандартная ошибка измерения", "балл", 2, WHY),
    REASON,
];

/// One row per exam.
pub(super) const TABLE: Table = Table { name: "reliability", columns: COLUMNS, rows };

fn rows(measures: &Measures) -> Vec<Vec<Value>> {
    let row = &measures.reliability;
    let mut cells = vec![words(&measures.exam.id()), count(row.n), count(row.k.into())];
    let (low, high) = row.alpha_interval.unzip();
    cells.extend([row.mean, row.sd, row.alpha, low, high, row.sem].map(number));
    cells.push(words(&row.reason));
    vec![cells]
}
