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

#[cfg(test)]
mod tests {
    use super::quantile;

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
}
