//! Chance of any false alarm: adjusted p = running maximum from the smallest of `p(k)·(m − k + 1)`.
//!
//! Source: Holm 1979, Scand J Stat 6:65. Degenerate: no tests, no values.

use srez_model::unit::as_f64;

/// Adjusted p of every test of one family, in the order given.
pub fn adjusted(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|left, right| p[*left].total_cmp(&p[*right]));
    let mut greatest = 0.0_f64;
    let mut adjusted = vec![1.0; p.len()];
    for (below, place) in order.into_iter().enumerate() {
        greatest = greatest.max((p[place] * as_f64((p.len() - below) as u64)).min(1.0));
        adjusted[place] = greatest;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::adjusted;

    #[test]
    fn the_maximum_runs_from_the_beginning() {
        let found = adjusted(&[0.03, 0.001, 0.6, 0.012, 0.04, 0.008, 0.2]);
        for (found, expected) in found.iter().zip([0.120, 0.007, 0.6, 0.060, 0.120, 0.048, 0.4]) {
            assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        }
        assert!(adjusted(&[]).is_empty());
    }
}
