//! What is compared, school by school.

use super::super::super::comparing::Circle;
use super::super::super::funnel::Drawn;
use super::super::super::school_intervals::Bounds;
use super::super::super::settings::Settings;
use srez_model::compared::MeasureId;
use srez_model::measures::Interval;
use srez_model::unit::{Percent, as_f64};
use srez_statistics::school_model::{Count, Group, Observed, Obstacle, Posterior, Sample};
use srez_statistics::wilson;
use std::borrow::Cow;

/// Pupils of the schools, in their order.
pub(super) enum Pupils {
    /// Shares of points, or differences of such shares.
    Values(Vec<Group<Observed>>),
    /// Some of all.
    Counts(Vec<Group<Count>>),
}

/// A school, or several together.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen<'a> {
    pub(super) name: &'a str,
    pub(super) n: u64,
    /// Points, or pupils counted.
    pub(super) k: u64,
    /// Sum of the values of the pupils, where they are no whole points.
    pub(super) sum: f64,
    /// Classes that have a name.
    pub(super) classes: Option<u64>,
}

/// A measure that every school has.
pub(super) struct Quantity<'a> {
    pub(super) measure: MeasureId,
    /// Points that one pupil can have; 1 for shares, none for differences.
    pub(super) max: Option<u64>,
    pub(super) less_is_better: bool,
    /// Whether schools of one type are compared as well.
    pub(super) has_types: bool,
    /// Threshold of the fewest participants of a school that is judged.
    pub(super) participants: &'static str,
    /// Why no school is judged; empty where they are.
    pub(super) closed: String,
    /// Schools with pupils, in the order of the tally.
    pub(super) schools: Vec<Seen<'a>>,
    pub(super) pupils: Pupils,
}

impl Seen<'_> {
    /// Several together without one of them.
    pub(super) fn without(&self, own: &Seen<'_>) -> Seen<'static> {
        Seen { n: self.n - own.n, k: self.k - own.k, sum: self.sum - own.sum, ..Seen::default() }
    }
}

impl Quantity<'_> {
    pub(super) fn is_share(&self) -> bool {
        matches!(self.pupils, Pupils::Counts(_))
    }

    /// Some of the schools as the model takes them.
    pub(super) fn sample(&self, members: &[usize]) -> Result<Sample, Obstacle> {
        match &self.pupils {
            Pupils::Values(groups) => Sample::from_values(&chosen(groups, members)),
            Pupils::Counts(groups) => Sample::from_counts(&chosen(groups, members)),
        }
    }

    /// How exactly the values of some of the schools are known; `model` is theirs, if there is one.
    pub(super) fn bounds(&self, settings: &Settings, members: &[usize], model: Option<&Posterior>) -> ValueBounds {
        match &self.pupils {
            Pupils::Values(groups) if self.max.is_some_and(|max| 1 < max) => {
                let alone = || Bounds::new(settings, chosen(groups, members).into_owned());
                ValueBounds::Points(model.and_then(Bounds::of).unwrap_or_else(alone))
            }
            _ if self.max == Some(1) => ValueBounds::Pupils,
            _ => ValueBounds::None,
        }
    }

    /// The schools of a circle together.
    pub(super) fn together(&self, members: &[usize]) -> Seen<'static> {
        let add = |all: Seen<'static>, one: &Seen<'_>| Seen {
            n: all.n + one.n,
            k: all.k + one.k,
            sum: all.sum + one.sum,
            ..all
        };
        members.iter().filter_map(|member| self.schools.get(*member)).fold(Seen::default(), add)
    }

    /// Participants of the schools of a circle.
    pub(super) fn sizes(&self, circle: &Circle) -> Vec<u64> {
        circle.members.iter().map(|member| self.schools.get(*member).map_or(0, |school| school.n)).collect()
    }

    pub(super) fn percent(&self, seen: &Seen<'_>) -> Option<Percent> {
        match self.max {
            Some(max) => Percent::of(seen.k, seen.n * max),
            None => (seen.n != 0).then(|| Percent(100.0 * seen.sum / as_f64(seen.n))),
        }
    }

    /// What the drawing of a circle needs.
    pub(super) fn drawn(&self, circle: &Circle) -> Drawn<'_> {
        Drawn {
            measure: &self.measure,
            group: circle.group.clone(),
            centre: self.percent(&self.together(&circle.members)),
            sizes: self.sizes(circle),
            is_share: self.is_share(),
        }
    }
}

/// What the interval of a value rests on.
pub(super) enum ValueBounds {
    /// Points of pupils who came in classes.
    Points(Bounds),
    /// Pupils, each of whom counts or does not.
    Pupils,
    /// A difference of shares has no such interval.
    None,
}

impl ValueBounds {
    /// The value of a school of the circle with its bounds.
    pub(super) fn around(&self, member: usize, value: Percent, n: u64) -> Option<Interval> {
        match self {
            Self::Points(bounds) => bounds.around(member, value),
            Self::Pupils => wilson::around(value, n),
            Self::None => None,
        }
    }
}

/// Some of the groups; all of them as they are.
fn chosen<'g, T: Clone>(groups: &'g [Group<T>], members: &[usize]) -> Cow<'g, [Group<T>]> {
    if members.iter().copied().eq(0..groups.len()) {
        return Cow::Borrowed(groups);
    }
    Cow::Owned(members.iter().filter_map(|member| groups.get(*member)).cloned().collect())
}
