//! A comparison of a group with its reference.

use super::check::CheckState;
use super::compared::MeasureId;
use super::level::Level;
use super::measures::Interval;
use super::unit::{Percent, PercentagePoints};

/// `comparisons.csv`. Grain: one row per exam, level, group and measure.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparisonRow {
    /// Level.
    pub level: Level,
    /// Group.
    pub group: String,
    pub measure: MeasureId,
    /// Participants.
    pub n: u64,
    /// Participants counted, for shares; points, for skills and totals.
    pub k: u64,
    /// Value.
    pub value: Option<Percent>,
    /// The value of a municipality or school with its 95 % interval. Shares: pupils are the units. Points: of a
    /// municipality whole schools, of a school its pupils and classes.
    pub value_interval: Option<Interval>,
    /// Reference.
    pub reference: Option<Percent>,
    /// Name of the reference group.
    pub reference_group: String,
    /// others / same type / region / country / observers. A region that the files hold has no name of its reference.
    pub reference_kind: String,
    /// Participants of the reference.
    pub n_reference: u64,
    /// Participants or points counted in the reference.
    pub k_reference: u64,
    /// Points that one participant can have; 1 for shares.
    pub max: u64,
    /// Method of the test of groups of schools; empty for schools.
    pub method: String,
    /// Two-sided p of that test.
    pub p: Option<f64>,
    /// Family of the false discovery rate.
    pub family: String,
    /// Adjusted p.
    pub q: Option<f64>,
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
    /// Probability that the school as a whole lies above by the size that counts, whatever the side of `gap`.
    pub above_school: Option<f64>,
    /// Probability that in the year before the school as a whole lay above at all; none where that year cannot be
    /// compared.
    pub above_before: Option<f64>,
    /// Years on which that rests: 1 where no earlier one can be compared.
    pub years: u64,
    /// Smallest gap that is found four times out of five, rounded up to half a point; none where none is.
    pub detectable: Option<PercentagePoints>,
    /// Classes of the school whose names are known; none where too many of its participants have no class.
    pub classes: Option<u64>,
    /// What became of the check.
    pub state: CheckState,
    /// Why something is missing.
    pub reason: String,
}

impl ComparisonRow {
    /// A row of which nothing but the group and the measure is known.
    pub fn new(level: Level, group: &str, measure: MeasureId) -> Self {
        Self {
            level,
            group: group.to_owned(),
            measure,
            n: 0,
            k: 0,
            value: None,
            value_interval: None,
            reference: None,
            reference_group: String::new(),
            reference_kind: String::new(),
            n_reference: 0,
            k_reference: 0,
            max: 1,
            method: String::new(),
            p: None,
            family: String::new(),
            q: None,
            gap: None,
            low: None,
            high: None,
            sure: None,
            sure_school: None,
            above_school: None,
            above_before: None,
            detectable: None,
            years: 1,
            classes: None,
            state: CheckState::default(),
            reason: String::new(),
        }
    }

    /// Whether the group was found to lie below its reference.
    pub fn is_found_below(&self) -> bool {
        self.state == CheckState::Found && self.gap.is_some_and(|gap| gap.0 < 0.0)
    }

    /// Whether the group was found to lie above its reference.
    pub fn is_found_above(&self) -> bool {
        self.state == CheckState::Found && self.gap.is_some_and(|gap| 0.0 < gap.0)
    }

    /// The value with the chance of the pupils taken into account: the reference and the gap.
    pub fn shrunk(&self) -> Option<Percent> {
        Some(Percent(self.reference?.0 + self.gap?.0))
    }
}

/// `funnel.csv`. Grain: one row per exam, measure, circle of schools and number of participants of a school.
#[derive(Clone, Debug, PartialEq)]
pub struct FunnelRow {
    pub measure: MeasureId,
    /// Municipality; empty for all files.
    pub group: String,
    /// Schools.
    pub schools: u64,
    /// Participants of a school.
    pub n: u64,
    /// Value of all schools together: the middle of the drawing.
    pub centre: Percent,
    /// Where 95 of 100 schools would lie if they differed by the chance of their pupils alone.
    pub by_chance: (Percent, Percent),
    /// The same with how much classes and schools differ here anyway; none for fewer than six schools.
    pub among_schools: Option<(Percent, Percent)>,
}
