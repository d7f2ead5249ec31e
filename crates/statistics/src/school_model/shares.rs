//! Shares on the scale of angles, where their error by chance does not depend on the share.
//!
//! `y = asin √((k + 3/8)/(n + 3/4))` with variance `1/(4n + 2)`; back: `sin² y`.
//! Source: Anscombe 1948, Biometrika 35:246. Degenerate: without units the angle is that of ½.

use srez_model::unit::as_f64;
use std::f64::consts::FRAC_PI_2;

/// Variance of one unit on the scale of angles.
pub const WITHIN: f64 = 0.25;

/// Nearer to nothing or all a slope says nothing.
const LEAST_SHARE: f64 = 0.02;

/// Angle of `k` among `n`.
pub fn angle(k: u64, n: u64) -> f64 {
    let n = as_f64(n);
    libm::asin(((as_f64(k).min(n) + 0.375) / (n + 0.75)).sqrt())
}

/// Variance of the angle of a share of `n` units.
pub fn variance(n: u64) -> f64 {
    1.0 / (4.0 * as_f64(n) + 2.0)
}

/// Share that an angle stands for.
pub fn share(angle: f64) -> f64 {
    libm::sin(angle.clamp(0.0, FRAC_PI_2)).powi(2)
}

/// Distance of angles that is `points` of a share from `reference` upwards; negative points lead downwards.
pub fn step(reference: f64, points: f64) -> f64 {
    libm::asin((share(reference) + points).clamp(0.0, 1.0).sqrt()) - reference
}

/// How far an angle moves with a share near `share`: `1/(2√(p(1 − p)))`, p kept away from nothing and all.
pub fn slope(share: f64) -> f64 {
    let p = share.clamp(LEAST_SHARE, 1.0 - LEAST_SHARE);
    1.0 / (2.0 * (p * (1.0 - p)).sqrt())
}

#[cfg(test)]
mod tests {
    use super::{FRAC_PI_2, angle, share, slope, step, variance};
    use crate::{binomial, normal};

    #[test]
    fn angles_are_those_of_the_formula_and_lead_back() {
        for (k, n, expected) in [(3, 25, 0.370_448), (5, 24, 0.484_784), (0, 20, 0.134_841), (12, 28, 0.715_607)] {
            assert!((angle(k, n) - expected).abs() < 5e-6, "{k}/{n}: {}", angle(k, n));
        }
        assert!((variance(12) - 0.02).abs() < 1e-15);
        for reference in [0.0, 0.3, 1.1] {
            let moved = share(reference + step(reference, 0.04));
            assert!((moved - share(reference) - 0.04).abs() < 1e-12, "{reference}");
        }
        // Beyond all or nothing there is nothing to step to.
        assert_eq!(share(angle(0, 0) + 5.0), 1.0);
        assert!((share(0.1 + step(0.1, -0.04))).abs() < 1e-15);
        assert!((step(1.5, 0.04) + 1.5 - FRAC_PI_2).abs() < 1e-15);
    }

    /// 4 of 12 where 5 % are usual: the exact law says 0.0022.
    #[test]
    fn tails_are_nearly_those_of_the_exact_law() {
        let z = (angle(4, 12) - libm::asin(0.05_f64.sqrt())) / variance(12).sqrt();
        assert!((normal::below(-z) - 0.0023).abs() < 5e-5, "{}", normal::below(-z));
        assert!((binomial::pmf(12, 0.05).upper_tail(4) - 0.0022).abs() < 5e-5);
    }

    /// Shares of the other groups in both years together.
    #[test]
    fn slopes_are_those_of_the_second_program() {
        let counts = [(17, 82), (22, 102), (11, 60), (31, 93), (9, 55), (21, 99)];
        let (k, n) = counts.iter().fold((0, 0), |(k, n), own| (k + own.0, n + own.1));
        let expected = [1.188_431, 1.190_321, 1.184_495, 1.247_655, 1.181_090, 1.188_862];
        for (own, expected) in counts.iter().zip(expected) {
            let found = slope(f64::from(k - own.0) / f64::from(n - own.1));
            assert!((found - expected).abs() < 1e-6, "{own:?}: {found}");
        }
        assert!(slope(0.0) == slope(0.02) && slope(1.0) == slope(0.99));
    }
}
