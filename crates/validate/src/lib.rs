//! One block of results against its exam: maxima, totals, marks, duplicates. One rule per file.
//!
//! In: a block and its specification. Out: the block with totals and results filled in, and notes.
//!
//! Invariants:
//! - A rule that panics costs one block (`a_rule_that_panics_costs_one_block`).
//! - Rules do not use each other (`cargo xtask tidy`).
//! - Of the workspace it depends on `model` only (Cargo).

mod broken_off;
mod chosen_task;
mod declared_test_score;
mod declared_total;
mod duplicate_participant;
mod empty_form;
mod over_maximum;
mod participant_code_length;
mod scoring;
mod specification;
mod zeroing;

use srez_model::assessment::{Exam, ExamCatalogue};
use srez_model::block::Block;
use srez_model::note::{Note, NoteDefinition, Noted};
use srez_model::threshold::Thresholds;

/// What the rules need to know.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'a> {
    /// Specifications at hand.
    pub exams: &'a ExamCatalogue,
    /// Thresholds in force.
    pub thresholds: &'a Thresholds,
}

/// A block whose totals and results are filled, and the specification behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Validated {
    pub block: Block,
    /// The specification as it stands, whatever the header of the block is; without tasks and scale where there is
    /// none.
    pub exam: Exam,
}

/// The codes of this room, in order.
pub const CODES: &[&NoteDefinition] = &[
    &over_maximum::CODE,
    &declared_total::CODE,
    &declared_test_score::CODE,
    &duplicate_participant::SAME,
    &duplicate_participant::DIFFERENT,
    &duplicate_participant::LATER,
    &empty_form::CODE,
    &specification::OTHER_TASKS,
    &specification::NO_SPECIFICATION,
    &specification::DRAFT,
    &participant_code_length::CODE,
    &broken_off::CODE,
    &zeroing::CODE,
];

/// Checks a block and fills its totals and results; none where nothing in it can be used. A fault of a rule costs the
/// block, and never the run.
pub fn validate(settings: &Settings<'_>, block: Block) -> Noted<Option<Validated>> {
    broken_off::guarded(block, |block| check(settings, block))
}

fn check(settings: &Settings<'_>, mut block: Block) -> Noted<Option<Validated>> {
    let mut notes = Vec::new();
    if empty_form::is_empty(&block) {
        notes.push(empty_form::note(&block));
        return Noted { value: None, notes };
    }
    let specified = specification::behind(settings.exams, &block).into_value(&mut notes);
    chosen_task::join(&specified, &mut block);
    let exam = specification::fit(&specified, &mut block).into_value(&mut notes);
    over_maximum::check(&exam, &mut block, &mut notes);
    zeroing::check(&exam, &mut block, &mut notes);
    duplicate_participant::check(&mut block, &mut notes);
    participant_code_length::check(settings.thresholds, &block, &mut notes);
    scoring::fill(&exam, &mut block);
    declared_total::check(&block, &mut notes);
    declared_test_score::check(&exam, &block, &mut notes);
    Noted { value: Some(Validated { block, exam: specified }), notes }
}

/// The exam as a validated block shows it: its specification, refined by the header; or what the header told.
pub fn shown(specified: &Exam, block: &mut Block) -> Exam {
    specification::fit(specified, block).value
}

/// A note at a cell of a block.
fn note_at(code: &NoteDefinition, block: &Block, row: usize, column: u32, message: String) -> Note {
    let row = block.row.get(row).copied().unwrap_or(0);
    Note::about_file(code, &block.file, message).at_sheet(&block.sheet).at(row, column)
}
