//! `tasks_by_mark.csv`.

use super::column::{Column, GROUP, LEVEL, MARK, N, TASK, count, exam, exam_part, percent, real, task, words};
use super::{Table, of_exams};
use srez_model::measures::TaskByMarkRow;

const COLUMNS: &[Column<TaskByMarkRow>] = &[
    exam(),
    exam_part(),
    LEVEL.value(|_, row| words(row.level.id())),
    GROUP.value(|_, row| words(&row.group)),
    TASK.value(|exam, row| task(exam, row.task)),
    MARK.value(|_, row| count(row.mark.into())),
    N.value(|_, row| count(row.n)),
    real("pct", "Процент выполнения", "%", 1, "максимальный балл неизвестен").value(|_, row| percent(row.pct)),
];

/// One row per exam, level, group, task and mark or band that somebody has.
pub(super) const TABLE: Table =
    Table { name: "tasks_by_mark", make: |name, all| of_exams(name, all, COLUMNS, |measures| &measures.tasks_by_mark) };
