//! `dynamics.csv`.

use super::Table;
use super::column::{EXAM, GROUP, LEVEL, REASON, flag, key, number, real, text, words};
use crate::model::data_table::{DataColumn, Value};
use crate::model::measures::{DynamicsRow, Measures};

const CLOSED: &str = "несопоставимо или нет данных, причина в reason";

const COLUMNS: &[DataColumn] = &[
    EXAM,
    LEVEL,
    GROUP,
    text("measure", "Показатель", "не бывает пустым"),
    real("now", "Значение", "%, отметка или балл", 2, "нет данных этого года"),
    real("before", "Значение прошлого раза", "%, отметка или балл", 2, "нет данных прошлого года"),
    text("before_exam", "Работа, с которой сравнивается", "не бывает пустым"),
    real("difference", "Разность", "п.п., отметка или балл", 2, CLOSED),
    real("reference_change", "Изменение региона", "п.п., отметка или балл", 2, "изменение региона неизвестно"),
    real("low", "Нижняя граница интервала 95 % разности", "п.п., отметка или балл", 2, CLOSED),
    real("high", "Верхняя граница интервала 95 % разности", "п.п., отметка или балл", 2, CLOSED),
    flag("comparable", "Сопоставимо ли"),
    REASON,
];

/// One row per exam, level, group and measure.
pub(super) const TABLE: Table = Table { name: "dynamics", columns: COLUMNS, rows };

fn rows(measures: &Measures) -> Vec<Vec<Value>> {
    let exam = measures.exam.id();
    let rows = measures.dynamics.iter().map(|row| cells(&exam, row));
    rows.collect()
}

fn cells(exam: &str, row: &DynamicsRow) -> Vec<Value> {
    let mut cells = key(COLUMNS, exam, row.level, &row.group);
    cells.extend([
        words(&row.measure),
        number(row.now),
        number(row.before),
        words(&row.before_exam),
        number(row.difference),
        Value::Missing,
        number(row.interval.map(|(low, _)| low)),
        number(row.interval.map(|(_, high)| high)),
        Value::Flag(row.comparable),
        words(&row.reason),
    ]);
    cells
}
