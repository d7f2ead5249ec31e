//! What this check has to remember, so that the next one can say what was mended.

use super::Settled;
use super::addresses::Addresses;
use super::recipients::{Concern, is_current, is_home};
use srez_config::plan::Plan;
use srez_model::assessment::ExamKey;
use srez_model::block::{Block, RowState};
use srez_model::corrections::{CheckRecord, Corrections, Fault, PastChecks};
use srez_model::delivery::FileEntry;
use srez_model::error::{Error, Result};
use srez_model::note::Note;
use srez_reconcile::ExamResults;
use srez_store::{Former, FormerChecks, Snapshot};
use std::collections::{BTreeMap, BTreeSet};

/// A check before its results are in the store.
#[derive(Clone, Debug, Default)]
pub(crate) struct Check {
    record: CheckRecord,
    /// Exam, label of the school in the blocks, id of the school.
    units: BTreeSet<(ExamKey, String, String)>,
}

/// Takes down files, errors and warnings of the schools of the home municipality in the reported year.
pub(crate) fn check(settled: &Settled<'_>, concerns: &[Concern]) -> Check {
    let &Settled { plan, register, received, results, files } = settled;
    let addresses = Addresses::new(register);
    let mut check = Check { record: record(plan, files), units: BTreeSet::new() };
    let of_year = |of_exam: &&ExamResults| plan.year.is_none_or(|year| of_exam.exam.key.year == year);
    let mut blocks: BTreeMap<&str, Vec<(&ExamKey, &Block)>> = BTreeMap::new();
    for of_exam in results.iter().filter(of_year) {
        let key = &of_exam.exam.key;
        for block in &of_exam.blocks {
            blocks.entry(&block.file).or_default().push((key, block));
            for label in labels_that_count(block) {
                let school = addresses.school(label);
                if is_home(plan, &school) {
                    check.units.insert((key.clone(), label.to_owned(), school.id));
                }
            }
        }
    }
    for entry in files.iter().filter(|entry| is_current(plan, entry)) {
        let by_path = addresses.in_path(&entry.file.name).map(str::to_owned);
        let named: Vec<&String> =
            if entry.schools.is_empty() { by_path.iter().collect() } else { entry.schools.iter().collect() };
        for school in named.into_iter().filter(|school| is_home(plan, &addresses.school(school))) {
            let of_school = check.record.schools.entry(school.clone()).or_default();
            of_school.files.insert(entry.file.name.clone(), entry.file.blake3.clone());
        }
    }
    for concern in concerns {
        let notes = concern.notes.iter().filter_map(|place| received.notes.get(*place));
        let blocks = blocks.get(concern.file.as_str()).map_or(&[][..], Vec::as_slice);
        let of_school = check.record.schools.entry(concern.school.clone()).or_default();
        of_school.faults.extend(notes.map(|note| fault(note, blocks)));
    }
    for of_school in check.record.schools.values_mut() {
        of_school.faults.sort();
    }
    check
}

/// What came of the comparison with the check before.
pub(crate) struct FollowUp {
    /// To be kept for the next check.
    pub(crate) record: CheckRecord,
    /// What was mended; none where there was no check before.
    pub(crate) corrections: Option<Corrections>,
    /// Hash of the record of the check before; empty where there was none.
    pub(crate) compared_with: String,
    /// Later records that could not be understood.
    pub(crate) passed_over: u64,
    /// Records of earlier checks that are damaged.
    pub(crate) damaged: Vec<Error>,
    /// The check before, and an earlier one of the same inputs.
    pub(crate) checks: PastChecks,
}

/// Compares with the check before, or with the one that a manifest names, when the results are in the store.
///
/// # Errors
/// Where a record of the store cannot be read.
pub(crate) fn follow_up(store: &Snapshot, check: Check, named: Option<&str>) -> Result<FollowUp> {
    let Check { mut record, units } = check;
    for (exam, label, school) in units {
        if let Some(content) = store.content(&exam, &label) {
            let of_school = record.schools.entry(school).or_default();
            of_school.works.entry(exam.id()).or_default().push_str(&content);
        }
    }
    record.version = store.version();
    let FormerChecks { former, own } = store.former_check(&record, named)?;
    let Former { record: former, blake3: compared_with, passed_over, damaged } = former;
    let corrections = former.as_ref().map(|former| srez_reconcile::corrected(former, &record));
    Ok(FollowUp { record, corrections, compared_with, passed_over, damaged, checks: PastChecks { former, own } })
}

fn record(plan: &Plan, files: &[FileEntry]) -> CheckRecord {
    let mut hasher = blake3::Hasher::new();
    for entry in files {
        for part in [&entry.file.name, &entry.file.blake3] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
    }
    let inputs = hasher.finalize().to_hex().to_string();
    CheckRecord { date: plan.date.clone(), year: plan.year, inputs, with_warnings: true, ..CheckRecord::default() }
}

/// Labels of the schools of a block with a row that counts.
fn labels_that_count(block: &Block) -> BTreeSet<&str> {
    let counts = |row: &usize| matches!(block.state.get(*row), Some(RowState::Accepted | RowState::Absent));
    (0..block.rows()).filter(counts).map(|row| block.school.name(row)).collect()
}

fn fault(note: &Note, blocks: &[(&ExamKey, &Block)]) -> Fault {
    let on_sheet = blocks.iter().filter(|(_, block)| block.sheet == note.sheet);
    let by_row = on_sheet.clone().find(|(_, block)| block.row.binary_search(&note.row).is_ok());
    let exams: BTreeSet<String> = blocks.iter().map(|(exam, _)| exam.id()).collect();
    let exam = match (by_row, exams.len()) {
        (Some((exam, _)), _) => exam.id(),
        (None, 1) => exams.into_iter().next().unwrap_or_default(),
        _ => String::new(),
    };
    Fault {
        exam,
        file: note.file.clone(),
        sheet: note.sheet.clone(),
        row: note.row,
        column: note.column,
        code: note.code.to_string(),
        severity: note.severity,
    }
}
