//! The accounts of a run: every row of every file ends in exactly one place.

use super::receive::{Part, Received};
use rayon::prelude::*;
use srez_config::plan::Plan;
use srez_model::assessment::Exam;
use srez_model::block::{Block, RowState};
use srez_model::delivery::{FileEntry, FileStatus};
use srez_model::form::FormProfile;
use srez_model::note::{Note, NoteCode, Severity};
use srez_model::place::Register;
use srez_reconcile::ExamResults;
use srez_sheets::ReadState;
use std::collections::{BTreeMap, BTreeSet};

/// Validates the blocks of all files; a file whose bytes came before is superseded as a whole.
pub(super) fn validate(plan: &Plan, received: &mut Received) -> Vec<(Exam, Block)> {
    let hashes: Vec<&str> = received.parts.iter().map(|part| part.file.blake3.as_str()).collect();
    let first_of = srez_reconcile::same_bytes(&hashes);
    let names: Vec<String> = received.parts.iter().map(|part| part.file.name.clone()).collect();
    let identities: Vec<_> = received.parts.iter().map(|part| identity(&part.recognised.blocks)).collect();
    let mut blocks = Vec::new();
    for (place, (part, first)) in received.parts.iter_mut().zip(first_of).enumerate() {
        let taken = std::mem::take(&mut part.recognised.blocks);
        let Some(first) = first else {
            received.facts.append(&mut part.recognised.facts);
            received.appeals.append(&mut part.recognised.appeals);
            blocks.extend(taken);
            continue;
        };
        let lists = std::mem::take(&mut part.recognised.rows.accepted);
        part.recognised.rows.superseded += lists;
        for block in &taken {
            part.recognised.rows.superseded += block.count(RowState::Accepted) + block.count(RowState::Absent);
            part.recognised.rows.superseded += block.count(RowState::Superseded);
            part.recognised.rows.rejected += block.count(RowState::Rejected);
        }
        if !taken.is_empty() || lists > 0 {
            let alike = identities.get(place) == identities.get(first);
            received.notes.push(srez_reconcile::same_bytes_note(&part.file.name, &names[first], alike));
        }
    }
    let settings = srez_validate::Settings { exams: &plan.exams, thresholds: &plan.thresholds };
    let checked: Vec<_> = blocks
        .into_par_iter()
        .map(|block| {
            let (file, rows) = (block.file.clone(), block.rows());
            (file, rows, srez_validate::validate(&settings, block))
        })
        .collect();
    let mut pairs = Vec::new();
    for (file, rows, noted) in checked {
        match noted.into_value(&mut received.notes) {
            Some(validated) => pairs.push((validated.exam, validated.block)),
            None => {
                if let Some(part) = received.parts.iter_mut().find(|part| part.file.name == file) {
                    part.recognised.rows.rejected += u32::try_from(rows).unwrap_or(u32::MAX);
                }
            }
        }
    }
    pairs
}

/// Takes the facts and appeals of the files without their blocks, for who judges what the history holds; a file whose
/// bytes came before has none.
pub(super) fn take_facts(received: &mut Received) {
    let hashes: Vec<&str> = received.parts.iter().map(|part| part.file.blake3.as_str()).collect();
    let first_of = srez_reconcile::same_bytes(&hashes);
    for (part, _) in received.parts.iter_mut().zip(first_of).filter(|(_, first)| first.is_none()) {
        received.facts.append(&mut part.recognised.facts);
        received.appeals.append(&mut part.recognised.appeals);
    }
}

/// Exams and schools of the blocks of a file.
fn identity(blocks: &[Block]) -> BTreeSet<(String, String)> {
    let of_block = |block: &Block| {
        let exam = block.exam.id();
        block.school.names.iter().map(move |school| (exam.clone(), school.clone())).collect::<Vec<_>>()
    };
    blocks.iter().flat_map(of_block).collect()
}

/// One entry per file, in the order of their names.
pub(super) fn files(received: &Received, results: &[ExamResults], register: &Register) -> Vec<FileEntry> {
    let mut of_file: BTreeMap<&str, Vec<(&Exam, &Block)>> = BTreeMap::new();
    for of_exam in results {
        for block in &of_exam.blocks {
            of_file.entry(&block.file).or_default().push((&of_exam.exam, block));
        }
    }
    let mut notes: BTreeMap<&str, Vec<&Note>> = BTreeMap::new();
    for note in &received.notes {
        notes.entry(&note.file).or_default().push(note);
    }
    let none = Vec::new();
    let mut files: Vec<FileEntry> = received
        .parts
        .iter()
        .map(|part| {
            let blocks = of_file.get(part.file.name.as_str()).map_or(&[][..], Vec::as_slice);
            entry(part, blocks, notes.get(part.file.name.as_str()).unwrap_or(&none), register)
        })
        .collect();
    files.sort_by(|first, second| first.file.name.cmp(&second.file.name));
    files
}

fn entry(part: &Part, blocks: &[(&Exam, &Block)], notes: &[&Note], register: &Register) -> FileEntry {
    let mut rows = part.recognised.rows;
    let mut exams = BTreeSet::new();
    let mut schools = BTreeSet::new();
    for (exam, block) in blocks {
        rows.accepted += block.count(RowState::Accepted) + block.count(RowState::Absent);
        rows.absent += block.count(RowState::Absent);
        rows.rejected += block.count(RowState::Rejected);
        rows.superseded += block.count(RowState::Superseded);
        exams.insert(exam.id());
        schools.extend(block.school.names.iter().map(|label| {
            register
                .find(label)
                .and_then(|place| register.schools.get(place))
                .map_or(label.clone(), |school| school.id.clone())
        }));
    }
    let refused = notes.iter().any(|note| note.severity == Severity::RejectFile);
    let status = if part.state == ReadState::Skipped {
        let is_decided = notes.iter().any(|note| note.code == NoteCode::DecidedNoResults);
        if is_decided { FileStatus::SetAside } else { FileStatus::Skipped }
    } else if part.state == ReadState::Rejected || (refused && rows.accepted == 0) {
        FileStatus::Rejected
    } else if rows.accepted == 0 && rows.superseded > 0 {
        let repeats = notes.iter().any(|note| srez_reconcile::says_repeated(note));
        if repeats { FileStatus::Repeated } else { FileStatus::Superseded }
    } else if notes.is_empty() {
        FileStatus::Accepted
    } else {
        FileStatus::AcceptedWithNotes
    };
    FileEntry {
        file: part.file.clone(),
        form: part.recognised.form.clone(),
        form_score: part.recognised.form_score,
        exams: exams.into_iter().collect(),
        schools: schools.into_iter().collect(),
        rows,
        status,
    }
}

/// True where a form of these blocks has a word for absent pupils, so that none listed means none absent.
pub(super) fn lists_absent(forms: &[FormProfile], blocks: &[Block]) -> bool {
    blocks.iter().any(|block| {
        let profile = forms.iter().find(|profile| profile.id == block.form);
        profile.is_some_and(|profile| !profile.codes.absent.is_empty())
    })
}
