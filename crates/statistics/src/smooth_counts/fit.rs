//! The smooth curve: Poisson regression on Legendre polynomials by weighted least squares, again and again.

use crate::positive_definite::{Factor, Symmetric};
use srez_model::unit::as_f64;

/// Why there is no curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// So few scores are left without those at the cuts.
    TooFewScores { left: usize },
    /// The likelihood has no maximum, or it was not reached.
    NoMaximum,
}

/// Degree of the polynomial by the fewest scores that are left for it.
const DEGREES: [(usize, usize); 3] = [(14, 5), (11, 4), (8, 3)];
/// Steps at most.
const STEPS: usize = 60;
/// A step that changes no logarithm of a count by more than this is the last.
const SMALLEST_CHANGE: f64 = 1e-10;
/// Greatest logarithm of a count.
const GREATEST_LOG: f64 = 30.0;
/// What is added to counts at the start.
const START: f64 = 0.5;
/// No expected count is smaller where distances are compared with it.
const LEAST_EXPECTED: f64 = 0.1;

/// A smooth curve through counts.
#[derive(Clone, Debug)]
pub struct Curve {
    /// By score.
    basis: Vec<Vec<f64>>,
    /// Logarithms of expected counts by score.
    eta: Vec<f64>,
    information: Factor,
    /// Degree of the polynomial.
    pub degree: usize,
    /// Degrees of freedom that are left.
    pub degrees: f64,
    /// How much more counts vary than chance makes them: φ, at least 1.
    pub dispersion: f64,
}

impl Curve {
    /// Through the counts of the scores 0, 1, …, without those just below the cuts and at them.
    pub fn through(counts: &[u64], cuts: &[usize]) -> Result<Self, Obstacle> {
        let is_free = |score: &usize| !cuts.iter().any(|cut| cut == score || *cut == score + 1);
        let free: Vec<usize> = (0..counts.len()).filter(is_free).collect();
        let enough = |(fewest, _): &&(usize, usize)| *fewest <= free.len();
        let (_, degree) = DEGREES.iter().find(enough).ok_or(Obstacle::TooFewScores { left: free.len() })?;
        let last = as_f64(counts.len() as u64 - 1);
        let basis: Vec<Vec<f64>> =
            (0..counts.len()).map(|score| legendre(2.0 * as_f64(score as u64) / last - 1.0, *degree)).collect();
        let (eta, information) = fit(counts, &basis, &free).ok_or(Obstacle::NoMaximum)?;
        let degrees = as_f64((free.len() - degree - 1) as u64);
        let square = |score: &usize| {
            let expected = libm::exp(eta[*score]);
            (as_f64(counts[*score]) - expected).powi(2) / expected.max(LEAST_EXPECTED)
        };
        let dispersion = (free.iter().map(square).sum::<f64>() / degrees).max(1.0);
        Ok(Self { basis, eta, information, degree: *degree, degrees, dispersion })
    }

    /// Logarithm of the expected count of a score; beyond the last score that of the last.
    pub fn eta(&self, score: usize) -> f64 {
        self.eta.get(score).or(self.eta.last()).copied().unwrap_or(0.0)
    }

    /// Coefficients of the curve.
    pub(super) fn terms(&self) -> usize {
        self.degree + 1
    }

    /// How the polynomials change from the score below a cut to the cut.
    pub(super) fn step(&self, cut: usize) -> impl Iterator<Item = f64> {
        self.basis[cut].iter().zip(&self.basis[cut - 1]).map(|(at, below)| at - below)
    }

    /// Variance of a sum of coefficients.
    pub(super) fn variance(&self, slope: &[f64]) -> f64 {
        self.dispersion * self.information.quadratic(slope)
    }
}

/// Logarithms of expected counts of all scores and the information of the coefficients.
fn fit(counts: &[u64], basis: &[Vec<f64>], free: &[usize]) -> Option<(Vec<f64>, Factor)> {
    let mut eta: Vec<f64> = free.iter().map(|score| libm::log(as_f64(counts[*score]) + START)).collect();
    let size = basis.first()?.len();
    // With fewer scores that anybody has the curve may fall without end elsewhere.
    if free.iter().filter(|score| counts[**score] != 0).count() < size {
        return None;
    }
    for _ in 0..STEPS {
        let (mut information, mut right) = (Symmetric::zero(size), vec![0.0; size]);
        for (score, eta) in free.iter().zip(&eta) {
            let (row, expected) = (&basis[*score], libm::exp(*eta));
            let working = expected * eta + as_f64(counts[*score]) - expected;
            for (place, value) in row.iter().enumerate() {
                right[place] += value * working;
                for (other, next) in row.iter().enumerate().take(place + 1) {
                    information.add(place, other, expected * value * next);
                }
            }
        }
        let information = information.factor()?;
        let coefficients = information.solve(&right);
        let at = |row: &Vec<f64>| -> f64 {
            let sum: f64 = row.iter().zip(&coefficients).map(|(value, coefficient)| value * coefficient).sum();
            sum.clamp(-GREATEST_LOG, GREATEST_LOG)
        };
        let next: Vec<f64> = free.iter().map(|score| at(&basis[*score])).collect();
        let change = next.iter().zip(&eta).map(|(next, last)| (next - last).abs()).fold(0.0, f64::max);
        if change < SMALLEST_CHANGE {
            return Some((basis.iter().map(at).collect(), information));
        }
        eta = next;
    }
    None
}

/// Legendre polynomials of degree 0 to `degree`: `(k + 1)P_{k+1} = (2k + 1)x·P_k − k·P_{k−1}`.
fn legendre(x: f64, degree: usize) -> Vec<f64> {
    let mut values = vec![1.0, x];
    for k in 1..degree {
        let order = as_f64(k as u64);
        values.push(((2.0 * order + 1.0) * x * values[k] - order * values[k - 1]) / (order + 1.0));
    }
    values
}

#[cfg(test)]
mod tests {
    use super::{Curve, Obstacle, legendre};

    #[test]
    fn polynomials_are_those_of_the_tables() {
        let found = legendre(0.5, 5);
        let expected = [1.0, 0.5, -0.125, -0.4375, -0.289_062_5, 0.089_843_75];
        assert!(found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-15), "{found:?}");
        assert!(legendre(1.0, 5).iter().all(|value| (value - 1.0).abs() < 1e-15));
    }

    #[test]
    fn a_curve_that_is_a_polynomial_is_found_again() {
        let counts: Vec<u64> =
            (0..=20).map(|x: i32| (6000.0 * libm::exp(-0.02 * f64::from((x - 11).pow(2)))) as u64).collect();
        let curve = Curve::through(&counts, &[8, 15]).unwrap();
        assert_eq!((curve.degree, curve.degrees, curve.dispersion), (5, 11.0, 1.0));
        for (score, count) in counts.iter().enumerate() {
            assert!((libm::exp(curve.eta(score)) / *count as f64 - 1.0).abs() < 0.01, "{score}");
        }
        assert_eq!(curve.eta(99), curve.eta(20));
    }

    #[test]
    fn too_few_scores_have_no_curve() {
        let why = |counts: &[u64], cuts: &[usize]| Curve::through(counts, cuts).err();
        assert_eq!(why(&[], &[]), Some(Obstacle::TooFewScores { left: 0 }));
        assert_eq!(why(&[9; 10], &[3, 6]), Some(Obstacle::TooFewScores { left: 6 }));
        assert_eq!(Curve::through(&[9; 10], &[3]).unwrap().degree, 3);
        assert_eq!(Curve::through(&[9; 13], &[3]).unwrap().degree, 4);
        let mut few = [0; 20];
        assert_eq!(why(&few, &[3]), Some(Obstacle::NoMaximum));
        few[5..10].fill(40);
        assert_eq!(why(&few, &[3]), Some(Obstacle::NoMaximum));
        few[10] = 7;
        assert!(Curve::through(&few, &[3]).is_ok());
    }
}
