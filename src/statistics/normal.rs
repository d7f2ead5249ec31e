//! The standard normal law: `P(|Z| ≥ z) = erfc(z/√2)`.
//!
//! Source: rational Chebyshev approximation of erfc, relative error below 1.2·10⁻⁷ (Press et al., Numerical Recipes).
//! Degenerate: a z that is no number has p = 1.

/// Two-sided p of a standard normal value.
pub fn two_sided(z: f64) -> f64 {
    if z.is_nan() { 1.0 } else { erfc(z.abs() / std::f64::consts::SQRT_2).min(1.0) }
}

fn erfc(x: f64) -> f64 {
    const COEFFICIENTS: [f64; 10] = [
        0.170_872_77,
        -0.822_152_23,
        1.488_515_87,
        -1.135_203_98,
        0.278_868_07,
        -0.186_288_06,
        0.096_784_18,
        0.374_091_96,
        1.000_023_68,
        -1.265_512_23,
    ];
    let t = 1.0 / (1.0 + 0.5 * x);
    t * (COEFFICIENTS.iter().fold(0.0, |sum, coefficient| sum * t + coefficient) - x * x).exp()
}

#[cfg(test)]
mod tests {
    use super::two_sided;

    #[test]
    fn tails_are_those_of_the_tables() {
        for (z, p) in [(0.0, 1.0), (1.0, 0.317_310_5), (-1.959_964, 0.05), (3.290_527, 0.001), (6.0, 1.973_175e-9)] {
            let found = two_sided(z);
            assert!((found / p - 1.0).abs() < 3e-6, "{z}: {found}");
        }
        assert_eq!(two_sided(f64::NAN), 1.0);
    }
}
