//! Appeals whose protocol came with an earlier run: they correct what the history holds, as they would have corrected
//! the protocol beside them.

use srez_model::appeal::Appeal;
use srez_model::assessment::ExamKey;
use srez_model::block::{Block, RowState};
use srez_model::error::Result;
use srez_model::note::Note;
use srez_reconcile::ExamResults;
use srez_store::{ExamDelivery, Snapshot};
use std::collections::{BTreeMap, BTreeSet};

/// Deliveries of the blocks of the history that appeals change; a note for every appeal, whether its row was found or
/// not.
///
/// What is changed already is delivered as it is, so that a period made again says the same. Blocks that the run
/// delivers itself are not touched: the newer protocol stands.
///
/// # Errors
/// Where the history cannot be read.
pub(super) fn apply(
    history: &Snapshot,
    late: &[Appeal],
    results: &[ExamResults],
    notes: &mut Vec<Note>,
) -> Result<Vec<ExamDelivery>> {
    let mut held: BTreeMap<ExamKey, ExamDelivery> = BTreeMap::new();
    let mut changed: BTreeSet<ExamKey> = BTreeSet::new();
    for appeal in late {
        let mut is_found = false;
        for key in history.exams().into_iter().filter(|key| srez_reconcile::is_about(appeal, key)) {
            if !held.contains_key(&key) {
                held.insert(key.clone(), delivered(history, &key, results)?);
            }
            let blocks = held.get_mut(&key).map(|delivery| delivery.blocks.as_mut_slice()).unwrap_or_default();
            if let Some(told) = srez_reconcile::apply_late(appeal, blocks) {
                is_found = true;
                notes.extend(told);
                changed.insert(key);
            }
        }
        if !is_found {
            notes.push(srez_reconcile::unmatched_appeal(appeal));
        }
    }
    held.retain(|key, _| changed.contains(key));
    Ok(held.into_values().collect())
}

/// What the history holds of an exam as it was delivered, without what the run delivers anew.
fn delivered(history: &Snapshot, key: &ExamKey, results: &[ExamResults]) -> Result<ExamDelivery> {
    let mut stored = history.delivered(key)?;
    let own = results.iter().find(|of_exam| of_exam.exam.key == *key);
    let anew: BTreeSet<(&str, &str, &str)> =
        own.into_iter().flat_map(|of_exam| &of_exam.blocks).flat_map(units_that_count).collect();
    for block in &mut stored.blocks {
        let places: Vec<usize> = (0..block.rows()).filter(|row| anew.contains(&unit(block, *row))).collect();
        for row in places {
            if let Some(state) = block.state.get_mut(row) {
                *state = RowState::Superseded;
            }
        }
    }
    // Of two specifications in one commit one wins by its text; the run's own must.
    let exam = own.map_or(stored.exam, |of_exam| of_exam.exam.clone());
    Ok(ExamDelivery { exam, blocks: stored.blocks })
}

fn units_that_count(block: &Block) -> impl Iterator<Item = (&str, &str, &str)> {
    let counts = |row: &usize| matches!(block.state.get(*row), Some(RowState::Accepted | RowState::Absent));
    (0..block.rows()).filter(counts).map(|row| unit(block, row))
}

/// School, class and day: what a later protocol replaces as a whole.
fn unit(block: &Block, row: usize) -> (&str, &str, &str) {
    (block.school.name(row), block.class.name(row), &block.date)
}
