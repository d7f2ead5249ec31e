//! From the rows of an exam to counts, the only heavy step.
//!
//! Rows become integers once (`grouped_rows`), every table of the tally is then a count of equal keys (`key`), and an
//! engine is a way to count them.
//!
//! In: the rows of one exam. Out: a [`Tally`], from which every number is computed.
//!
//! Invariants:
//! - Both engines agree with a loop over rows (`both_engines_agree_with_a_loop_over_rows`).
//! - Order and splitting of the rows change nothing, and tallies of two halves add up
//!   (`order_and_splitting_change_nothing`, `tallies_of_two_halves_add_up`).

mod assemble;
mod demands;
mod grouped_rows;
mod key;
mod own_level;
mod plain_loop;
#[cfg(any(test, feature = "polars"))]
mod polars_engine;
mod purified;
mod row_patterns;
mod school_sums;
mod skills;

pub use plain_loop::PlainLoop;
#[cfg(any(test, feature = "polars"))]
pub use polars_engine::PolarsEngine;
pub use purified::purified;
pub use row_patterns::row_patterns;

use srez_model::assessment::Exam;
use srez_model::block::Block;
use srez_model::error::Result;
use srez_model::place::Places;
use srez_model::tally::Tally;
use std::sync::Arc;

/// What is counted: the rows of one exam.
#[derive(Clone, Debug)]
pub struct TallyRequest<'a> {
    /// The exam; its tasks are the tasks of the tally.
    pub exam: Arc<Exam>,
    /// Blocks of this exam, validated; only accepted and absent rows are looked at.
    pub blocks: &'a [Block],
    /// Where the schools of the blocks stand.
    pub places: &'a Places,
    /// True where a form of the exam lists absent pupils, so that none listed means none absent.
    pub lists_absent: bool,
}

/// A way to count.
pub trait TallyEngine: Sync {
    /// Counts the rows of one exam.
    ///
    /// # Errors
    /// Where the engine fails; never because of what stands in the rows.
    fn tally(&self, request: &TallyRequest<'_>) -> Result<Tally>;
}

#[cfg(test)]
mod tests;
