//! Single marks that do not follow from the scale on which all files agree.

use srez_model::assessment::{Confirmation, Exam, Scale};
use srez_model::block::{Block, RowState};
use srez_model::note::{Note, NoteCode, NoteDefinition, Severity};

/// The scale is right, the mark is a slip.
pub(crate) const CODE: NoteDefinition = NoteDefinition {
    id: NoteCode::MarkNotByScale,
    severity: Severity::Warning,
    title: "отметка не по шкале",
    explanation: "Отметка выводится из суммы баллов по шкале работы, с её условиями, и сравнивается с указанной. В \
                  отчётах стоит отметка по шкале.",
    hint: "сверьте отметку со шкалой перевода",
};

pub(super) fn check(exam: &Exam, blocks: &[Block], notes: &mut Vec<Note>) {
    let recovered = exam.scale_confirmed == Confirmation::Recovered;
    if recovered || !matches!(exam.scale, Scale::Marks(_)) {
        return;
    }
    for block in blocks {
        for row in 0..block.rows() {
            if block.state.get(row) != Some(&RowState::Accepted) {
                continue;
            }
            let Some(declared) = block.declared_result.get(row).copied().flatten() else { continue };
            let Some(mark) = block.mark_by_scale(exam, row).map(u16::from) else { continue };
            // An appeal decides on a mark whatever the scale says; then the mark of the scale is not the one that
            // counts.
            let counts = block.result.get(row) == Some(&Some(mark));
            if counts && mark != declared {
                let total = block.total.get(row).copied().flatten().unwrap_or(0);
                let message = format!("сумма {total}: в файле «{declared}», по шкале «{mark}»; использована «{mark}»");
                let line = block.row.get(row).copied().unwrap_or(0);
                notes.push(
                    Note::about_file(&CODE, &block.file, message)
                        .at_sheet(&block.sheet)
                        .at(line, block.columns.result)
                        .found(declared.to_string()),
                );
            }
        }
    }
}
