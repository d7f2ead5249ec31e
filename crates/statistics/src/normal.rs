//! The standard normal law: `P(|Z| ≥ z) = erfc(z/√2)`.
//!
//! Source: erfc and its inverse of statrs; `P(Z ≤ z)`, which is asked for millions of times, by the rational function of
//! Hart 1968 (West 2005, Wilmott Magazine, May:70), and far off by a continued fraction, true to twelve digits. Degenerate: a z that is no number has p = 1.

use statrs::function::erf::{erfc, erfc_inv};

/// Two-sided p of a standard normal value.
pub fn two_sided(z: f64) -> f64 {
    if z.is_nan() { 1.0 } else { erfc(z.abs() / std::f64::consts::SQRT_2).min(1.0) }
}

/// Coefficients of the rational function, from the highest power down.
const ABOVE_LINE: [f64; 7] = [
    3.526_249_659_989_11e-2,
    0.700_383_064_443_688,
    6.373_962_203_531_65,
    33.912_866_078_383,
    112.079_291_497_871,
    221.213_596_169_931,
    220.206_867_912_376,
];
const BELOW_LINE: [f64; 8] = [
    8.838_834_764_831_84e-2,
    1.755_667_163_182_64,
    16.064_177_579_207,
    86.780_732_202_946_1,
    296.564_248_779_674,
    637.333_633_378_831,
    793.826_512_519_948,
    440.413_735_824_752,
];
/// Beyond it a continued fraction is used.
const FAR: f64 = 4.0;
/// √2π.
const ROOT: f64 = 2.506_628_274_631_000_7;

/// `P(Z ≤ z)`.
pub fn below(z: f64) -> f64 {
    below_and_density(z).0
}

/// `P(Z ≤ z)`, and the density at z.
pub(crate) fn below_and_density(z: f64) -> (f64, f64) {
    if z.is_nan() {
        return (0.5, 0.0);
    }
    let (far, power) = (z.abs(), (-z * z / 2.0).exp());
    let polynomial = |of: &[f64]| of.iter().fold(0.0, |sum, coefficient| sum * far + coefficient);
    let tail = if far < FAR {
        power * polynomial(&ABOVE_LINE) / polynomial(&BELOW_LINE)
    } else {
        let fraction = (1..=24).rev().fold(far, |rest, place| far + f64::from(place) / rest);
        power / fraction / ROOT
    };
    (if 0.0 < z { 1.0 - tail } else { tail }, power / ROOT)
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

    #[test]
    fn one_tail_is_half_of_two() {
        for step in -1000..=1000 {
            let z = f64::from(step) / 100.0;
            let half = two_sided(z) / 2.0;
            let tail = if z < 0.0 { below(z) } else { below(-z) };
            assert!((tail / half - 1.0).abs() < 1e-9, "{z}: {tail} instead of {half}");
            assert!((below(z) + below(-z) - 1.0).abs() < 1e-14, "{z}");
        }
        assert_eq!((below(f64::NEG_INFINITY), below(f64::INFINITY)), (0.0, 1.0));
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
