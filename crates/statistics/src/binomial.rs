//! Binomial law: `P(k) = C(n, k)·p^k·(1 − p)^(n−k)`. Degenerate: p = 0 or 1 is certain.

use super::Pmf;
use srez_model::unit::as_f64;

/// Law of the successes among `n` with probability `p` each.
pub fn pmf(n: u64, p: f64) -> Pmf {
    if p.is_nan() || p <= 0.0 {
        return Pmf::certain(0);
    }
    if p >= 1.0 {
        return Pmf::certain(n);
    }
    Pmf::from_ratios(0, n, |k| as_f64(n - k) / as_f64(k + 1) * (p / (1.0 - p)))
}

#[cfg(test)]
mod tests {
    use super::pmf;

    #[test]
    fn upper_tails_are_those_of_the_tables() {
        let shifted = 1.0 / (1.0 + libm::exp(-4.0 / 12.25));
        assert!((shifted - 0.58091).abs() < 5e-6);
        let cases = [
            (25, 20, 0.5, 0.00204, 5e-6),
            (25, 20, shifted, 0.0188, 5e-5),
            (12, 9, 0.5, 0.0730, 5e-5),
            (30, 24, 0.55, 0.00398, 5e-6),
            (20, 3, 0.01, 0.00100, 5e-6),
            (100, 3, 0.01, 0.0794, 5e-5),
        ];
        for (n, k, p, expected, tolerance) in cases {
            let found = pmf(n, p).upper_tail(k);
            assert!((found - expected).abs() < tolerance, "{n} {k}: {found}");
        }
    }
}
