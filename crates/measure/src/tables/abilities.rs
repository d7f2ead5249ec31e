//! `abilities.csv`.

use super::Table;
use super::column::{EXAM, count, integer, real, words};
use srez_model::data_table::{DataColumn, Value};
use srez_model::measures::Measures;

const COLUMNS: &[DataColumn] = &[
    EXAM,
    integer("score", "Первичный балл", "балл", "не бывает пустым"),
    integer("n", "Полные работы", "чел.", "не бывает пустым"),
    real("ability", "Подготовка участников с этим баллом по модели", "логит", 2, "не бывает пустым"),
    real("se", "Стандартная ошибка подготовки", "логит", 2, "не бывает пустым"),
];

/// One row per exam and primary score at which the model places participants.
pub(super) const TABLE: Table = Table { name: "abilities", columns: COLUMNS, rows };

fn rows(measures: &Measures) -> Vec<Vec<Value>> {
    let exam = measures.exam.id();
    let rows = measures.abilities.iter().map(|row| {
        vec![words(&exam), count(row.score.into()), count(row.n), Value::Real(row.ability), Value::Real(row.error)]
    });
    rows.collect()
}
