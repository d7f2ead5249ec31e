//! What may be promised of the next year.

use super::compared::MeasureId;
use super::level::Level;

/// The value of the next year at which a change would be seen. Grain: one row per exam, level, group and measure, and
/// one for all schools together that the comparison names; no table is made of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    pub level: Level,
    /// Group; empty for all participants and for several schools together.
    pub group: String,
    /// The schools of a target of several schools together; empty for one group.
    pub schools: Vec<String>,
    /// As in `dynamics.csv`.
    pub measure: MeasureId,
    /// Value now, percent.
    pub from: f64,
    /// Participants now.
    pub n: u64,
    /// The value, percent, whose reaching is seen as an effect four times out of five; none where it is farther than
    /// may be promised, or nothing is known of what would be without a measure.
    pub to: Option<f64>,
}
