//! The likelihood of the two variances on a grid, and what is left of it without one group.
//!
//! `a_s = 1/(error_s + τ²)`, `ln L = ½Σln a − ½ln Σa − ½(Σa·ỹ² − (Σa·ỹ)²/Σa) + Σ among parts + ln prior`: the
//! restricted likelihood of nested random effects with a flat mean.

use super::level::{AtLevel, Level};
use super::{Assumptions, Sample};

/// τ/σ.
const GROUPS: [f64; 15] = [0.0, 0.04, 0.08, 0.12, 0.16, 0.20, 0.24, 0.28, 0.32, 0.37, 0.43, 0.50, 0.60, 0.75, 1.0];
/// κ/σ.
const PARTS: [f64; 9] = [0.0, 0.08, 0.16, 0.24, 0.32, 0.40, 0.50, 0.65, 0.85];
/// Points of less weight say nothing.
const LEAST_WEIGHT: f64 = 1e-6;

/// One pair of variances.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    /// τ².
    pub(super) variance: f64,
    /// Place of κ² among the levels.
    pub(super) level: usize,
    pub(super) totals: Totals,
}

/// What all groups but one say of the mean.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rest {
    pub(super) mean: f64,
    /// Variance of that mean.
    pub(super) error: f64,
    /// Precision of the distance of the group from it.
    pub(super) precision: f64,
}

impl Point {
    /// Without one group, which must not be the only one.
    pub(super) fn without(&self, at: &AtLevel) -> Rest {
        let a = 1.0 / (at.error + self.variance);
        let error = 1.0 / (self.totals.precision - a);
        // Of 1/a and the error together: a(A − a)/A.
        let precision = a * (self.totals.precision - a) / self.totals.precision;
        Rest { mean: (self.totals.sum - a * at.mean) * error, error, precision }
    }
}

/// Sums over groups.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Totals {
    /// Σa.
    pub(super) precision: f64,
    logs: f64,
    sum: f64,
    squares: f64,
    among_parts: f64,
}

impl Totals {
    /// Over all groups of a level.
    fn new(level: &Level, variance: f64) -> Self {
        let (mut totals, mut product) = (Self::default(), Product::default());
        for at in &level.groups {
            let a = 1.0 / (at.error + variance);
            product.multiply(a);
            totals.precision += a;
            totals.sum += a * at.mean;
            totals.squares += a * at.mean * at.mean;
            totals.among_parts += at.among_parts;
        }
        Self { logs: product.log(), ..totals }
    }

    /// Mean of the groups.
    pub(super) fn mean(&self) -> f64 {
        self.sum / self.precision
    }

    fn log_likelihood(&self) -> f64 {
        let distances = self.squares - self.sum * self.sum / self.precision;
        (self.logs - libm::log(self.precision) - distances) / 2.0 + self.among_parts
    }
}

/// The logarithm of a product, taken only where the product would leave the numbers: a logarithm costs many times a
/// multiplication.
#[derive(Clone, Copy, Debug)]
pub(super) struct Product {
    logs: f64,
    rest: f64,
}

impl Default for Product {
    fn default() -> Self {
        Self { logs: 0.0, rest: 1.0 }
    }
}

impl Product {
    pub(super) fn multiply(&mut self, factor: f64) {
        self.rest *= factor;
        if !(1e-150..=1e150).contains(&self.rest) {
            self.logs += libm::log(self.rest);
            self.rest = 1.0;
        }
    }

    pub(super) fn log(self) -> f64 {
        self.logs + libm::log(self.rest)
    }
}

/// Relative widths of the cells around ascending points: half the distance between the neighbours.
pub(crate) fn widths(points: &[f64]) -> Vec<f64> {
    let last = points.len().saturating_sub(1);
    let width = |place: usize| (points[(place + 1).min(last)] - points[place.saturating_sub(1)]) / 2.0;
    (0..points.len()).map(width).collect()
}

/// Points of τ/σ with the logarithm of their prior: a half-normal law of this scale over cells.
pub(crate) fn deviations_of_groups(scale: f64) -> Vec<(f64, f64)> {
    with_prior(&GROUPS, scale)
}

fn with_prior(points: &[f64], scale: f64) -> Vec<(f64, f64)> {
    let log_prior = |(point, width): (&f64, f64)| (*point, libm::log(width) - (point / scale).powi(2) / 2.0);
    points.iter().zip(widths(points)).map(log_prior).collect()
}

/// Weights that sum to 1 from logarithms; those below `least` are 0. All 0 where no logarithm is a number.
pub(crate) fn weights(logs: &[f64], least: f64) -> Vec<f64> {
    let greatest = logs.iter().copied().filter(|log| log.is_finite()).fold(f64::NEG_INFINITY, f64::max);
    let mut weights: Vec<f64> =
        logs.iter().map(|log| if log.is_finite() { libm::exp(log - greatest) } else { 0.0 }).collect();
    for least in [least, 0.0] {
        let sum: f64 = weights.iter().sum();
        for weight in &mut weights {
            *weight = if sum <= 0.0 || *weight / sum < least { 0.0 } else { *weight / sum };
        }
    }
    weights
}

/// The grid over both variances.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    pub(super) levels: Vec<Level>,
    pub(super) points: Vec<Point>,
    /// Logarithm of the weight of each point, and the weight itself.
    pub(super) logs: Vec<f64>,
    pub(super) weights: Vec<f64>,
}

impl Grid {
    pub(super) fn new(sample: &Sample, assumptions: &Assumptions) -> Self {
        let unit = sample.within;
        let of_parts = if sample.has_parts { with_prior(&PARTS, assumptions.parts) } else { vec![(0.0, 0.0)] };
        let of_groups = deviations_of_groups(assumptions.groups);
        let level = |(deviation, _): &(f64, f64)| {
            Level::new(unit * deviation * deviation, &sample.members, assumptions.part_size)
        };
        let levels: Vec<Level> = of_parts.iter().map(level).collect();
        let (mut points, mut logs) = (Vec::new(), Vec::new());
        for (place, (level, (_, of_part))) in levels.iter().zip(&of_parts).enumerate() {
            for (deviation, of_group) in &of_groups {
                let variance = unit * deviation * deviation;
                let totals = Totals::new(level, variance);
                logs.push(totals.log_likelihood() + of_group + of_part);
                points.push(Point { variance, level: place, totals });
            }
        }
        let weights = weights(&logs, LEAST_WEIGHT);
        Self { levels, points, logs, weights }
    }

    /// What a group is at a point.
    pub(super) fn at(&self, point: &Point, member: usize) -> &AtLevel {
        &self.levels[point.level].groups[member]
    }

    /// Mean over the points that count.
    pub(super) fn mean(&self, of_point: impl Fn(&Point) -> f64) -> f64 {
        let weighted = |(point, weight): (&Point, &f64)| weight * of_point(point);
        self.points.iter().zip(&self.weights).filter(|(_, weight)| 0.0 < **weight).map(weighted).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{Level, Product, Totals, weights, widths};
    use crate::school_model::tests::ten_groups;
    use crate::school_model::{Estimate, Group, Sample};
    use srez_model::unit::as_f64;

    /// `lmer(x ~ 1 + (1|school/class))` of R on the same units: τ² 0.0068700, κ² 0.0027622, σ² 0.0393864.
    #[test]
    fn the_likelihood_is_greatest_where_another_program_finds_it() {
        let within = 0.039_386_4;
        let estimate = |part: &crate::school_model::Observed| Estimate {
            value: part.mean,
            variance: within / as_f64(part.n),
            weight: as_f64(part.n),
        };
        let groups: Vec<Group<Estimate>> =
            ten_groups().iter().map(|group| Group::Parts(group.known().iter().map(estimate).collect())).collect();
        let sample = Sample::from_estimates(&groups, within).unwrap();
        let at =
            |groups: f64, parts: f64| Totals::new(&Level::new(parts, &sample.members, 25.0), groups).log_likelihood();
        let (groups, parts) = (0.006_870_0, 0.002_762_2);
        for step in [0.99, 1.01] {
            assert!(at(groups * step, parts) < at(groups, parts), "τ² {step}");
            assert!(at(groups, parts * step) < at(groups, parts), "κ² {step}");
        }
    }

    #[test]
    fn the_logarithm_of_a_product_is_the_sum_of_logarithms() {
        let factors = [1e-9, 3.5, 2e7, 1e140, 0.2, 1e90];
        let mut product = Product::default();
        let all = || factors.iter().copied().cycle().take(4_000);
        all().for_each(|factor| product.multiply(factor));
        let expected: f64 = all().map(libm::log).sum();
        assert!((product.log() / expected - 1.0).abs() < 1e-13, "{} {expected}", product.log());
        assert_eq!(Product::default().log(), 0.0);
    }

    #[test]
    fn cells_are_half_the_distance_of_the_neighbours() {
        let found = widths(&[0.0, 1.0, 3.0]);
        assert_eq!(found, [0.5, 1.5, 1.0]);
        assert!(widths(&[]).is_empty() && widths(&[2.0]) == [0.0]);
    }

    #[test]
    fn small_weights_are_dropped_and_the_rest_sums_to_one() {
        let found = weights(&[1000.0, 1000.0 + libm::log(3.0), 900.0, f64::NAN], 1e-6);
        for (found, expected) in found.iter().zip([0.25, 0.75, 0.0, 0.0]) {
            assert!((found - expected).abs() < 1e-12, "{found}");
        }
        assert_eq!(weights(&[f64::NEG_INFINITY, f64::NAN], 0.0), [0.0, 0.0]);
    }
}
