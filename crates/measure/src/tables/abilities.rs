//! `abilities.csv`.

use super::column::{Column, NEVER, count, exam, exam_part, integer, real};
use super::{Table, of_exams};
use srez_model::data_table::Value;
use srez_model::measures::AbilityRow;

const COLUMNS: &[Column<AbilityRow>] = &[
    exam(),
    exam_part(),
    integer("score", "Первичный балл", "балл", NEVER).value(|_, row| count(row.score.into())),
    integer("n", "Полные работы", "чел.", NEVER).value(|_, row| count(row.n)),
    real("ability", "Подготовка участников с этим баллом по модели", "логит", 2, NEVER)
        .value(|_, row| Value::Real(row.ability)),
    real("se", "Стандартная ошибка подготовки", "логит", 2, NEVER).value(|_, row| Value::Real(row.error)),
];

/// One row per exam and primary score at which the model places participants.
pub(super) const TABLE: Table =
    Table { name: "abilities", make: |name, all| of_exams(name, all, COLUMNS, |measures| &measures.abilities) };
