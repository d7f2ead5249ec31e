//! Bounds of the value of one group, whose units have points between nothing and all.
//!
//! Wilson's interval with the units that would be as exact if each were one or nothing: `1/(r/n + k·h)`,
//! `r = σ²/mean(y(1 − y))`, `k = E κ²/mean(y(1 − y))` over the groups, `h = Σ(n_c/n)²` of the group.
//! Source: Korn & Graubard 1998, Survey Methodology 24:193.
//! Degenerate: without a model parts are left out and `r` is the group's own, at most 1; a group whose units are alike
//! counts every unit as one.

use super::grid::Grid;
use super::sample::Member;
use super::{Assumptions, Group, Observed, Obstacle, Posterior, Sample};
use crate::wilson;
use srez_model::unit::as_f64;

/// How exactly the values of groups are known.
#[derive(Clone, Debug)]
pub struct Exactness {
    /// Units of every group and its `Σ(n_c/n)²`; none for a group without units.
    groups: Vec<Option<(f64, f64)>>,
    /// Variance of a unit within its part, as a share of `y(1 − y)`: r.
    within: f64,
    /// Variance of parts, likewise: k.
    between: f64,
}

impl Exactness {
    /// From the model of the groups.
    pub fn new(groups: &[Group<Observed>], assumptions: &Assumptions) -> Result<Self, Obstacle> {
        let sample = Sample::from_values(groups)?;
        let grid = Grid::new(&sample, assumptions);
        Self::from_grid(&sample, &grid, assumptions)
    }

    /// From a model that was computed already.
    pub fn of(model: &Posterior) -> Result<Self, Obstacle> {
        Self::from_grid(&model.sample, &model.grid, &model.assumptions)
    }

    fn from_grid(sample: &Sample, grid: &Grid, assumptions: &Assumptions) -> Result<Self, Obstacle> {
        let count = as_f64(sample.members.len() as u64);
        let scale = sample.members.iter().map(|member| member.value * (1.0 - member.value)).sum::<f64>() / count;
        if !scale.is_finite() || scale <= 0.0 {
            return Err(Obstacle::NoSpread);
        }
        let parts = grid.mean(|point| grid.levels[point.level].variance);
        let known = |member: &Member| (member.units(), member.concentration(assumptions.part_size));
        let groups = sample.each().map(|member| member.map(known)).collect();
        Ok(Self { groups, within: sample.within / scale, between: parts / scale })
    }

    /// Units that would be as exact if each were one or nothing; groups are counted in the order in which they were
    /// given. None for a group without units.
    pub fn units(&self, group: usize) -> Option<f64> {
        let (units, concentration) = self.groups.get(group).copied().flatten()?;
        Some(1.0 / (self.within / units + self.between * concentration))
    }

    /// 95 % bounds around the value of a group.
    pub fn bounds(&self, group: usize, value: f64) -> Option<(f64, f64)> {
        wilson::interval_of_effective(value, self.units(group)?)
    }
}

/// The same by the units of one group alone: what its parts contribute is not known.
pub fn bounds_without_parts(group: &Observed, value: f64) -> Option<(f64, f64)> {
    let n = as_f64(group.n);
    let own = group.spread / (n - 1.0) / (group.mean * (1.0 - group.mean));
    let within = if own.is_finite() && 1e-9 < own { own.min(1.0) } else { 1.0 };
    wilson::interval_of_effective(value, n / within)
}

#[cfg(test)]
mod tests {
    use super::{Exactness, bounds_without_parts};
    use crate::school_model::tests::ten_groups;
    use crate::school_model::{Assumptions, Group, Observed, Obstacle, Posterior, Sample};
    use crate::wilson;

    /// The variances of the ten groups of the specification: σ² 0.0393957723, E κ² 0.0033679602.
    #[test]
    fn effective_units_follow_from_the_variances_of_the_model() {
        let groups = ten_groups();
        let wholes: Vec<Observed> = groups.iter().filter_map(Group::together).collect();
        let scale = wholes.iter().map(|one| one.mean * (1.0 - one.mean)).sum::<f64>() / 10.0;
        let found = Exactness::new(&groups, &Assumptions::default()).unwrap();
        for (place, (group, whole)) in groups.iter().zip(&wholes).enumerate() {
            let n = srez_model::unit::as_f64(whole.n);
            let share = |part: &Observed| (srez_model::unit::as_f64(part.n) / n).powi(2);
            let concentration: f64 = group.known().iter().map(share).sum();
            let expected = 1.0 / (0.039_395_772_3 / scale / n + 0.003_367_960_2 / scale * concentration);
            assert!((found.units(place).unwrap() / expected - 1.0).abs() < 1e-3, "{place}");
            // Points tell more than ones and nothings, classes less than as many single pupils.
            let (low, high) = found.bounds(place, whole.mean).unwrap();
            let (plain_low, plain_high) = wilson::interval(whole.mean, whole.n).unwrap();
            assert!(plain_low < low && low < whole.mean && whole.mean < high && high < plain_high, "{place}");
        }
        assert_eq!((found.units(10), found.bounds(99, 0.5)), (None, None));
        let model = Posterior::new(Sample::from_values(&groups).unwrap(), Assumptions::default());
        let again = Exactness::of(&model).unwrap();
        assert!((0..10).all(|place| again.units(place) == found.units(place)));
    }

    #[test]
    fn one_group_alone_has_bounds_by_the_prior_of_its_parts() {
        let alone = Exactness::new(&ten_groups()[..1], &Assumptions::default()).unwrap();
        let variances = (alone.between / alone.within, 0.085_860);
        assert!((variances.0 - variances.1).abs() < 0.06, "{variances:?}");
        let one_part = [Group::Parts(vec![Observed { n: 40, mean: 0.5, spread: 4.0 }])];
        let found = Exactness::new(&one_part, &Assumptions::default()).unwrap();
        // One part says nothing of parts: E κ²/σ² of the prior.
        assert!((found.between / found.within - 0.085_860).abs() < 5e-6, "{found:?}");
    }

    #[test]
    fn without_a_model_the_units_of_the_group_speak() {
        let alike = [Group::Parts(vec![Observed { n: 30, mean: 1.0, spread: 0.0 }])];
        assert_eq!(Exactness::new(&alike, &Assumptions::default()).err(), Some(Obstacle::NoSpread));
        let full = bounds_without_parts(&Observed { n: 12, mean: 1.0, spread: 0.0 }, 1.0);
        assert_eq!(full, wilson::interval(1.0, 12));
        // A quarter of the variance of ones and nothings: four times the units, (10 − 1)·0.25·0.25 of squares.
        let points = bounds_without_parts(&Observed { n: 10, mean: 0.5, spread: 0.5625 }, 0.5);
        assert_eq!(points, wilson::interval(0.5, 40));
        let one = bounds_without_parts(&Observed { n: 1, mean: 0.5, spread: 0.0 }, 0.5);
        assert_eq!(one, wilson::interval(0.5, 1));
    }
}
