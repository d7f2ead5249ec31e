//! `dynamics.csv`.

use super::column::{EXAM, GROUP, LEVEL, REASON, flag, key, number, real, text, words};
use crate::model::data_table::{DataColumn, DataTable, Value};
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
pub(super) fn table(all: &[&Measures]) -> DataTable {
    let mut rows = Vec::new();
    for measures in all {
        let exam = measures.exam.id();
        rows.extend(measures.dynamics.iter().map(|row| cells(&exam, row)));
    }
    DataTable { name: "dynamics", columns: COLUMNS, rows }
}

fn cells(exam: &str, row: &DynamicsRow) -> Vec<Value> {
    let mut cells = key(exam, row.level, &row.group);
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
