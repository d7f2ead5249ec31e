//! Whose row of a protocol it is: the school and the participant.

use super::table::Table;
use crate::class_name::{ClassName, normalise, odd_class};
use crate::codes::{CODE_WITH_FRACTION, ODD_CLASS};
use crate::detect::Columns;
use crate::{pseudonym, school_key};
use srez_model::form::Field;
use srez_model::note::{Note, quoted};
use srez_model::place::without_fraction;

impl Table<'_> {
    /// Login or code of the school; empty where the row has none.
    pub(super) fn school_key(&self, place: &(u32, Columns), notes: &mut Vec<Note>) -> String {
        let written = self.text(place, Field::School);
        let key = school_key::of_code(&written);
        if without_fraction(&written) != written {
            let message = format!("код {} прочитан как {key}", quoted(&written));
            notes.push(self.note(&CODE_WITH_FRACTION, place, Field::School, &message).found(written));
        }
        key
    }

    /// The class; a spelling that is not understood is told once.
    pub(super) fn class(&self, place: &(u32, Columns), grade: u8, notes: &mut Vec<Note>) -> String {
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

    /// A pseudonym over names and document; without names and document the row number alone.
    pub(super) fn participant(&self, place: &(u32, Columns), school: &str) -> String {
        let joined = |fields: &[Field]| {
            let texts: Vec<String> =
                fields.iter().map(|field| self.text(place, *field)).filter(|text| !text.is_empty()).collect();
            texts.join(" ")
        };
        let names = joined(&[Field::Surname, Field::GivenName, Field::Patronymic]);
        let document = joined(&[Field::Document, Field::DocumentNumber]);
        if names.is_empty() && document.is_empty() {
            return format!("строка {}", place.0 + 1);
        }
        pseudonym::of(&self.scene.settings.pseudonym_key, school, &names, &document)
    }
}
