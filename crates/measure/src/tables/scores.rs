//! `scores.csv`.

use super::column::{Column, GROUP, LEVEL, N, NEVER, count, exam, exam_part, integer, number, real, text, words};
use super::{Table, of_exams};
use srez_model::measures::{ScoreKind, ScoreRow};

const COLUMNS: &[Column<ScoreRow>] = &[
    exam(),
    exam_part(),
    LEVEL.value(|_, row| words(row.level.id())),
    GROUP.value(|_, row| words(&row.group)),
    text("kind", "Вид балла: primary — первичный, test — тестовый", NEVER).value(|_, row| words(kind_id(row.kind))),
    integer("score", "Балл", "балл", NEVER).value(|_, row| count(row.score.into())),
    N.value(|_, row| count(row.n)),
    real(
        "expected",
        "Участники по плавной кривой первичных баллов, с которой сравниваются работы у границ отметок",
        "чел.",
        2,
        "есть только у муниципалитета и всех участников, если кривая проводится",
    )
    .value(|_, row| number(row.expected)),
];

/// One row per exam, level, group, kind and score that somebody has.
pub(super) const TABLE: Table =
    Table { name: "scores", make: |name, all| of_exams(name, all, COLUMNS, |measures| &measures.scores) };

fn kind_id(kind: ScoreKind) -> &'static str {
    match kind {
        ScoreKind::Primary => "primary",
        ScoreKind::Test => "test",
    }
}
