//! `levels.csv`.

use super::column::{Column, NEVER, real, text};
use super::part::columns;
use super::{Table, of_exams};
use srez_model::measures::LevelRow;

const COLUMNS: &[Column<LevelRow>] = &columns(
    text("difficulty_level", "Уровень сложности: Б, П или В", NEVER),
    "Можно ли судить по уровню о школе",
    real("prmse_level", "Насколько уровень говорит о школе: доля уменьшения ошибки", "", 3, "причина в reason"),
);

/// One row per exam, level, group and level of difficulty.
pub(super) const TABLE: Table =
    Table { name: "levels", make: |name, all| of_exams(name, all, COLUMNS, |measures| &measures.levels) };
