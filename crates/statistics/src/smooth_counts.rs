//! Counts of whole scores against a smooth curve: do too many units stand at a cut and too few just below it?
//!
//! `n(x) ~ Poisson(exp η(x))`, η a sum of Legendre polynomials of `2x/M − 1`, fitted without the scores c − 1 and c of
//! all cuts. `φ = max(1, Σ(n − μ)²/max(μ, 0.1)/df)`, `Cov = φ·(X′WX)⁻¹`. At a cut c: `π = 1/(1 + exp(η_{c−1} − η_c))`,
//! `N = n(c − 1) + n(c)`; over the cuts `E = Σ(n(c) − N·π)`, `D = Σ N(1 − π)`,
//! `Var = φ·Σ N·π(1 − π) + g′Cov g`, `g = Σ N·π(1 − π)(X_c − X_{c−1})`; `p = P(t_df ≥ E/√Var)`; `λ = E/D` is the share
//! of the units that should stand just below a cut and stand at it.
//! One group: the same curve tilted to its mean, `logit π = η_c − η_{c−1} + (mean − mean of all)/σ²`.
//! Source: Chetty, Friedman, Olsen & Pistaferri 2011, QJE 126:749; Kleven 2016, Annu Rev Econ 8:435 (bunching against a
//! counterfactual); Dee, Dobbie, Jacob & Rockoff 2019, AEJ Applied 11:382.
//! Degenerate: fewer than eight scores left, or no maximum of the likelihood, no curve; nobody at the cuts, no test.

mod fit;

use crate::student;
pub use fit::{Curve, Obstacle};
use srez_model::unit::as_f64;

/// Units just below a cut and at it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    pub below: u64,
    pub at: u64,
}

impl Pair {
    fn n(self) -> f64 {
        as_f64(self.below) + as_f64(self.at)
    }
}

/// Too many units at the cuts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bunching {
    /// Units at the cuts beyond the curve: E.
    pub excess: f64,
    /// Units that should stand just below: D.
    pub displaced: f64,
    /// Share of those that stand at the cut: λ.
    pub share: f64,
    /// Standard error of that share.
    pub error: f64,
    /// Bounds of 95 % of that share.
    pub low: f64,
    pub high: f64,
    /// Probability of as great an excess or a greater one.
    pub p: f64,
}

/// One group against the curve of all, as a mean excess per unit at the cuts.
#[derive(Clone, Debug, PartialEq)]
pub struct Excess {
    /// Expected share at each cut: π.
    pub shares: Vec<f64>,
    /// Expected units at the cuts: `ΣN·π`.
    pub expected: f64,
    /// Units just below the cuts and at them: `ΣN`.
    pub n: f64,
    /// `Σ(n(c) − N·π)/ΣN`.
    pub value: f64,
    /// `ΣN·π(1 − π)/(ΣN)²`.
    pub variance: f64,
}

/// Two-sided p outside an interval.
const OUTSIDE: f64 = 0.05;
/// Cuts this near each other share a score and are left out.
const NEAREST: usize = 2;

/// The cuts that can be tested on scores up to `last`: those with a score below them, and no other cut nearer than two.
pub fn testable(cuts: &[usize], last: usize) -> Vec<usize> {
    let is_near = |cut: usize| cuts.iter().any(|other| *other != cut && other.abs_diff(cut) < NEAREST);
    let mut testable: Vec<usize> =
        cuts.iter().copied().filter(|cut| (1..=last).contains(cut) && !is_near(*cut)).collect();
    testable.sort_unstable();
    testable.dedup();
    testable
}

impl Curve {
    /// Expected share at a cut among the units just below it and at it, where the logit is shifted by `tilt`.
    fn share_at(&self, cut: usize, tilt: f64) -> f64 {
        1.0 / (1.0 + libm::exp(self.eta(cut - 1) - self.eta(cut) - tilt))
    }

    /// All units at these cuts, each of which must have a score below it; none where nobody stands there.
    pub fn bunching(&self, counts: &[u64], cuts: &[usize]) -> Option<Bunching> {
        let (mut excess, mut displaced, mut by_chance) = (0.0, 0.0, 0.0);
        let mut slope = vec![0.0; self.terms()];
        for cut in testable(cuts, counts.len().saturating_sub(1)) {
            let pair = Pair { below: counts[cut - 1], at: counts[cut] };
            let share = self.share_at(cut, 0.0);
            let spread = pair.n() * share * (1.0 - share);
            excess += as_f64(pair.at) - pair.n() * share;
            displaced += pair.n() * (1.0 - share);
            by_chance += spread;
            for (sum, step) in slope.iter_mut().zip(self.step(cut)) {
                *sum += spread * step;
            }
        }
        let deviation = (self.dispersion * by_chance + self.variance(&slope)).sqrt();
        if deviation.is_nan() || deviation <= 0.0 || displaced <= 0.0 {
            return None;
        }
        let (t, error) = (excess / deviation, deviation / displaced);
        let half = student::value(OUTSIDE, self.degrees) * error;
        let tail = student::two_sided(t, self.degrees) / 2.0;
        let share = excess / displaced;
        Some(Bunching {
            excess,
            displaced,
            share,
            error,
            low: share - half,
            high: share + half,
            p: if t < 0.0 { 1.0 - tail } else { tail },
        })
    }

    /// One group at the same cuts, tilted by `(mean of the group − mean of all)/σ²`; none where nobody stands there.
    pub fn excess(&self, pairs: &[(usize, Pair)], tilt: f64) -> Option<Excess> {
        let pairs: Vec<&(usize, Pair)> = pairs.iter().filter(|(cut, _)| 0 < *cut).collect();
        let shares: Vec<f64> = pairs.iter().map(|(cut, _)| self.share_at(*cut, tilt)).collect();
        let (mut n, mut at, mut expected, mut variance) = (0.0, 0.0, 0.0, 0.0);
        for ((_, pair), share) in pairs.iter().zip(&shares) {
            n += pair.n();
            at += as_f64(pair.at);
            expected += pair.n() * share;
            variance += pair.n() * share * (1.0 - share);
        }
        (0.0 < n).then(|| Excess { shares, expected, n, value: (at - expected) / n, variance: variance / (n * n) })
    }
}

#[cfg(test)]
mod tests;
