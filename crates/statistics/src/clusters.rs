//! Means of many units that came in whole groups: the groups are the sample, not the units.
//!
//! `w_s = n_s/N`, `Y = Σw·y`, `V = I/(I − 1)·Σw²(y − Y)²` (a ratio, linearised), `I_eff = 1/Σw²`, Student's law with
//! `I_eff − 1` degrees. Below five effective groups the variance comes from the model of the same groups,
//! `V = Σw²(E τ² + E κ²·h + σ²/n)`, with at least six degrees. Of a difference the variances add up and the degrees are
//! the fewer ones: Satterthwaite's make too many false findings.
//! Sources: Cochran 1977, Sampling Techniques (ratio estimates); Kish 1965, Survey Sampling (effective number).
//! Degenerate: no units, no mean; few groups whose units have no spread, no variance.

mod change;

use crate::Z_POWER;
use crate::school_model::{Assumptions, Group, Observed, Obstacle, Posterior, Sample};
use crate::student;
pub use change::Years;
use srez_model::unit::as_f64;

/// A value of one group, and its units or another weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cluster {
    pub value: f64,
    pub weight: f64,
}

impl Cluster {
    fn is_usable(&self) -> bool {
        self.value.is_finite() && self.weight.is_finite() && 0.0 < self.weight
    }
}

/// Mean over groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    pub value: f64,
    pub variance: f64,
    /// Groups of equal weight that would be as exact: I_eff.
    pub effective: f64,
    /// Degrees of freedom.
    pub degrees: f64,
    /// Weight of all groups.
    pub weight: f64,
}

/// Fewest effective groups whose own differences give the variance.
pub const FEWEST_EFFECTIVE: f64 = 5.0;
/// Fewest degrees of freedom of a variance from the model.
const FEWEST_DEGREES: f64 = 6.0;
/// Two-sided p outside an interval.
const OUTSIDE: f64 = 0.05;

impl Mean {
    /// From the differences of the groups themselves; none of fewer than two groups.
    pub fn from_clusters(clusters: &[Cluster]) -> Option<Self> {
        let clusters: Vec<Cluster> = clusters.iter().copied().filter(Cluster::is_usable).collect();
        let (value, effective, weight) = centre(&clusters)?;
        let count = as_f64(clusters.len() as u64);
        let square = |cluster: &Cluster| (cluster.weight / weight * (cluster.value - value)).powi(2);
        let variance = count / (count - 1.0) * clusters.iter().map(square).sum::<f64>();
        (1 < clusters.len()).then_some(Self { value, variance, effective, degrees: effective - 1.0, weight })
    }

    /// From the model of these groups alone.
    pub(crate) fn from_model(groups: &[Group<Observed>], assumptions: Assumptions) -> Result<Self, Obstacle> {
        let clusters = clusters_of(groups);
        let present: Vec<Cluster> = clusters.iter().copied().filter(Cluster::is_usable).collect();
        let (value, effective, weight) = centre(&present).ok_or(Obstacle::NoGroups)?;
        let posterior = Posterior::new(Sample::from_values(groups)?, assumptions);
        let between = posterior.spread().groups;
        let of_group = |(group, cluster): (usize, &Cluster)| {
            posterior.sampling(group).map_or(0.0, |own| (cluster.weight / weight).powi(2) * (between + own))
        };
        let variance = clusters.iter().enumerate().map(of_group).sum();
        Ok(Self { value, variance, effective, degrees: (effective - 1.0).max(FEWEST_DEGREES), weight })
    }

    /// From the groups themselves if enough of them carry weight, else from their model.
    pub fn from_groups(groups: &[Group<Observed>], assumptions: Assumptions) -> Result<Self, Obstacle> {
        match Self::from_clusters(&clusters_of(groups)) {
            Some(mean) if FEWEST_EFFECTIVE <= mean.effective => Ok(mean),
            _ => Self::from_model(groups, assumptions),
        }
    }

    /// Bounds of 95 %.
    pub fn interval(&self) -> (f64, f64) {
        let half = student::value(OUTSIDE, self.degrees) * self.variance.sqrt();
        (self.value - half, self.value + half)
    }
}

/// The groups as values with weights; a group without units has the weight 0 and keeps its place.
fn clusters_of(groups: &[Group<Observed>]) -> Vec<Cluster> {
    let cluster = |all: Observed| Cluster { value: all.mean, weight: as_f64(all.n) };
    let empty = Cluster { value: 0.0, weight: 0.0 };
    groups.iter().map(|group| group.together().map_or(empty, cluster)).collect()
}

/// Mean, effective number and weight.
fn centre(clusters: &[Cluster]) -> Option<(f64, f64, f64)> {
    let weight: f64 = clusters.iter().map(|cluster| cluster.weight).sum();
    let sum: f64 = clusters.iter().map(|cluster| cluster.weight * cluster.value).sum();
    let squares: f64 = clusters.iter().map(|cluster| cluster.weight * cluster.weight).sum();
    (0.0 < squares).then(|| (sum / weight, weight * weight / squares, weight))
}

/// Difference of two means, or of one mean between two years.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    pub value: f64,
    pub variance: f64,
    pub degrees: f64,
}

/// What may be said of a difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// The interval leaves 0 out.
    Differs,
    /// It holds 0 and is narrow: a difference cannot be greater than this.
    AtMost(f64),
    /// It holds 0 and is wide: differences below this cannot be told from 0.
    Unclear(f64),
}

impl Difference {
    /// One mean less another of other groups.
    pub fn between(one: &Mean, other: &Mean) -> Self {
        Self {
            value: one.value - other.value,
            variance: one.variance + other.variance,
            degrees: one.degrees.min(other.degrees),
        }
    }

    /// A mean less a value of `weight` other units of which nothing else is known: groups there are thought to differ
    /// as much as here. None without other units.
    pub fn from_value(one: &Mean, other: f64, weight: f64) -> Option<Self> {
        let variance = one.variance * (1.0 + one.weight / weight);
        (0.0 < weight && other.is_finite() && variance.is_finite()).then_some(Self {
            value: one.value - other,
            variance,
            degrees: one.degrees,
        })
    }

    /// Half the width of the interval of 95 %.
    pub fn half_width(&self) -> f64 {
        student::value(OUTSIDE, self.degrees) * self.variance.sqrt()
    }

    /// Bounds of 95 %.
    pub fn interval(&self) -> (f64, f64) {
        (self.value - self.half_width(), self.value + self.half_width())
    }

    /// Two-sided p; 1 where nothing differs.
    pub fn two_sided(&self) -> f64 {
        student::two_sided(self.value / self.variance.sqrt(), self.degrees)
    }

    /// Smallest difference that is found with a probability of 0.8.
    pub fn detectable(&self) -> f64 {
        (student::value(OUTSIDE, self.degrees) + Z_POWER) * self.variance.sqrt()
    }

    /// What may be said of it, where intervals up to this half-width are narrow.
    pub fn verdict(&self, narrow: f64) -> Verdict {
        let half = self.half_width();
        if half < self.value.abs() {
            Verdict::Differs
        } else if half <= narrow {
            Verdict::AtMost(self.value.abs() + half)
        } else {
            Verdict::Unclear(self.detectable())
        }
    }
}

/// Value of the rest of `all` units with the mean `value` once a part of them is taken out; none if nothing is left, or
/// if the two contradict each other beyond the rounding of `value`.
pub fn without(value: f64, all: f64, part: Cluster, rounding: f64) -> Option<Cluster> {
    let weight = all - part.weight;
    let rest = (value * all - part.value * part.weight) / weight;
    let slack = rounding * all / weight;
    (0.0 < weight && -slack <= rest && rest <= 1.0 + slack).then_some(Cluster { value: rest.clamp(0.0, 1.0), weight })
}

#[cfg(test)]
mod tests;
