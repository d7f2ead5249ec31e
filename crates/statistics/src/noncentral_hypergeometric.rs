//! Fisher's noncentral hypergeometric law: `P(k) ~ C(K1, k)·C(K0, n − k)·w^k`.
//!
//! Source: Fisher 1935; `w` is the odds ratio. Degenerate: an odds ratio that is not positive counts as 1.

use super::Pmf;
use srez_model::unit::as_f64;

/// Law of the successes among `n` drawn from `successes` and `failures`, where a success has odds `w`.
pub fn pmf(successes: u64, failures: u64, n: u64, odds: f64) -> Pmf {
    let n = n.min(successes + failures);
    let odds = if odds.is_finite() && odds > 0.0 { odds } else { 1.0 };
    let first = n.saturating_sub(failures);
    let last = n.min(successes);
    Pmf::from_ratios(first, last, |k| {
        as_f64(successes - k) * as_f64(n - k) / (as_f64(k + 1) * as_f64(failures + k + 1 - n)) * odds
    })
}

#[cfg(test)]
mod tests {
    use super::pmf;

    #[test]
    fn the_shift_changes_the_upper_tail() {
        for (successes, failures, odds, expected) in
            [(50, 35, 1.0, 0.00892), (35, 20, 1.0, 0.0206), (50, 35, (4.0_f64 / 12.25).exp(), 0.0441)]
        {
            let found = pmf(successes, failures, 25, odds).upper_tail(20);
            assert!((found - expected).abs() < 5e-5, "{successes} {failures} {odds}: {found}");
        }
    }
}
