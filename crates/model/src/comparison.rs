//! A comparison of a group with its reference.

use super::check::CheckState;
use super::funnel::FunnelWord;
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
    /// How far the value is from the reference; none where not tested.
    pub funnel: Option<FunnelWord>,
    /// Value drawn towards the mean of the schools; none where the schools cannot be told apart or are few.
    pub shrunk: Option<Percent>,
    /// Smallest rise or fall that the test finds with power 80 % at p = 0.05, rounded up to 0.1.
    pub min_detectable: Option<PercentagePoints>,
    /// Participants or points counted in the reference.
    pub k_reference: u64,
    /// Points that one participant can have; 1 for shares.
    pub max: u64,
    /// Deviation of one participant's points within the schools, in percent of the maximum; for points only.
    pub deviation: Option<f64>,
    /// First and last possible place among the schools compared; for shares only, 1 is the best.
    pub rank: Option<(u64, u64)>,
    /// Smallest rise that the test finds with power 80 % at the level that its family leaves it.
    pub mdd_up: Option<PercentagePoints>,
    /// The same of a fall.
    pub mdd_down: Option<PercentagePoints>,
    /// How far the group lies from its reference once the chance of its pupils is taken into account: the mean of what
    /// the school model holds possible. For groups of schools the plain difference.
    pub gap: Option<PercentagePoints>,
    /// 95 % interval of `gap`.
    pub low: Option<PercentagePoints>,
    /// Its upper end.
    pub high: Option<PercentagePoints>,
    /// Probability that this year's result lies beyond the size that counts, on the side of `gap`.
    pub sure: Option<f64>,
    /// The same of the school as a whole, with other classes.
    pub sure_school: Option<f64>,
    /// Smallest gap that is found four times out of five, rounded up to half a point; none where none is.
    pub detectable: Option<PercentagePoints>,
    /// What became of the check.
    pub state: CheckState,
    /// Why something is missing.
    pub reason: String,
}

/// `funnel.csv`. Grain: one row per exam, measure, circle of schools and number of participants of a school.
#[derive(Clone, Debug, PartialEq)]
pub struct FunnelRow {
    /// Measure: a name of [`super::compared`].
    pub measure: String,
    /// Municipality; empty for all files.
    pub group: String,
    /// Schools.
    pub schools: u64,
    /// Participants of a school.
    pub n: u64,
    /// Value of all schools together: the middle of the drawing.
    pub centre: Percent,
    /// Below and above which a value calls for attention; none where no value does.
    pub alert: (Option<Percent>, Option<Percent>),
    /// Below and above which it stands out.
    pub alarm: (Option<Percent>, Option<Percent>),
    /// 95 % limits that take into account how much schools differ anyway; none for fewer than ten schools.
    pub among_schools: Option<(Percent, Percent)>,
}
