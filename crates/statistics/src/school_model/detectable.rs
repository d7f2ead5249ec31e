//! The smallest true gap of a group that the model would notice, and how far off the group must truly be for it.
//!
//! With the weights and the centre that the others give (`w_{−i}`, `m_{−i}`, `v_m = 1/Σ′a`) and `y = reference + d`:
//! weights ∝ `w_{−i}·N(y; m, τ² + error + v_m)`, `c = κ²h/(κ²h + σ²/n)`, `h = Σ(n_c/n)²`,
//! `E = c·y + (1 − c)(m + B(y − m)) − reference`, `V = (1 − c)²·B·error + c·σ²/n + v_m`, and the far component as in
//! the gap. `d` is the smallest distance whose probability beyond the limit is large enough.
//! Degenerate: a single group, or a distance that does not exist on the scale.

use super::gap::{Far, Moments};
use super::grid::{Point, Rest};
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
/// Steps towards it at most, and how small the last one must be.
const STEPS: usize = 60;
const PRECISION: f64 = 1e-8;
/// The same among many groups: what a secant leaves of such a step is a hundredth of it.
const PRECISION_AMONG_MANY: f64 = 1e-4;
/// Steps that go by the slope alone; later every other one halves what is left.
const FREE_STEPS: usize = 6;
/// A point whose weight has this logarithm, or a smaller one, of the greatest adds nothing to the probability.
const LEAST_LOG: f64 = -16.0;

/// From where a distance is looked for, and how fast the function rises there.
#[derive(Clone, Copy, Debug)]
struct Start {
    at: f64,
    slope: f64,
    /// A smaller step is the last.
    precision: f64,
}

/// The smallest distance at which a function that rises is not negative, with the last slope; none where it stays
/// negative. By secants from the start, held between what is known to be too small and what is known to be enough.
fn smallest(start: Start, mut excess: impl FnMut(f64) -> f64) -> Option<Start> {
    let (mut low, mut high) = (-PRECISION / 2.0, FARTHEST);
    let (mut is_enough, mut before) = (false, None);
    let Start { mut at, mut slope, precision } = start;
    for step in 0..STEPS {
        at = at.clamp(0.0, FARTHEST);
        let found = excess(at);
        if 0.0 <= found {
            (high, is_enough) = (at, true);
        } else {
            low = at;
        }
        if !is_enough && FARTHEST <= low {
            return None;
        }
        let is_secant = before.is_some();
        slope = before.map_or(slope, |(other, value): (f64, f64)| (found - value) / (at - other));
        before = Some((at, found));
        if is_enough && high - low < PRECISION {
            break;
        }
        let next = at - found / slope;
        let is_inside = low <= next && next <= high;
        if is_inside && (next - at).abs() < if is_secant { precision } else { PRECISION } {
            return Some(Start { at: next.max(0.0), slope, precision });
        }
        at = match (is_inside && (step < FREE_STEPS || step % 2 == 1), is_enough) {
            (true, _) => next,
            // An end that was never looked at comes before the middle.
            (false, false) => FARTHEST,
            (false, true) if low < 0.0 => 0.0,
            (false, true) => f64::midpoint(low, high),
        };
    }
    is_enough.then_some(Start { at: high, slope, precision })
}

/// One point of the grid as the others see it.
#[derive(Clone, Copy)]
struct View {
    /// Logarithm of the weight by the others and by the law of the observed mean, but for its exponent.
    log_weight: f64,
    /// Half of the precision of that law.
    half: f64,
    /// τ².
    spread: f64,
    centre: f64,
    centre_error: f64,
    /// Variance of the group's mean around its own level.
    error: f64,
    /// What the parts contribute to that.
    between_parts: f64,
}

/// A group of which something is asked.
#[derive(Clone, Copy)]
struct Asked {
    group: usize,
    member: usize,
    reference: f64,
    /// Variance of its mean by the chance of units.
    sampling: f64,
    /// `Σ(n_c/n)²`.
    concentration: f64,
    wanted: Wanted,
}

impl Asked {
    fn start(&self, precision: f64) -> Start {
        let step = 2.0 * self.sampling.sqrt();
        Start { at: self.wanted.limit.abs() + step, slope: 1.0 / step, precision }
    }

    fn noticed(&self, found: Start) -> Detectable {
        Detectable { observed: found.at, truly: found.at + self.sampling.sqrt() }
    }
}

/// The points of the grid as the others of a group see them; one group after the other has the same room.
struct Views<'a> {
    posterior: &'a Posterior,
    views: Vec<View>,
    logs: Vec<f64>,
}

impl Posterior {
    /// The smallest gap of a group that would be noticed; none if no distance on the scale would be.
    pub fn detectable(&self, group: usize, wanted: &Wanted) -> Result<Option<Detectable>, NoGap> {
        let asked = self.asked(group, *wanted)?;
        Ok(Views::new(self).smallest(&asked, asked.start(PRECISION)).map(|found| asked.noticed(found)))
    }

    /// The same of many groups in the order given, none also where nothing is asked. Groups that are known alike have
    /// answers alike, so each is looked for where the last one was found.
    pub fn detectables(&self, wanted: &[Option<Wanted>]) -> Vec<Option<Detectable>> {
        let asked = |(group, wanted): (usize, &Option<Wanted>)| self.asked(group, (*wanted)?).ok();
        let mut all: Vec<Asked> = wanted.iter().enumerate().filter_map(asked).collect();
        all.sort_by(|one, other| one.sampling.total_cmp(&other.sampling));
        let (mut views, mut last) = (Views::new(self), None);
        let mut answers = vec![None; wanted.len()];
        for asked in all {
            let found = views.smallest(&asked, last.unwrap_or_else(|| asked.start(PRECISION_AMONG_MANY)));
            answers[asked.group] = found.map(|found| asked.noticed(found));
            last = found.or(last);
        }
        answers
    }

    fn asked(&self, group: usize, wanted: Wanted) -> Result<Asked, NoGap> {
        let (member, reference) = self.compared(group)?;
        let own = &self.sample.members[member];
        let concentration = own.concentration(self.assumptions.part_size);
        Ok(Asked { group, member, reference, sampling: own.error, concentration, wanted })
    }

    /// The others and the group are all: the weight by the others is that by all, less what the group itself said,
    /// and the variance of its law is in both.
    fn view(&self, point: &Point, log: f64, asked: &Asked) -> View {
        let at = self.grid.at(point, asked.member);
        let between_parts = self.grid.levels[point.level].variance * asked.concentration;
        let Rest { mean: centre, error: centre_error, precision } = point.without(at);
        let half = precision / 2.0;
        View {
            log_weight: log - at.among_parts + (at.mean - centre).powi(2) * half,
            half,
            spread: point.variance,
            centre,
            centre_error,
            error: at.error,
            between_parts,
        }
    }
}

impl<'a> Views<'a> {
    fn new(posterior: &'a Posterior) -> Self {
        Self { posterior, views: Vec::new(), logs: Vec::new() }
    }

    fn smallest(&mut self, asked: &Asked, start: Start) -> Option<Start> {
        let grid = &self.posterior.grid;
        let view = |(point, log): (&Point, &f64)| self.posterior.view(point, *log, asked);
        self.views.clear();
        self.views.extend(grid.points.iter().zip(&grid.logs).map(view));
        let side = if asked.wanted.limit < 0.0 { -1.0 } else { 1.0 };
        smallest(start, |distance| self.chance(asked, side * distance) - asked.wanted.sure)
    }

    /// Probability that the gap is beyond the limit if the group is observed at this distance from the reference.
    fn chance(&mut self, asked: &Asked, distance: f64) -> f64 {
        let y = asked.reference + distance;
        self.logs.clear();
        self.logs.extend(self.views.iter().map(|view| view.log_weight - (y - view.centre).powi(2) * view.half));
        let greatest = self.logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (mut beyond, mut all) = (0.0, 0.0);
        for (view, log) in self.views.iter().zip(&self.logs).filter(|(_, log)| LEAST_LOG < *log - greatest) {
            let weight = libm::exp(log - greatest);
            beyond += weight * self.chance_at(view, asked, y);
            all += weight;
        }
        beyond / all
    }

    fn chance_at(&self, view: &View, asked: &Asked, y: f64) -> f64 {
        let Posterior { sample, assumptions, .. } = self.posterior;
        let of_parts = view.between_parts / (view.between_parts + asked.sampling);
        let own = 1.0 - of_parts;
        let moments = |kept: f64| Moments {
            mean: of_parts * y + own * (view.centre + kept * (y - view.centre)) - asked.reference,
            variance: own * own * kept * view.error + of_parts * asked.sampling + view.centre_error,
        };
        let usual = view.spread + view.error;
        let far = Far::new(y - view.centre, usual, view.spread, sample.within, assumptions);
        let (limit, near) = (asked.wanted.limit, moments(view.spread / usual));
        let below = (1.0 - far.share) * near.below(limit) + far.share * moments(far.kept).below(limit);
        if limit < 0.0 { below } else { 1.0 - below }
    }
}

#[cfg(test)]
mod tests {
    use super::{FARTHEST, PRECISION, Start};

    fn smallest(excess: impl Fn(f64) -> f64) -> Option<f64> {
        super::smallest(Start { at: 0.1, slope: 5.0, precision: PRECISION }, excess).map(|found| found.at)
    }

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
        assert!((smallest(|at| at - FARTHEST).unwrap() - FARTHEST).abs() < 1e-12);
    }

    /// The last answer is a good place to look for the next one.
    #[test]
    fn a_near_start_leaves_little_to_look_for() {
        let looks = |start: Start| {
            let mut looks = 0;
            let found = super::smallest(start, |at| {
                looks += 1;
                libm::tanh(8.0 * (at - 0.2))
            });
            assert!((found.unwrap().at - 0.2).abs() < 1e-7);
            looks
        };
        let near = looks(Start { at: 0.2001, slope: 8.1, precision: PRECISION });
        assert!(near <= 3 && near < looks(Start { at: 0.6, slope: 1.0, precision: PRECISION }), "{near}");
    }
}
