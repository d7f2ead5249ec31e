//! Whose row of a protocol it is: the school and the participant.

use super::table::Table;
use crate::codes::CODE_WITH_FRACTION;
use crate::detect::Columns;
use crate::pseudonym;
use srez_model::form::Field;
use srez_model::note::Note;
use srez_model::place::{canonical_login, without_fraction};

impl Table<'_> {
    /// Login or code of the school; empty where the row has none.
    pub(super) fn school_key(&self, place: &(u32, Columns), notes: &mut Vec<Note>) -> String {
        let written = self.text(place, Field::School);
        let key = canonical_login(&written);
        if without_fraction(&written) != written {
            let message = format!("код «{written}» прочитан как {key}");
            notes.push(self.note(&CODE_WITH_FRACTION, place, Field::School, &message).found(written));
        }
        key
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
