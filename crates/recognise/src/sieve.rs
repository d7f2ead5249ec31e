//! What no table of one row per school, group or participant may take for data, whichever form it is.

use super::codes::{HEADER_REORDERED, ROW_WITHOUT_SCHOOL};
use super::no_code::is_no_code;
use super::strange_row::{Strange, StrangeRows};
use super::{Extracted, Scene, ragged_row};
use srez_model::form::{Extractor, Field};
use srez_model::note::Note;
use srez_model::raw_sheet::RawCell;

/// Sifts the rows below the header.
pub(crate) struct Sieve<'a> {
    scene: &'a Scene<'a>,
    strange: StrangeRows<'a>,
    reordered: bool,
}

impl<'a> Sieve<'a> {
    /// For the sheet of a scene.
    pub(crate) fn new(scene: &'a Scene<'a>) -> Self {
        Self { scene, strange: StrangeRows::new(scene), reordered: false }
    }

    /// True for a row that may be data; any other is counted, and named where it is not plainly structural.
    pub(crate) fn lets_through(&mut self, row: u32, extracted: &mut Extracted) -> bool {
        if self.reordered {
            extracted.rows.rejected += 1;
            return false;
        }
        match self.strange.of(row) {
            Some(Strange::OtherHeader) => {
                let message = "заголовок повторён с другим порядком столбцов: строки ниже не учтены";
                extracted.notes.push(self.scene.note(&HEADER_REORDERED, row, 0, message));
                extracted.rows.structural += 1;
                self.reordered = true;
            }
            Some(_) => extracted.rows.structural += 1,
            None => {
                let misfit = || ragged_row::note(self.scene, row).or_else(|| self.key_that_is_none(row));
                let Some(note) = misfit() else { return true };
                extracted.notes.push(note);
                extracted.rows.rejected += 1;
            }
        }
        false
    }

    /// The note about a school or group that the row cannot mean: logins and codes have digits, names have letters.
    fn key_that_is_none(&self, row: u32) -> Option<Note> {
        let (scene, sheet) = (self.scene, self.scene.sheet);
        let by_key = match scene.profile.extractor {
            // «Все» is a school of the register of measures, and a codifier has codes of its own.
            Extractor::Actions | Extractor::Descriptors => return None,
            _ => [Field::Login, Field::School, Field::Code],
        };
        let faulty = |field: &Field| {
            let cell = scene.found.columns.get(field).map_or(RawCell::Empty, |column| sheet.cell(row, *column));
            let is_date = |cell| matches!(cell, RawCell::Date(_));
            let has_digit = || sheet.show(cell).chars().any(char::is_numeric);
            !sheet.is_blank(cell)
                && (is_no_code(sheet, cell) || (by_key.contains(field) && (is_date(cell) || !has_digit())))
        };
        let fields = by_key.into_iter().chain([Field::SchoolName, Field::Group, Field::Surname]);
        let field = fields.into_iter().find(faulty)?;
        let column = scene.found.columns.get(&field).copied().unwrap_or(0);
        let what =
            if by_key.contains(&field) { "не логин и не код школы" } else { "не название" };
        let message = format!("в ячейке стоит {what}: строка не учтена");
        Some(scene.note(&ROW_WITHOUT_SCHOOL, row, column, message))
    }
}
