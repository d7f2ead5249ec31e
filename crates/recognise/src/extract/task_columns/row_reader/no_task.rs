//! A column that looks like a task by its header and is none: every declared total goes without it.

use super::RowReader;
use crate::codes::COLUMN_IS_NO_TASK;
use srez_model::block::{GREATEST_POINTS, PointCode, RowState};
use srez_model::note::column_name;

/// Fewest rows by which a column is judged.
const FEWEST_ROWS: usize = 3;

impl RowReader<'_> {
    /// Refuses the file where nearly all rows miss the declared total by exactly the value of one column without a
    /// maximum, neither in its header nor in the specification.
    pub(super) fn note_column_that_is_no_task(&mut self) {
        let judged: Vec<(usize, i32)> = (0..self.block.rows())
            .filter(|row| self.block.state.get(*row) == Some(&RowState::Accepted))
            .filter_map(|row| {
                let declared = self.block.declared_total.get(row).copied().filter(|total| *total >= 0)?;
                let sum: i32 = self.columns.iter().filter_map(|column| column.get(row)).map(points).sum();
                Some((row, sum - i32::from(declared)))
            })
            .collect();
        let differ = judged.iter().filter(|(_, surplus)| *surplus != 0).count();
        if differ < FEWEST_ROWS || 2 * differ < judged.len() {
            return;
        }
        let explains = |column: &Vec<PointCode>| {
            let explained = |(row, surplus): &&(usize, i32)| column.get(*row).map(points) == Some(*surplus);
            10 * judged.iter().filter(explained).count() >= 9 * judged.len()
        };
        let tasks = self.columns.iter().zip(&self.layout.tasks).zip(&self.layout.maxima);
        let mut suspects = tasks.filter(|(_, max)| max.is_none()).map(|(task, _)| task);
        let Some((_, task)) = suspects.find(|(column, _)| explains(column)) else { return };
        let column = task.column - 1;
        let header = self.scene.sheet.text(self.scene.found.header_row, column);
        let message = format!(
            "столбец {} «{}» — не задание: без него суммы в файле сходятся у {differ} из {} строк",
            column_name(task.column),
            header.trim(),
            judged.len()
        );
        self.notes.push(self.scene.note(&COLUMN_IS_NO_TASK, self.scene.found.header_row, column, message));
    }
}

fn points(code: &PointCode) -> i32 {
    if *code <= GREATEST_POINTS { i32::from(*code) } else { 0 }
}
