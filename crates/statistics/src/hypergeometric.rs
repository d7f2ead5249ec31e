//! Counts drawn without replacement: `P(k) = C(K, k)·C(N − K, n − k) / C(N, n)`.
//!
//! The doubled smaller tail is Fisher's exact test. Degenerate: margins that allow one outcome only give p = 1.

use super::Pmf;
use srez_model::unit::as_f64;

/// Law of the successes among `n` drawn from `all`, of which `successes` are successes.
pub fn pmf(all: u64, successes: u64, n: u64) -> Pmf {
    super::noncentral_hypergeometric::pmf(successes.min(all), all.saturating_sub(successes), n.min(all), 1.0)
}

/// Two-sided p of `k` successes among `n` against `k_rest` among `n_rest` others: `min(1, 2 · smaller tail)`.
pub fn two_sided(k: u64, n: u64, k_rest: u64, n_rest: u64) -> f64 {
    pmf(n + n_rest, k + k_rest, n).two_sided(k)
}

/// Mean of the law, `n·K/N`; none if N = 0.
pub fn mean(all: u64, successes: u64, n: u64) -> Option<f64> {
    (all != 0).then(|| as_f64(n) * as_f64(successes) / as_f64(all))
}

#[cfg(test)]
mod tests {
    use super::{pmf, two_sided};

    #[test]
    fn both_tails_are_exact() {
        let cases = [
            (25, 100, 45, 300, 0.0374, 5e-5),
            (6, 10, 0, 300, 3.58e-10, 5e-13),
            (3, 8, 12, 80, 0.2651, 5e-5),
            (0, 10, 0, 300, 1.0, 0.0),
            (10, 10, 300, 300, 1.0, 0.0),
        ];
        for (k, n, k_rest, n_rest, expected, tolerance) in cases {
            let found = two_sided(k, n, k_rest, n_rest);
            assert!((found - expected).abs() <= tolerance, "{k}/{n}: {found}");
        }
        assert!((pmf(100, 1, 10).smallest_attainable() - 0.2).abs() < 1e-12);
        assert!((pmf(100, 1, 5).smallest_attainable() - 0.1).abs() < 1e-12);
    }

    #[test]
    fn large_counts_keep_their_digits() {
        let law = pmf(20_000, 9_000, 5_000);
        let sum: f64 = law.probabilities().iter().sum();
        assert!((sum - 1.0).abs() < 1e-12 && (law.mean() - 2_250.0).abs() < 1e-6);
    }
}
