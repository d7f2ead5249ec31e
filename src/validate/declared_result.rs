//! The mark or test score that the file declares against the scale of the specification.

use super::{note_at, scoring};
use crate::model::assessment::{Exam, Scale};
use crate::model::block::{Block, RowState};
use crate::model::note::{Note, NoteCode, Severity};

/// One mark that does not follow from the total; whether the whole scale is another one is asked in `reconcile`.
pub(super) const CODE: NoteCode = NoteCode {
    id: "V03",
    severity: Severity::Warning,
    title: "отметка или тестовый балл не по шкале",
    explanation: "Результат выводится из суммы баллов по шкале спецификации и сравнивается с указанным. Для отметок \
                  верна шкала, для ЕГЭ — протокол. Если со шкалой не согласны более 5 % отметок работы, регион, \
                  вероятно, установил свою шкалу: тогда верны указанные отметки.",
    hint: "сверьте отметку со шкалой перевода; своя шкала региона задаётся файлом в папке exams",
};

pub(super) fn check(exam: &Exam, block: &Block, notes: &mut Vec<Note>) {
    for row in 0..block.rows() {
        if block.state.get(row) != Some(&RowState::Accepted) {
            continue;
        }
        let total = block.total.get(row).copied().unwrap_or(-1);
        let declared = block.declared_result.get(row).copied().unwrap_or(-1);
        let (Ok(total), true) = (u16::try_from(total), 0 <= declared) else { continue };
        let expected = match &exam.scale {
            Scale::Unknown => None,
            Scale::Marks(_) => scoring::mark_with_conditions(exam, block, row, total).map(i16::from),
            Scale::Test { .. } if exam.disputed_cells.contains(&total) => None,
            Scale::Test { .. } => exam.scale.test(total).and_then(|test| i16::try_from(test).ok()),
        };
        if let Some(expected) = expected
            && expected != declared
        {
            let message = match exam.scale {
                Scale::Test { .. } => format!(
                    "первичный балл {total}: в протоколе тестовый балл {declared}, по таблице {expected}; использован {declared}"
                ),
                _ => format!("сумма {total}: в файле отметка «{declared}», по шкале «{expected}»; использована «{expected}»"),
            };
            notes.push(note_at(&CODE, block, row, block.columns.result, message).found(declared.to_string()));
        }
    }
}
