//! Cronbach's alpha: `k/(k−1)·(1 − Σs_j²/s_X²)`, all variances with n − 1.
//!
//! Source: Cronbach 1951, Psychometrika 16:297. Degenerate: fewer than two parts or a total without spread.

use crate::model::unit::as_f64;

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

#[cfg(test)]
mod tests {
    use super::alpha;

    #[test]
    fn alpha_of_three_parts() {
        assert!((alpha(3, 1.0 / 3.0 + 2.0 / 3.0 + 2.25, 6.25).unwrap() - 0.72).abs() < 1e-12);
        assert_eq!((alpha(1, 1.0, 1.0), alpha(3, 0.0, 0.0)), (None, None));
    }
}
