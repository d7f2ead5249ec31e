//! By how much a group truly differs from the others, where units lie in parts and parts in groups.
//!
//! `x = μ + u_s + v_sc + e`, `u ~ N(0, τ²)` groups, `v ~ N(0, κ²)` parts, `e ~ N(0, σ²)` units. The two variances have
//! half-normal priors and a posterior on a grid, so that nothing is iterated and few data need no other rule: the prior
//! speaks. The gap of a group is its distance from the mean of the units of all others, without itself.
//! Two gaps: of the group with its parts as they are (chance of units), and of the group whatever its parts (chance of
//! units and parts). The first allows that a group is far from all others (a contaminated normal law).
//! Sources: Patterson & Thompson 1971, Biometrika 58:545 (restricted likelihood); Gelman 2006, Bayesian Analysis 1:515
//! (priors of deviations); Box & Tiao 1968, Biometrika 55:119 (the far component).
//! Degenerate: one group has no gap; without spread within parts, or with too few units for it, no model.

mod detectable;
mod gap;
mod grid;
mod jump;
mod level;
mod sample;
pub mod shares;
mod value;

use super::Z_95;
pub use detectable::{Detectable, Wanted};
use gap::Law;
use grid::Grid;
pub(crate) use grid::{deviations_of_groups, weights, widths};
pub use jump::{Jump, Jumps, NoJump, PartSpread};
pub use sample::{Count, Estimate, Group, Observed, Obstacle, Sample};
use srez_model::threshold::Thresholds;
pub use value::{Exactness, bounds_without_parts};

/// What the model takes for granted; deviations are in units of σ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assumptions {
    /// Scale of the prior of the deviation of groups.
    pub groups: f64,
    /// Scale of the prior of the deviation of parts.
    pub parts: f64,
    /// Probability that a group is far from all others.
    pub far_share: f64,
    /// Deviation of groups that are far.
    pub far_size: f64,
    /// Units of a part where parts are not known.
    pub part_size: f64,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self { groups: 0.30, parts: 0.30, far_share: 0.05, far_size: 0.75, part_size: 25.0 }
    }
}

impl Assumptions {
    /// Those of the thresholds in force.
    pub fn in_force(thresholds: &Thresholds) -> Self {
        let value = |id: &str| thresholds.value(id);
        Self {
            groups: value("prior.schools"),
            parts: value("prior.classes"),
            far_share: value("gap.far-share") / 100.0,
            far_size: value("gap.far-size"),
            part_size: value("class.size"),
        }
    }
}

/// Of what a gap speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Of the group with its parts as they are: only the units are chance.
    Present,
    /// Of the group whatever its parts: units and parts are chance.
    Lasting,
}

/// Posterior means of the two variances.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// E τ².
    pub groups: f64,
    /// E κ².
    pub parts: f64,
}

/// The gap of a group with its parts as they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// Mean of the group's units.
    pub value: f64,
    /// Mean of the units of all other groups.
    pub reference: f64,
    /// `value − reference`.
    pub raw: f64,
    /// The gap drawn towards the others.
    pub mean: f64,
    /// Bounds of 95 %.
    pub low: f64,
    pub high: f64,
}

/// Why a group has no gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoGap {
    /// It has no units.
    Empty,
    /// There is no other group.
    Alone,
}

/// Probability below the lower and above the upper bound of an interval.
const TAIL: f64 = 0.025;
/// No gap is greater.
const WIDEST: f64 = 1.5;
/// Steps towards a bound at most, and how many of them may be Newton's; the others halve.
const STEPS: usize = 60;
const NEWTON_STEPS: usize = 18;
/// A smaller step towards a bound is the last; of Newton's steps its square is left.
const PRECISION: f64 = 1e-5;

/// What the groups say together.
#[derive(Clone, Debug)]
pub struct Posterior {
    sample: Sample,
    assumptions: Assumptions,
    grid: Grid,
    /// Mean of the units of all others, by group; none where there are none.
    references: Vec<Option<f64>>,
    /// By group, then by point of the grid.
    laws: Vec<Vec<Law>>,
}

impl Posterior {
    pub fn new(sample: Sample, assumptions: Assumptions) -> Self {
        let grid = Grid::new(&sample, &assumptions);
        let mut laws = vec![Vec::new(); sample.members.len()];
        for (point, weight) in grid.points.iter().zip(&grid.weights).filter(|(_, weight)| 0.0 < **weight) {
            let of_groups = gap::laws(&grid, point, *weight, &sample.members, sample.within, &assumptions);
            for (laws, law) in laws.iter_mut().zip(of_groups) {
                laws.push(law);
            }
        }
        Self { references: sample.references(), sample, assumptions, grid, laws }
    }

    /// Variance of a unit within its part: σ².
    pub fn within(&self) -> f64 {
        self.sample.within
    }

    /// How much groups and parts differ.
    pub fn spread(&self) -> Spread {
        let of_parts = |point: &grid::Point| self.grid.levels[point.level].variance;
        Spread { groups: self.grid.mean(|point| point.variance), parts: self.grid.mean(of_parts) }
    }

    /// Variance of a group's mean around the group's own level: parts and units, `E κ²·Σ(n_c/n)² + Σ(n_c/n)²·σ²/n_c`.
    pub fn sampling(&self, group: usize) -> Option<f64> {
        let member = &self.sample.members[self.sample.member(group)?];
        Some(self.spread().parts * member.concentration(self.assumptions.part_size) + member.error)
    }

    /// The gap of a group with its parts as they are; groups are counted in the order in which they were given.
    pub fn gap(&self, group: usize) -> Result<Gap, NoGap> {
        let (member, reference) = self.compared(group)?;
        let laws = &self.laws[member];
        let value = self.sample.members[member].value;
        let mean: f64 = laws.iter().map(|law| law.weight * law.mean()).sum();
        let squares: f64 = laws.iter().map(|law| law.weight * law.square()).sum();
        // Nearly where the bounds would be if the law were normal.
        let half = Z_95 * (squares - mean * mean).max(0.0).sqrt();
        let (low, high) = (quantile(laws, TAIL, mean - half), quantile(laws, 1.0 - TAIL, mean + half));
        Ok(Gap { value, reference, raw: value - reference, mean, low, high })
    }

    /// Mean of the units of all groups but this one.
    pub fn reference(&self, group: usize) -> Result<f64, NoGap> {
        self.compared(group).map(|(_, reference)| reference)
    }

    /// Probability that the gap of a group is below a distance, which has a sign.
    pub fn below(&self, group: usize, effect: Effect, distance: f64) -> Result<f64, NoGap> {
        let (member, _) = self.compared(group)?;
        Ok(below(&self.laws[member], effect, distance))
    }

    /// Probability that the gap of a group is above a distance.
    pub fn above(&self, group: usize, effect: Effect, distance: f64) -> Result<f64, NoGap> {
        self.below(group, effect, distance).map(|below| 1.0 - below)
    }

    /// Where a group stands, and what it is compared with.
    fn compared(&self, group: usize) -> Result<(usize, f64), NoGap> {
        let member = self.sample.member(group).ok_or(NoGap::Empty)?;
        Ok((member, self.references[member].ok_or(NoGap::Alone)?))
    }
}

fn below(laws: &[Law], effect: Effect, distance: f64) -> f64 {
    laws.iter().map(|law| law.weight * law.below(effect, distance)).sum()
}

/// The gap below which this share of the probability lies: Newton's steps between bounds that close in, then halving.
fn quantile(laws: &[Law], share: f64, start: f64) -> f64 {
    let (mut low, mut high) = (-WIDEST, WIDEST);
    let mut at = start.clamp(low, high);
    for step in 0..STEPS {
        let (below, density) = laws.iter().fold((0.0, 0.0), |(below, density), law| {
            let (own_below, own_density) = law.present_at(at);
            (below + law.weight * own_below, density + law.weight * own_density)
        });
        let excess = below - share;
        if excess < 0.0 {
            low = at;
        } else {
            high = at;
        }
        let newton = at - excess / density;
        let is_inside = step < NEWTON_STEPS && low < newton && newton < high;
        let next = if is_inside { newton } else { f64::midpoint(low, high) };
        if is_inside && (next - at).abs() < PRECISION {
            return next;
        }
        at = next;
    }
    at
}

#[cfg(test)]
mod tests;
