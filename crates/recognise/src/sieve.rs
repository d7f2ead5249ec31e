//! What no table of one row per school, group or participant may take for data, whichever form it is.

use super::codes::HEADER_REORDERED;
use super::strange_row::{Strange, StrangeRows};
use super::{Extracted, Scene, ragged_row};

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
                let Some(note) = ragged_row::note(self.scene, row) else { return true };
                extracted.notes.push(note);
                extracted.rows.rejected += 1;
            }
        }
        false
    }
}
