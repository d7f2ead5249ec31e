//! A share with its Wilson interval.

use srez_model::measures::Interval;
use srez_model::unit::Percent;
use srez_statistics::wilson;

/// Share of `part` in `whole`; none if `whole` is 0.
pub(super) fn from_counts(part: u64, whole: u64) -> Option<Interval> {
    around(Percent::of(part, whole)?, whole)
}

/// Interval of a share observed in `n` participants; it need not be a count of them.
pub(super) fn around(value: Percent, n: u64) -> Option<Interval> {
    let (low, high) = wilson::interval(value.0 / 100.0, n)?;
    Some(Interval { value, low: Percent(100.0 * low), high: Percent(100.0 * high) })
}
