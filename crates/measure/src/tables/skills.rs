//! `skills.csv`.

use super::Table;
use super::column::{real, text};
use super::part::{Part, cells, columns};
use srez_model::data_table::{DataColumn, Value};
use srez_model::measures::{Measures, SkillRow};

const COLUMNS: &[DataColumn] = &columns(
    text("skill", "Умение", "не бывает пустым"),
    "Можно ли судить по умению о школе",
    real("prmse_skill", "Насколько умение говорит о школе: доля уменьшения ошибки", "", 3, "причина в reason"),
);

/// One row per exam, level, group and skill, skills in the order of the paper.
pub(super) const TABLE: Table = Table { name: "skills", columns: COLUMNS, rows };

fn rows(measures: &Measures) -> Vec<Vec<Value>> {
    let exam = measures.exam.id();
    let rows = measures.skills.iter().map(|row| cells(COLUMNS, &exam, &part(row)));
    rows.collect()
}

fn part(row: &SkillRow) -> Part<'_> {
    Part {
        level: row.level,
        group: &row.group,
        title: &row.title,
        tasks: row.tasks,
        n: row.n,
        sum: row.sum,
        max_sum: row.max_sum,
        pct: row.pct,
        reductions: row.reductions,
        reportable: row.reportable,
        reason: &row.reason,
    }
}
