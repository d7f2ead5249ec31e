//! `curves.csv`.

use super::column::{Column, NEVER, TASK, count, exam, exam_part, integer, percent, real, task};
use super::{Table, of_exams};
use srez_model::measures::CurveRow;

const COLUMNS: &[Column<CurveRow>] = &[
    exam(),
    exam_part(),
    TASK.value(|exam, row| task(exam, row.task)),
    integer("score_low", "Наименьший первичный балл группы", "балл", NEVER).value(|_, row| count(row.score_low.into())),
    integer("score_high", "Наибольший первичный балл группы", "балл", NEVER)
        .value(|_, row| count(row.score_high.into())),
    integer("n", "Полные работы", "чел.", NEVER).value(|_, row| count(row.n)),
    integer("sum", "Сумма баллов за задание", "балл", NEVER).value(|_, row| count(row.sum)),
    real("pct", "Процент выполнения", "%", 1, "максимальный балл неизвестен").value(|_, row| percent(row.pct)),
];

/// One row per exam, task and group of primary scores.
pub(super) const TABLE: Table =
    Table { name: "curves", make: |name, all| of_exams(name, all, COLUMNS, |measures| &measures.curves) };
