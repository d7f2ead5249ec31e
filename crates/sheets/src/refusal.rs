//! Why a file is refused, inside this room; the door turns it into a note.

use srez_model::note::{Note, NoteDefinition};

/// A code, and where and why.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    /// Code of the note.
    pub(super) code: &'static NoteDefinition,
    /// What is wrong here.
    pub(super) message: String,
    /// Sheet; empty for the whole file.
    pub(super) sheet: String,
    /// Row and column counted from 1; 0 where there is none.
    pub(super) place: (u32, u32),
    /// What to do, where the code's own hint is not it.
    pub(super) hint: Option<&'static str>,
}

impl Refusal {
    /// A refusal of the whole file.
    pub(super) fn new(code: &'static NoteDefinition, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), sheet: String::new(), place: (0, 0), hint: None }
    }

    /// The same at a sheet.
    pub(super) fn at_sheet(mut self, sheet: &str) -> Self {
        sheet.clone_into(&mut self.sheet);
        self
    }

    /// The same at a cell; row and column counted from 1.
    pub(super) fn at(mut self, row: u32, column: u32) -> Self {
        self.place = (row, column);
        self
    }

    /// The same with another advice than the code's own.
    pub(super) fn hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// The note about a file.
    pub(super) fn note(self, file: &str) -> Note {
        let note = Note::about_file(self.code, file, self.message).at_sheet(&self.sheet).at(self.place.0, self.place.1);
        match self.hint {
            Some(hint) => note.hint(hint),
            None => note,
        }
    }
}
