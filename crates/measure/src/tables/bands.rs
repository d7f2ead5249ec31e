//! `bands.csv`.

use super::column::{Column, GROUP, LEVEL, NEVER, count, exam, exam_part, integer, number, percent, real, words};
use super::{Table, of_exams};
use srez_model::band::Band;
use srez_model::measures::BandsRow;
use srez_model::unit::Percent;

const NOBODY: &str = "нет участников с тестовым баллом";

const COLUMNS: &[Column<BandsRow>] = &[
    exam(),
    exam_part(),
    LEVEL.value(|_, row| words(row.level.id())),
    GROUP.value(|_, row| words(&row.group)),
    integer("n", "Участники с тестовым баллом", "чел.", NEVER).value(|_, row| count(row.n)),
    integer(Band::BelowMinimum.id(), "Ниже минимального балла", "чел.", NEVER).value(|_, row| count(row.by_band[0])),
    integer(Band::UpTo60.id(), "От минимального до 60", "чел.", NEVER).value(|_, row| count(row.by_band[1])),
    integer(Band::UpTo80.id(), "От 61 до 80", "чел.", NEVER).value(|_, row| count(row.by_band[2])),
    integer(Band::UpTo100.id(), "От 81 до 100", "чел.", NEVER).value(|_, row| count(row.by_band[3])),
    real(Band::BelowMinimum.share(), "Доля ниже минимального балла", "%", 1, NOBODY)
        .value(|_, row| percent(Percent::of(row.by_band[0], row.n))),
    real(Band::UpTo60.share(), "Доля от минимального до 60", "%", 1, NOBODY)
        .value(|_, row| percent(Percent::of(row.by_band[1], row.n))),
    real(Band::UpTo80.share(), "Доля от 61 до 80", "%", 1, NOBODY)
        .value(|_, row| percent(Percent::of(row.by_band[2], row.n))),
    real(Band::UpTo100.share(), "Доля от 81 до 100", "%", 1, NOBODY)
        .value(|_, row| percent(Percent::of(row.by_band[3], row.n))),
    real("mean_test", "Средний тестовый балл", "балл", 1, NOBODY)
        .value(|_, row| number(row.mean_test.map(|mean| mean.0))),
    real("sd_test", "Стандартное отклонение тестового балла", "балл", 1, "меньше двух участников")
        .value(|_, row| number(row.sd_test)),
];

/// One row per exam with test scores, level and group.
pub(super) const TABLE: Table =
    Table { name: "bands", make: |name, all| of_exams(name, all, COLUMNS, |measures| &measures.bands) };
