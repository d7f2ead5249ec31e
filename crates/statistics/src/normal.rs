//! The standard normal law: `P(|Z| ≥ z) = erfc(z/√2)`.
//!
//! Source: erfc of statrs. Degenerate: a z that is no number has p = 1.

use statrs::function::erf::erfc;

/// Two-sided p of a standard normal value.
pub fn two_sided(z: f64) -> f64 {
    if z.is_nan() { 1.0 } else { erfc(z.abs() / std::f64::consts::SQRT_2).min(1.0) }
}

/// `P(Z ≤ z)`.
pub fn below(z: f64) -> f64 {
    if z.is_nan() { 0.5 } else { erfc(-z / std::f64::consts::SQRT_2) / 2.0 }
}

/// `z` with `P(Z ≤ z) = share`, by halving.
pub fn quantile(share: f64) -> f64 {
    let (mut low, mut high) = (-40.0, 40.0);
    for _ in 0..70 {
        let middle = f64::midpoint(low, high);
        if below(middle) < share { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::{below, quantile, two_sided};

    /// Values of scipy.
    #[test]
    fn tails_are_those_of_the_tables() {
        for (z, p) in [
            (0.0, 1.0),
            (1.0, 0.317_310_507_862_914_1),
            (-1.959_963_984_540_054, 0.05),
            (3.290_526_731_491_925_5, 0.001),
            (6.0, 1.973_175_290_075_396_5e-9),
        ] {
            let found = two_sided(z);
            assert!((found / p - 1.0).abs() < 1e-9, "{z}: {found}");
        }
        assert_eq!((two_sided(f64::NAN), below(0.0)), (1.0, 0.5));
        assert!((quantile(0.975) - crate::Z_95).abs() < 1e-9, "{}", quantile(0.975));
        assert!((below(1.0) - 0.841_344_746_068_542_9).abs() < 1e-9);
    }
}
