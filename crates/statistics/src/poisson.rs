//! Upper tail of the Poisson law: `P(X ≥ k) = 1 − Σ_{i<k} e^{−λ}·λ^i/i!`.
//!
//! Degenerate: λ of 0 gives 1 for k = 0, else 0.

use srez_model::unit::as_f64;

/// `P(X ≥ k)` for the mean `mean`.
pub fn upper_tail(k: u64, mean: f64) -> f64 {
    if k == 0 {
        return 1.0;
    }
    if mean.is_nan() || mean <= 0.0 {
        return 0.0;
    }
    // The terms from k on, small ones included, so that a tiny tail keeps its digits.
    let mut log_term = -mean;
    for i in 1..=k {
        log_term += (mean / as_f64(i)).ln();
    }
    let (mut term, mut sum, mut i) = (log_term.exp(), 0.0, k);
    while term > 0.0 && (as_f64(i) < mean || 1e-17 * sum < term) {
        sum += term;
        i += 1;
        term *= mean / as_f64(i);
    }
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::upper_tail;

    #[test]
    fn tails_are_those_of_the_tables() {
        for (k, mean, p) in [(0, 2.0, 1.0), (1, 2.0, 0.864_664_7), (3, 0.5, 0.014_387_7), (5, 0.1, 7.667e-8)] {
            let found = upper_tail(k, mean);
            assert!((found / p - 1.0).abs() < 2e-4, "{k}: {found}");
        }
        assert!((upper_tail(40, 50.0) - 0.935_4).abs() < 5e-4);
        assert_eq!((upper_tail(0, 0.0), upper_tail(2, 0.0)), (1.0, 0.0));
    }
}
