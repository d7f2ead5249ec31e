//! `marks.csv`.

use super::column::{
    Column, GROUP, LEVEL, N, OfExam, REASON, count, count_or_missing, exam, exam_part, integer, number, percent, real,
    words,
};
use super::{Table, of_exams};
use srez_model::data_table::Value;
use srez_model::measures::MarksRow;

const NO_MARKS: &str = "нет отметок, причина в reason";
const NOT_MARKED: &str = "у работы нет отметок";

const COLUMNS: &[Column<MarksRow>] = &[
    exam(),
    exam_part(),
    LEVEL.value(|_, row| words(row.level.id())),
    GROUP.value(|_, row| words(&row.group)),
    N.value(|_, row| count(row.n)),
    integer("n_absent", "Число отсутствовавших", "чел.", "форма перечисляет только писавших работу")
        .value(|_, row| count_or_missing(row.n_absent)),
    integer("n2", "Получили «2»", "чел.", NOT_MARKED).value(|exam, row| of_marked(exam, row, row.by_mark[0])),
    integer("n3", "Получили «3»", "чел.", NOT_MARKED).value(|exam, row| of_marked(exam, row, row.by_mark[1])),
    integer("n4", "Получили «4»", "чел.", NOT_MARKED).value(|exam, row| of_marked(exam, row, row.by_mark[2])),
    integer("n5", "Получили «5»", "чел.", NOT_MARKED).value(|exam, row| of_marked(exam, row, row.by_mark[3])),
    integer("n_without_mark", "Участники без отметки", "чел.", NOT_MARKED)
        .value(|exam, row| of_marked(exam, row, row.n_without_mark)),
    real("mean_mark", "Средняя отметка", "отметка", 2, NO_MARKS)
        .value(|_, row| number(row.mean_mark.map(|mean| mean.0))),
    real("pass_pct", "Успеваемость", "%", 1, NO_MARKS).value(|_, row| percent(row.pass.map(|pass| pass.value))),
    real("quality_pct", "Качество", "%", 1, NO_MARKS).value(|_, row| percent(row.quality.map(|quality| quality.value))),
    real("sou", "СОУ", "индекс", 1, NO_MARKS).value(|_, row| number(row.sou)),
    real("mean_score", "Средний первичный балл", "балл", 2, "нет первичных баллов, причина в reason")
        .value(|_, row| number(row.mean_score.map(|mean| mean.0))),
    real("sd_score", "Стандартное отклонение первичного балла", "балл", 2, "меньше двух первичных баллов")
        .value(|_, row| number(row.sd_score)),
    real("pass_low", "Успеваемость: нижняя граница интервала 95 %", "%", 1, NO_MARKS)
        .value(|_, row| percent(row.pass.map(|pass| pass.low))),
    real("pass_high", "Успеваемость: верхняя граница интервала 95 %", "%", 1, NO_MARKS)
        .value(|_, row| percent(row.pass.map(|pass| pass.high))),
    real("quality_low", "Качество: нижняя граница интервала 95 %", "%", 1, NO_MARKS)
        .value(|_, row| percent(row.quality.map(|quality| quality.low))),
    real("quality_high", "Качество: верхняя граница интервала 95 %", "%", 1, NO_MARKS)
        .value(|_, row| percent(row.quality.map(|quality| quality.high))),
    REASON.value(|_, row| words(&row.reason)),
];

/// One row per exam, level and group.
pub(super) const TABLE: Table =
    Table { name: "marks", make: |name, all| of_exams(name, all, COLUMNS, |measures| &measures.marks) };

/// A count of participants by mark; missing for a work without marks.
fn of_marked(exam: &OfExam, row: &MarksRow, n: u64) -> Value {
    let marks = !exam.exam.has_test_scores() && row.marked() + row.n_without_mark == row.n;
    count_or_missing(marks.then_some(n))
}
