//! Sums of scores by class: how much classes of one school differ.

use super::measures::ScoreKind;

/// Scores of one class. Grain: one row per exam, class and kind of score; no table is made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassScores {
    /// The class, `<school>/<class>`.
    pub group: String,
    /// Primary or test.
    pub kind: ScoreKind,
    /// Participants with a score.
    pub n: u64,
    /// Their scores together.
    pub sum: u64,
    /// Sum of the squared scores.
    pub squares: u64,
}
