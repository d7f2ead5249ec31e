//! Before and after of groups that were treated in between, against groups that were not.
//!
//! Peers are the untreated groups: `m0`, `m1` their means, `tau²` the variance of their true means (of both years,
//! averaged), `rho` the correlation of a group's true means in the two years.
//! Difference of differences: `D = (y1 − m1) − (y0 − m0)`, variance = the sampling variances + `2 tau²(1 − rho)`.
//! Regression to the mean: a group that was chosen because it was low rises by itself. Expected without a treatment
//! `E = m1 + rho·B0·(y0 − m0)`, `B0 = tau²/(tau² + s0²)`, with predictive variance `tau²(1 − rho²·B0) + s1²`, to which
//! the sampling variances of `m1` and `m0` are added; `s² = within/n`.
//! Source: DerSimonian & Laird 1986; Barnett, van der Pols & Dobson 2005, Int J Epidemiol 34:215.
//! Degenerate: fewer than two peers or no variance within them; `rho` where `tau² = 0` or below 20 peers.

use super::shrinkage::Spread;
use srez_model::unit::as_f64;

/// Fewest peers with both years from which `rho` is estimated.
pub const FEWEST_FOR_CORRELATION: usize = 20;
/// The least correlation that is taken where it cannot be estimated.
pub const LOW_CORRELATION: f64 = 0.7;

/// One group in one year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Year {
    /// Mean or share.
    pub mean: f64,
    /// Units.
    pub n: u64,
}

/// Groups without the treatment in two years.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Peers {
    /// Mean before and after.
    pub means: (f64, f64),
    /// Variance of these means.
    pub variances: (f64, f64),
    /// Variance of one unit within its group, before and after.
    pub within: (f64, f64),
    /// Variance of the true means of the groups.
    pub between: f64,
    /// Correlation of true means between the years; none if it cannot be estimated.
    pub correlation: Option<f64>,
}

/// What is to be expected of a group without a treatment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    pub mean: f64,
    /// Predictive variance.
    pub variance: f64,
}

impl Peers {
    /// Peers given as pairs of before and after, with the variances of one unit within its group.
    pub fn from_pairs(pairs: &[(Year, Year)], within: (f64, f64)) -> Option<Self> {
        let (before, after): (Vec<Year>, Vec<Year>) =
            pairs.iter().filter(|(before, after)| before.n != 0 && after.n != 0).copied().unzip();
        let spread = |years: &[Year], within: f64| {
            Spread::from_means(&years.iter().map(|year| (year.mean, year.n)).collect::<Vec<_>>(), within)
        };
        let (old, new) = (spread(&before, within.0)?, spread(&after, within.1)?);
        let between = f64::midpoint(old.variance, new.variance);
        let variance_of_mean = |years: &[Year], within: f64| {
            1.0 / years.iter().map(|year| 1.0 / (within / as_f64(year.n) + between)).sum::<f64>()
        };
        Some(Self {
            means: (old.mean, new.mean),
            variances: (variance_of_mean(&before, within.0), variance_of_mean(&after, within.1)),
            within,
            between,
            correlation: correlation(&before, &after, between),
        })
    }

    /// Correlations under which a verdict must hold: the estimate, or 1 and the low one.
    pub fn correlations(&self) -> Vec<f64> {
        self.correlation.map_or_else(|| vec![1.0, LOW_CORRELATION], |correlation| vec![correlation])
    }

    /// What is to be expected of a group that was at `before` and will have `n_after` units.
    pub fn expected(&self, before: Year, n_after: u64, correlation: f64) -> Expected {
        let sampling = (self.within.0 / as_f64(before.n), self.within.1 / as_f64(n_after));
        let kept = if self.between == 0.0 { 0.0 } else { self.between / (self.between + sampling.0) };
        let slope = correlation * kept;
        Expected {
            mean: self.means.1 + slope * (before.mean - self.means.0),
            variance: self.between * (1.0 - correlation * correlation * kept)
                + sampling.1
                + self.variances.1
                + slope * slope * self.variances.0,
        }
    }

    /// Variance of the usual change of a true mean between the years: `2 tau²(1 − rho)`.
    pub fn drift(&self, correlation: f64) -> f64 {
        2.0 * self.between * (1.0 - correlation)
    }
}

/// `cov(y0, y1)/tau²` between 0 and 1: the sampling errors of two years are independent and do not bias the covariance.
fn correlation(before: &[Year], after: &[Year], between: f64) -> Option<f64> {
    if before.len() < FEWEST_FOR_CORRELATION || between <= 0.0 {
        return None;
    }
    let groups = as_f64(before.len() as u64);
    let mean = |years: &[Year]| years.iter().map(|year| year.mean).sum::<f64>() / groups;
    let (old, new) = (mean(before), mean(after));
    let products: f64 = before.iter().zip(after).map(|(one, other)| (one.mean - old) * (other.mean - new)).sum();
    Some((products / (groups - 1.0) / between).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::{LOW_CORRELATION, Peers, Year};

    #[test]
    fn a_low_school_is_expected_to_recover() {
        let peers = Peers {
            means: (0.15, 0.14),
            variances: (0.0, 0.0),
            within: (0.15 * 0.85, 0.14 * 0.86),
            between: 0.06 * 0.06,
            correlation: None,
        };
        let before = Year { mean: 0.35, n: 40 };
        let low = peers.expected(before, 40, LOW_CORRELATION);
        assert!((low.mean - 0.2143).abs() < 5e-5 && (low.variance.sqrt() - 0.0753).abs() < 5e-5, "{low:?}");
        let full = peers.expected(before, 40, 1.0);
        assert!((full.mean - 0.2461).abs() < 5e-5 && (full.variance.sqrt() - 0.0686).abs() < 5e-5, "{full:?}");
        assert_eq!(peers.correlations(), [1.0, LOW_CORRELATION]);
        assert!((peers.drift(LOW_CORRELATION) - 0.6 * 0.0036).abs() < 1e-15 && peers.drift(1.0) == 0.0);
    }

    #[test]
    fn steady_groups_correlate_and_equal_groups_cannot_be_told_apart() {
        let pairs: Vec<(Year, Year)> = (0..24_u32)
            .map(|place| {
                let mean = f64::from(place) / 40.0;
                (Year { mean, n: 100_000 }, Year { mean: mean + 0.02, n: 100_000 })
            })
            .collect();
        let peers = Peers::from_pairs(&pairs, (0.2, 0.2)).unwrap();
        assert!(peers.correlation.unwrap() > 0.99, "{peers:?}");
        assert!((peers.means.1 - peers.means.0 - 0.02).abs() < 1e-9);
        assert_eq!(Peers::from_pairs(&pairs[..19], (0.2, 0.2)).unwrap().correlation, None);
        let alike: Vec<(Year, Year)> =
            (0..30).map(|_| (Year { mean: 0.3, n: 50 }, Year { mean: 0.3, n: 50 })).collect();
        let peers = Peers::from_pairs(&alike, (0.21, 0.21)).unwrap();
        assert_eq!((peers.between, peers.correlation), (0.0, None));
        assert!((peers.expected(Year { mean: 0.9, n: 10 }, 10, 1.0).mean - 0.3).abs() < 1e-12);
        assert_eq!(Peers::from_pairs(&alike[..1], (0.21, 0.21)), None);
    }
}
