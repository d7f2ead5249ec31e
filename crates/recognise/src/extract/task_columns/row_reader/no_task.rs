//! A column that looks like a task by its header and is none, or one that was left out and is a task after all: every
//! declared total tells so.

use super::RowReader;
use crate::codes::COLUMN_IS_NO_TASK;
use crate::points::Reading;
use srez_model::block::{BlockTask, GREATEST_POINTS, PointCode, RowState};
use srez_model::note::column_name;

/// Fewest rows by which a column is judged.
const FEWEST_ROWS: usize = 3;

/// A row with a declared total: its place in the block, and by how much the sum of its tasks is more than that.
type Judged = (usize, i32);

impl RowReader<'_> {
    /// Refuses the file where nearly all rows miss the declared total by exactly the value of one column of which
    /// neither the header nor the specification is sure, or of the columns that were left out.
    pub(super) fn note_column_that_is_no_task(&mut self) {
        let judged: Vec<Judged> = (0..self.block.rows())
            .filter(|row| self.block.state.get(*row) == Some(&RowState::Accepted))
            .filter_map(|row| {
                let declared = self.block.declared_total.get(row).copied().flatten()?;
                let sum: i32 = self.columns.iter().filter_map(|column| column.get(row)).map(points).sum();
                Some((row, sum - i32::from(declared)))
            })
            .collect();
        let differ = judged.iter().filter(|(_, surplus)| *surplus != 0).count();
        if differ < FEWEST_ROWS || 2 * differ < judged.len() {
            return;
        }
        let of = format!("у {differ} из {} строк", judged.len());
        let told = match self.surplus(&judged).cloned() {
            Some(task) => {
                let message = format!("{} — не задание: без него суммы в файле сходятся {of}", self.title(&[&task]));
                Some((task.column, message))
            }
            None => self.lacking(&judged).map(|tasks| {
                let with = if tasks.len() == 1 { "ним" } else { "ними" };
                let title = self.title(&tasks.iter().collect::<Vec<_>>());
                let message = format!("{title}: баллы не учтены, а суммы в файле сходятся только с {with} {of}");
                (tasks.first().map_or(0, |task| task.column), message)
            }),
        };
        if let Some((column, message)) = told {
            let row = self.scene.found.header_row;
            self.notes.push(self.scene.note(&COLUMN_IS_NO_TASK, row, column.saturating_sub(1), message));
        }
    }

    /// The task by whose points all sums are too high.
    fn surplus(&self, judged: &[Judged]) -> Option<&BlockTask> {
        let explains = |column: &Vec<PointCode>| {
            let explained = |(row, surplus): &&Judged| column.get(*row).map(points) == Some(*surplus);
            is_nearly_all(judged.iter().filter(explained).count(), judged.len())
        };
        let places = self.layout.tasks.iter().enumerate().filter(|(place, _)| self.is_doubtful(*place));
        places.filter(|(place, _)| self.columns.get(*place).is_some_and(explains)).map(|(_, task)| task).next()
    }

    /// True for a task that may be none: its header or the specification does not know it, it holds more than its
    /// maximum, or the maximum of the paper goes without it.
    fn is_doubtful(&self, place: usize) -> bool {
        let max = self.layout.maxima.get(place).copied().flatten();
        let beyond = |code: &PointCode| max.is_some_and(|max| i32::from(max) < points(code));
        let sum: Option<u16> = self.layout.maxima.iter().copied().sum();
        let without = sum.zip(max).and_then(|(sum, max)| sum.checked_sub(max));
        self.layout.doubtful.get(place).copied().unwrap_or(true)
            || self.columns.get(place).is_some_and(|column| column.iter().any(beyond))
            || without.is_some() && without == self.block.declared_maximum
    }

    /// The columns beyond the paper by whose points all sums are too low: one of them, or all together.
    fn lacking(&mut self, judged: &[Judged]) -> Option<Vec<BlockTask>> {
        let beyond = self.layout.beyond.clone();
        let values: Vec<Vec<i32>> = beyond.iter().map(|task| self.points_of(task, judged)).collect();
        let explains = |columns: &[Vec<i32>]| {
            let sum = |place: usize| columns.iter().filter_map(|column| column.get(place)).sum::<i32>();
            let explained = judged.iter().enumerate().filter(|(place, (_, surplus))| sum(*place) == -surplus);
            is_nearly_all(explained.count(), judged.len())
        };
        let one = values.iter().position(|column| explains(std::slice::from_ref(column)));
        match one.and_then(|place| beyond.get(place)) {
            Some(task) => Some(vec![task.clone()]),
            None => (beyond.len() > 1 && explains(&values)).then_some(beyond),
        }
    }

    /// Points in a column that was left out.
    fn points_of(&mut self, task: &BlockTask, judged: &[Judged]) -> Vec<i32> {
        let sheet = self.scene.sheet;
        let rows = judged.iter().map(|(row, _)| self.block.row.get(*row).copied().unwrap_or(1));
        let cells: Vec<_> = rows.map(|row| sheet.cell(row.saturating_sub(1), task.column.saturating_sub(1))).collect();
        let read = |cell| match self.points.read(sheet, cell) {
            Reading::Code(code) | Reading::WithFraction(code) => points(&code),
            Reading::Blank | Reading::Unreadable => 0,
        };
        cells.into_iter().map(read).collect()
    }

    /// «столбец T «20 (1б)»»: a header of a task names nobody.
    fn title(&self, tasks: &[&BlockTask]) -> String {
        let header = |task: &&BlockTask| {
            let header = self.scene.sheet.text(self.scene.found.header_row, task.column.saturating_sub(1));
            format!("{} «{}»", column_name(task.column), header.trim())
        };
        let columns = if tasks.len() == 1 { "столбец" } else { "столбцы" };
        format!("{columns} {}", tasks.iter().map(header).collect::<Vec<_>>().join(", "))
    }
}

fn is_nearly_all(rows: usize, of: usize) -> bool {
    9 * of <= 10 * rows
}

fn points(code: &PointCode) -> i32 {
    if *code <= GREATEST_POINTS { i32::from(*code) } else { 0 }
}
