//! Upper tail of the Poisson law: `P(X ≥ k) = 1 − Σ_{i<k} e^{−λ}·λ^i/i!`.
//!
//! Up to the mean it is what the terms below leave of 1, beyond it the sum of its own terms, so that neither a sure
//! tail nor a tiny one loses its digits. Degenerate: λ of 0 gives 1 for k = 0, else 0; an endless λ gives 1.

use srez_model::unit::as_f64;

/// A term below this share of the sum adds nothing.
const LEAST_SHARE: f64 = 1e-17;

/// `P(X ≥ k)` for the mean `mean`.
pub fn upper_tail(k: u64, mean: f64) -> f64 {
    if k == 0 || mean == f64::INFINITY {
        return 1.0;
    }
    if mean.is_nan() || mean <= 0.0 {
        return 0.0;
    }
    if as_f64(k) <= mean { (1.0 - sum_down(k - 1, mean)).max(0.0) } else { sum_up(k, mean).min(1.0) }
}

/// `P(X = k)`.
fn term(k: u64, mean: f64) -> f64 {
    libm::exp(as_f64(k) * libm::log(mean) - mean - libm::lgamma(as_f64(k) + 1.0))
}

/// Terms from `k` down to 0, which is below the mean, so that each is smaller than the one before.
fn sum_down(k: u64, mean: f64) -> f64 {
    let (mut term, mut sum, mut i) = (term(k, mean), 0.0, k);
    while LEAST_SHARE * sum < term {
        sum += term;
        if i == 0 {
            break;
        }
        term *= as_f64(i) / mean;
        i -= 1;
    }
    sum
}

/// Terms from `k` up, which is above the mean, so that each is smaller than the one before.
fn sum_up(k: u64, mean: f64) -> f64 {
    let (mut term, mut sum, mut i) = (term(k, mean), 0.0, k);
    while LEAST_SHARE * sum < term {
        sum += term;
        i += 1;
        term *= mean / as_f64(i);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::upper_tail;

    #[test]
    fn tails_are_those_of_the_tables() {
        for (k, mean, p) in [
            (0, 2.0, 1.0),
            (1, 2.0, 0.864_664_7),
            (3, 0.5, 0.014_387_7),
            (5, 0.1, 7.667e-8),
            // Scipy. The first term of the first tail is below the smallest number.
            (5, 800.0, 1.0),
            (800, 800.0, 0.504_701_6),
            (40, 50.0, 0.935_4),
        ] {
            let found = upper_tail(k, mean);
            assert!((found / p - 1.0).abs() < 2e-4, "{k}: {found}");
        }
        assert!((upper_tail(3, 0.5) - 0.014_387_7).abs() < 5e-8);
        assert!((upper_tail(800, 800.0) - 0.504_701_6).abs() < 5e-8, "{}", upper_tail(800, 800.0));
        assert_eq!((upper_tail(0, 0.0), upper_tail(2, 0.0)), (1.0, 0.0));
        assert_eq!((upper_tail(5, f64::INFINITY), upper_tail(5, f64::NAN)), (1.0, 0.0));
    }

    /// Both ways of adding up agree where they meet: `P(X ≥ k) − P(X ≥ k + 1) = P(X = k)`.
    #[test]
    fn the_tail_falls_by_its_terms() {
        for mean in [0.3, 4.0, 27.5, 1200.0] {
            let mut expected = 0.0;
            for k in (0..2400).rev() {
                expected += super::term(k, mean);
                let found = upper_tail(k, mean);
                assert!((found - expected).abs() < 1e-10, "{k} {mean}: {found} {expected}");
            }
        }
        assert!(upper_tail(2400, 1200.0) < 1e-100 && 0.0 < upper_tail(60, 1.0));
    }
}
