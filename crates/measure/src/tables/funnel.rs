//! `funnel.csv`.

use super::column::{Column, NEVER, count, exam, exam_part, integer, percent, real, text, words};
use super::{Table, of_exams};
use srez_model::measures::FunnelRow;

const FEW: &str = "школ меньше шести";

const COLUMNS: &[Column<FunnelRow>] = &[
    exam(),
    exam_part(),
    text("measure", "Показатель", NEVER).value(|_, row| words(&row.measure.to_string())),
    text("group", "Муниципалитет", "школы всех файлов").value(|_, row| words(&row.group)),
    integer("schools", "Число школ", "", NEVER).value(|_, row| count(row.schools)),
    integer("n", "Размер школы: школ выпуска и между ними", "чел.", NEVER).value(|_, row| count(row.n)),
    real("centre", "Значение всех школ вместе", "%", 1, NEVER).value(|_, row| percent(Some(row.centre))),
    real("chance_low", "Нижняя граница при одной случайности, 95 %", "%", 1, NEVER)
        .value(|_, row| percent(Some(row.by_chance.0))),
    real("chance_high", "Верхняя граница при одной случайности, 95 %", "%", 1, NEVER)
        .value(|_, row| percent(Some(row.by_chance.1))),
    real("among_low", "Нижняя граница с учётом различий между классами и школами, 95 %", "%", 1, FEW)
        .value(|_, row| percent(row.among_schools.map(|(low, _)| low))),
    real("among_high", "Верхняя граница с учётом различий между классами и школами, 95 %", "%", 1, FEW)
        .value(|_, row| percent(row.among_schools.map(|(_, high)| high))),
];

/// One row per exam, measure, circle and size: those of the schools, and sizes between them for the drawing.
pub(super) const TABLE: Table =
    Table { name: "funnel", make: |name, all| of_exams(name, all, COLUMNS, |measures| &measures.funnels) };
