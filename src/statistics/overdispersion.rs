//! Groups that lie farther from their expectation than groups lie from theirs anyway.
//!
//! `e_j` = (found − expected) / n, `s_j²` its variance by chance alone; over the J other groups `w = 1/s²`,
//! `Q = Σw·(e − Σwe/Σw)²`, `tau² = max(0, (Q − (J − 1)) / (Σw − Σw²/Σw))`; `p = P(|T| ≥ |e_i| / √(s_i² + tau²))`, Student's
//! law with J − 1 degrees, because tau² is an estimate.
//! Source: DerSimonian & Laird 1986; Spiegelhalter 2005, Stat Med 24:1185 (without winsorising).
//! Degenerate: a group without variance has no p and says nothing of the others; too few others, no p.

use super::student;
use crate::model::unit::as_f64;

/// Distance of one group from its expectation, and its variance by chance alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Excess {
    /// (found − expected) / n.
    pub value: f64,
    /// Variance of it where the group is like the others.
    pub variance: f64,
}

/// Sums over groups: number, Σw, Σw², Σwe, Σwe².
#[derive(Clone, Copy, Default)]
struct Sums {
    groups: u64,
    weights: f64,
    squares: f64,
    first: f64,
    second: f64,
}

impl Sums {
    fn add(&mut self, one: Excess, sign: f64) {
        let weight = 1.0 / one.variance;
        self.weights += sign * weight;
        self.squares += sign * weight * weight;
        self.first += sign * weight * one.value;
        self.second += sign * weight * one.value * one.value;
    }

    fn variance_of_groups(self) -> f64 {
        let q = self.second - self.first * self.first / self.weights;
        let free = as_f64(self.groups.saturating_sub(1));
        ((q - free) / (self.weights - self.squares / self.weights)).max(0.0)
    }
}

/// Two-sided p of every group against the spread of the others; none where fewer than `fewest` groups can be used.
pub fn two_sided(groups: &[Excess], fewest: f64) -> Vec<Option<f64>> {
    let usable = |one: &Excess| 0.0 < one.variance && one.value.is_finite();
    let mut all = Sums::default();
    for one in groups.iter().copied().filter(|one| usable(one)) {
        all.groups += 1;
        all.add(one, 1.0);
    }
    let p = |one: &Excess| {
        if !usable(one) || as_f64(all.groups) < fewest.max(3.0) {
            return None;
        }
        let mut others = Sums { groups: all.groups - 1, ..all };
        others.add(*one, -1.0);
        let error = (one.variance + others.variance_of_groups()).sqrt();
        Some(student::two_sided(one.value / error, as_f64(others.groups - 1)))
    };
    groups.iter().map(p).collect()
}

#[cfg(test)]
mod tests {
    use super::{Excess, two_sided};

    /// The ten schools of the methods, each asked against the other nine, worked out by hand for the last one.
    #[test]
    fn the_spread_of_the_others_counts() {
        let n = [20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 25.0, 45.0, 80.0];
        let k = [2.0, 6.0, 4.0, 10.0, 6.0, 14.0, 8.0, 6.0, 4.0, 20.0];
        let groups: Vec<Excess> =
            n.iter().zip(k).map(|(n, k)| Excess { value: k / n - 0.16, variance: 0.16 * 0.84 / n }).collect();
        let p = two_sided(&groups, 10.0);
        // Without the last: Q = 9.1081 on 8 degrees, tau² = 0.0004076.
        let error: f64 = 0.1344 / 80.0 + 0.000_407_62;
        let expected = super::student::two_sided(0.09 / error.sqrt(), 8.0);
        assert!((p[9].unwrap() - expected).abs() < 1e-6, "{:?} {expected}", p[9]);
        assert!(p.iter().flatten().all(|p| 0.03 < *p), "{p:?}");
    }

    #[test]
    fn groups_that_differ_much_hide_a_middling_one_and_not_a_far_one() {
        let value = |place: u32| if place.is_multiple_of(2) { 0.2 } else { -0.2 };
        let mut groups: Vec<Excess> = (0..20).map(|place| Excess { value: value(place), variance: 0.0004 }).collect();
        groups.push(Excess { value: 0.25, variance: 0.0004 });
        groups.push(Excess { value: 0.9, variance: 0.0004 });
        groups.push(Excess { value: 0.9, variance: 0.0 });
        let p = two_sided(&groups, 10.0);
        assert!(0.1 < p[20].unwrap() && p[21].unwrap() < 0.001 && p[22].is_none(), "{p:?}");
        assert_eq!(two_sided(&groups[..4], 10.0), [None; 4]);
    }
}
