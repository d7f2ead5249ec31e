//! The law of the gap between a group and the units of all others, at one pair of variances.
//!
//! `m = Σa·ỹ/Σa`, `B = τ²·a`, `θ = m + B(ỹ − m)`, `V = B·error`; the others weigh `W_j = n_j/(N − n_s)`.
//! Group: `E = θ_s − ΣW_j·θ_j`, variance `((1 − B_s) − ΣW_j(1 − B_j))²/Σa + V_s + ΣW_j²·V_j`. With its parts as they
//! are: the same with `k + l·θ`, `l(1 − B)` and `l²·V + e` in place of `θ`, `1 − B` and `V`.
//! Far: with probability π₀ a group has the variance `τ² + ω²` instead; `r = 1/a`,
//! `odds = π₀/(1 − π₀)·√(r/(r + ω²))·exp(½(ỹ − m)²(1/r − 1/(r + ω²)))`.

use super::grid::{Grid, Point};
use super::level::AtLevel;
use super::sample::Member;
use super::{Assumptions, Effect};
use crate::normal;

/// No variance is smaller.
const LEAST_VARIANCE: f64 = 1e-12;
/// Greatest exponent: beyond it a group is far for certain.
const GREATEST_EXPONENT: f64 = 60.0;

/// Mean and variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Moments {
    pub(super) mean: f64,
    pub(super) variance: f64,
}

impl Moments {
    pub(super) fn below(&self, distance: f64) -> f64 {
        normal::below((distance - self.mean) / self.variance.max(LEAST_VARIANCE).sqrt())
    }

    /// Probability below a distance, and the density there.
    fn at(&self, distance: f64) -> (f64, f64) {
        let deviation = self.variance.max(LEAST_VARIANCE).sqrt();
        let (below, density) = normal::below_and_density((distance - self.mean) / deviation);
        (below, density / deviation)
    }
}

/// The law of one group's gap at one point of the grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Law {
    /// Weight of the point.
    pub(super) weight: f64,
    /// The group with its parts as they are, if it is like the others.
    pub(super) present: Moments,
    /// The same if it is far from them.
    pub(super) far: Moments,
    /// Probability that it is far.
    pub(super) far_share: f64,
    /// The group, whatever its parts.
    pub(super) lasting: Moments,
}

impl Law {
    pub(super) fn below(&self, effect: Effect, distance: f64) -> f64 {
        match effect {
            Effect::Lasting => self.lasting.below(distance),
            Effect::Present => {
                (1.0 - self.far_share) * self.present.below(distance) + self.far_share * self.far.below(distance)
            }
        }
    }

    /// Probability that the gap with the parts as they are is below a distance, and its density there.
    pub(super) fn present_at(&self, distance: f64) -> (f64, f64) {
        let ((near, near_density), (far, far_density)) = (self.present.at(distance), self.far.at(distance));
        let mixed = |near: f64, far: f64| (1.0 - self.far_share) * near + self.far_share * far;
        (mixed(near, far), mixed(near_density, far_density))
    }

    /// Mean of the gap with the parts as they are.
    pub(super) fn mean(&self) -> f64 {
        (1.0 - self.far_share) * self.present.mean + self.far_share * self.far.mean
    }

    /// Mean of its square.
    pub(super) fn square(&self) -> f64 {
        let square = |law: &Moments| law.variance + law.mean * law.mean;
        (1.0 - self.far_share) * square(&self.present) + self.far_share * square(&self.far)
    }
}

/// How a group would be drawn towards the mean if it were far: share kept, and the odds that it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Far {
    /// Probability that it is far.
    pub(super) share: f64,
    /// B′.
    pub(super) kept: f64,
}

impl Far {
    /// `usual` is the variance of the distance from the mean of a group that is like the others, `spread` of its own
    /// level, `unit` σ².
    pub(super) fn new(distance: f64, usual: f64, spread: f64, unit: f64, assumptions: &Assumptions) -> Self {
        let more = assumptions.far_size * assumptions.far_size * unit;
        let exponent = (distance * distance * (1.0 / usual - 1.0 / (usual + more)) / 2.0).min(GREATEST_EXPONENT);
        let prior = assumptions.far_share / (1.0 - assumptions.far_share);
        let odds = prior * (usual / (usual + more)).sqrt() * libm::exp(exponent);
        Self { share: odds / (1.0 + odds), kept: (spread + more) / (usual + more) }
    }
}

/// A group's own numbers at a point, on the way to its gap.
#[derive(Clone, Copy)]
struct Own {
    /// θ or k + lθ.
    level: f64,
    /// 1 − B or l(1 − B): what of it is the mean of all.
    of_mean: f64,
    /// Its variance, the mean of all given.
    variance: f64,
}

/// Sums of the own numbers, weighted, from which those of the others follow.
#[derive(Clone, Copy, Default)]
struct Weighted {
    level: f64,
    of_mean: f64,
    variance: f64,
}

impl Weighted {
    fn add(&mut self, own: Own, weight: f64) {
        self.level += weight * own.level;
        self.of_mean += weight * own.of_mean;
        self.variance += weight * weight * own.variance;
    }

    /// The means of the others where `weight` of `all` is this group's.
    fn others(&self, own: Own, weight: f64, all: f64) -> Own {
        let rest = all - weight;
        Own {
            level: (self.level - weight * own.level) / rest,
            of_mean: (self.of_mean - weight * own.of_mean) / rest,
            variance: (self.variance - weight * weight * own.variance).max(0.0) / (rest * rest),
        }
    }
}

/// The gap between one and the others where the mean of all has this precision.
fn gap(own: Own, others: Own, precision: f64) -> Moments {
    let of_mean = own.of_mean - others.of_mean;
    Moments {
        mean: own.level - others.level,
        variance: (of_mean * of_mean / precision + own.variance + others.variance).max(LEAST_VARIANCE),
    }
}

/// The group itself, whatever its parts.
fn lasting(at: &AtLevel, mean: f64, kept: f64) -> Own {
    Own { level: mean + kept * (at.mean - mean), of_mean: 1.0 - kept, variance: kept * at.error }
}

/// The same with its parts as they are.
fn present(at: &AtLevel, lasting: Own) -> Own {
    Own {
        level: at.of_parts + at.of_group * lasting.level,
        of_mean: at.of_group * lasting.of_mean,
        variance: at.of_group * at.of_group * lasting.variance + at.unknown,
    }
}

/// The laws of all groups at one point; the weights of the groups must leave every one something to compare with.
pub(super) fn laws(
    grid: &Grid,
    point: &Point,
    weight: f64,
    members: &[Member],
    unit: f64,
    assumptions: &Assumptions,
) -> Vec<Law> {
    let (mean, precision) = (point.totals.mean(), point.totals.precision);
    let kept = |at: &AtLevel| point.variance / (at.error + point.variance);
    let (mut of_groups, mut with_parts, mut all) = (Weighted::default(), Weighted::default(), 0.0);
    for (place, member) in members.iter().enumerate() {
        let at = grid.at(point, place);
        let own = lasting(at, mean, kept(at));
        of_groups.add(own, member.weight);
        with_parts.add(present(at, own), member.weight);
        all += member.weight;
    }
    let law = |(place, member): (usize, &Member)| {
        let at = grid.at(point, place);
        let own = lasting(at, mean, kept(at));
        let here = present(at, own);
        let others = with_parts.others(here, member.weight, all);
        let far = Far::new(at.mean - mean, at.error + point.variance, point.variance, unit, assumptions);
        let there = present(at, lasting(at, mean, far.kept));
        Law {
            weight,
            present: gap(here, others, precision),
            far: gap(there, others, precision),
            far_share: far.share,
            lasting: gap(own, of_groups.others(own, member.weight, all), precision),
        }
    };
    members.iter().enumerate().map(law).collect()
}
