//! The form that schools fill in from 2026: no class letter, no sex; empty rows down to 1499 carry a total of 0.

use super::{column_letters, journal_cell, task_cells, task_header};
use crate::grid::{Grid, Value};
use crate::sitting::{Outcome, Sitting};

/// Last row with the formula of the total.
const LAST_ROW: usize = 1499;
/// Index of the first task's column.
pub(crate) const FIRST_TASK: usize = 2;

/// The three sheets with these pupils.
pub(crate) fn grids(sitting: &Sitting, outcomes: &[Outcome]) -> Vec<Grid> {
    let exam = &sitting.exam;
    let mut form = Grid::new("Протокол");
    let mut header: Vec<Value> = vec!["Код участника".into(), "Вариант".into()];
    header.extend(exam.tasks.iter().map(|task| Value::from(task_header(task))));
    header.push("Порядковый номер класса".into());
    header.push("Отметка за предыдущий триместр/ четверть/полугодие".into());
    header.push("Итого баллов".into());
    form.push(header);
    form.bold = vec![0];
    let tasks = exam.tasks.len();
    let (first, last) = (column_letters(FIRST_TASK), column_letters(FIRST_TASK + tasks - 1));
    for outcome in outcomes {
        let row = form.rows.len() + 1;
        let mut cells = vec![Value::from(outcome.pupil.code(exam.key.grade))];
        cells.push(if outcome.absent { "отсутствовал".into() } else { outcome.variant.into() });
        cells.extend(task_cells(outcome));
        cells.push(outcome.pupil.class.into());
        cells.push(journal_cell(outcome));
        let total = if outcome.absent { 0 } else { outcome.total };
        cells.push(Value::Formula(format!("=SUM({first}{row}:{last}{row})"), total.to_string()));
        form.push(cells);
    }
    while form.rows.len() < LAST_ROW {
        let row = form.rows.len() + 1;
        let mut cells = vec![Value::Empty; FIRST_TASK + tasks + 2];
        cells.push(Value::Formula(format!("=SUM({first}{row}:{last}{row})"), "0".to_owned()));
        form.push(cells);
    }
    vec![form, value_lists(sitting), ordinals()]
}

/// Hidden helper sheet of the form: what each column allows.
fn value_lists(sitting: &Sitting) -> Grid {
    let mut lists: Vec<Vec<Value>> = vec![vec![1_u8.into(), 2_u8.into(), "отсутствовал".into()]];
    for task in &sitting.exam.tasks {
        let mut list: Vec<Value> = (0..=task.max.unwrap_or(1)).rev().map(Value::from).collect();
        list.push("X".into());
        lists.push(list);
    }
    lists.push(vec![5_u8.into(), 4_u8.into(), 3_u8.into(), 2_u8.into(), "нет отметки".into()]);
    let mut grid = Grid::new("Служебный");
    let height = lists.iter().map(Vec::len).max().unwrap_or(0);
    for row in 0..height {
        grid.push(lists.iter().map(|list| list.get(row).cloned().unwrap_or(Value::Empty)).collect());
    }
    grid
}

fn ordinals() -> Grid {
    let mut grid = Grid::new("Порядковый номер класса");
    for ordinal in 1..=50_u8 {
        grid.push(vec![ordinal.into()]);
    }
    grid
}
