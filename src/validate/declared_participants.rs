//! The number of participants that the form declares against its rows.

use crate::model::block::{Block, RowState};
use crate::model::note::{Note, NoteCode, Severity};

/// A row may have been lost on the way.
pub(super) const CODE: NoteCode = NoteCode {
    id: "V07",
    severity: Severity::Warning,
    title: "число участников не сходится",
    explanation: "Форма объявляет число участников, а строк в ней другое число: при копировании могли пропасть строки.",
    hint: "сравните с исходной формой; если строк не хватает, пришлите файл заново",
};

pub(super) fn check(block: &Block, notes: &mut Vec<Note>) {
    let Some(declared) = block.declared_participants else { return };
    let rows = block.count(RowState::Accepted) + block.count(RowState::Rejected);
    if declared != rows {
        let message = format!("объявлено участников: {declared}, строк с результатами: {rows}");
        notes.push(Note::about_file(&CODE, &block.file, message).at_sheet(&block.sheet).found(declared.to_string()));
    }
}
