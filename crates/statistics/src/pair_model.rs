//! What was to be expected of groups that were treated, from groups in two years that were not.
//!
//! `(y0, y1) ~ N((m0, m1), [[τ² + v0, ρτ²], [ρτ², τ² + v1]])` with flat means, the prior of τ of the model of groups
//! and a prior of ρ on a grid. `P = ΣM⁻¹`, `r = ΣM⁻¹y`, `m = P⁻¹r`, `ln L = −½Σln|M| − ½ln|P| − ½(Σy′M⁻¹y − r′P⁻¹r)`.
//! Treated groups of weights w: `b = ρτ²/(τ² + v0)`, `E = Σw(m1 + b(y0 − m0))`,
//! `V = Σw²(τ² − ρ²τ⁴/(τ² + v0) + v1) + C11 − 2b̄·C01 + b̄²·C00`, `C = P⁻¹`, `b̄ = Σw·b`. A group that was chosen
//! because it was low is expected to rise by itself, and how much is not estimated but averaged over the grid.
//! Source: Gelman 2006, Bayesian Analysis 1:515 (prior of τ); Barnett, van der Pols & Dobson 2005, Int J Epidemiol
//! 34:215 (regression to the mean).
//! Degenerate: fewer than eight groups in both years, or no treated one with a weight, expect nothing.

use crate::normal;
use crate::school_model::{Estimate, deviations_of_groups, weights};
use srez_model::unit::as_f64;

/// One group in two years: its mean, the variance of that by units and parts, and its units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    pub before: Estimate,
    pub after: Estimate,
}

/// A group that was treated: what it was, and with which error it will be or was seen after.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Treated {
    pub before: Estimate,
    /// Variance of the mean after by units and parts.
    pub variance: f64,
    /// Units after.
    pub weight: f64,
}

/// So few groups without treatment can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooFew {
    pub usable: usize,
}

/// Fewest groups without treatment in both years.
pub const FEWEST: usize = 8;
/// ρ and its prior.
const CORRELATIONS: [(f64, f64); 6] = [(0.1, 0.10), (0.3, 0.15), (0.5, 0.20), (0.65, 0.20), (0.8, 0.20), (0.95, 0.15)];
/// Deviations beyond which no quantile of 95 % lies: by Chebyshev's inequality 6.4.
const WIDEST: f64 = 7.0;
/// Halvings towards a quantile.
const STEPS: usize = 60;

/// One τ and ρ, with what the untreated groups say of the means there.
#[derive(Clone, Copy, Debug)]
struct Point {
    weight: f64,
    spread: f64,
    correlation: f64,
    means: (f64, f64),
    /// Covariance of the means: C00, C01, C11.
    errors: (f64, f64, f64),
}

/// What groups without treatment say of two years.
#[derive(Clone, Debug)]
pub struct PairModel {
    points: Vec<Point>,
}

/// Mean of the treated groups without a treatment.
#[derive(Clone, Debug, PartialEq)]
pub struct Expected {
    pub mean: f64,
    /// Predictive standard deviation.
    pub deviation: f64,
    /// Weight, mean and variance by point.
    laws: Vec<(f64, f64, f64)>,
}

/// Symmetric matrix of two rows: its three cells.
#[derive(Clone, Copy, Debug, Default)]
struct Two(f64, f64, f64);

impl Two {
    fn determinant(self) -> f64 {
        self.0 * self.2 - self.1 * self.1
    }

    fn inverse(self) -> Self {
        let determinant = self.determinant();
        Self(self.2 / determinant, -self.1 / determinant, self.0 / determinant)
    }

    fn times(self, (x, y): (f64, f64)) -> (f64, f64) {
        (self.0 * x + self.1 * y, self.1 * x + self.2 * y)
    }

    fn quadratic(self, (x, y): (f64, f64)) -> f64 {
        self.0 * x * x + 2.0 * self.1 * x * y + self.2 * y * y
    }
}

fn is_usable(one: &Estimate) -> bool {
    one.value.is_finite() && one.variance.is_finite() && 0.0 < one.variance
}

impl PairModel {
    /// From groups without treatment; `within` is the variance of one unit, `scale` that of the prior of τ/σ.
    pub fn new(pairs: &[Pair], within: f64, scale: f64) -> Result<Self, TooFew> {
        let pairs: Vec<Pair> =
            pairs.iter().copied().filter(|pair| is_usable(&pair.before) && is_usable(&pair.after)).collect();
        Self::on_grid(pairs.len(), within, scale, |spread, correlation| point(&pairs, spread, correlation))
    }

    /// From one year only, where groups of the next year are thought to have the same mean: nothing is known of ρ but
    /// its prior.
    pub fn from_one_year(groups: &[Estimate], within: f64, scale: f64) -> Result<Self, TooFew> {
        let groups: Vec<Estimate> = groups.iter().copied().filter(is_usable).collect();
        Self::on_grid(groups.len(), within, scale, |spread, correlation| {
            point_of_one_year(&groups, spread, correlation)
        })
    }

    fn on_grid(
        usable: usize,
        within: f64,
        scale: f64,
        point: impl Fn(f64, f64) -> (f64, Point),
    ) -> Result<Self, TooFew> {
        if usable < FEWEST {
            return Err(TooFew { usable });
        }
        let (mut logs, mut points) = (Vec::new(), Vec::new());
        for (deviation, log_prior) in deviations_of_groups(scale) {
            for (correlation, prior) in CORRELATIONS {
                let (log, point) = point(within * deviation * deviation, correlation);
                logs.push(log + log_prior + libm::log(prior));
                points.push(point);
            }
        }
        for (point, weight) in points.iter_mut().zip(weights(&logs, 0.0)) {
            point.weight = weight;
        }
        Ok(Self { points })
    }

    /// What the second year lets expect of the one after it, where the mean of all groups stays as it is.
    #[must_use]
    pub fn onward(&self) -> Self {
        let onward = |point: &Point| {
            let (mean, error) = (point.means.1, point.errors.2);
            Point { means: (mean, mean), errors: (error, error, error), ..*point }
        };
        Self { points: self.points.iter().map(onward).collect() }
    }

    /// What is to be expected of these groups together without a treatment.
    pub fn expected(&self, treated: &[Treated]) -> Option<Expected> {
        let is_usable = |one: &&Treated| is_usable(&one.before) && 0.0 < one.variance && 0.0 < one.weight;
        let treated: Vec<&Treated> = treated.iter().filter(is_usable).collect();
        let all: f64 = treated.iter().map(|one| one.weight).sum();
        if treated.is_empty() || !all.is_finite() {
            return None;
        }
        let law = |point: &Point| {
            let (spread, kept) = (point.spread, point.correlation * point.spread);
            let (mut mean, mut variance, mut slopes) = (0.0, 0.0, 0.0);
            for one in &treated {
                let share = one.weight / all;
                let slope = kept / (spread + one.before.variance);
                mean += share * (point.means.1 + slope * (one.before.value - point.means.0));
                variance += share * share * (spread - slope * kept + one.variance);
                slopes += share * slope;
            }
            let (c00, c01, c11) = point.errors;
            (point.weight, mean, variance + c11 - 2.0 * slopes * c01 + slopes * slopes * c00)
        };
        let laws: Vec<(f64, f64, f64)> = self.points.iter().map(law).collect();
        let mean: f64 = laws.iter().map(|(weight, mean, _)| weight * mean).sum();
        let square = |(weight, own, variance): &(f64, f64, f64)| weight * (variance + (own - mean).powi(2));
        let deviation = laws.iter().map(square).sum::<f64>().sqrt();
        deviation.is_finite().then_some(Expected { mean, deviation, laws })
    }
}

/// Logarithm of the likelihood at one point, and what the groups say of the means.
fn point(pairs: &[Pair], spread: f64, correlation: f64) -> (f64, Point) {
    let (mut precision, mut right, mut logs, mut squares) = (Two::default(), (0.0, 0.0), 0.0, 0.0);
    for pair in pairs {
        let covariance = Two(spread + pair.before.variance, correlation * spread, spread + pair.after.variance);
        let (inverse, values) = (covariance.inverse(), (pair.before.value, pair.after.value));
        let product = inverse.times(values);
        precision = Two(precision.0 + inverse.0, precision.1 + inverse.1, precision.2 + inverse.2);
        right = (right.0 + product.0, right.1 + product.1);
        logs += libm::log(covariance.determinant());
        squares += inverse.quadratic(values);
    }
    let errors = precision.inverse();
    let log = -(logs + libm::log(precision.determinant()) + squares - errors.quadratic(right)) / 2.0;
    let errors_of_means = (errors.0, errors.1, errors.2);
    (log, Point { weight: 0.0, spread, correlation, means: errors.times(right), errors: errors_of_means })
}

/// The same from one year, of which the next has the mean.
fn point_of_one_year(groups: &[Estimate], spread: f64, correlation: f64) -> (f64, Point) {
    let (mut precision, mut right, mut logs, mut squares) = (0.0, 0.0, 0.0, 0.0);
    for group in groups {
        let a = 1.0 / (spread + group.variance);
        precision += a;
        right += a * group.value;
        logs += libm::log(a);
        squares += a * group.value * group.value;
    }
    let (mean, error) = (right / precision, 1.0 / precision);
    let log = (logs - libm::log(precision) - squares + right * mean) / 2.0;
    (log, Point { weight: 0.0, spread, correlation, means: (mean, mean), errors: (error, error, error) })
}

impl Expected {
    /// Probability that the groups would be below this value without a treatment: that the treatment raised them to it.
    pub fn below(&self, value: f64) -> f64 {
        let chance =
            |(weight, mean, variance): &(f64, f64, f64)| weight * normal::below((value - mean) / variance.sqrt());
        self.laws.iter().map(chance).sum()
    }

    /// Probability that they would be above it: that the treatment lowered them to it.
    pub fn above(&self, value: f64) -> f64 {
        1.0 - self.below(value)
    }

    /// Bounds of 95 % of the mean without a treatment.
    pub fn interval(&self) -> (f64, f64) {
        (self.quantile(0.025), self.quantile(0.975))
    }

    /// By halving between bounds that are too wide for any law among those of the points.
    fn quantile(&self, share: f64) -> f64 {
        let (mut low, mut high) = (self.mean - WIDEST * self.deviation, self.mean + WIDEST * self.deviation);
        for _ in 0..STEPS {
            let middle = f64::midpoint(low, high);
            if self.below(middle) < share { low = middle } else { high = middle }
        }
        f64::midpoint(low, high)
    }

    /// How far from what is expected a value must be aimed at so that it lies beyond `z` deviations with a probability
    /// of 0.8, where `n` units will be seen with the variance `within` each: `z·√V + 0.8416·σ/√n`.
    pub fn step(&self, within: f64, n: u64, z: f64) -> Option<f64> {
        let step = z * self.deviation + crate::Z_POWER * (within / as_f64(n)).sqrt();
        step.is_finite().then_some(step)
    }
}

#[cfg(test)]
mod tests;
