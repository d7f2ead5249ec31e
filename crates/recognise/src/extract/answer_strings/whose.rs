//! Whose row of a protocol it is: the school and the participant.

use super::table::{RowPlace, Table};
use crate::class_name::{ClassName, normalise, odd_class};
use crate::codes::{CODE_WITH_FRACTION, ODD_CLASS};
use crate::points::whole_in_cell;
use crate::spelling::tidy;
use crate::{pseudonym, school_key};
use srez_model::form::Field;
use srez_model::note::{Note, quoted};
use srez_model::place::without_fraction;

impl Table<'_> {
    /// Login or code of the school; empty where the row has none.
    pub(super) fn school_key(&self, place: &RowPlace, notes: &mut Vec<Note>) -> String {
        let written = self.text(place, Field::School);
        let key = school_key::of_code(&written);
        if without_fraction(&written) != written {
            let message = format!("код {} прочитан как {key}", quoted(&written));
            notes.push(self.note(&CODE_WITH_FRACTION, place, Field::School, &message).found(written));
        }
        key
    }

    /// The class; a spelling that is not understood is told once.
    pub(super) fn class(&self, place: &RowPlace, grade: u8, notes: &mut Vec<Note>) -> String {
        let settings = self.scene.settings;
        let none = &self.scene.profile.codes.no_class;
        let ClassName { name, odd } = normalise(&self.text(place, Field::Class), grade, none, &settings.pseudonym_key);
        if let Some(how) = odd {
            let message = odd_class(how, &name);
            if !notes.iter().any(|note| note.code == ODD_CLASS.id && note.message == message) {
                notes.push(self.note(&ODD_CLASS, place, Field::Class, &message));
            }
        }
        name
    }

    /// Column of a result in a row without number and school; none where the row is a line of text, such as a label
    /// with a number behind it.
    pub(super) fn points_of_nobody(&self, row: u32) -> Option<u32> {
        let sheet = self.scene.sheet;
        let place = |field: Field| self.columns().get(&field).map(|column| self.filled(row, *column));
        let filled = |field: &Field| place(*field).is_some_and(|column| !sheet.is_blank(sheet.cell(row, column)));
        let whole = |column: &u32| whole_in_cell(sheet, sheet.cell(row, *column)).is_some();
        let answers = |column: &u32| {
            let text = tidy(&sheet.text(row, *column));
            !text.is_empty() && !text.chars().any(char::is_alphabetic)
        };
        let results = [Field::Total, Field::TestScore, Field::Mark].into_iter().filter_map(place).find(whole);
        let parts = [Field::ShortAnswers, Field::ExtendedAnswers, Field::OralAnswers];
        let column = results.or_else(|| parts.into_iter().filter_map(place).find(answers))?;
        let is_line = sheet.row(row).iter().any(|cell| sheet.show(*cell).chars().any(char::is_alphabetic));
        let of_person = [Field::Surname, Field::GivenName, Field::Patronymic, Field::Class, Field::DocumentNumber];
        (of_person.iter().any(filled) || !is_line).then_some(column)
    }

    /// A pseudonym over names and document; without names and document the row number alone.
    pub(super) fn participant(&self, place: &RowPlace, school: &str) -> String {
        let joined = |fields: &[Field]| {
            let texts: Vec<String> =
                fields.iter().map(|field| self.text(place, *field)).filter(|text| !text.is_empty()).collect();
            texts.join(" ")
        };
        let names = joined(&[Field::Surname, Field::GivenName, Field::Patronymic]);
        let document = joined(&[Field::Document, Field::DocumentNumber]);
        if names.is_empty() && document.is_empty() {
            return format!("строка {}", place.row + 1);
        }
        pseudonym::of(&self.scene.settings.pseudonym_key, school, &names, &document)
    }
}
