//! Change of a mean over groups between two years.
//!
//! `u = n/N` of each year, `e = u1(y1 − Y1) − u0(y0 − Y0)`, `V = I/(I − 1)·Σe²`, `I_eff = 1/Σ((u1 + u0)/2)²`, degrees
//! `I_eff − 1`. Below five effective groups `V = Σ((u1 + u0)/2)²(v + E τ²)`, v the variances of both years by units and
//! parts, τ² of the model of the changes of these groups; at least six degrees.
//! Source: Cochran 1977, Sampling Techniques (difference of ratios over the same clusters).
//! Degenerate: groups that are in one year only are left out; fewer than two have a variance from the model alone.

use super::{Cluster, Difference, FEWEST_DEGREES, FEWEST_EFFECTIVE, centre};
use crate::school_model::{Assumptions, Estimate, Obstacle, Posterior, Sample};
use srez_model::unit::as_f64;

/// One group in two years: its mean, the variance of that by units and parts, and its units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Years {
    pub before: Estimate,
    pub after: Estimate,
}

impl Years {
    fn is_usable(&self) -> bool {
        let is_usable = |one: &Estimate| one.value.is_finite() && one.weight.is_finite() && 0.0 < one.weight;
        is_usable(&self.before) && is_usable(&self.after)
    }

    /// The change of the group, which stands for `weight` of all.
    fn change(&self, weight: f64) -> Estimate {
        Estimate {
            value: self.after.value - self.before.value,
            variance: self.after.variance + self.before.variance,
            weight,
        }
    }
}

impl Difference {
    /// The mean after less the mean before, over groups that are in both years; `within` is the variance of one unit.
    pub fn between_years(groups: &[Years], within: f64, assumptions: Assumptions) -> Result<Self, Obstacle> {
        let groups: Vec<Years> = groups.iter().copied().filter(Years::is_usable).collect();
        let of_year = |of: fn(&Years) -> Estimate| {
            let cluster = |one: Estimate| Cluster { value: one.value, weight: one.weight };
            centre(&groups.iter().map(of).map(cluster).collect::<Vec<_>>())
        };
        let (before, _, all_before) = of_year(|years| years.before).ok_or(Obstacle::NoGroups)?;
        let (after, _, all_after) = of_year(|years| years.after).ok_or(Obstacle::NoGroups)?;
        let shares = |years: &Years| (years.before.weight / all_before, years.after.weight / all_after);
        let weights: Vec<f64> = groups.iter().map(shares).map(|(before, after)| f64::midpoint(before, after)).collect();
        let effective = 1.0 / weights.iter().map(|weight| weight * weight).sum::<f64>();
        let value = after - before;
        if effective < FEWEST_EFFECTIVE {
            let changes: Vec<Estimate> =
                groups.iter().zip(&weights).map(|(years, weight)| years.change(*weight)).collect();
            let drift = Posterior::new(Sample::from_changes(&changes, within)?, assumptions).spread().groups;
            let variance = changes.iter().map(|one| one.weight * one.weight * (one.variance + drift)).sum();
            return Ok(Self { value, variance, degrees: (effective - 1.0).max(FEWEST_DEGREES) });
        }
        let square = |years: &Years| {
            let (was, is) = shares(years);
            (is * (years.after.value - after) - was * (years.before.value - before)).powi(2)
        };
        let count = as_f64(groups.len() as u64);
        let variance = count / (count - 1.0) * groups.iter().map(square).sum::<f64>();
        Ok(Self { value, variance, degrees: effective - 1.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::Years;
    use crate::clusters::{Cluster, Difference, Mean};
    use crate::school_model::{Assumptions, Estimate, Obstacle};

    fn estimate(value: f64, n: f64) -> Estimate {
        Estimate { value, variance: 0.04 / n, weight: n }
    }

    fn change(groups: &[Years]) -> Result<Difference, Obstacle> {
        Difference::between_years(groups, 0.04, Assumptions::default())
    }

    const VALUES: [f64; 6] = [0.52, 0.61, 0.47, 0.58, 0.66, 0.50];
    const UNITS: [f64; 6] = [40.0, 75.0, 28.0, 60.0, 33.0, 52.0];

    /// Where every group is of the same size in both years, the change is the mean of the changes.
    #[test]
    fn groups_of_the_same_size_change_as_their_changes_do() {
        let moves = [0.03, -0.02, 0.05, 0.0, 0.01, 0.04];
        let groups: Vec<Years> = (0..6)
            .map(|place| Years {
                before: estimate(VALUES[place], UNITS[place]),
                after: estimate(VALUES[place] + moves[place], UNITS[place]),
            })
            .collect();
        let found = change(&groups).unwrap();
        let changes: Vec<Cluster> =
            moves.iter().zip(UNITS).map(|(value, weight)| Cluster { value: *value, weight }).collect();
        let expected = Mean::from_clusters(&changes).unwrap();
        assert!((found.value - expected.value).abs() < 1e-12 && (found.variance - expected.variance).abs() < 1e-15);
        assert!((found.degrees - expected.degrees).abs() < 1e-12);
        let mut with_new = groups;
        with_new.push(Years { before: estimate(0.9, 0.0), after: estimate(0.9, 50.0) });
        assert_eq!(change(&with_new), Ok(found));
    }

    /// A group that only grew moves the mean by its distance from it: worked by hand.
    #[test]
    fn sizes_that_change_move_the_mean() {
        let years = |value, before, after| Years { before: estimate(value, before), after: estimate(value, after) };
        let mut groups = vec![years(0.5, 10.0, 10.0); 8];
        groups.extend(vec![years(0.7, 10.0, 30.0); 2]);
        let found = change(&groups).unwrap();
        // 5.4/10 before, 8.2/14 after.
        assert!((found.value - (0.082 / 0.14 - 0.54)).abs() < 1e-12, "{found:?}");
        let (after, before) = (0.082 / 0.14, 0.54);
        let square = |y: f64, n1: f64| (n1 / 140.0 * (y - after) - 0.1 * (y - before)).powi(2);
        let variance = 10.0 / 9.0 * (8.0 * square(0.5, 10.0) + 2.0 * square(0.7, 30.0));
        assert!((found.variance - variance).abs() < 1e-15, "{found:?} {variance}");
    }

    #[test]
    fn few_groups_take_the_drift_from_the_model() {
        let years = |place: usize| Years {
            before: estimate(VALUES[place], UNITS[place]),
            after: estimate(VALUES[place] + 0.02, UNITS[place]),
        };
        let groups: Vec<Years> = (0..3).map(years).collect();
        let found = change(&groups).unwrap();
        assert_eq!(found.degrees, 6.0);
        let shares = [40.0, 75.0, 28.0].map(|n| n / 143.0);
        let by_chance: f64 = shares.iter().zip(UNITS).map(|(share, n)| share * share * 0.08 / n).sum();
        let drift = (found.variance - by_chance) / shares.iter().map(|share| share * share).sum::<f64>();
        // Three equal changes leave less than the prior, which has 0.0897 σ².
        assert!(0.0 < drift && drift < 0.0897 * 0.04, "{drift}");
        let alone = change(&groups[..1]).unwrap();
        assert!((alone.variance - 0.08 / 40.0 - 0.089_683 * 0.04).abs() < 1e-7, "{alone:?}");
        assert_eq!((change(&[]), change(&[Years { before: estimate(f64::NAN, 9.0), ..years(0) }])), (NONE, NONE));
    }

    const NONE: Result<Difference, Obstacle> = Err(Obstacle::NoGroups);
}
