//! `skills.csv`.

use super::column::{Column, NEVER, text};
use super::part::columns;
use super::{Table, of_exams};
use srez_model::measures::SkillRow;

const COLUMNS: &[Column<SkillRow>] = &columns(text("skill", "Умение", NEVER));

/// One row per exam, level, group and skill, skills in the order of the paper.
pub(super) const TABLE: Table =
    Table { name: "skills", make: |name, all| of_exams(name, all, COLUMNS, |measures| &measures.skills) };
