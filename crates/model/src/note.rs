//! What was noticed about the data: a code, a place, what was found and what to do.

pub use super::note_code::{NoteCode, UnknownNoteCode};
pub use super::quotable::{HIDDEN, is_quotable, names_school, quoted};
use serde::{Deserialize, Serialize};

/// How much of the input a note costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// The whole file is left out.
    RejectFile,
    /// One row is left out.
    RejectRow,
    /// One cell counts as unreadable, the row stays.
    UnreadableCell,
    /// Nothing is left out.
    Warning,
}

impl Severity {
    /// The word of `notes.csv`.
    pub fn id(self) -> &'static str {
        match self {
            Self::RejectFile => "reject-file",
            Self::RejectRow => "reject-row",
            Self::UnreadableCell => "unreadable-cell",
            Self::Warning => "warning",
        }
    }

    /// The word for the reader.
    pub fn title(self) -> &'static str {
        match self {
            Self::RejectFile => "файл не принят",
            Self::RejectRow => "строка не принята",
            Self::UnreadableCell => "ячейка не прочитана",
            Self::Warning => "предупреждение",
        }
    }
}

/// Definition of a kind of note: one per check, in the gallery of its room.
#[derive(Clone, Copy, Debug)]
pub struct NoteDefinition {
    /// What is noted.
    pub id: NoteCode,
    /// How much it costs.
    pub severity: Severity,
    /// What is wrong, in a few words.
    pub title: &'static str,
    /// Why it matters and how it is found.
    pub explanation: &'static str,
    /// What the analyst or the school should do.
    pub hint: &'static str,
}

/// One thing noticed at one place.
///
/// Texts name cells, and repeat of a cell only what cannot name a person: [`quoted`] and [`Note::found`] see to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Note {
    /// Path of the file as listed in `files.csv`.
    pub file: String,
    /// Sheet of the workbook; empty for delimited text or for the file as a whole.
    pub sheet: String,
    /// Row counted from 1; 0 where the note is about the sheet or file.
    pub row: u32,
    /// Column counted from 1; 0 where the note is about the row, sheet or file.
    pub column: u32,
    /// What is noted.
    pub code: NoteCode,
    /// How much it costs.
    pub severity: Severity,
    /// The value found, as the file shows it.
    pub found: String,
    /// What is wrong here.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl Note {
    /// A note about a whole file.
    pub fn about_file(definition: &NoteDefinition, file: &str, message: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            sheet: String::new(),
            row: 0,
            column: 0,
            code: definition.id,
            severity: definition.severity,
            found: String::new(),
            message: message.into(),
            hint: definition.hint.to_owned(),
        }
    }

    /// The same note at a sheet.
    #[must_use]
    pub fn at_sheet(mut self, sheet: &str) -> Self {
        sheet.clone_into(&mut self.sheet);
        self
    }

    /// The same note at a cell; rows and columns counted from 1, column 0 for a whole row.
    #[must_use]
    pub fn at(mut self, row: u32, column: u32) -> Self {
        self.row = row;
        self.column = column;
        self
    }

    /// The same note with the text of the cell; what may name a person is not repeated.
    #[must_use]
    pub fn found(mut self, found: impl Into<String>) -> Self {
        let found = found.into();
        self.found = if is_quotable(&found) { found } else { HIDDEN.to_owned() };
        self
    }

    /// The same note with what the program itself says of the place: a count, rows, an extension.
    #[must_use]
    pub fn stated(mut self, stated: impl Into<String>) -> Self {
        self.found = stated.into();
        self
    }

    /// The same note with a hint of its own.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The cell as a spreadsheet shows it: `F17`, `17` for a row, empty for a sheet or file.
    pub fn cell(&self) -> String {
        match (self.row, self.column) {
            (0, 0) => String::new(),
            (row, 0) => row.to_string(),
            (0, column) => column_name(column),
            (row, column) => format!("{}{row}", column_name(column)),
        }
    }
}

/// Letters of a column counted from 1: 1 is `A`, 28 is `AB`.
pub fn column_name(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// A value, and what was noticed while making it.
#[must_use = "notes must reach the report"]
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Noted<T> {
    /// What was made.
    pub value: T,
    /// What was noticed.
    pub notes: Vec<Note>,
}

impl<T> Noted<T> {
    /// A value without notes.
    pub fn clean(value: T) -> Self {
        Self { value, notes: Vec::new() }
    }

    /// Hands the notes to a collection and keeps the value.
    pub fn into_value(self, notes: &mut Vec<Note>) -> T {
        notes.extend(self.notes);
        self.value
    }
}

#[cfg(test)]
mod tests {
    use super::column_name;

    #[test]
    fn columns_are_named_as_a_spreadsheet_names_them() {
        let names: Vec<String> = [1, 26, 27, 28, 702, 703].map(column_name).to_vec();
        assert_eq!(names, ["A", "Z", "AA", "AB", "ZZ", "AAA"]);
    }
}
