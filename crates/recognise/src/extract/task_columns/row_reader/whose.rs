//! Rows with points that belong to nobody: no code where others have one, a code that is none, cells that slid.

use super::{Absence, RowReader};
use crate::codes::{CODE_IS_NONE, POINTS_OF_NOBODY, ROW_WITHOUT_SCHOOL};
use crate::no_code::is_no_code;
use crate::points::Reading;
use crate::ragged_row;
use crate::strange_row::StrangeRows;
use crate::summary_words::{is_label, is_label_for_name};
use srez_model::block::GREATEST_POINTS;
use srez_model::form::Field;
use srez_model::note::Note;
use srez_model::raw_sheet::RawCell;

impl RowReader<'_> {
    /// Finds the fields that name a participant in this sheet: the code or the surname where one row has it, else
    /// whatever tells a pupil from a row of totals; none where no row has any of them.
    pub(super) fn find_naming_fields(&mut self, strange: &StrangeRows<'_>) {
        let rows = || self.scene.found.header_row + 1..self.scene.sheet.height();
        let is_filled = |field: Field| {
            // «Да» and «нет» name nobody, but they do tell who was present.
            let is_name = matches!(field, Field::Participant | Field::Surname);
            let tells_nothing = |row: u32| self.is_blank(row, field) || is_name && self.is_no_code(row, field);
            rows().any(|row| !tells_nothing(row) && strange.of(row).is_none())
        };
        let filled = |fields: &[Field]| fields.iter().copied().filter(|field| is_filled(*field)).collect::<Vec<_>>();
        let by_name = filled(&[Field::Participant, Field::Surname]);
        let written_by = filled(&[Field::Variant, Field::SecondVariant, Field::Presence]);
        self.naming = if by_name.is_empty() {
            written_by.iter().copied().chain(filled(&[Field::Class])).collect()
        } else {
            by_name
        };
        self.written_by = written_by;
    }

    /// Why a row with points counts for nobody; none where it is a participant's.
    pub(super) fn misfit(&mut self, row: u32, written: usize) -> Option<Note> {
        let absent = written == 0 && self.absence(row) == Absence::Whole;
        if let Some(note) = ragged_row::note(self.scene, row).filter(|_| !absent) {
            return Some(note);
        }
        let names = [Field::Participant, Field::Surname];
        if let Some(field) = names.into_iter().find(|field| self.is_word_without_variant(row, *field)) {
            let message = "вместо кода слово, а варианта, как у других строк, нет: похоже на итог; строка не учтена";
            return Some(self.scene.note(&CODE_IS_NONE, row, self.column(field), message));
        }
        if let Some(field) = names.into_iter().find(|field| self.is_no_code(row, *field) || self.is_label(row, *field))
        {
            let message = "в ячейке нет ни кода, ни имени участника: строка не учтена";
            return Some(self.scene.note(&CODE_IS_NONE, row, self.column(field), message));
        }
        let nobody = !self.naming.is_empty() && self.naming.iter().all(|field| self.is_blank(row, *field));
        if nobody && written != 0 {
            let named = [Field::Participant, Field::Surname].into_iter().find(|field| self.naming.contains(field));
            let field = named.or_else(|| self.naming.first().copied()).unwrap_or(Field::Participant);
            let column = self.column(field);
            let message = format!("{}: {}; строка не учтена", self.what_lacks(named), self.what_numbers_are());
            return Some(self.scene.note(&POINTS_OF_NOBODY, row, column, message));
        }
        self.school_that_is_none(row)
    }

    /// True for words in the column of codes or names in a row without a variant, where other rows have one: «Набрали
    /// максимум».
    fn is_word_without_variant(&self, row: u32, field: Field) -> bool {
        let RawCell::Text(text) = self.cell(row, field) else { return false };
        let text = self.scene.sheet.string(text);
        let is_word = !text.trim().is_empty() && !text.chars().any(char::is_numeric);
        is_word && !self.written_by.is_empty() && self.written_by.iter().all(|field| self.is_blank(row, *field))
    }

    /// A label in a row with a variant: a row of summary has none, so whose it is stays open.
    fn is_label(&self, row: u32, field: Field) -> bool {
        let RawCell::Text(text) = self.cell(row, field) else { return false };
        let text = self.scene.sheet.string(text);
        if field == Field::Surname {
            self.is_blank(row, Field::GivenName) && is_label_for_name(text)
        } else {
            is_label(text)
        }
    }

    fn is_no_code(&self, row: u32, field: Field) -> bool {
        is_no_code(self.scene.sheet, self.cell(row, field))
    }

    fn what_lacks(&self, named: Option<Field>) -> &'static str {
        match named {
            Some(Field::Surname) => "баллы есть, имени участника нет, а у других строк оно есть",
            Some(_) => "баллы есть, кода участника нет, а у других строк он есть",
            None => "баллы есть, а варианта и класса, как у других строк, нет",
        }
    }

    /// What the numbers of the row that was read last look like.
    fn what_numbers_are(&self) -> &'static str {
        let cells = || self.readings.iter().zip(&self.layout.maxima);
        let points = |reading: &Reading| match reading {
            Reading::Code(points) | Reading::WithFraction(points) if *points <= GREATEST_POINTS => {
                Some(u16::from(*points))
            }
            _ => None,
        };
        let maxima = cells().filter(|(_, max)| max.is_some()).count();
        let equal = cells().filter(|(reading, max)| max.is_some() && points(reading) == **max).count();
        let beyond = cells().any(|(reading, max)| max.is_some_and(|max| points(reading).is_some_and(|own| max < own)));
        if maxima != 0 && equal == maxima {
            "числа равны максимумам заданий"
        } else if beyond {
            "числа больше максимумов, похоже на суммы или число участников"
        } else if self.readings.contains(&Reading::Unreadable) {
            "похоже на средние или проценты"
        } else {
            "чьи это баллы, неизвестно"
        }
    }

    /// A cell of the school without a letter or digit, or with a sentence.
    fn school_that_is_none(&self, row: u32) -> Option<Note> {
        if !self.school_of_file.is_empty() {
            return None;
        }
        let fields = [Field::School, Field::SchoolName];
        let field = fields.into_iter().find(|field| !self.is_blank(row, *field))?;
        let column = self.column(field);
        let message = "в ячейке школы стоит не логин и не код: строка не учтена";
        self.is_no_code(row, field).then(|| self.scene.note(&ROW_WITHOUT_SCHOOL, row, column, message))
    }
}
