//! `reliability.csv`.

use super::column::{Column, NEVER, REASON, count, exam, exam_part, integer, number, real, words};
use super::{Table, of_exams};
use srez_model::measures::ReliabilityRow;

const WHY: &str = "причина в reason";

const COLUMNS: &[Column<ReliabilityRow>] = &[
    exam(),
    exam_part(),
    integer("n", "Полные работы", "чел.", NEVER).value(|_, row| count(row.n)),
    integer("k", "Число заданий", "", NEVER).value(|_, row| count(row.k.into())),
    real("mean", "Средний первичный балл", "балл", 2, WHY).value(|_, row| number(row.mean)),
    real("sd", "Стандартное отклонение", "балл", 2, WHY).value(|_, row| number(row.sd)),
    real("alpha", "Альфа Кронбаха", "", 2, WHY).value(|_, row| number(row.alpha)),
    real("alpha_low", "Нижняя граница интервала 95 % для альфы", "", 2, WHY)
        .value(|_, row| number(row.alpha_interval.map(|(low, _)| low))),
    real("alpha_high", "Верхняя граница интервала 95 % для альфы", "", 2, WHY)
        .value(|_, row| number(row.alpha_interval.map(|(_, high)| high))),
    real("sem", "Стандартная ошибка измерения", "балл", 2, WHY).value(|_, row| number(row.sem)),
    REASON.value(|_, row| words(&row.reason)),
];

/// One row per exam.
pub(super) const TABLE: Table = Table {
    name: "reliability",
    make: |name, all| of_exams(name, all, COLUMNS, |measures| std::slice::from_ref(&measures.reliability)),
};
