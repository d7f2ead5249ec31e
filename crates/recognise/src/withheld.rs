//! Texts that were not taken because they may name a person: counted, and told once for each column by the first cell.

use crate::Scene;
use srez_model::note::{Note, NoteDefinition, column_name};

/// Cells that were held back, by what is said about them and by column, in the order of their first ones.
#[derive(Default)]
pub(crate) struct Withheld {
    columns: Vec<Column>,
}

struct Column {
    code: &'static NoteDefinition,
    row: u32,
    column: u32,
    cells: u32,
}

impl Withheld {
    /// Counts a cell; row and column counted from 0.
    pub(crate) fn add(&mut self, code: &'static NoteDefinition, row: u32, column: u32) {
        match self.columns.iter_mut().find(|known| known.code.id == code.id && known.column == column) {
            Some(known) => known.cells += 1,
            None => self.columns.push(Column { code, row, column, cells: 1 }),
        }
    }

    /// One note for each column; none of them repeats a text.
    pub(crate) fn notes(&self, scene: &Scene<'_>) -> Vec<Note> {
        let note = |of: &Column| {
            let first = format!("{}{}", column_name(of.column + 1), of.row + 1);
            let message = format!("первая такая ячейка — {first}, всего их в столбце: {}; текст не показан", of.cells);
            scene.note(of.code, of.row, of.column, message)
        };
        self.columns.iter().map(note).collect()
    }
}
