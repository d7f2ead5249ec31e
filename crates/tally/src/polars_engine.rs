//! Counting by polars, a group-by on one integer column: a second engine that the plain loop is checked against.

use super::assemble::{Counted, Counter, NO_VALUE, Seats, tally};
use super::{TallyEngine, TallyRequest};
use polars::prelude::*;
use rayon::prelude::*;
use srez_model::error::{Error, Result};
use srez_model::tally::Tally;

/// Eager group-by of polars over sorted keys, on one thread per column.
///
/// The columns are spread over threads outside of it, so that its own thread pool has no part in the work and cannot
/// wait for ours. Sorting first takes half the time of a group-by that hashes, and equal keys then are slices.
#[derive(Clone, Copy, Debug, Default)]
pub struct PolarsEngine;

impl TallyEngine for PolarsEngine {
    fn tally(&self, request: &TallyRequest<'_>) -> Result<Tally> {
        tally(request, self)
    }
}

impl Counter for PolarsEngine {
    fn count(
        &self,
        seats: &Seats,
        columns: usize,
        values: impl Fn(usize) -> Vec<u64> + Sync,
    ) -> Result<Vec<Vec<Counted>>> {
        let count = |column| {
            let values = values(column);
            let value = |row: &u32| values.get(*row as usize).copied().unwrap_or(NO_VALUE);
            let pairs = seats.base.iter().zip(seats.row.iter().map(value)).filter(|(_, value)| *value != NO_VALUE);
            count(pairs.map(|(base, value)| base | value).collect())
        };
        let counted: PolarsResult<_> = (0..columns).into_par_iter().map(count).collect();
        counted.map_err(|_| {
            Error::run("подсчёт результатов не выполнен: столбец ключей не сгруппирован")
                .hint("запустите программу ещё раз; если ошибка повторится, сообщите о ней разработчикам")
        })
    }
}

/// Distinct keys, sorted, with the number of each.
fn count(keys: Vec<u64>) -> PolarsResult<Vec<Counted>> {
    let options = SortOptions { multithreaded: false, ..SortOptions::default() };
    let keys = UInt64Chunked::from_vec("key".into(), keys).sort_with(options);
    let column = keys.clone().into_column();
    let frame = DataFrame::new(column.len(), vec![column.clone()])?;
    let groups = frame.group_by_with_series(vec![column], false, false)?;
    let counted = groups.get_groups().iter().map(|group| {
        let n = u32::try_from(group.len()).unwrap_or(u32::MAX);
        (keys.get(group.first() as usize).unwrap_or(0), n)
    });
    Ok(counted.collect())
}
