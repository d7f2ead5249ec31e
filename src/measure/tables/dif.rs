//! `dif.csv`: no contrast is computed yet, so the table has its header alone.

use super::column::{EXAM, REASON, TASK, integer, real, text};
use crate::model::data_table::{DataColumn, DataTable};
use crate::model::measures::Measures;

const WHY: &str = "причина в reason";

const COLUMNS: &[DataColumn] = &[
    EXAM,
    TASK,
    text("contrast", "Какая группа с какой сравнивается", "не бывает пустым"),
    integer("n_reference", "Участники остальных групп", "чел.", "не бывает пустым"),
    integer("n_focal", "Участники выделенной группы", "чел.", "не бывает пустым"),
    text("method", "Метод", WHY),
    real("effect", "Величина эффекта", "", 2, WHY),
    real("se", "Стандартная ошибка", "", 2, WHY),
    real("p", "p", "вероятность", 3, WHY),
    real("q", "q", "вероятность", 3, WHY),
    text("class", "Класс A, B, C", WHY),
    REASON,
];

/// No rows.
pub(super) fn table(_: &[&Measures]) -> DataTable {
    DataTable { name: "dif", columns: COLUMNS, rows: Vec::new() }
}
