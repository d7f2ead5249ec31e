//! Participants in several units of one school that came with different versions: which row counts.
//!
//! It happens when a class is renamed, a correction moves a pupil to another class, or an exam is sat again on another
//! day. The units stay as delivered; one of the participant's rows is in force: of attempts the last by date, otherwise
//! the one delivered last. Rows of one version were already checked together.

use super::block_rows;
use super::history::Held;
use super::unit::units;
use rustc_hash::{FxHashMap, FxHashSet};
use srez_model::block::{Block, RowState};

/// What decides between two rows of a participant: took part (for attempts), day, version.
type Rank<'a> = (bool, &'a str, u64);

/// Keeps one row of every participant.
pub(super) fn keep_one(held: &Held, blocks: &mut Vec<Block>) {
    let schools = schools_with_several_ranks(held);
    if schools.is_empty() {
        return;
    }
    let ranks: Vec<Vec<Option<Rank<'_>>>> = blocks.iter().map(|block| ranks(held, &schools, block)).collect();
    let mut best: FxHashMap<(&str, &str), Rank<'_>> = FxHashMap::default();
    for (block, ranks) in blocks.iter().zip(&ranks) {
        for (row, rank) in ranks.iter().enumerate() {
            if let Some(rank) = rank {
                let seen = best.entry((block.school.name(row), block.participant.name(row))).or_insert(*rank);
                *seen = (*seen).max(*rank);
            }
        }
    }
    let kept: Vec<Vec<usize>> = blocks
        .iter()
        .zip(&ranks)
        .map(|(block, ranks)| {
            let is_best = |row: &usize| {
                let rank = ranks.get(*row).copied().flatten();
                let best = best.get(&(block.school.name(*row), block.participant.name(*row)));
                rank.is_none() || best == rank.as_ref()
            };
            (0..block.rows()).filter(is_best).collect()
        })
        .collect();
    for (block, kept) in blocks.iter_mut().zip(&kept) {
        if kept.len() < block.rows() {
            *block = block_rows::take(block, kept);
        }
    }
    blocks.retain(|block| block.rows() > 0);
}

/// Schools whose units came with more than one version or day; only there can a participant appear twice.
fn schools_with_several_ranks(held: &Held) -> FxHashSet<&str> {
    let mut first: FxHashMap<&str, (&str, u64)> = FxHashMap::default();
    let mut schools = FxHashSet::default();
    for (key, unit) in &held.units {
        let rank = (key.date.as_str(), unit.since);
        if *first.entry(&key.school).or_insert(rank) != rank {
            schools.insert(key.school.as_str());
        }
    }
    schools
}

/// Rank of every row; none if the row has no rivals: it has no participant, or its school is not one of these.
fn ranks<'a>(held: &'a Held, schools: &FxHashSet<&str>, block: &Block) -> Vec<Option<Rank<'a>>> {
    let (keys, of_row) = units(block);
    let of_unit: Vec<Option<(&str, u64)>> = keys
        .iter()
        .map(|key| {
            let (key, unit) = held.units.get_key_value(key).filter(|_| schools.contains(key.school.as_str()))?;
            Some((key.date.as_str(), unit.since))
        })
        .collect();
    let has_attempts = block.exam.procedure.has_attempts();
    of_row
        .iter()
        .enumerate()
        .map(|(row, unit)| {
            let (date, since) = of_unit.get(*unit).copied().flatten()?;
            let took_part = has_attempts && block.state.get(row) == Some(&RowState::Accepted);
            (!block.participant.name(row).is_empty()).then_some((took_part, date, since))
        })
        .collect()
}
