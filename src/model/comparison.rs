//! A comparison of a group with its reference.

use super::level::Level;
use super::unit::{Percent, PercentagePoints};

/// `comparisons.csv`. Grain: one row per exam, level, group and measure.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparisonRow {
    /// Level.
    pub level: Level,
    /// Group.
    pub group: String,
    /// Measure: a name of [`super::compared`].
    pub measure: String,
    /// Participants.
    pub n: u64,
    /// Participants counted, for shares; points, for skills and totals.
    pub k: u64,
    /// Value.
    pub value: Option<Percent>,
    /// Reference.
    pub reference: Option<Percent>,
    /// Name of the reference group.
    pub reference_group: String,
    /// others / same type / region / country / observers.
    pub reference_kind: String,
    /// Participants of the reference.
    pub n_reference: u64,
    /// Method of the test: hypergeometric / convolution / normal …
    pub method: String,
    /// Two-sided p.
    pub p: Option<f64>,
    /// Family of the false discovery rate.
    pub family: String,
    /// Adjusted p.
    pub q: Option<f64>,
    /// Smallest attainable p.
    pub q_min_attainable: Option<f64>,
    /// inside / alert / alarm; empty where not tested.
    pub funnel: String,
    /// Value drawn towards the mean of the schools; none where the schools cannot be told apart or are few.
    pub shrunk: Option<Percent>,
    /// Smallest rise or fall that the test finds with power 80 % at p = 0.05, rounded up to 0.1.
    pub min_detectable: Option<PercentagePoints>,
    /// Why something is missing.
    pub reason: String,
}
