//! Fisher's law of the ratio of two variances: `P(F ≤ x) = I(d1·x/(d1·x + d2); d1/2, d2/2)`.
//!
//! Source: incomplete beta function of statrs. Degenerate: no quantile without degrees of freedom.

use statrs::function::beta::beta_reg;

/// Value below which the law has the share `share`; none if a degree of freedom is not positive.
pub fn quantile(share: f64, first: f64, second: f64) -> Option<f64> {
    if !(first > 0.0 && second > 0.0 && 0.0 < share && share < 1.0) {
        return None;
    }
    // The share rises with u = d1·x/(d1·x + d2), which stays between 0 and 1.
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        if beta_reg(first / 2.0, second / 2.0, middle) < share { low = middle } else { high = middle }
    }
    Some(second * low / (first * (1.0 - low)))
}

/// `P(F ≥ x)`; none if a degree of freedom is not positive or the value is no number.
pub fn upper_tail(x: f64, first: f64, second: f64) -> Option<f64> {
    if x.is_nan() || x < 0.0 || !(first > 0.0 && second > 0.0) {
        return None;
    }
    Some(beta_reg(second / 2.0, first / 2.0, second / (second + first * x)))
}

#[cfg(test)]
mod tests {
    use super::{quantile, upper_tail};

    /// Values of scipy.
    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (share, first, second, expected) in
            [(0.95, 3.0, 10.0, 3.708_264_819_046_843_5), (0.025, 24.0, 96.0, 0.493_138_413_295_511)]
        {
            let found = quantile(share, first, second).unwrap();
            assert!((found / expected - 1.0).abs() < 1e-9, "{found}");
        }
        assert_eq!(quantile(0.5, 0.0, 3.0), None);
    }

    /// Values of an integration of the density in small steps.
    #[test]
    fn upper_tails_are_those_of_the_density() {
        for (x, first, second, p) in [(4.0, 1.0, 10.0, 0.073_388), (2.5, 3.0, 60.0, 0.068_022), (0.0, 2.0, 9.0, 1.0)] {
            let found = upper_tail(x, first, second).unwrap();
            assert!((found - p).abs() < 5e-6, "{x}: {found}");
        }
        assert_eq!((upper_tail(f64::NAN, 1.0, 9.0), upper_tail(1.0, 0.0, 9.0)), (None, None));
    }
}
