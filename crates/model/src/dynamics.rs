//! Change of a value over the years, and of its distance to a reference.

use super::assessment::ExamKey;
use super::compared::MeasureId;
use super::level::Level;

/// `dynamics.csv`. Grain: one row per exam, level, group, measure and earlier exam.
///
/// Rows of one group and measure stand from the nearest earlier exam to the farthest. Shares are percent.
#[derive(Clone, Debug, PartialEq)]
pub struct DynamicsRow {
    pub level: Level,
    pub group: String,
    pub measure: MeasureId,
    /// Value now.
    pub now: Option<f64>,
    /// Value before.
    pub before: Option<f64>,
    /// Participants now and before.
    pub n: (u64, u64),
    /// Interval of the value now, 95 %; none below five participants.
    pub now_interval: Option<(f64, f64)>,
    /// Interval of the value before, 95 %; none below five participants.
    pub before_interval: Option<(f64, f64)>,
    /// Exam before.
    pub before_exam: ExamKey,
    /// Difference; none where the gate is closed.
    pub difference: Option<f64>,
    /// Interval of the difference, 95 %.
    pub interval: Option<(f64, f64)>,
    /// Two-sided p of the difference of two shares.
    pub p: Option<f64>,
    /// Change of the region; none where it is not known or the gate is closed.
    pub reference_change: Option<f64>,
    /// Distance to a reference in both years; stands where the gate is closed as well.
    pub distance: Option<Distance>,
    /// Change of a school among those of the others; stands where the gate is closed as well. None for other groups and
    /// where it is not computed.
    pub drift: Option<Drift>,
    /// True where the comparability gate is open.
    pub comparable: bool,
    /// Why not, or why something is missing.
    pub reason: String,
}

impl DynamicsRow {
    /// A row without values, of nobody.
    pub fn new(measure: MeasureId, before_exam: ExamKey) -> Self {
        Self {
            level: Level::default(),
            group: String::new(),
            measure,
            now: None,
            before: None,
            n: (0, 0),
            now_interval: None,
            before_interval: None,
            before_exam,
            difference: None,
            interval: None,
            p: None,
            reference_change: None,
            distance: None,
            drift: None,
            comparable: false,
            reason: String::new(),
        }
    }
}

/// How far a group stands from its reference in two years. Unit: that of the measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Distance {
    /// `region`, or `others`: the other schools of the municipality, or of the run.
    pub kind: String,
    /// Value of the reference now and before.
    pub reference: (f64, f64),
    /// Participants of the reference now and before.
    pub n: (u64, u64),
    /// Distance now, value minus reference.
    pub now: f64,
    /// Distance before.
    pub before: f64,
    /// Change of the distance: the difference of the differences.
    pub change: f64,
    /// Interval of the change, 95 %: of a school that of its drift. None for classes and where the changes of the
    /// schools say nothing.
    pub interval: Option<(f64, f64)>,
    /// Two-sided p of the change: of a school that of its drift. None where this is not known.
    pub p: Option<f64>,
}

/// The change of a school against those of the other schools, the chance of its pupils taken into account. Unit: that
/// of the measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drift {
    /// How much more than the others the school changed, drawn towards them.
    pub gap: f64,
    /// Its 95 % interval.
    pub interval: (f64, f64),
    /// Probability that this is beyond the size that counts, on the side of `gap`; none where the unit is not percent.
    pub sure: Option<f64>,
    /// Standard deviation of what a school changes by in a year anyway.
    pub usual: f64,
    /// Smallest rise that is found four times out of five, rounded up to half a point; none where none is, and for
    /// other measures than the share of low results.
    pub detectable: Option<f64>,
    /// Two-sided p of a change beyond what schools change by anyway; none where they are too few to know.
    pub p: Option<f64>,
    /// The same adjusted over the schools and works of the procedure; none where it is not in the family.
    pub q: Option<f64>,
}
