//! Shares and means of groups drawn towards their mean by how much the groups truly differ.
//!
//! `t = Σk/Σn`, `s_i² = t(1−t)/n_i` (means: S²/n_i, S the pooled deviation within the groups), `Q = Σ((y_i − t)/s_i)²`,
//! `tau² = max(0, (Q − (I−1)) / (Σw − Σw²/Σw))`, `w = 1/s²`;
//! `m = Σ(y/(s²+tau²)) / Σ(1/(s²+tau²))`, `B = tau²/(tau²+s²)`, `theta = m + B(y − m)`.
//! Source: DerSimonian & Laird 1986; Efron & Morris 1975, JASA 70:311. Degenerate: fewer than two groups, or t of 0 or
//! 1.

use srez_model::unit::as_f64;

/// Spread of true shares over groups and their mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    unit: f64,
    /// Variance of the true shares; 0 where the groups cannot be told apart.
    pub variance: f64,
    /// Mean of the true shares.
    pub mean: f64,
}

impl Spread {
    /// Spread over groups given as `(k, n)`.
    pub fn from_counts(groups: &[(u64, u64)]) -> Option<Self> {
        let groups: Vec<(f64, f64)> =
            groups.iter().filter(|(_, n)| *n != 0).map(|(k, n)| (as_f64(*k), as_f64(*n))).collect();
        let (k, n) = groups.iter().fold((0.0, 0.0), |(k, n), group| (k + group.0, n + group.1));
        let share = k / n;
        let means: Vec<(f64, f64)> = groups.iter().map(|(k, n)| (k / n, *n)).collect();
        Self::with_unit(&means, share, share * (1.0 - share))
    }

    /// Spread over groups given as `(mean, n)` with the variance of one unit within its group.
    pub fn from_means(groups: &[(f64, u64)], within: f64) -> Option<Self> {
        let groups: Vec<(f64, f64)> =
            groups.iter().filter(|(_, n)| *n != 0).map(|(mean, n)| (*mean, as_f64(*n))).collect();
        let (sum, n) = groups.iter().fold((0.0, 0.0), |(sum, n), group| (sum + group.0 * group.1, n + group.1));
        Self::with_unit(&groups, sum / n, within)
    }

    fn with_unit(groups: &[(f64, f64)], centre: f64, unit: f64) -> Option<Self> {
        if groups.len() < 2 || unit <= 0.0 {
            return None;
        }
        let n: f64 = groups.iter().map(|(_, n)| n).sum();
        let q: f64 = groups.iter().map(|(mean, n)| (mean - centre).powi(2) * n / unit).sum();
        let squares: f64 = groups.iter().map(|(_, n)| n * n).sum();
        let excess = q - (as_f64(groups.len() as u64) - 1.0);
        let variance = (excess * unit / (n - squares / n)).max(0.0);
        let weight = |n: f64| 1.0 / (unit / n + variance);
        let weights: f64 = groups.iter().map(|(_, n)| weight(*n)).sum();
        let mean = groups.iter().map(|(mean, n)| mean * weight(*n)).sum::<f64>() / weights;
        Some(Self { unit, variance, mean })
    }

    /// The share of one group drawn towards the mean; none if n = 0.
    pub fn shrunk(&self, k: u64, n: u64) -> Option<f64> {
        if n == 0 { None } else { Some(self.shrunk_mean(as_f64(k) / as_f64(n), n)) }
    }

    /// The mean of one group of `n` units drawn towards the mean of the groups.
    pub fn shrunk_mean(&self, mean: f64, n: u64) -> f64 {
        let kept = self.variance / (self.variance + self.unit / as_f64(n));
        self.mean + kept * (mean - self.mean)
    }
}

#[cfg(test)]
mod tests {
    use super::{Spread, as_f64};

    #[test]
    fn ten_groups() {
        let n = [20, 30, 40, 50, 60, 70, 80, 25, 45, 80];
        let k = [2, 6, 4, 10, 6, 14, 8, 6, 4, 20];
        let groups: Vec<(u64, u64)> = k.into_iter().zip(n).collect();
        let spread = Spread::from_counts(&groups).unwrap();
        assert!((spread.unit - 0.16 * 0.84).abs() < 1e-12 && (spread.variance - 0.001781).abs() < 5e-7, "{spread:?}");
        assert!((spread.mean - 0.15880).abs() < 5e-6);
        assert!((spread.shrunk(2, 20).unwrap() - 0.14648).abs() < 5e-6);
        assert!((spread.shrunk(20, 80).unwrap() - 0.20573).abs() < 5e-6);
        let means: Vec<(f64, u64)> = groups.iter().map(|(k, n)| (as_f64(*k) / as_f64(*n), *n)).collect();
        let same = Spread::from_means(&means, 0.16 * 0.84).unwrap();
        assert!((same.variance - spread.variance).abs() < 1e-15 && (same.shrunk_mean(0.25, 80) - 0.20573).abs() < 5e-6);
        assert_eq!((Spread::from_counts(&[(0, 5), (0, 7)]), Spread::from_means(&means, 0.0)), (None, None));
    }
}
