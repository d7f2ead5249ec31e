//! Where files meet: other tasks, other scale, two deliveries, several attempts, unknown schools. One question per file.

mod appeals;
mod attempts;
mod corrections;
mod declared_mark;
mod deliveries;
mod same_bytes;
mod scale;
mod school_code;
mod tasks;
mod textbooks;
mod unknown_school;

use crate::model::appeal::Appeal;
use crate::model::assessment::{Exam, ExamKey, SubjectCatalogue};
use crate::model::block::{Block, RowState};
use crate::model::corrections::{CheckRecord, Corrections};
use crate::model::facts::FactTable;
use crate::model::note::{Note, NoteCode, Noted};
use crate::model::place::Register;
use crate::model::threshold::Thresholds;
use std::collections::BTreeMap;

pub use same_bytes::{same_bytes, same_bytes_note};

/// What the questions need to know.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'a> {
    /// The register of schools; empty where there is none.
    pub register: &'a Register,
    /// Subjects, for the names of exams without specification.
    pub subjects: &'a SubjectCatalogue,
    /// Thresholds in force.
    pub thresholds: &'a Thresholds,
    /// Facts of reference forms: textbooks of schools.
    pub facts: &'a [FactTable],
    /// Appeals, in the order of their files.
    pub appeals: &'a [Appeal],
}

/// All that came of one exam: its blocks agree on tasks and scale.
#[derive(Clone, Debug, PartialEq)]
pub struct ExamResults {
    /// The exam.
    pub exam: Exam,
    /// Blocks in the order of their files and sheets.
    pub blocks: Vec<Block>,
}

/// The codes of this room, in order.
pub const CODES: &[&NoteCode] = &[
    &tasks::CODE,
    &scale::OTHER_SCALE,
    &scale::RECOVERED,
    &declared_mark::CODE,
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
];

/// True for a note that says that the rows of a file stand in another file too.
pub fn says_repeated(note: &Note) -> bool {
    [&same_bytes::CODE, &same_bytes::OTHER_IDENTITY, &deliveries::SAME].iter().any(|code| code.id == note.code)
}

/// What the schools have mended since the check before.
pub fn corrected(former: &CheckRecord, now: &CheckRecord) -> Corrections {
    corrections::compare(former, now)
}

/// Brings the blocks of all files together, exam by exam.
pub fn reconcile(settings: &Settings<'_>, blocks: Vec<(Exam, Block)>) -> Noted<Vec<ExamResults>> {
    let mut notes = Vec::new();
    let mut of_exam: BTreeMap<ExamKey, Vec<(Exam, Block)>> = BTreeMap::new();
    for (exam, block) in blocks {
        of_exam.entry(exam.key.clone()).or_default().push((exam, block));
    }
    let mut results = Vec::new();
    for mut pairs in of_exam.into_values() {
        pairs.sort_by(|(_, first), (_, second)| (&first.file, &first.sheet).cmp(&(&second.file, &second.sheet)));
        let mut of_exam = tasks::agree(pairs, &mut notes);
        name_subject(settings.subjects, &mut of_exam.exam);
        scale::agree(settings.thresholds, &mut of_exam, &mut notes);
        declared_mark::check(&of_exam, &mut notes);
        results.push(of_exam);
    }
    // Before attempts: an appeal corrects one attempt, and the last attempt counts as corrected.
    appeals::apply(settings.appeals, &mut results, &mut notes);
    // After appeals, which name a school as the protocol does; before everything that counts by school.
    school_code::mend(settings, &mut results, &mut notes);
    for of_exam in &mut results {
        if of_exam.exam.key.procedure.has_attempts() {
            attempts::keep_last(&mut of_exam.blocks, &mut notes);
        } else {
            deliveries::keep_one(&mut of_exam.blocks, &mut notes);
        }
    }
    textbooks::fill(settings.facts, settings.register, &mut results);
    unknown_school::check(settings.register, &results, &mut notes);
    Noted { value: results, notes }
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
fn note_about(code: &NoteCode, block: &Block, message: String) -> Note {
    Note::about_file(code, &block.file, message).at_sheet(&block.sheet)
}
