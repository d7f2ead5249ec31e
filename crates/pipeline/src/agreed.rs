//! Exams as the history holds them, with tasks, scale and marks on which all that is held agrees.

use rayon::prelude::*;
use srez_config::plan::Plan;
use srez_model::assessment::{Exam, ExamKey};
use srez_model::block::Block;
use srez_model::error::Result;
use srez_model::note::Note;
use srez_model::threshold::Thresholds;
use srez_reconcile::{Agreement, ExamResults};
use srez_store::Snapshot;
use std::collections::BTreeSet;

/// Rows of one exam that are in force, in agreement.
pub(super) struct Held {
    /// The exam as it is counted.
    pub(super) exam: Exam,
    /// Its blocks; rows of other papers are rejected.
    pub(super) blocks: Vec<Block>,
    agreement: Option<Agreement>,
    /// One note for every block of another paper.
    notes: Vec<Note>,
}

/// Reads an exam at a version of the history.
///
/// # Errors
/// Where the history does not hold the exam, or a data file is missing or damaged.
pub(super) fn read(thresholds: &Thresholds, history: &Snapshot, key: &ExamKey) -> Result<Held> {
    let stored = history.read(key)?;
    Ok(agree(thresholds, stored.exam, stored.blocks))
}

fn agree(thresholds: &Thresholds, specified: Exam, mut blocks: Vec<Block>) -> Held {
    let shown: Vec<Exam> = blocks.iter_mut().map(|block| srez_validate::shown(&specified, block)).collect();
    let pairs: Vec<(&Exam, &Block)> = shown.iter().zip(&blocks).collect();
    let agreement = Agreement::of(thresholds, &pairs);
    let notes = agreement.iter().flat_map(|agreement| enforce(agreement, &shown, &mut blocks)).collect();
    let exam = agreement.as_ref().map_or(specified, |agreement| agreement.exam.clone());
    Held { exam, blocks, agreement, notes }
}

fn enforce(agreement: &Agreement, shown: &[Exam], blocks: &mut [Block]) -> Vec<Note> {
    shown.iter().zip(blocks).filter_map(|(shown, block)| agreement.enforce(shown, block)).collect()
}

/// Puts into force on the results of a run what the history with them agrees on; without a history, or where it holds
/// nothing of an exam, what the files of the run agree on. Blocks of earlier runs that do not agree any more are told
/// too.
///
/// # Errors
/// Where the history cannot be read.
pub(super) fn settle(
    plan: &Plan,
    history: Option<&Snapshot>,
    results: &mut [ExamResults],
    notes: &mut Vec<Note>,
) -> Result<()> {
    let known: BTreeSet<ExamKey> = history.map_or_else(BTreeSet::new, |history| history.exams().into_iter().collect());
    let made: Vec<Vec<Note>> = results
        .par_iter_mut()
        .map(|of_exam| {
            let held = match history.filter(|_| known.contains(&of_exam.exam.key)) {
                Some(history) => Some(read(&plan.thresholds, history, &of_exam.exam.key)?),
                None => None,
            };
            Ok(settle_exam(plan, held, of_exam))
        })
        .collect::<Result<_>>()?;
    notes.extend(made.into_iter().flatten());
    notes.sort();
    Ok(())
}

fn settle_exam(plan: &Plan, held: Option<Held>, of_exam: &mut ExamResults) -> Vec<Note> {
    let Some(Held { exam, agreement: Some(agreement), notes: of_held, .. }) = held else {
        let blocks = std::mem::take(&mut of_exam.blocks);
        let own = agree(&plan.thresholds, of_exam.exam.clone(), blocks);
        (of_exam.exam, of_exam.blocks) = (own.exam, own.blocks);
        let others = own.agreement.map_or_else(Vec::new, |agreement| agreement.notes(of_exam));
        return own.notes.into_iter().chain(others).collect();
    };
    let specified = std::mem::replace(&mut of_exam.exam, exam);
    let shown: Vec<Exam> = of_exam.blocks.iter_mut().map(|block| srez_validate::shown(&specified, block)).collect();
    let mut notes = enforce(&agreement, &shown, &mut of_exam.blocks);
    let own: BTreeSet<&str> = of_exam.blocks.iter().map(|block| block.file.as_str()).collect();
    notes.extend(of_held.into_iter().filter(|note| !own.contains(note.file.as_str())));
    notes.extend(agreement.notes(of_exam));
    notes
}
