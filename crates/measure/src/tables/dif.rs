//! `dif.csv`.

use super::Table;
use super::column::{EXAM, REASON, TASK, count, integer, number, real, task, text, words};
use srez_model::data_table::{DataColumn, Value};
use srez_model::measures::{DifRow, Measures};

const WHY: &str = "причина в reason";

const COLUMNS: &[DataColumn] = &[
    EXAM,
    TASK,
    text("contrast", "Уровень и группа, которая сравнивается с остальными", "не бывает пустым"),
    integer("n_reference", "Полные работы остальных групп", "чел.", "не бывает пустым"),
    integer("n_focal", "Полные работы выделенной группы", "чел.", "не бывает пустым"),
    text("method", "Метод: mantel-haenszel — задание в один балл, mantel — в несколько", WHY),
    real("effect", "Дельта (один балл) или разность в баллах; меньше 0 — выделенной группе труднее", "", 2, WHY),
    real("se", "Стандартная ошибка", "", 2, WHY),
    real("p", "Двустороннее p", "вероятность", 4, WHY),
    real("q", "p с поправкой Бенджамини — Хохберга по заданиям сравнения", "вероятность", 4, WHY),
    text("class", "Класс A, B, C; есть у заданий в один балл", WHY),
    REASON,
];

/// One row per exam, task and contrast.
pub(super) const TABLE: Table = Table { name: "dif", columns: COLUMNS, rows };

fn rows(measures: &Measures) -> Vec<Vec<Value>> {
    let exam = measures.exam.id();
    let rows = measures.dif.iter().map(|row| cells(measures, &exam, row));
    rows.collect()
}

fn cells(measures: &Measures, exam: &str, row: &DifRow) -> Vec<Value> {
    vec![
        words(exam),
        task(&measures.exam, row.task),
        words(&format!("{}:{}", row.level.id(), row.focal)),
        count(row.n_reference),
        count(row.n_focal),
        words(row.method),
        number(row.effect),
        number(row.se),
        number(row.p),
        number(row.q),
        row.class.map_or(Value::Missing, |class| words(&class.to_string())),
        words(&row.reason),
    ]
}
