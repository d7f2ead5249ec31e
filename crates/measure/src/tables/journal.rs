//! `journal.csv`.

use super::column::{Column, GROUP, LEVEL, NEVER, count, exam, exam_part, integer, words};
use super::{Table, of_exams};
use srez_model::measures::JournalRow;

const COLUMNS: &[Column<JournalRow>] = &[
    exam(),
    exam_part(),
    LEVEL.value(|_, row| words(row.level.id())),
    GROUP.value(|_, row| words(&row.group)),
    integer("n", "Участники с обеими отметками", "чел.", NEVER).value(|_, row| count(row.n)),
    integer("lowered", "Отметка за работу ниже журнальной", "чел.", NEVER).value(|_, row| count(row.lowered)),
    integer("confirmed", "Отметка за работу равна журнальной", "чел.", NEVER).value(|_, row| count(row.confirmed)),
    integer("raised", "Отметка за работу выше журнальной", "чел.", NEVER).value(|_, row| count(row.raised)),
    integer("gap2", "Расхождение на две отметки и более", "чел.", NEVER).value(|_, row| count(row.gap2)),
];

/// One row per exam, level and group.
pub(super) const TABLE: Table =
    Table { name: "journal", make: |name, all| of_exams(name, all, COLUMNS, |measures| &measures.journal) };
