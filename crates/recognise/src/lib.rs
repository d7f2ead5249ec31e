//! Recognition: from a raw sheet to results. A layout profile identifies the form, then identity and columns are read.
//!
//! In: raw sheets, one by one, so that a workbook's sheet can be dropped before the next is read. Out: blocks and
//! notes.
//!
//! Invariants:
//! - Names of pupils do not get through; a keyed pseudonym does (`no_name_leaves_the_room`,
//!   `no_name_leaves_the_protocols`).
//! - Whatever a sheet contains, no row is lost and nothing panics (`spoilt_sheets_lose_no_row`, fuzzing target).
//! - Every column that a profile declares is read (`the_value_of_every_declared_column_arrives_somewhere`), and none
//!   lets a name out (`no_column_of_any_form_lets_a_name_out`).
//! - A row that is no data changes no count (`a_strange_row_changes_no_count_and_is_set_aside_or_named`).
//! - What is not a number of points is never guessed (`what_is_no_number_of_points_is_never_guessed`).
//! - There is no disk and no clock: of the workspace it depends on `model` only (Cargo).

mod calendar;
mod class_name;
mod classes;
pub mod codes;
mod detect;
mod exam_title;
mod extract;
mod group_name;
mod head;
mod header_index;
mod header_words;
mod identity;
mod known_words;
mod label_column;
mod merged;
mod named_schools;
mod no_code;
mod points;
mod pseudonym;
mod ragged_row;
mod recogniser;
mod row_identity;
mod scene;
mod school_key;
mod sieve;
mod sketch;
mod spelling;
mod stacked;
mod strange_row;
mod summary_words;
mod task_header;
mod textbook;
#[cfg(test)]
mod trials;
mod withheld;

pub use codes::CODES;
pub use recogniser::Recogniser;

use scene::{Extracted, ExtractedBlock, Scene};
use srez_model::assessment::{ExamCatalogue, SubjectCatalogue};
use srez_model::form::FormProfile;

/// What the recogniser is told.
#[derive(Clone, Copy)]
pub struct Settings<'a> {
    /// Layout profiles.
    pub forms: &'a [FormProfile],
    /// Specifications; an exam without one is read by its header.
    pub exams: &'a ExamCatalogue,
    pub subjects: &'a SubjectCatalogue,
    /// Key of the pseudonyms of participants in protocols with names.
    pub pseudonym_key: [u8; 32],
}
