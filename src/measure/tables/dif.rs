//! `dif.csv`: no contrast is computed yet, so the table has its header alone.

use super::Table;
use super::column::{EXAM, REASON, TASK, integer, real, text};
use crate::model::data_table::{DataColumn, Value};
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
pub(super) const TABLE: Table = Table { name: "dif", columns: COLUMNS, rows };

fn rows(_: &Measures) -> Vec<Vec<Value>> {
    Vec::new()
}
