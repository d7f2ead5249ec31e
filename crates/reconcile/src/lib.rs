//! Where files meet: different tasks or scales, repeated deliveries, several attempts, unknown schools. One question
//! per file.
//!
//! In: validated blocks of all files. Out: the deliveries for the store, exam by exam, and notes.
//!
//! Invariants:
//! - Names and order of files, and how rows are distributed over files, change nothing (`tests/it/properties.rs`).
//! - Of two conflicting deliveries neither counts (`two_different_deliveries_are_both_left_out_whoever_comes_first`),
//!   unless a person decided which is right (`the_file_that_was_decided_on_counts_whatever_the_dates_say`).
//! - Of the workspace it depends on `model` only (Cargo).

mod actions;
mod agreement;
mod appeals;
mod attempts;
mod corrections;
mod decided;
mod deliveries;
mod municipality;
mod places;
mod printed_name;
mod same_bytes;
mod school_code;
mod schools_of_files;
mod textbooks;
mod unknown_school;

use srez_model::appeal::Appeal;
use srez_model::assessment::{Exam, ExamKey, SubjectCatalogue};
use srez_model::block::{Block, RowState};
use srez_model::corrections::{CheckRecord, Corrections};
use srez_model::note::{Note, NoteDefinition, Noted};
use srez_model::place::Register;
use srez_model::threshold::Thresholds;
use std::collections::{BTreeMap, BTreeSet};

pub use actions::check_actions;
pub use agreement::Agreement;
pub use appeals::{apply_late, is_about, unmatched_appeal};
pub use decided::{Preferences, form_note, no_results_note};
pub use municipality::printed_municipalities;
pub use places::{OFFICIAL_LIST, listed, places, register};
pub use same_bytes::{same_bytes, same_bytes_note};
pub use schools_of_files::{Sighting, with_schools_of_files};
pub use textbooks::Textbooks;

/// What the questions need to know.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'a> {
    /// The register of schools; empty where there is none.
    pub register: &'a Register,
    /// Subjects, for the names of exams without specification.
    pub subjects: &'a SubjectCatalogue,
    /// Thresholds in force.
    pub thresholds: &'a Thresholds,
    /// Appeals, in the order of their files.
    pub appeals: &'a [Appeal],
    /// Codes of schools of which the history holds results.
    pub codes: &'a BTreeSet<String>,
    /// Decisions on which of two files is right.
    pub preferences: &'a Preferences,
}

/// All that came of one exam in a run.
#[derive(Clone, Debug, PartialEq)]
pub struct ExamResults {
    /// The specification, until all that is held of the exam agrees on tasks and scale.
    pub exam: Exam,
    /// Blocks in the order of their files and sheets.
    pub blocks: Vec<Block>,
}

/// What came of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Reconciled {
    /// Exam by exam.
    pub results: Vec<ExamResults>,
    /// Appeals whose rows did not come with the run.
    pub late: Vec<Appeal>,
    /// Files with different results of the same participants; each pair once, the name that sorts first in front.
    pub rivals: BTreeSet<(String, String)>,
}

/// The codes of this room, in order.
pub const CODES: &[&NoteDefinition] = &[
    &agreement::OTHER_TASKS,
    &agreement::OTHER_SCALE,
    &agreement::SCALE_RECOVERED,
    &agreement::MARK_NOT_BY_SCALE,
    &deliveries::SAME,
    &deliveries::LATER,
    &deliveries::DIFFERENT,
    &attempts::EARLIER,
    &attempts::DIFFERENT,
    &unknown_school::CODE,
    &same_bytes::CODE,
    &appeals::CORRECTED,
    &appeals::UNMATCHED,
    &appeals::CONTRADICTS,
    &school_code::MENDED,
    &school_code::ODD_LENGTH,
    &same_bytes::OTHER_IDENTITY,
    &actions::UNKNOWN_SCHOOL,
    &actions::UNKNOWN_INDICATOR,
    &schools_of_files::SPELLINGS,
    &schools_of_files::HOME_UNKNOWN,
    &schools_of_files::HOME_ASSUMED,
    &schools_of_files::HOME_UNCLEAR,
    &schools_of_files::TWO_MUNICIPALITIES,
    &schools_of_files::NAMES,
    &agreement::SCALE_OPEN,
    &decided::NO_RESULTS,
    &decided::FORM,
    &decided::OTHER_FILE,
];

/// True for a note that says that the rows of a file stand in another file too.
pub fn says_repeated(note: &Note) -> bool {
    [&same_bytes::CODE, &same_bytes::OTHER_IDENTITY, &deliveries::SAME].iter().any(|code| code.id == note.code)
}

/// What the schools have mended since the check before.
pub fn corrected(former: &CheckRecord, now: &CheckRecord) -> Corrections {
    corrections::compare(former, now)
}

/// Brings the blocks of all files together, exam by exam; on tasks and scale they agree when the history is known.
pub fn reconcile(settings: &Settings<'_>, blocks: Vec<(Exam, Block)>) -> Noted<Reconciled> {
    let mut notes = Vec::new();
    let mut of_exam: BTreeMap<ExamKey, Vec<(Exam, Block)>> = BTreeMap::new();
    for (exam, block) in blocks {
        of_exam.entry(exam.key.clone()).or_default().push((exam, block));
    }
    let mut results = Vec::new();
    for pairs in of_exam.into_values() {
        let (exams, mut blocks): (Vec<Exam>, Vec<Block>) = pairs.into_iter().unzip();
        blocks.sort_by(|first, second| (&first.file, &first.sheet).cmp(&(&second.file, &second.sheet)));
        let Some(mut exam) = exams.into_iter().next() else { continue };
        name_subject(settings.subjects, &mut exam);
        results.push(ExamResults { exam, blocks });
    }
    // Before attempts: an appeal corrects one attempt, and the last attempt counts as corrected.
    let late = appeals::apply(settings.appeals, &mut results, &mut notes);
    // After appeals, which name a school as the protocol does; before everything that counts by school.
    school_code::mend(settings, &mut results, &mut notes);
    let mut rivals = BTreeSet::new();
    for of_exam in &mut results {
        let kinds = agreement::kinds(&of_exam.blocks);
        rivals.extend(if of_exam.exam.key.procedure.has_attempts() {
            attempts::keep_last(&mut of_exam.blocks, &kinds, settings.preferences, &mut notes)
        } else {
            deliveries::keep_one(&mut of_exam.blocks, &kinds, settings.preferences, &mut notes)
        });
    }
    unknown_school::check(settings.register, &results, &mut notes);
    Noted { value: Reconciled { results, late, rivals }, notes }
}

fn name_subject(subjects: &SubjectCatalogue, exam: &mut Exam) {
    if exam.subject_title.is_empty() {
        let known = subjects.iter().find(|subject| subject.slug == exam.key.subject);
        exam.subject_title = known.map_or_else(|| exam.key.subject.clone(), |subject| subject.title.clone());
    }
}

/// Puts every row of a block that still counts into another state.
fn set_rows(block: &mut Block, state: RowState, which: impl Fn(&Block, usize) -> bool) -> u32 {
    let rows: Vec<usize> = (0..block.rows())
        .filter(|row| {
            matches!(block.state.get(*row), Some(RowState::Accepted | RowState::Absent)) && which(block, *row)
        })
        .collect();
    for row in &rows {
        if let Some(seen) = block.state.get_mut(*row) {
            *seen = state;
        }
    }
    u32::try_from(rows.len()).unwrap_or(u32::MAX)
}

/// A note about a block as a whole.
fn note_about(code: &NoteDefinition, block: &Block, message: String) -> Note {
    Note::about_file(code, &block.file, message).at_sheet(&block.sheet)
}
