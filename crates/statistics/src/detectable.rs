//! Smallest difference that the doubled-tail hypergeometric test detects with power 80 %, with a fixed reference.
//!
//! Rejection set: all k with p ≤ level at this n; then `P(k in the set | n, p1) = 0.80` is solved by bisection and
//! `|p1 − p0|` rounded up to 0.001. Source: Bloom 1995, Eval Rev 19:547 (the idea; here exact).
//! Degenerate: if no k on a side is rare enough, nothing can be detected there.

use super::{binomial, hypergeometric};
use srez_model::unit::as_f64;

/// Power with which a difference must be found.
const POWER: f64 = 0.8;

/// Smallest rise of a share above the reference, as a fraction; `k_rest` of `n_rest` is the reference.
pub fn rise(n: u64, k_rest: u64, n_rest: u64, level: f64) -> Option<f64> {
    if n == 0 || n_rest == 0 {
        return None;
    }
    let rejects = |k| hypergeometric::pmf(n + n_rest, k + k_rest, n).upper_tail(k) <= level / 2.0;
    if !rejects(n) {
        return None;
    }
    // Rejection is monotone in k: the smallest k that rejects.
    let (mut below, mut least) = (0, n);
    while below < least {
        let middle = below + (least - below) / 2;
        if rejects(middle) { least = middle } else { below = middle + 1 }
    }
    let reference = as_f64(k_rest) / as_f64(n_rest);
    let (mut low, mut high) = (reference, 1.0);
    for _ in 0..40 {
        let middle = f64::midpoint(low, high);
        if binomial::pmf(n, middle).upper_tail(least) < POWER { low = middle } else { high = middle }
    }
    Some(round_up(high - reference))
}

/// Smallest fall of a share below the reference: the rise of its complement.
pub fn fall(n: u64, k_rest: u64, n_rest: u64, level: f64) -> Option<f64> {
    rise(n, n_rest.saturating_sub(k_rest), n_rest, level)
}

fn round_up(fraction: f64) -> f64 {
    // The bisection leaves an error of 2^-40: a whole number up to that error stays whole.
    (fraction * 1_000.0 - 1e-6).ceil() / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::{fall, rise};

    /// A reference so large that it is free of error.
    const LARGE: (u64, u64) = (1_000_000, 10_000_000);

    #[test]
    fn differences_are_those_of_the_table() {
        let rises = [(10, 38.4, 57.4), (14, 33.4, 47.6), (20, 26.7, 37.0), (50, 14.2, 22.7), (100, 9.9, 14.2)];
        for (n, at_5, at_02) in rises {
            for (level, expected) in [(0.05, at_5), (0.002, at_02)] {
                let found = 100.0 * rise(n, LARGE.0, LARGE.1, level).unwrap();
                assert!((found - expected).abs() < 0.01, "{n} {level}: {found}");
            }
        }
        let falls = [(10, None, None), (20, None, None), (50, Some(9.6), None), (100, Some(6.9), Some(9.2))];
        for (n, at_5, at_02) in falls {
            for (level, expected) in [(0.05, at_5), (0.002, at_02)] {
                let found = fall(n, LARGE.0, LARGE.1, level).map(|found| (1_000.0 * found).round() / 10.0);
                assert_eq!(found, expected, "{n} {level}");
            }
        }
        assert!((100.0 * rise(20, 30, 300, 0.05).unwrap() - 26.7).abs() < 0.01);
        assert_eq!(fall(20, 30, 300, 0.05), None);
    }
}
