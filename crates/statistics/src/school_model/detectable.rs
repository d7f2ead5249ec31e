//! The smallest true gap of a group that the model would notice, and how far off the group must truly be for it.
//!
//! With the weights and the centre that the others give (`w_{−i}`, `m_{−i}`, `v_m = 1/Σ′a`) and `y = reference + d`:
//! weights ∝ `w_{−i}·N(y; m, τ² + error + v_m)`, `c = κ²h/(κ²h + σ²/n)`, `h = Σ(n_c/n)²`,
//! `E = c·y + (1 − c)(m + B(y − m)) − reference`, `V = (1 − c)²·B·error + c·σ²/n + v_m`, and the far component as in
//! the gap. `d` is the smallest distance whose probability beyond the limit is large enough, by chords with
//! halved ends (Illinois; Dowell & Jarratt 1971, BIT 11:168), every third step by halving.
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
/// Steps towards it at most, and how close is close enough.
const STEPS: usize = 60;
const PRECISION: f64 = 1e-9;
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

/// The smallest distance at which a function that rises is not negative; none where it stays negative.
fn smallest(excess: impl Fn(f64) -> f64) -> Option<f64> {
    let (mut low, mut high) = (0.0, FARTHEST);
    let (mut below, mut above) = (excess(low), excess(high));
    if above.is_nan() || above < 0.0 {
        return None;
    }
    if 0.0 <= below {
        return Some(0.0);
    }
    let mut was_above = None;
    for step in 0..STEPS {
        if high - low < PRECISION {
            break;
        }
        let chord = high - above * (high - low) / (above - below);
        let is_inside = step % 3 != 2 && low < chord && chord < high;
        let next = if is_inside { chord } else { f64::midpoint(low, high) };
        let found = excess(next);
        let is_above = 0.0 <= found;
        // An end that stays twice counts half, so that the chord does not come from one side for ever.
        let end = if was_above == Some(is_above) { 0.5 } else { 1.0 };
        if is_above {
            (high, above, below) = (next, found, end * below);
        } else {
            (low, below, above) = (next, found, end * above);
        }
        was_above = Some(is_above);
    }
    Some(high)
}

impl Posterior {
    /// The smallest gap of a group that would be noticed; none if no distance on the scale would be.
    pub fn detectable(&self, group: usize, wanted: &Wanted) -> Result<Option<Detectable>, NoGap> {
        let (member, reference) = self.compared(group)?;
        let views: Vec<View> = self.grid.points.iter().map(|point| self.view(point, member)).collect();
        let side = if wanted.limit < 0.0 { -1.0 } else { 1.0 };
        let excess = |distance: f64| self.chance(&views, reference, side * distance, wanted.limit) - wanted.sure;
        let error = self.sample.members[member].error.sqrt();
        Ok(smallest(excess).map(|observed| Detectable { observed, truly: observed + error }))
    }

    fn view(&self, point: &Point, member: usize) -> View {
        let own = &self.sample.members[member];
        let between_parts = self.grid.levels[point.level].variance * own.concentration(self.assumptions.part_size);
        let (totals, log_weight) = self.grid.without(point, member);
        let (error, centre_error) = (self.grid.at(point, member).error, 1.0 / totals.precision);
        let total = point.variance + error + centre_error;
        View {
            log_weight: log_weight - libm::log(total) / 2.0,
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
            let weight = libm::exp(log - greatest);
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

#[cfg(test)]
mod tests {
    use super::{FARTHEST, smallest};

    #[test]
    fn the_smallest_distance_is_where_the_function_leaves_the_negative() {
        for root in [0.03, 0.11, 0.5, 0.94] {
            for steep in [0.5, 8.0, 300.0] {
                let found = smallest(|at| libm::tanh(steep * (at - root))).unwrap();
                assert!((found - root).abs() < 1e-7, "{root} {steep}: {found}");
            }
        }
        // A jump, a function that is never negative, and one that always is.
        assert!((smallest(|at| if at < 0.25 { -0.9 } else { 0.1 }).unwrap() - 0.25).abs() < 1e-6);
        assert_eq!((smallest(|_| 0.2), smallest(|_| -0.2), smallest(|_| f64::NAN)), (Some(0.0), None, None));
        assert_eq!(smallest(|at| at - FARTHEST), Some(FARTHEST));
    }
}
