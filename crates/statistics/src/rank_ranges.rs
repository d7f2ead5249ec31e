//! Ranges of ranks in place of ranks: from 1 + groups that are surely lower to I − groups that are surely higher.
//!
//! Pairwise doubled-tail hypergeometric tests, Holm over all pairs. Source: Goldstein & Healy 1995, JRSS A 158:175;
//! Leckie & Goldstein 2011. Degenerate: an empty group may have any rank.

use super::{holm, hypergeometric};

/// First and last possible rank of every group `(k, n)`; rank 1 has the smallest share.
pub fn from_shares(groups: &[(u64, u64)], level: f64) -> Vec<(usize, usize)> {
    let mut pairs = Vec::with_capacity(groups.len() * groups.len() / 2);
    for (left, (k, n)) in groups.iter().enumerate() {
        for (right, (other_k, other_n)) in groups.iter().enumerate().skip(left + 1) {
            pairs.push((left, right, hypergeometric::two_sided(*k, *n, *other_k, *other_n)));
        }
    }
    let p: Vec<f64> = pairs.iter().map(|(.., p)| *p).collect();
    let mut ranges = vec![(1, groups.len()); groups.len()];
    for ((left, right, _), adjusted) in pairs.iter().zip(holm::adjusted(&p)) {
        if level < adjusted {
            continue;
        }
        let ((k, n), (other_k, other_n)) = (groups[*left], groups[*right]);
        let (lower, higher) = if k * other_n < other_k * n { (*left, *right) } else { (*right, *left) };
        ranges[higher].0 += 1;
        ranges[lower].1 -= 1;
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::from_shares;

    #[test]
    fn only_sure_differences_narrow_a_range() {
        let found = from_shares(&[(2, 100), (40, 100), (45, 100), (0, 0), (6, 10)], 0.05);
        assert_eq!(found, [(1, 2), (2, 5), (2, 5), (1, 5), (2, 5)]);
        assert_eq!(from_shares(&[(3, 10)], 0.05), [(1, 1)]);
    }
}
