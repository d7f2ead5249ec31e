//! The smallest true gap of a group that the model would notice, and how far off the group must truly be for it.
//!
//! With the weights and the centre that the others give (`w_{−i}`, `m_{−i}`, `v_m = 1/Σ′a`) and `y = reference + d`:
//! weights ∝ `w_{−i}·N(y; m, τ² + error + v_m)`, `c = κ²h/(κ²h + σ²/n)`, `h = Σ(n_c/n)²`,
//! `E = c·y + (1 − c)(m + B(y − m)) − reference`, `V = (1 − c)²·B·error + c·σ²/n + v_m`, and the far component as in
//! the gap. `d` is the smallest distance whose probability beyond the limit is large enough, by bisection.
//! Degenerate: a single group, or a distance that does not exist on the scale.

use super::gap::{Far, Moments};
use super::grid::Point;
use super::{NoGap, Posterior};

/// What must be noticed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    /// The gap that must be exceeded; its sign is the side.
    pub limit: f64,
    /// With which probability.
    pub sure: f64,
}

/// What would be noticed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detectable {
    /// Smallest distance of what is observed from the reference, without its sign.
    pub observed: f64,
    /// Smallest true distance that is noticed with a probability of at least 0.8: one error by chance more.
    pub truly: f64,
}

/// Greatest distance that is looked at.
const FARTHEST: f64 = 0.95;
/// Steps of the bisection.
const STEPS: usize = 30;
/// A point whose weight has this logarithm, or a smaller one, of the greatest adds nothing to the probability.
const LEAST_LOG: f64 = -21.0;

/// One point of the grid as the others see it.
struct View {
    /// By the others, and the width of the law of the observed mean.
    log_weight: f64,
    /// Variance of that law.
    total: f64,
    /// τ².
    spread: f64,
    centre: f64,
    centre_error: f64,
    /// Variance of the group's mean around its own level.
    error: f64,
    /// Share of the parts in that.
    of_parts: f64,
    /// Variance by the chance of units.
    sampling: f64,
}

impl Posterior {
    /// The smallest gap of a group that would be noticed; none if no distance on the scale would be.
    pub fn detectable(&self, group: usize, wanted: &Wanted) -> Result<Option<Detectable>, NoGap> {
        let (member, reference) = self.compared(group)?;
        let views: Vec<View> = self.grid.points.iter().map(|point| self.view(point, member)).collect();
        let side = if wanted.limit < 0.0 { -1.0 } else { 1.0 };
        let is_noticed = |distance: f64| wanted.sure <= self.chance(&views, reference, side * distance, wanted.limit);
        if !is_noticed(FARTHEST) {
            return Ok(None);
        }
        let (mut low, mut high) = (0.0, FARTHEST);
        for _ in 0..STEPS {
            let middle = f64::midpoint(low, high);
            if is_noticed(middle) { high = middle } else { low = middle }
        }
        Ok(Some(Detectable { observed: high, truly: high + self.sample.members[member].error.sqrt() }))
    }

    fn view(&self, point: &Point, member: usize) -> View {
        let own = &self.sample.members[member];
        let between_parts = self.grid.levels[point.level].variance * own.concentration(self.assumptions.part_size);
        let (totals, log_weight) = self.grid.without(point, member);
        let (error, centre_error) = (self.grid.at(point, member).error, 1.0 / totals.precision);
        let total = point.variance + error + centre_error;
        View {
            log_weight: log_weight - total.ln() / 2.0,
            total,
            spread: point.variance,
            centre: totals.mean(),
            centre_error,
            error,
            of_parts: between_parts / (between_parts + own.error),
            sampling: own.error,
        }
    }

    /// Probability that the gap is beyond the limit if the group is observed at this distance from the reference.
    fn chance(&self, views: &[View], reference: f64, distance: f64, limit: f64) -> f64 {
        let log_weight =
            |view: &View| view.log_weight - (reference + distance - view.centre).powi(2) / view.total / 2.0;
        let logs: Vec<f64> = views.iter().map(log_weight).collect();
        let greatest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (mut beyond, mut all) = (0.0, 0.0);
        for (view, log) in views.iter().zip(logs).filter(|(_, log)| LEAST_LOG < log - greatest) {
            let weight = (log - greatest).exp();
            beyond += weight * self.chance_at(view, reference, distance, limit);
            all += weight;
        }
        beyond / all
    }

    fn chance_at(&self, view: &View, reference: f64, distance: f64, limit: f64) -> f64 {
        let (y, own) = (reference + distance, 1.0 - view.of_parts);
        let moments = |kept: f64| Moments {
            mean: view.of_parts * y + own * (view.centre + kept * (y - view.centre)) - reference,
            variance: own * own * kept * view.error + view.of_parts * view.sampling + view.centre_error,
        };
        let usual = view.spread + view.error;
        let far = Far::new(y - view.centre, usual, view.spread, self.sample.within, &self.assumptions);
        let below =
            (1.0 - far.share) * moments(view.spread / usual).below(limit) + far.share * moments(far.kept).below(limit);
        if limit < 0.0 { below } else { 1.0 - below }
    }
}
