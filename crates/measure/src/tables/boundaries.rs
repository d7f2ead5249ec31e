//! `boundaries.csv`.

use super::column::{
    Column, GROUP, LEVEL, NEVER, REASON, count, exam, exam_part, flag, integer, number, real, text, words,
};
use super::{Table, of_exams};
use srez_model::data_table::Value;
use srez_model::measures::BoundaryRow;

const WHY: &str = "не проверялось, причина в reason";

const COLUMNS: &[Column<BoundaryRow>] = &[
    exam(),
    exam_part(),
    LEVEL.value(|_, row| words(row.level.id())),
    GROUP.value(|_, row| words(&row.group)),
    text("cut", "Первичный балл границы; all — одна проверка по всем границам", NEVER)
        .value(|_, row| words(&row.cut.map_or_else(|| "all".to_owned(), |cut| cut.to_string()))),
    integer("n_below", "Работы на балл ниже границы", "чел.", NEVER).value(|_, row| count(row.n_below)),
    integer("n_at", "Работы на границе", "чел.", NEVER).value(|_, row| count(row.n_at)),
    integer("n_reference", "Работы остальных школ с этими баллами", "чел.", NEVER)
        .value(|_, row| count(row.n_reference)),
    real("expected_share", "Ожидаемая доля работ на границе", "доля", 3, WHY)
        .value(|_, row| number(row.expected_share)),
    flag("shift_adjusted", "Учтена ли разность средних").value(|_, row| Value::Flag(row.shift_adjusted)),
    real("p", "Одностороннее p", "вероятность", 4, WHY).value(|_, row| number(row.p)),
    real("q", "p с поправкой Бенджамини — Хохберга", "вероятность", 4, "есть только у строки all, если проверялось")
        .value(|_, row| number(row.q)),
    text("status", "Состояние: ok, tentative — ориентировочно, off — не проверялось", NEVER)
        .value(|_, row| words(&row.status)),
    REASON.value(|_, row| words(&row.reason)),
];

/// One row per exam, level, group and cut, the pooled test last.
pub(super) const TABLE: Table =
    Table { name: "boundaries", make: |name, all| of_exams(name, all, COLUMNS, |measures| &measures.boundaries) };
