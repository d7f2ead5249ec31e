//! Schools that the register does not know.

use super::ExamResults;
use srez_model::block::RowState;
use srez_model::note::{Note, NoteCode, NoteDefinition, Severity};
use srez_model::place::Register;
use std::collections::BTreeSet;

/// The school is shown under its login or code.
pub(super) const CODE: NoteDefinition = NoteDefinition {
    id: NoteCode::UnknownSchool,
    severity: Severity::Warning,
    title: "школы нет в реестре",
    explanation: "Логин или код школы из файла не найден в реестре. Результаты учтены, школа показана под своим кодом; \
                  муниципалитет взят из файла, если он там указан.",
    hint: "добавьте школу в реестр или исправьте логин в файле",
};

pub(super) fn check(register: &Register, results: &[ExamResults], notes: &mut Vec<Note>) {
    if register.schools.is_empty() {
        return;
    }
    let mut told = BTreeSet::new();
    for block in results.iter().flat_map(|results| &results.blocks) {
        for (label, name) in block.school.names.iter().enumerate() {
            if register.find(name).is_some() || !told.insert((block.file.clone(), name.clone())) {
                continue;
            }
            let first =
                (0..block.rows()).find(|row| block.school.of_row.get(*row) == u32::try_from(label).ok().as_ref());
            let Some(first) = first.filter(|row| block.state.get(*row) != Some(&RowState::Rejected)) else { continue };
            let line = block.row.get(first).copied().unwrap_or(0);
            notes.push(
                Note::about_file(&CODE, &block.file, format!("школы «{name}» нет в реестре"))
                    .at_sheet(&block.sheet)
                    .at(line, block.columns.school)
                    .stated(name.clone()),
            );
        }
    }
}
