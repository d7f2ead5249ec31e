//! The standard normal law: `P(|Z| ≥ z) = erfc(z/√2)`.
//!
//! Source: erfc and its inverse of statrs. Degenerate: a z that is no number has p = 1.

use statrs::function::erf::{erfc, erfc_inv};

/// Two-sided p of a standard normal value.
pub fn two_sided(z: f64) -> f64 {
    if z.is_nan() { 1.0 } else { erfc(z.abs() / std::f64::consts::SQRT_2).min(1.0) }
}

/// `P(Z ≤ z)`.
pub fn below(z: f64) -> f64 {
    if z.is_nan() { 0.5 } else { erfc(-z / std::f64::consts::SQRT_2) / 2.0 }
}

/// `z` with `P(Z ≤ z) = share`; infinite for a share of 0 or 1.
pub fn quantile(share: f64) -> f64 {
    -std::f64::consts::SQRT_2 * erfc_inv(2.0 * share)
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
        assert!((below(1.0) - 0.841_344_746_068_542_9).abs() < 1e-9);
    }

    /// Values of scipy.
    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (share, z) in [
            (0.5, 0.0),
            (0.8, 0.841_621_233_572_914_3),
            (0.975, crate::Z_95),
            (0.001, -3.090_232_306_167_813),
            (0.999_999_5, 4.891_638_475_714_779),
        ] {
            assert!((quantile(share) - z).abs() < 1e-9, "{share}: {}", quantile(share));
        }
        assert!((quantile(0.8) - crate::Z_POWER).abs() < 5e-5);
        assert_eq!((quantile(0.0), quantile(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
        let error = |share: f64| (below(quantile(share)) - share).abs();
        let worst = (1..1000).map(|n| error(f64::from(n) / 1000.0)).fold(0.0, f64::max);
        assert!(worst < 1e-10, "{worst}");
    }
}
