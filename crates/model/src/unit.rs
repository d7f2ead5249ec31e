//! Units of numbers: a share is not a mean mark, and the compiler knows.

use serde::{Deserialize, Serialize};

/// A share in percent, 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Percent(pub f64);

/// A difference of two shares, in percentage points.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PercentagePoints(pub f64);

/// A mean of marks, 2 to 5.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MeanMark(pub f64);

/// A mean of primary or test scores.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MeanScore(pub f64);

impl Percent {
    /// Share of `part` in `whole`; none where `whole` is 0.
    pub fn of(part: u64, whole: u64) -> Option<Self> {
        (whole != 0).then(|| Self(100.0 * as_f64(part) / as_f64(whole)))
    }

    /// This share less another.
    pub fn minus(self, other: Self) -> PercentagePoints {
        PercentagePoints(self.0 - other.0)
    }
}

/// A count as a float: exact below 2^53, and no count of pupils comes near.
#[expect(clippy::cast_precision_loss, reason = "counts of pupils and points stay far below 2^53")]
pub fn as_f64(count: u64) -> f64 {
    count as f64
}
