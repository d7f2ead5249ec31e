//! `boundaries.csv`.

use super::Table;
use super::column::{EXAM, GROUP, LEVEL, REASON, count, flag, integer, key, number, real, text, words};
use srez_model::data_table::{DataColumn, Value};
use srez_model::measures::{BoundaryRow, Measures};

const WHY: &str = "не проверялось, причина в reason";

const COLUMNS: &[DataColumn] = &[
    EXAM,
    LEVEL,
    GROUP,
    text("cut", "Первичный балл границы; all — одна проверка по всем границам", "не бывает пустым"),
    integer("n_below", "Работы на балл ниже границы", "чел.", "не бывает пустым"),
    integer("n_at", "Работы на границе", "чел.", "не бывает пустым"),
    integer("n_reference", "Работы остальных школ с этими баллами", "чел.", "не бывает пустым"),
    real("expected_share", "Ожидаемая доля работ на границе", "доля", 3, WHY),
    flag("shift_adjusted", "Учтена ли разность средних"),
    real("p", "Одностороннее p", "вероятность", 4, WHY),
    real("q", "p с поправкой Бенджамини — Хохберга", "вероятность", 4, "есть только у строки all, если проверялось"),
    text("status", "Состояние: ok, tentative — ориентировочно, off — не проверялось", "не бывает пустым"),
    REASON,
];

/// One row per exam, level, group and cut, the pooled test last.
pub(super) const TABLE: Table = Table { name: "boundaries", columns: COLUMNS, rows };

fn rows(measures: &Measures) -> Vec<Vec<Value>> {
    let exam = measures.exam.id();
    let rows = measures.boundaries.iter().map(|row| cells(&exam, row));
    rows.collect()
}

fn cells(exam: &str, row: &BoundaryRow) -> Vec<Value> {
    let mut cells = key(COLUMNS, exam, row.level, &row.group);
    cells.extend([
        Value::Text(row.cut.map_or_else(|| "all".to_owned(), |cut| cut.to_string())),
        count(row.n_below),
        count(row.n_at),
        count(row.n_reference),
        number(row.expected_share),
        Value::Flag(row.shift_adjusted),
        number(row.p),
        number(row.q),
        words(&row.status),
        words(&row.reason),
    ]);
    cells
}
