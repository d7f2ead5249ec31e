//! `levels.csv`.

use super::column::{Column, NEVER, text};
use super::part::columns;
use super::{Table, of_exams};
use srez_model::measures::LevelRow;

const COLUMNS: &[Column<LevelRow>] = &columns(text("difficulty_level", "Уровень сложности: Б, П или В", NEVER));

/// One row per exam, level, group and level of difficulty.
pub(super) const TABLE: Table =
    Table { name: "levels", make: |name, all| of_exams(name, all, COLUMNS, |measures| &measures.levels) };
