//! What an extractor is given, and what it takes from a sheet.

use crate::Settings;
use crate::detect::Candidate;
use crate::head::Placed;
use crate::header_index::HeaderIndex;
use rustc_hash::FxHashSet;
use srez_model::action::Action;
use srez_model::appeal::Appeal;
use srez_model::block::Block;
use srez_model::delivery::RowCounts;
use srez_model::descriptor::Descriptors;
use srez_model::facts::FactTable;
use srez_model::form::FormProfile;
use srez_model::note::{Note, NoteDefinition};
use srez_model::place::School;
use srez_model::raw_sheet::{RawCell, RawSheet};
use srez_model::reference::ReferenceTable;
use std::cell::OnceCell;

/// A sheet with the profile that fits it: what an extractor is given.
pub(crate) struct Scene<'a> {
    pub(crate) settings: &'a Settings<'a>,
    pub(crate) index: &'a HeaderIndex,
    pub(crate) profile: &'a FormProfile,
    pub(crate) file: &'a str,
    pub(crate) sheet: &'a RawSheet,
    pub(crate) found: &'a Candidate,
    /// Subject over the columns, where works stand side by side.
    pub(crate) group: Option<&'a Placed>,
    /// Names of places in the column of municipalities, found when first asked for.
    pub(crate) places: OnceCell<FxHashSet<String>>,
}

impl Scene<'_> {
    /// A note at a cell of the sheet; row and column counted from 0.
    pub(crate) fn note(&self, code: &NoteDefinition, row: u32, column: u32, message: impl Into<String>) -> Note {
        Note::about_file(code, self.file, message).at_sheet(&self.sheet.name).at(row + 1, column + 1)
    }

    /// A note about the sheet as a whole.
    pub(crate) fn sheet_note(&self, code: &NoteDefinition, message: impl Into<String>) -> Note {
        Note::about_file(code, self.file, message).at_sheet(&self.sheet.name)
    }

    /// True where a cell says nothing: a formula without a value does not, and an empty form is full of them.
    pub(crate) fn is_blank(&self, cell: RawCell) -> bool {
        cell == RawCell::FormulaWithoutValue || self.sheet.is_blank(cell)
    }

    /// True where nothing stands in a row.
    pub(crate) fn is_blank_row(&self, row: u32) -> bool {
        self.sheet.row(row).iter().all(|cell| self.is_blank(*cell))
    }
}

/// What an extractor takes from one sheet.
#[derive(Default)]
pub(crate) struct Extracted {
    pub(crate) blocks: Vec<ExtractedBlock>,
    pub(crate) references: Vec<ReferenceTable>,
    pub(crate) facts: Vec<FactTable>,
    pub(crate) appeals: Vec<Appeal>,
    pub(crate) descriptors: Vec<Descriptors>,
    pub(crate) schools: Vec<School>,
    pub(crate) actions: Vec<Action>,
    /// Rows in no block.
    pub(crate) rows: RowCounts,
    pub(crate) reasons: Vec<String>,
    pub(crate) notes: Vec<Note>,
}

/// A block, and what is needed to join the sheet of classes to it.
pub(crate) struct ExtractedBlock {
    pub(crate) block: Block,
    /// Index of the profile.
    pub(crate) profile: usize,
    /// Grade of the classes.
    pub(crate) class_grade: u8,
}
