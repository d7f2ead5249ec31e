//! `items.csv`.

use super::Table;
use super::column::{EXAM, REASON, TASK, count, count_or_missing, integer, number, real, task, words};
use srez_model::data_table::{DataColumn, Value};
use srez_model::measures::{ItemRow, Measures};

const WHY: &str = "причина в reason";

const COLUMNS: &[DataColumn] = &[
    EXAM,
    TASK,
    integer("max", "Максимальный балл", "балл", "неизвестен"),
    integer("n", "Полные работы", "чел.", "не бывает пустым"),
    real("difficulty", "Средний балл, делённый на максимум", "", 2, WHY),
    real("sd", "Стандартное отклонение", "балл", 2, "меньше двух работ"),
    real("item_total", "Корреляция с первичным баллом", "", 2, WHY),
    real("item_rest", "Корреляция с баллом без задания", "", 2, WHY),
    real("d27", "Разность верхних и нижних 27 %", "", 2, WHY),
    real("alpha_drop", "Альфа без задания", "", 2, WHY),
    real("rasch", "Трудность по модели Раша", "логит", 2, WHY),
    real("rasch_se", "Стандартная ошибка трудности", "логит", 2, WHY),
    real("infit", "Взвешенное согласие с моделью", "", 2, WHY),
    real("outfit", "Невзвешенное согласие с моделью", "", 2, WHY),
    REASON,
];

/// One row per exam and task.
pub(super) const TABLE: Table = Table { name: "items", columns: COLUMNS, rows };

fn rows(measures: &Measures) -> Vec<Vec<Value>> {
    let exam = measures.exam.id();
    let rows = measures.items.iter().map(|row| cells(measures, &exam, row));
    rows.collect()
}

fn cells(measures: &Measures, exam: &str, row: &ItemRow) -> Vec<Value> {
    let max = measures.exam.tasks.get(usize::from(row.task)).and_then(|task| task.max);
    let mut cells =
        vec![words(exam), task(&measures.exam, row.task), count_or_missing(max.map(u64::from)), count(row.n)];
    cells.extend([row.difficulty, row.sd, row.item_total, row.item_rest, row.d27, row.alpha_drop].map(number));
    cells.extend([row.rasch, row.rasch_se, row.infit, row.outfit].map(number));
    cells.push(words(&row.reason));
    cells
}
