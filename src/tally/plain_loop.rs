//! Counting by a plain loop: the measure of the polars engine, and its check.

use super::assemble::{Counted, Counter, tally};
use super::{TallyEngine, TallyRequest};
use crate::error::Result;
use crate::model::tally::Tally;

/// Sorts the keys of a column and counts runs of equal ones.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainLoop;

impl TallyEngine for PlainLoop {
    fn tally(&self, request: &TallyRequest<'_>) -> Result<Tally> {
        tally(request, self)
    }
}

impl Counter for PlainLoop {
    fn count(&self, mut keys: Vec<u64>) -> Result<Vec<Counted>> {
        keys.sort_unstable();
        let runs = keys.chunk_by(|left, right| left == right);
        Ok(runs.filter_map(|run| Some((*run.first()?, u32::try_from(run.len()).unwrap_or(u32::MAX)))).collect())
    }
}
