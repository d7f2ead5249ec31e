//! A form in which nothing was filled in.

use srez_model::block::{Block, RowState};
use srez_model::note::{Note, NoteCode, NoteDefinition, Severity};

/// An empty template instead of a protocol: a frequent mistake.
pub(super) const CODE: NoteDefinition = NoteDefinition {
    id: NoteCode::FormNotFilledIn,
    severity: Severity::RejectFile,
    title: "форма не заполнена",
    explanation: "Форма узнана, но в ней нет ни одного участника и ни одного отсутствующего.",
    hint: "запросите у школы заполненную форму",
};

pub(super) fn is_empty(block: &Block) -> bool {
    block.count(RowState::Accepted) == 0 && block.count(RowState::Absent) == 0
}

pub(super) fn note(block: &Block) -> Note {
    Note::about_file(&CODE, &block.file, "форма не заполнена: нет ни одной строки с результатами")
        .at_sheet(&block.sheet)
}
