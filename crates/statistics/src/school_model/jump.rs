//! A part that lies off the other parts of its group, against how far parts of the other groups lie off each other.
//!
//! κ on a grid with a flat prior, its unit `√(σ²/median n_c)`; weights by the likelihood of the differences among parts
//! in all groups but this one. Part c against the rest of its group: `d = y_c − Σh·y`, `h = n/n_rest`, variance
//! `κ²(1 + Σh²) + e_c + Σh²·e`, `p = Σw·2Φ(−|d|/√variance)`. The group has the least p times its parts; of two parts
//! both tests are one.
//! Source: Gelman 2006, Bayesian Analysis 1:515 (flat prior of a deviation).
//! Degenerate: a group with fewer than two known parts has no test, nor one whose others have too few parts to spare.

use super::Sample;
use super::grid::{weights, widths};
use super::level::Level;
use super::sample::{Estimate, Member};
use crate::normal;
use srez_model::unit::as_f64;

/// κ in units of the grid.
const GRID: [f64; 16] = [0.0, 0.15, 0.3, 0.45, 0.6, 0.8, 1.0, 1.25, 1.5, 1.8, 2.2, 2.7, 3.4, 4.5, 6.0, 9.0];
/// Fewest parts beyond the first in all other groups together.
const FEWEST_SPARE: usize = 4;

/// Why a group has no test of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoJump {
    /// It has no units.
    Empty,
    /// Fewer than two parts are known.
    OnePart,
    /// The others have too few parts to tell how far parts lie off.
    TooFewParts,
}

/// One part against the rest of its group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jump {
    /// Mean of the part less the mean of the units of the rest.
    pub value: f64,
    /// Two-sided p.
    pub p: f64,
    /// Mean variance of the value where the part is like the rest.
    pub variance: f64,
}

/// The parts of one group, and the group's own p.
#[derive(Clone, Debug, PartialEq)]
pub struct Jumps {
    /// In the order of the parts that have units.
    pub parts: Vec<Jump>,
    pub p: f64,
}

/// How far parts of the same group lie off each other.
#[derive(Clone, Debug)]
pub struct PartSpread<'a> {
    sample: &'a Sample,
    levels: Vec<Level>,
    widths: Vec<f64>,
}

fn spare(member: &Member) -> usize {
    if member.is_known { member.parts.len() - 1 } else { 0 }
}

impl<'a> PartSpread<'a> {
    pub fn new(sample: &'a Sample) -> Self {
        let known = sample.members.iter().filter(|member| 0 < spare(member));
        let mut units: Vec<f64> = known.flat_map(|member| &member.parts).map(|part| part.weight).collect();
        units.sort_by(f64::total_cmp);
        let middle = [units.len().saturating_sub(1) / 2, units.len() / 2].map(|place| units.get(place).copied());
        let median = middle.into_iter().flatten().sum::<f64>() / 2.0;
        let unit = if 0.0 < median { sample.within / median } else { 0.0 };
        // Only known parts are looked at, so that their size where they are not known does not matter.
        let level = |deviation: &f64| Level::new(unit * deviation * deviation, &sample.members, f64::INFINITY);
        Self { sample, levels: GRID.iter().map(level).collect(), widths: widths(&GRID) }
    }

    /// The parts of a group against each other; groups are counted in the order in which they were given.
    pub fn jumps(&self, group: usize) -> Result<Jumps, NoJump> {
        let place = self.sample.member(group).ok_or(NoJump::Empty)?;
        let members = &self.sample.members;
        let own = &members[place];
        if spare(own) == 0 {
            return Err(NoJump::OnePart);
        }
        if members.iter().map(spare).sum::<usize>() - spare(own) < FEWEST_SPARE {
            return Err(NoJump::TooFewParts);
        }
        let log_weight = |(level, width): (&Level, &f64)| {
            let others = level.groups.iter().enumerate().filter(|(other, _)| *other != place);
            libm::log(*width) + others.map(|(_, at)| at.among_parts).sum::<f64>()
        };
        let weights = weights(&self.levels.iter().zip(&self.widths).map(log_weight).collect::<Vec<_>>(), 0.0);
        let parts: Vec<Jump> = (0..own.parts.len()).map(|part| self.jump(own, part, &weights)).collect();
        let tests = if parts.len() == 2 { 1.0 } else { as_f64(parts.len() as u64) };
        let p = parts.iter().map(|part| part.p).fold(1.0, f64::min);
        Ok(Jumps { parts, p: (tests * p).min(1.0) })
    }

    fn jump(&self, own: &Member, part: usize, weights: &[f64]) -> Jump {
        let one = own.parts[part];
        let rest = || own.parts.iter().enumerate().filter(move |(other, _)| *other != part).map(|(_, other)| other);
        let units: f64 = rest().map(|other| other.weight).sum();
        let sum = |of: &dyn Fn(&Estimate, f64) -> f64| rest().map(|other| of(other, other.weight / units)).sum::<f64>();
        let value = one.value - sum(&|other, share| share * other.value);
        let concentration = sum(&|_, share| share * share);
        let by_chance = one.variance + sum(&|other, share| share * share * other.variance);
        let at = |level: &Level| level.variance * (1.0 + concentration) + by_chance;
        let mean = |of: &dyn Fn(f64) -> f64| {
            self.levels.iter().zip(weights).map(|(level, weight)| weight * of(at(level))).sum::<f64>()
        };
        Jump {
            value,
            p: mean(&|variance| normal::two_sided(value / variance.sqrt())),
            variance: mean(&|variance| variance),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{GRID, NoJump, PartSpread};
    use crate::normal;
    use crate::school_model::{Estimate, Group, Sample};

    fn group(parts: &[(f64, f64)]) -> Group<Estimate> {
        let part = |(value, n): &(f64, f64)| Estimate { value: *value, variance: 0.04 / n, weight: *n };
        Group::Parts(parts.iter().map(part).collect())
    }

    fn groups() -> Vec<Group<Estimate>> {
        vec![
            group(&[(0.52, 25.0), (0.49, 25.0), (0.84, 25.0)]),
            group(&[(0.61, 24.0), (0.58, 26.0)]),
            group(&[(0.47, 25.0), (0.51, 25.0), (0.50, 20.0)]),
            group(&[(0.66, 25.0), (0.63, 30.0)]),
            group(&[(0.55, 21.0)]),
        ]
    }

    /// The same once more, step by step: pairs of parts have the likelihood of their difference.
    #[test]
    fn the_p_of_two_parts_is_worked_out_from_their_differences() {
        let pair = |one: f64, other: f64| group(&[(one, 25.0), (other, 25.0)]);
        let differences = [0.30, 0.02, -0.07, 0.05, 0.01];
        let groups: Vec<_> = differences.iter().map(|d| pair(0.5 + d, 0.5)).collect();
        let sample = Sample::from_estimates(&groups, 0.04).unwrap();
        let found = PartSpread::new(&sample).jumps(0).unwrap();
        let (mut all, mut sum, mut variances) = (0.0, 0.0, 0.0);
        for (place, grid) in GRID.iter().enumerate() {
            let (last, next) = (GRID[place.saturating_sub(1)], GRID[(place + 1).min(15)]);
            let variance = 2.0 * (0.0016 * grid * grid + 0.0016);
            let density = |d: &f64| libm::exp(-d * d / variance / 2.0) / variance.sqrt();
            let weight = (next - last) / 2.0 * differences[1..].iter().map(density).product::<f64>();
            all += weight;
            variances += weight * variance;
            sum += weight * normal::two_sided(0.30 / variance.sqrt());
        }
        assert!((found.p - sum / all).abs() < 1e-12, "{} {}", found.p, sum / all);
        assert!((found.parts[1].variance - variances / all).abs() < 1e-12, "{}", found.parts[1].variance);
        assert!((found.parts[0].value - 0.30).abs() < 1e-12 && (found.parts[1].value + 0.30).abs() < 1e-12);
        assert_eq!((found.parts[0].p, found.parts[1].p), (found.p, found.p));
    }

    #[test]
    fn the_part_that_jumps_is_found_and_the_others_are_not() {
        let sample = Sample::from_estimates(&groups(), 0.04).unwrap();
        let spread = PartSpread::new(&sample);
        let found = spread.jumps(0).unwrap();
        assert!((found.parts[2].value - 0.335).abs() < 1e-12, "{found:?}");
        assert!(found.p < 0.05 && (found.p - 3.0 * found.parts[2].p).abs() < 1e-15, "{found:?}");
        for group in [1, 2, 3] {
            assert!(0.4 < spread.jumps(group).unwrap().p, "{group}");
        }
    }

    #[test]
    fn what_cannot_be_tested_says_why() {
        let mut groups = groups();
        groups.push(Group::Parts(vec![]));
        groups.push(Group::Whole(Estimate { value: 0.5, variance: 0.001, weight: 40.0 }));
        let sample = Sample::from_estimates(&groups, 0.04).unwrap();
        let spread = PartSpread::new(&sample);
        let why = [4, 5, 6, 9].map(|group| spread.jumps(group).err());
        assert_eq!(why, [NoJump::OnePart, NoJump::Empty, NoJump::OnePart, NoJump::Empty].map(Some));
        let sample = Sample::from_estimates(&groups[..3], 0.04).unwrap();
        // Three spare parts among the others of the first, four among those of the second.
        let spread = PartSpread::new(&sample);
        assert_eq!(spread.jumps(0), Err(NoJump::TooFewParts));
        assert!(spread.jumps(1).is_ok());
        let alone = Sample::from_estimates(&groups[4..5], 0.04).unwrap();
        assert_eq!(PartSpread::new(&alone).jumps(0), Err(NoJump::OnePart));
    }
}
