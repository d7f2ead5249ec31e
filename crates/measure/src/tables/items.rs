//! `items.csv`.

use super::column::{
    Column, NEVER, REASON, TASK, count, count_or_missing, exam, exam_part, integer, max_of, number, real, task, words,
};
use super::{Table, of_exams};
use srez_model::measures::ItemRow;

const WHY: &str = "причина в reason";

const COLUMNS: &[Column<ItemRow>] = &[
    exam(),
    exam_part(),
    TASK.value(|exam, row| task(exam, row.task)),
    integer("max", "Максимальный балл", "балл", "неизвестен")
        .value(|exam, row| count_or_missing(max_of(exam, row.task).map(u64::from))),
    integer("n", "Полные работы", "чел.", NEVER).value(|_, row| count(row.n)),
    real("difficulty", "Средний балл, делённый на максимум", "", 2, WHY).value(|_, row| number(row.difficulty)),
    real("sd", "Стандартное отклонение", "балл", 2, "меньше двух работ").value(|_, row| number(row.sd)),
    real("item_total", "Корреляция с первичным баллом", "", 2, WHY).value(|_, row| number(row.item_total)),
    real("item_rest", "Корреляция с баллом без задания", "", 2, WHY).value(|_, row| number(row.item_rest)),
    real("d27", "Разность верхних и нижних 27 %", "", 2, WHY).value(|_, row| number(row.d27)),
    real("alpha_drop", "Альфа без задания", "", 2, WHY).value(|_, row| number(row.alpha_drop)),
    real("rasch", "Трудность по модели Раша", "логит", 2, WHY).value(|_, row| number(row.rasch)),
    real("rasch_se", "Стандартная ошибка трудности", "логит", 2, WHY).value(|_, row| number(row.rasch_se)),
    real("infit", "Взвешенное согласие с моделью", "", 2, WHY).value(|_, row| number(row.infit)),
    real("outfit", "Невзвешенное согласие с моделью", "", 2, WHY).value(|_, row| number(row.outfit)),
    REASON.value(|_, row| words(&row.reason)),
];

/// One row per exam and task.
pub(super) const TABLE: Table =
    Table { name: "items", make: |name, all| of_exams(name, all, COLUMNS, |measures| &measures.items) };
