//! Points above the maximum of their task.

use srez_model::assessment::Exam;
use srez_model::block::{Block, GREATEST_POINTS, RowState, UNREADABLE};
use srez_model::note::{Note, NoteCode, NoteDefinition, Severity};
use srez_wording::sentence::quality::above_maximum;

/// A cell above the maximum cannot be read: nobody knows which points were meant.
pub(super) const CODE: NoteDefinition = NoteDefinition {
    id: NoteCode::OverMaximum,
    severity: Severity::UnreadableCell,
    title: "балл больше максимума за задание",
    explanation: "Балл сравнивается с максимумом из спецификации работы или из заголовка столбца. Сколько баллов \
                  имелось в виду, неизвестно, поэтому ячейка не читается, а у участника нет суммы и отметки.",
    hint: "сверьте балл с работой ученика и исправьте ячейку или максимум в заголовке",
};

pub(super) fn check(exam: &Exam, block: &mut Block, notes: &mut Vec<Note>) {
    for (column, points) in block.points.iter_mut().enumerate() {
        let Some(task) = exam.tasks.get(column) else { continue };
        let Some(max) = task.max else { continue };
        let address = block.tasks.get(column).map_or(0, |task| task.column);
        for (row, code) in points.iter_mut().enumerate() {
            let counts = block.state.get(row) == Some(&RowState::Accepted);
            if counts && *code <= GREATEST_POINTS && max < u16::from(*code) {
                let message = above_maximum(&task.id, u64::from(*code), &max.to_string());
                let row_number = block.row.get(row).copied().unwrap_or(0);
                notes.push(
                    Note::about_file(&CODE, &block.file, message)
                        .at_sheet(&block.sheet)
                        .at(row_number, address)
                        .found(code.to_string()),
                );
                *code = UNREADABLE;
            }
        }
    }
}
