//! The total that the file declares against the sum of the tasks.

use super::note_at;
use srez_model::block::{Block, RowState};
use srez_model::note::{Note, NoteCode, NoteDefinition, Severity};

/// The sum of the tasks is used; the declared one is only a check.
pub(super) const CODE: NoteDefinition = NoteDefinition {
    id: NoteCode::DeclaredTotal,
    severity: Severity::Warning,
    title: "сумма баллов в файле не равна сумме по заданиям",
    explanation: "Сумма пересчитывается по заданиям и сравнивается с указанной. В отчётах стоит пересчитанная: формула \
                  формы нередко пропускает задания или не пересчитана.",
    hint: "проверьте формулу суммы в форме; если неверен балл за задание, исправьте его",
};

pub(super) fn check(block: &Block, notes: &mut Vec<Note>) {
    if block.tasks.is_empty() {
        return;
    }
    for row in 0..block.rows() {
        let score = |column: &[Option<u16>]| column.get(row).copied().flatten();
        let (Some(total), Some(declared)) = (score(&block.total), score(&block.declared_total)) else { continue };
        if block.state.get(row) == Some(&RowState::Accepted) && total != declared {
            let message = format!("в файле сумма {declared}, по заданиям {total}; использована {total}");
            notes.push(note_at(&CODE, block, row, block.columns.total, message).found(declared.to_string()));
        }
    }
}
