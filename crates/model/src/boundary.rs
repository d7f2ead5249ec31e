//! Works at the cuts between marks: records of `boundaries.csv`.

use super::check::CheckState;
use super::level::Level;

/// `boundaries.csv`. Grain: one row per exam, level, group and cut; cut none is all cuts together: they alone are
/// tested.
///
/// Shares are between 0 and 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BoundaryRow {
    /// All participants, municipality or school.
    pub level: Level,
    pub group: String,
    /// Primary score of the cut; none for all cuts together.
    pub cut: Option<u16>,
    /// Participants with a primary score.
    pub n: u64,
    /// Participants one point below.
    pub n_below: u64,
    /// Participants at the cut.
    pub n_at: u64,
    /// Participants expected at the cut by the smooth curve of the scores.
    pub expected: Option<f64>,
    /// Share of the participants of both scores that stands at the cut beyond that.
    pub excess: Option<f64>,
    /// The same of the other schools together; none for groups of schools.
    pub excess_others: Option<f64>,
    /// Of the participants who should stand one point below a cut, the share that stands at it; none for schools.
    pub moved: Option<Moved>,
    /// One-sided p.
    pub p: Option<f64>,
    /// The same without the school of the greatest excess; none for schools.
    pub p_without: Option<f64>,
    /// Adjusted p; schools only.
    pub q: Option<f64>,
    /// Smallest share moved, or excess of a school, that is found four times out of five.
    pub detectable: Option<f64>,
    /// True where the excess of a group is that of one school.
    pub of_one_school: bool,
    /// What became of the test; none for a single cut.
    pub state: Option<CheckState>,
    /// Why something is missing.
    pub reason: String,
}

impl BoundaryRow {
    /// Participants of both scores.
    pub fn works(&self) -> u64 {
        self.n_below + self.n_at
    }

    /// True where it was tested and fired.
    pub fn is_found(&self) -> bool {
        self.state == Some(CheckState::Found)
    }
}

/// A share moved across the cuts, with its 95 % bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moved {
    pub share: f64,
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}
