//! A share with its Wilson interval.

use srez_model::measures::Interval;
use srez_model::unit::Percent;
use srez_statistics::wilson;

/// Share of `part` in `whole`; none if `whole` is 0.
pub(super) fn from_counts(part: u64, whole: u64) -> Option<Interval> {
    wilson::around(Percent::of(part, whole)?, whole)
}
