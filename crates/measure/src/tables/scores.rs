//! `scores.csv`.

use super::Table;
use super::column::{EXAM, GROUP, LEVEL, N, count, integer, key, text, words};
use srez_model::data_table::{DataColumn, Value};
use srez_model::measures::{Measures, ScoreKind};

const COLUMNS: &[DataColumn] = &[
    EXAM,
    LEVEL,
    GROUP,
    text("kind", "Вид балла: primary — первичный, test — тестовый", "не бывает пустым"),
    integer("score", "Балл", "балл", "не бывает пустым"),
    N,
];

/// One row per exam, level, group, kind and score that somebody has.
pub(super) const TABLE: Table = Table { name: "scores", columns: COLUMNS, rows };

fn rows(measures: &Measures) -> Vec<Vec<Value>> {
    let exam = measures.exam.id();
    let rows = measures.scores.iter().map(|row| {
        let kind = match row.kind {
            ScoreKind::Primary => "primary",
            ScoreKind::Test => "test",
        };
        let mut cells = key(COLUMNS, &exam, row.level, &row.group);
        cells.extend([words(kind), count(row.score.into()), count(row.n)]);
        cells
    });
    rows.collect()
}
