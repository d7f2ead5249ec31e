//! False discovery rate: adjusted p = running minimum from the greatest of `p(k)·m/k`.
//!
//! Source: Benjamini & Hochberg 1995, JRSS B 57:289. Degenerate: no tests, no values.

use srez_model::unit::as_f64;

/// Adjusted p of every test of one family, in the order given; ties are adjusted alike.
pub fn adjusted(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|left, right| p[*right].total_cmp(&p[*left]));
    let tests = p.len() as u64;
    let mut least = 1.0_f64;
    let mut adjusted = vec![1.0; p.len()];
    for (above, place) in order.into_iter().enumerate() {
        least = least.min(p[place] * as_f64(tests) / as_f64(tests - above as u64));
        adjusted[place] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::adjusted;

    #[test]
    fn the_minimum_runs_from_the_end() {
        let found = adjusted(&[0.03, 0.001, 0.6, 0.012, 0.04, 0.008, 0.2]);
        for (found, expected) in found.iter().zip([0.0525, 0.007, 0.6, 0.028, 0.056, 0.028, 0.7 / 3.0]) {
            assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        }
        assert!(adjusted(&[]).is_empty());
    }
}
