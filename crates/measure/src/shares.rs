//! Shares of results that schools and municipalities are compared by: marks or bands that count together.

use super::census::GroupCensus;
use super::comparing::Counted;
use srez_model::compared::MeasureId;

/// A share that is compared.
pub(super) struct Share {
    pub(super) measure: MeasureId,
    /// Marks or bands that count, from the lowest.
    counts: [bool; 4],
    /// True if less is better.
    pub(super) less_is_better: bool,
}

pub(super) const OF_MARKS: [Share; 2] = [
    Share { measure: MeasureId::ShareOfTwo, counts: [true, false, false, false], less_is_better: true },
    Share { measure: MeasureId::ShareOfFourAndFive, counts: [false, false, true, true], less_is_better: false },
];

pub(super) const OF_BANDS: [Share; 3] = [
    Share { measure: MeasureId::BELOW_MINIMUM, counts: [true, false, false, false], less_is_better: true },
    Share { measure: MeasureId::From61, counts: [false, false, true, true], less_is_better: false },
    Share { measure: MeasureId::FROM_81, counts: [false, false, false, true], less_is_better: false },
];

impl Share {
    /// Participants that count, of those with a result.
    pub(super) fn count(&self, counts: &GroupCensus) -> Counted {
        Counted { k: self.sum(counts.by_category), n: counts.categorised() }
    }

    fn sum(&self, by_category: [u64; 4]) -> u64 {
        by_category.iter().zip(self.counts).filter(|(_, counts)| *counts).map(|(n, _)| n).sum()
    }
}
