//! `marks.csv`.

use super::Table;
use super::column::{
    EXAM, GROUP, LEVEL, N, REASON, count, count_or_missing, integer, key, number, percent, real, words,
};
use srez_model::data_table::{DataColumn, Value};
use srez_model::measures::{MarksRow, Measures};

const NO_MARKS: &str = "нет отметок, причина в reason";
const NOT_MARKED: &str = "у работы нет отметок";

const COLUMNS: &[DataColumn] = &[
    EXAM,
    LEVEL,
    GROUP,
    N,
    integer("n_absent", "Число отсутствовавших", "чел.", "форма перечисляет только писавших работу"),
    integer("n2", "Получили «2»", "чел.", NOT_MARKED),
    integer("n3", "Получили «3»", "чел.", NOT_MARKED),
    integer("n4", "Получили «4»", "чел.", NOT_MARKED),
    integer("n5", "Получили «5»", "чел.", NOT_MARKED),
    integer("n_without_mark", "Участники без отметки", "чел.", NOT_MARKED),
    real("mean_mark", "Средняя отметка", "отметка", 2, NO_MARKS),
    real("pass_pct", "Успеваемость", "%", 1, NO_MARKS),
    real("quality_pct", "Качество", "%", 1, NO_MARKS),
    real("sou", "СОУ", "индекс", 1, NO_MARKS),
    real("mean_score", "Средний первичный балл", "балл", 2, "нет первичных баллов, причина в reason"),
    real("sd_score", "Стандартное отклонение первичного балла", "балл", 2, "меньше двух первичных баллов"),
    real("pass_low", "Успеваемость: нижняя граница интервала 95 %", "%", 1, NO_MARKS),
    real("pass_high", "Успеваемость: верхняя граница интервала 95 %", "%", 1, NO_MARKS),
    real("quality_low", "Качество: нижняя граница интервала 95 %", "%", 1, NO_MARKS),
    real("quality_high", "Качество: верхняя граница интервала 95 %", "%", 1, NO_MARKS),
    REASON,
];

/// One row per exam, level and group.
pub(super) const TABLE: Table = Table { name: "marks", columns: COLUMNS, rows };

fn rows(measures: &Measures) -> Vec<Vec<Value>> {
    let exam = measures.exam.id();
    let rows = measures.marks.iter().map(|row| {
        let marks = !measures.exam.has_test_scores() && row.marked() + row.n_without_mark == row.n;
        cells(&exam, marks, row)
    });
    rows.collect()
}

fn cells(exam: &str, marks: bool, row: &MarksRow) -> Vec<Value> {
    let mut cells = key(COLUMNS, exam, row.level, &row.group);
    cells.push(count(row.n));
    cells.push(count_or_missing(row.n_absent));
    cells.extend(row.by_mark.into_iter().chain([row.n_without_mark]).map(|n| count_or_missing(marks.then_some(n))));
    cells.extend([
        number(row.mean_mark.map(|mean| mean.0)),
        percent(row.pass.map(|pass| pass.value)),
        percent(row.quality.map(|quality| quality.value)),
        number(row.sou),
        number(row.mean_score.map(|mean| mean.0)),
        number(row.sd_score),
        percent(row.pass.map(|pass| pass.low)),
        percent(row.pass.map(|pass| pass.high)),
        percent(row.quality.map(|quality| quality.low)),
        percent(row.quality.map(|quality| quality.high)),
        words(&row.reason),
    ]);
    cells
}
