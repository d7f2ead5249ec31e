//! A participant without a class in a form that has a column for it.

use super::note_at;
use crate::model::block::{Block, RowState};
use crate::model::note::{Note, NoteCode, Severity};

/// The row counts for the school, not for a class.
pub(super) const CODE: NoteCode = NoteCode {
    id: "V06",
    severity: Severity::Warning,
    title: "класс не указан",
    explanation: "В форме есть столбец класса, а у участника он пуст. Строка входит в итоги школы, но ни в один класс.",
    hint: "впишите класс",
};

pub(super) fn check(block: &Block, notes: &mut Vec<Note>) {
    if block.columns.class == 0 {
        return;
    }
    for row in 0..block.rows() {
        if block.state.get(row) == Some(&RowState::Accepted) && block.class.name(row).is_empty() {
            notes.push(note_at(&CODE, block, row, block.columns.class, "класс участника не указан".to_owned()));
        }
    }
}
