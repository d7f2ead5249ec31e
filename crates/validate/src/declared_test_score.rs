//! The test score of a ЕГЭ protocol against the table of the specification.

use super::note_at;
use srez_model::assessment::{Exam, Scale};
use srez_model::block::{Block, RowState};
use srez_model::note::{Note, NoteCode, NoteDefinition, Severity};

/// The protocol wins: it holds what came after appeals.
pub(super) const CODE: NoteDefinition = NoteDefinition {
    id: NoteCode::DeclaredTestScore,
    severity: Severity::Warning,
    title: "тестовый балл не по таблице",
    explanation: "Тестовый балл протокола сравнивается с таблицей перевода. В отчётах стоит балл протокола; спорные \
                  ячейки таблицы не проверяются.",
    hint: "сверьте протокол и таблицу перевода в спецификации работы",
};

pub(super) fn check(exam: &Exam, block: &Block, notes: &mut Vec<Note>) {
    if !matches!(exam.scale, Scale::Test { .. }) {
        return;
    }
    for row in 0..block.rows() {
        if block.state.get(row) != Some(&RowState::Accepted) {
            continue;
        }
        let score = |column: &[Option<u16>]| column.get(row).copied().flatten();
        let (Some(declared), Some(total)) = (score(&block.declared_result), score(&block.total)) else { continue };
        if exam.disputed_cells.contains(&total) {
            continue;
        }
        if let Some(expected) = exam.scale.test(total)
            && expected != declared
        {
            let message = format!(
                "первичный балл {total}: в протоколе {declared}, по таблице {expected}; использован {declared}"
            );
            notes.push(note_at(&CODE, block, row, block.columns.result, message).found(declared.to_string()));
        }
    }
}
