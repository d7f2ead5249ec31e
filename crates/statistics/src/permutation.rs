//! A count in one group if the units were dealt out anew among the groups, stratum by stratum.
//!
//! `E = Σ n·K/N`, `V = Σ n·(K/N)(1 − K/N)·(N − n)/(N − 1)`, `z = (|k − E| − ½)/√V`, `p = 2Φ(−z)`: the normal law with
//! the exact variance of dealing out and half a unit of continuity.
//! Degenerate: where only one count is possible, p = 1.

use crate::normal;
use srez_model::unit::as_f64;

/// Units of one kind: in the group and in all groups together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stratum {
    /// Units of the group.
    pub n: u64,
    /// Units of all groups.
    pub all: u64,
    /// Units of all groups that are counted.
    pub counted: u64,
}

/// Two-sided p of `k` counted units in the group.
pub fn two_sided(k: u64, strata: &[Stratum]) -> f64 {
    let (mut expected, mut variance) = (0.0, 0.0);
    for stratum in strata.iter().filter(|stratum| 0 < stratum.all && stratum.n <= stratum.all) {
        let (n, all) = (as_f64(stratum.n), as_f64(stratum.all));
        let share = as_f64(stratum.counted) / all;
        expected += n * share;
        variance += n * share * (1.0 - share) * (all - n) / (all - 1.0).max(1.0);
    }
    if variance <= 0.0 {
        return 1.0;
    }
    normal::two_sided(((as_f64(k) - expected).abs() - 0.5).max(0.0) / variance.sqrt())
}

#[cfg(test)]
mod tests {
    use super::{Stratum, two_sided};

    fn one(all: u64, counted: u64, n: u64) -> Stratum {
        Stratum { n, all, counted }
    }

    /// The exact law has 0.0374, 0.2651 and, over three strata, 0.257.
    #[test]
    fn the_normal_law_is_near_the_exact_one() {
        for (k, strata, expected) in [
            (25, vec![one(400, 70, 100)], 0.033_619_724),
            (3, vec![one(88, 15, 8)], 0.265_194_027),
            (54, vec![one(110, 23, 10), one(130, 55, 30), one(160, 91, 60)], 0.257_564_723),
        ] {
            let found = two_sided(k, &strata);
            assert!((found - expected).abs() < 5e-8, "{k}: {found}");
        }
    }

    #[test]
    fn where_one_count_alone_is_possible_nothing_is_unusual() {
        assert_eq!(two_sided(0, &[one(300, 0, 10)]), 1.0);
        assert_eq!(two_sided(10, &[one(310, 310, 10), one(4, 2, 4)]), 1.0);
        assert_eq!((two_sided(0, &[]), two_sided(1, &[one(0, 0, 0), one(1, 1, 1)])), (1.0, 1.0));
    }
}
