//! Shares on the scale of angles, where their error by chance does not depend on the share.
//!
//! `y = asin √((k + 3/8)/(n + 3/4))` with variance `1/(4n + 2)`; back: `sin² y`.
//! Source: Anscombe 1948, Biometrika 35:246. Degenerate: without units the angle is that of ½.

use srez_model::unit::as_f64;
use std::f64::consts::FRAC_PI_2;

/// Variance of one unit on the scale of angles.
pub const WITHIN: f64 = 0.25;

/// Angle of `k` among `n`.
pub fn angle(k: u64, n: u64) -> f64 {
    let n = as_f64(n);
    ((as_f64(k).min(n) + 0.375) / (n + 0.75)).sqrt().asin()
}

/// Variance of the angle of a share of `n` units.
pub fn variance(n: u64) -> f64 {
    1.0 / (4.0 * as_f64(n) + 2.0)
}

/// Share that an angle stands for.
pub fn share(angle: f64) -> f64 {
    angle.clamp(0.0, FRAC_PI_2).sin().powi(2)
}

/// Distance of angles that is `points` of a share from `reference` upwards; negative points lead downwards.
pub fn step(reference: f64, points: f64) -> f64 {
    (share(reference) + points).clamp(0.0, 1.0).sqrt().asin() - reference
}

#[cfg(test)]
mod tests {
    use super::{FRAC_PI_2, angle, share, step, variance};

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
}
