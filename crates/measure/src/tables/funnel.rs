//! `funnel.csv`.

use super::Table;
use super::column::{EXAM, count, integer, percent, real, text, words};
use srez_model::data_table::{DataColumn, Value};
use srez_model::measures::Measures;

const NO_LIMIT: &str = "с этой стороны границы нет";
const FEW: &str = "школ меньше десяти";

const COLUMNS: &[DataColumn] = &[
    EXAM,
    text("measure", "Показатель", "не бывает пустым"),
    text("group", "Муниципалитет", "школы всех файлов"),
    integer("schools", "Число школ", "", "не бывает пустым"),
    integer("n", "Размер школы: школ выпуска и между ними", "чел.", "не бывает пустым"),
    real("centre", "Значение всех школ вместе", "%", 1, "не бывает пустым"),
    real("alert_low", "Внимание: не выше", "%", 1, NO_LIMIT),
    real("alert_high", "Внимание: не ниже", "%", 1, NO_LIMIT),
    real("alarm_low", "Выражено: не выше", "%", 1, NO_LIMIT),
    real("alarm_high", "Выражено: не ниже", "%", 1, NO_LIMIT),
    real("among_low", "Нижняя граница с учётом различий между школами", "%", 1, FEW),
    real("among_high", "Верхняя граница с учётом различий между школами", "%", 1, FEW),
];

/// One row per exam, measure, circle and size: those of the schools, and sizes between them for the drawing.
pub(super) const TABLE: Table = Table { name: "funnel", columns: COLUMNS, rows };

fn rows(measures: &Measures) -> Vec<Vec<Value>> {
    let exam = measures.exam.id();
    let rows = measures.funnels.iter().map(|row| {
        let mut cells = vec![words(&exam), words(&row.measure), words(&row.group), count(row.schools), count(row.n)];
        let (low, high) = row.among_schools.unzip();
        let limits = [Some(row.centre), row.alert.0, row.alert.1, row.alarm.0, row.alarm.1, low, high];
        cells.extend(limits.map(percent));
        cells
    });
    rows.collect()
}
