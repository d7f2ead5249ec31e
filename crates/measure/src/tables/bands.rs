//! `bands.csv`.

use super::Table;
use super::column::{EXAM, GROUP, LEVEL, count, integer, key, number, percent, real};
use srez_model::band::Band;
use srez_model::data_table::{DataColumn, Value};
use srez_model::measures::Measures;
use srez_model::unit::Percent;

const NOBODY: &str = "нет участников с тестовым баллом";

const COLUMNS: &[DataColumn] = &[
    EXAM,
    LEVEL,
    GROUP,
    integer("n", "Участники с тестовым баллом", "чел.", "не бывает пустым"),
    integer(Band::BelowMinimum.id(), "Ниже минимального балла", "чел.", "не бывает пустым"),
    integer(Band::UpTo60.id(), "От минимального до 60", "чел.", "не бывает пустым"),
    integer(Band::UpTo80.id(), "От 61 до 80", "чел.", "не бывает пустым"),
    integer(Band::UpTo100.id(), "От 81 до 100", "чел.", "не бывает пустым"),
    real(Band::BelowMinimum.share(), "Доля ниже минимального балла", "%", 1, NOBODY),
    real(Band::UpTo60.share(), "Доля от минимального до 60", "%", 1, NOBODY),
    real(Band::UpTo80.share(), "Доля от 61 до 80", "%", 1, NOBODY),
    real(Band::UpTo100.share(), "Доля от 81 до 100", "%", 1, NOBODY),
    real("mean_test", "Средний тестовый балл", "балл", 1, NOBODY),
    real("sd_test", "Стандартное отклонение тестового балла", "балл", 1, "меньше двух участников"),
];

/// One row per exam with test scores, level and group.
pub(super) const TABLE: Table = Table { name: "bands", columns: COLUMNS, rows };

fn rows(measures: &Measures) -> Vec<Vec<Value>> {
    let exam = measures.exam.id();
    let rows = measures.bands.iter().map(|row| {
        let mut cells = key(COLUMNS, &exam, row.level, &row.group);
        cells.push(count(row.n));
        cells.extend(row.by_band.map(count));
        cells.extend(row.by_band.map(|n| percent(Percent::of(n, row.n))));
        cells.extend([number(row.mean_test.map(|mean| mean.0)), number(row.sd_test)]);
        cells
    });
    rows.collect()
}
