//! Student's law: `P(|T| ≥ t) = I(d/(d + t²); d/2, 1/2)`.
//!
//! Source: incomplete beta function. Degenerate: without degrees of freedom p = 1.

use crate::beta;

/// Two-sided p of a value with `degrees` degrees of freedom, which need not be whole.
pub fn two_sided(t: f64, degrees: f64) -> f64 {
    if t.is_nan() || degrees.is_nan() || degrees <= 0.0 {
        return 1.0;
    }
    beta::regularised(degrees / 2.0, 0.5, degrees / (degrees + t * t))
}

/// The inverse of [`two_sided`], by bisection: the value with this two-sided p; 0 for a p of 1 or more.
pub fn value(p: f64, degrees: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    while p < two_sided(high, degrees) && high < f64::MAX / 4.0 {
        high *= 2.0;
    }
    for _ in 0..100 {
        let middle = (low + high) / 2.0;
        if p < two_sided(middle, degrees) { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

#[cfg(test)]
mod tests {
    use super::{two_sided, value};

    /// Values of scipy; −2.078 with 310 degrees is that of the skill against the own level.
    #[test]
    fn tails_are_those_of_the_tables() {
        for (t, degrees, p) in
            [(2.0, 7.5, 0.082_896_995_298_166_31), (0.0, 5.0, 1.0), (-3.5, 40.0, 0.001_157_706_614_757_469_9)]
        {
            let found = two_sided(t, degrees);
            assert!((found - p).abs() < 1e-9, "{t} {degrees}: {found}");
        }
        assert!((two_sided(-0.12 / (0.25 * (1.0 / 20.0 + 1.0 / 300.0_f64).sqrt()), 310.0) - 0.0385).abs() < 5e-5);
        assert_eq!(two_sided(f64::NAN, 3.0), 1.0);
        // Table: t of 0.975 with 10 degrees.
        assert!((value(0.05, 10.0) - 2.228_138_85).abs() < 1e-6 && value(1.0, 10.0) < 1e-6);
    }
}
