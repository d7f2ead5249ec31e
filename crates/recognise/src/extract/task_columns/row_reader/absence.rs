//! Who was not there: in the whole work, or in one of its lessons.

use super::RowReader;
use crate::spelling::fold;
use srez_model::form::Field;
use srez_model::raw_sheet::RawCell;

/// How much of a work a participant missed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Absence {
    /// Nothing.
    None,
    /// One of two lessons.
    Part,
    /// All of it.
    Whole,
}

impl RowReader<'_> {
    /// The lesson in which the participant was absent, where only one of the two is marked so.
    pub(super) fn missed_lesson(&mut self, row: u32) -> Option<u8> {
        match (self.is_absent(row, Field::Variant), self.is_absent(row, Field::SecondVariant)) {
            (true, false) => Some(1),
            (false, true) => Some(2),
            _ => None,
        }
    }

    pub(super) fn absence(&mut self, row: u32) -> Absence {
        // Who was not there wrote no part, whatever stands in the variant.
        if self.is_absent(row, Field::Presence) {
            return Absence::Whole;
        }
        let (mut absent, mut present) = (false, false);
        for field in [Field::Variant, Field::SecondVariant, Field::Presence] {
            if !self.is_blank(row, field) {
                let is_absent = self.is_absent(row, field);
                absent |= is_absent;
                present |= !is_absent;
            }
        }
        match (absent, present) {
            (false, _) => Absence::None,
            (true, true) => Absence::Part,
            (true, false) => Absence::Whole,
        }
    }

    /// True where a cell says that the participant was absent; asked once for every text.
    pub(super) fn is_absent(&mut self, row: u32, field: Field) -> bool {
        let RawCell::Text(text) = self.cell(row, field) else { return false };
        let (sheet, words) = (self.scene.sheet, &self.absent_words);
        *self.absent_by_text.entry(text).or_insert_with(|| words.contains(&fold(sheet.string(text))))
    }
}
