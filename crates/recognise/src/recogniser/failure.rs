//! Why a file gave nothing, and what comes nearest to it.

use super::Recogniser;
use crate::codes::{ACTIONS_MISSING, EMPTY_FORM, MISSING_COLUMNS, NOTHING_ACCEPTED, UNKNOWN_FORM};
use srez_model::note::{Note, Severity, column_name};

/// Columns with unknown headers that a note names.
const MOST_COLUMNS: usize = 8;

impl Recogniser<'_> {
    /// Says what comes nearest to a file that nobody knows. Headers that no profile knows are named by column: what
    /// looks like a header may be a row of names.
    fn unknown(&self) -> Note {
        let message = "ни один профиль формы не подошёл";
        let Some(sketch) = &self.recognised.sketch else {
            return Note::about_file(&UNKNOWN_FORM, &self.file, message);
        };
        let mut message = message.to_owned();
        if let Some(near) = &sketch.nearest {
            message = format!("{message}; ближе всего «{}» ({})", near.title, near.id);
            if !near.missing.is_empty() {
                message = format!("{message}: нет {}", near.missing.join(", "));
            }
            if !near.unknown.is_empty() {
                let columns = near.unknown.iter().take(MOST_COLUMNS).map(|column| column_name(*column));
                let more = if MOST_COLUMNS < near.unknown.len() { " и других" } else { "" };
                let columns = columns.collect::<Vec<_>>().join(", ");
                message = format!("{message}; незнакомые ей заголовки — в столбцах {columns}{more}");
            }
        }
        Note::about_file(&UNKNOWN_FORM, &self.file, message).at_sheet(&sketch.sheet).at(sketch.header_row, 0)
    }

    /// Says why a file gave nothing.
    pub(super) fn note_failure(&mut self) {
        let rejected = self.notes.iter().any(|note| note.severity == Severity::RejectFile);
        let counted = &self.recognised.rows;
        // An empty register of measures is a template that nobody filled in yet, not a faulty file.
        let template = self.notes.iter().any(|note| note.code == ACTIONS_MISSING.id);
        let gave = !self.blocks.is_empty() || counted.accepted > 0 || template;
        if rejected || gave {
            return;
        }
        if self.forms_found > 0 {
            let note = if counted.rejected == 0 {
                Note::about_file(&EMPTY_FORM, &self.file, "заголовок формы есть, строк участников нет")
            } else {
                Note::about_file(&NOTHING_ACCEPTED, &self.file, "ни одна таблица или строка файла не принята")
            };
            self.notes.push(note);
            return;
        }
        let note = match &self.nearly {
            Some((sheet, candidate)) => {
                let title = self.settings.forms.get(candidate.profile).map_or("", |profile| profile.title.as_str());
                let missing = candidate.missing.join(", ");
                let message = format!("похоже на форму «{title}», но нет столбцов: {missing}");
                let note = Note::about_file(&MISSING_COLUMNS, &self.file, message);
                note.at_sheet(sheet).at(candidate.header_row + 1, 0)
            }
            None => self.unknown(),
        };
        self.notes.push(note);
    }
}
