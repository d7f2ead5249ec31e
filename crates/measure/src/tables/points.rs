//! `points.csv`.

use super::column::{Column, GROUP, LEVEL, MARK, N, NEVER, TASK, count, exam, exam_part, integer, task, words};
use super::{Table, of_exams};
use srez_model::measures::PointsRow;

const COLUMNS: &[Column<PointsRow>] = &[
    exam(),
    exam_part(),
    LEVEL.value(|_, row| words(row.level.id())),
    GROUP.value(|_, row| words(&row.group)),
    TASK.value(|exam, row| task(exam, row.task)),
    MARK.value(|_, row| count(row.mark.into())),
    integer("points", "Баллы за задание, «X» — 0", "балл", NEVER).value(|_, row| count(row.points.into())),
    N.value(|_, row| count(row.n)),
];

/// One row per exam, level, group, task, mark or band and points that somebody has.
pub(super) const TABLE: Table =
    Table { name: "points", make: |name, all| of_exams(name, all, COLUMNS, |measures| &measures.points) };
