//! What is replaced as a whole: a class of a school in an exam, on one day where the exam has attempts.

use rustc_hash::FxHashMap;
use srez_model::block::Block;
use std::fmt;

/// Key of a unit within its exam.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitKey {
    /// School as the blocks name it.
    pub school: String,
    /// Class; empty if the form has none.
    pub class: String,
    /// Day of the attempt; empty if the exam has no attempts: then a later day is a correction.
    pub date: String,
}

impl fmt::Display for UnitKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.school)?;
        if !self.class.is_empty() {
            write!(formatter, ", {}", self.class)?;
        }
        if !self.date.is_empty() {
            write!(formatter, ", {}", self.date)?;
        }
        Ok(())
    }
}

/// Day that is part of the key of all rows of a block.
pub(super) fn day(block: &Block) -> &str {
    if block.exam.procedure.has_attempts() { &block.date } else { "" }
}

/// Units of a block in the order of first appearance, and the unit of every row as an index.
pub(super) fn units(block: &Block) -> (Vec<UnitKey>, Vec<usize>) {
    let mut keys = Vec::new();
    let mut place_of: FxHashMap<(u32, u32), usize> = FxHashMap::default();
    let index = |labels: &[u32], row: usize| labels.get(row).copied().unwrap_or(u32::MAX);
    let of_row = (0..block.rows())
        .map(|row| {
            let pair = (index(&block.school.of_row, row), index(&block.class.of_row, row));
            *place_of.entry(pair).or_insert_with(|| {
                keys.push(UnitKey {
                    school: block.school.name(row).to_owned(),
                    class: block.class.name(row).to_owned(),
                    date: day(block).to_owned(),
                });
                keys.len() - 1
            })
        })
        .collect();
    (keys, of_row)
}
