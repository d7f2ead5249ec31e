//! `levels.csv`.

use super::Table;
use super::column::{real, text};
use super::part::{Part, cells, columns};
use srez_model::data_table::{DataColumn, Value};
use srez_model::measures::{LevelRow, Measures};

const COLUMNS: &[DataColumn] = &columns(
    text("difficulty_level", "Уровень сложности: Б, П или В", "не бывает пустым"),
    "Можно ли судить по уровню о школе",
    real("prmse_level", "Насколько уровень говорит о школе: доля уменьшения ошибки", "", 3, "причина в reason"),
);

/// One row per exam, level, group and level of difficulty.
pub(super) const TABLE: Table = Table { name: "levels", columns: COLUMNS, rows };

fn rows(measures: &Measures) -> Vec<Vec<Value>> {
    let exam = measures.exam.id();
    let rows = measures.levels.iter().map(|row| cells(COLUMNS, &exam, &part(row)));
    rows.collect()
}

fn part(row: &LevelRow) -> Part<'_> {
    Part {
        level: row.level,
        group: &row.group,
        title: row.difficulty.letter(),
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
