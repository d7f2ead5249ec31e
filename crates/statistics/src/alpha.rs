//! Cronbach's alpha: `k/(k−1)·(1 − Σs_j²/s_X²)`, all variances with n − 1.
//!
//! Interval: `1 − (1 − alpha)·F` with the 0.975 and 0.025 quantiles of Fisher's law, n − 1 and (n − 1)(k − 1) degrees.
//! Sources: Cronbach 1951, Psychometrika 16:297; Feldt 1965, Psychometrika 30:357.
//! Degenerate: fewer than two parts or a total without spread.

use crate::beta;
use srez_model::unit::as_f64;

/// Alpha of `parts` parts from the sum of their variances and the variance of the total.
pub fn alpha(parts: u64, sum_of_variances: f64, variance_of_total: f64) -> Option<f64> {
    if parts < 2 || variance_of_total.is_nan() || variance_of_total <= 0.0 {
        return None;
    }
    Some(as_f64(parts) / as_f64(parts - 1) * (1.0 - sum_of_variances / variance_of_total))
}

/// Standard error of measurement: `s_X·√(1 − alpha)`.
pub fn error_of_measurement(deviation_of_total: f64, alpha: f64) -> f64 {
    deviation_of_total * (1.0 - alpha).max(0.0).sqrt()
}

/// 95 % bounds of alpha of `parts` parts seen in `n` units; none for one unit.
pub fn interval(alpha: f64, n: u64, parts: u64) -> Option<(f64, f64)> {
    let (first, second) = (as_f64(n.checked_sub(1)?), as_f64(n.checked_sub(1)? * parts.checked_sub(1)?));
    let bound = |share| Some(1.0 - (1.0 - alpha) * quantile(share, first, second)?);
    Some((bound(0.975)?, bound(0.025)?))
}

/// Value below which Fisher's law of the ratio of two variances has the share `share`,
/// `P(F ≤ x) = I(d1·x/(d1·x + d2); d1/2, d2/2)`; none without degrees of freedom.
fn quantile(share: f64, first: f64, second: f64) -> Option<f64> {
    if !(first > 0.0 && second > 0.0) {
        return None;
    }
    // The share rises with u = d1·x/(d1·x + d2), which stays between 0 and 1.
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        if beta::regularised(first / 2.0, second / 2.0, middle) < share { low = middle } else { high = middle }
    }
    Some(second * low / (first * (1.0 - low)))
}

#[cfg(test)]
mod tests {
    use super::{alpha, interval, quantile};

    /// Values of scipy.
    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (share, first, second, expected) in
            [(0.95, 3.0, 10.0, 3.708_264_819_046_843_5), (0.025, 24.0, 96.0, 0.493_138_413_295_511)]
        {
            let found = quantile(share, first, second).unwrap();
            assert!((found / expected - 1.0).abs() < 1e-9, "{found}");
        }
    }

    /// Published numbers of the Law School Admission Test, section 6.
    #[test]
    fn bounds_are_those_of_another_program() {
        for (value, n, parts, low, high) in [
            (0.294_997_192_215_944, 1_000, 5, 0.223_473_787_862_733, 0.361_802_531_726_23),
            (0.840_794_223_926_578, 1_525, 16, 0.828_881_215_035_909, 0.852_230_831_495_824),
        ] {
            let (l, h) = interval(value, n, parts).unwrap();
            assert!((l - low).abs() < 1e-9 && (h - high).abs() < 1e-9, "{l} {h}");
        }
        assert_eq!((interval(0.5, 1, 5), interval(0.5, 9, 1)), (None, None));
    }

    #[test]
    fn alpha_of_three_parts() {
        assert!((alpha(3, 1.0 / 3.0 + 2.0 / 3.0 + 2.25, 6.25).unwrap() - 0.72).abs() < 1e-12);
        assert_eq!((alpha(1, 1.0, 1.0), alpha(3, 0.0, 0.0)), (None, None));
    }
}
