//! What is known of the groups before the model is asked: the means of their parts and the error of each by chance.

use super::shares;
use crate::moments::Sums;
use srez_model::unit::as_f64;

/// Units of a part or of a whole group: how many, their mean, and the sum of squared distances from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observed {
    pub n: u64,
    pub mean: f64,
    /// `Σ(x − mean)²`.
    pub spread: f64,
}

impl Observed {
    /// From whole points, as shares of the maximum; none without a unit or a maximum.
    pub fn from_points(sums: &Sums, maximum: u64) -> Option<Self> {
        let maximum = if maximum == 0 { return None } else { as_f64(maximum) };
        let mean = sums.mean()? / maximum;
        Some(Self { n: sums.n, mean, spread: sums.sum_of_squares() / (maximum * maximum) })
    }

    /// From the sums of a real value and of its square; none without a unit or where they are no numbers.
    pub fn from_sums(n: u64, sum: f64, squares: f64) -> Option<Self> {
        let mean = sum / as_f64(n);
        let spread = (squares - sum * mean).max(0.0);
        (n != 0 && mean.is_finite() && squares.is_finite()).then_some(Self { n, mean, spread })
    }

    /// From `k` ones among `n` units that are one or nothing; none without a unit.
    pub fn from_count(k: u64, n: u64) -> Option<Self> {
        Self::from_points(&Sums { n, sum: k, squares: k }, 1)
    }
}

/// `k` of `n` units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    pub k: u64,
    pub n: u64,
}

/// A value whose error by chance is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    pub value: f64,
    /// Variance by chance.
    pub variance: f64,
    /// Units that it stands for.
    pub weight: f64,
}

impl Estimate {
    fn is_usable(&self) -> bool {
        self.value.is_finite() && self.variance.is_finite() && 0.0 < self.variance && 0.0 < self.weight
    }
}

/// A group, with its parts or as a whole.
#[derive(Clone, Debug, PartialEq)]
pub enum Group<T> {
    /// It is known which units belong together.
    Parts(Vec<T>),
    /// The units have parts, but which belong together is not known.
    Whole(T),
}

impl<T> Group<T> {
    /// All that is known, part by part.
    pub fn known(&self) -> &[T] {
        match self {
            Self::Parts(parts) => parts,
            Self::Whole(whole) => std::slice::from_ref(whole),
        }
    }

    fn map<U>(&self, of_part: impl Fn(&T) -> U) -> Group<U> {
        match self {
            Self::Parts(parts) => Group::Parts(parts.iter().map(of_part).collect()),
            Self::Whole(whole) => Group::Whole(of_part(whole)),
        }
    }
}

impl Group<Observed> {
    /// Its units together; none if it has none.
    pub fn together(&self) -> Option<Observed> {
        let n = self.known().iter().map(|part| part.n).sum();
        let mean = self.known().iter().map(|part| as_f64(part.n) * part.mean).sum::<f64>() / as_f64(n);
        let between = |part: &Observed| as_f64(part.n) * (part.mean - mean).powi(2);
        let spread = self.known().iter().map(|part| part.spread + between(part)).sum();
        (n != 0).then_some(Observed { n, mean, spread })
    }
}

/// Why the model has no values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// No group has units.
    NoGroups,
    /// The variance within parts would rest on too few degrees of freedom.
    TooFewUnits,
    /// All units of a part are alike.
    NoSpread,
}

/// Fewest degrees of freedom on which the variance within parts rests.
pub(crate) const FEWEST_DEGREES: u64 = 20;

/// One group as the model sees it; it has units.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) parts: Vec<Estimate>,
    pub(super) is_known: bool,
    /// Its weight in the reference of the others.
    pub(super) weight: f64,
    /// Mean of its units.
    pub(super) value: f64,
    /// Variance of that mean by the chance of units alone.
    pub(super) error: f64,
}

impl Member {
    fn new(group: &Group<Estimate>) -> Option<Self> {
        let parts: Vec<Estimate> = group.known().iter().copied().filter(Estimate::is_usable).collect();
        let weight: f64 = parts.iter().map(|part| part.weight).sum();
        if parts.is_empty() {
            return None;
        }
        let value = parts.iter().map(|part| part.weight * part.value).sum::<f64>() / weight;
        let error = parts.iter().map(|part| (part.weight / weight).powi(2) * part.variance).sum();
        Some(Self { parts, is_known: matches!(group, Group::Parts(_)), weight, value, error })
    }

    /// Units, whatever the weight in the reference.
    pub(super) fn units(&self) -> f64 {
        self.parts.iter().map(|part| part.weight).sum()
    }

    /// Parts of so many units that the group has if they are not known.
    pub(super) fn parts_of(&self, part_size: f64) -> f64 {
        (self.units() / part_size).ceil().max(1.0)
    }

    /// `Σ(n_c/n)²`: how much of the variance between parts its mean has.
    pub(super) fn concentration(&self, part_size: f64) -> f64 {
        let units = self.units();
        if self.is_known {
            self.parts.iter().map(|part| (part.weight / units).powi(2)).sum()
        } else {
            1.0 / self.parts_of(part_size)
        }
    }
}

/// Groups with the means of their parts, ready for the model.
#[derive(Clone, Debug)]
pub struct Sample {
    pub(super) members: Vec<Member>,
    /// Where each group given stands among the members; none if it has no units.
    places: Vec<Option<usize>>,
    /// Variance of a unit within its part: σ².
    pub(super) within: f64,
    /// Whether parts may differ from each other.
    pub(super) has_parts: bool,
}

impl Sample {
    /// From values of units: σ² is pooled within parts over the groups that have them, within groups if that leaves
    /// too few degrees.
    pub fn from_values(groups: &[Group<Observed>]) -> Result<Self, Obstacle> {
        let within = variance_within(groups)?;
        let estimate = |part: &Observed| {
            let n = as_f64(part.n);
            Estimate { value: part.mean, variance: within / n, weight: n }
        };
        let groups: Vec<_> = groups.iter().map(|group| group.map(estimate)).collect();
        Self::from_estimates(&groups, within)
    }

    /// From counts, on the scale of angles, where σ² is ¼ whatever the share. Where no unit or every unit is counted,
    /// all groups have the angle of all units together, so that sizes alone make no difference.
    pub fn from_counts(groups: &[Group<Count>]) -> Result<Self, Obstacle> {
        let (k, n) = groups.iter().flat_map(Group::known).fold((0, 0), |(k, n), part| (k + part.k, n + part.n));
        let of_all = (k == 0 || k == n).then(|| shares::angle(k, n));
        let estimate = |part: &Count| Estimate {
            value: of_all.unwrap_or_else(|| shares::angle(part.k, part.n)),
            variance: shares::variance(part.n),
            weight: as_f64(part.n),
        };
        let groups: Vec<_> = groups.iter().map(|group| group.map(estimate)).collect();
        Self::from_estimates(&groups, shares::WITHIN)
    }

    /// From values with known errors; `within` is the variance of one unit, the scale of the model.
    pub fn from_estimates(groups: &[Group<Estimate>], within: f64) -> Result<Self, Obstacle> {
        let (mut members, mut places) = (Vec::new(), Vec::new());
        for group in groups {
            let member = Member::new(group);
            places.push(member.is_some().then_some(members.len()));
            members.extend(member);
        }
        if members.is_empty() {
            return Err(Obstacle::NoGroups);
        }
        if !within.is_finite() || within <= 0.0 {
            return Err(Obstacle::NoSpread);
        }
        Ok(Self { members, places, within, has_parts: true })
    }

    /// From one value of each group, in which what parts contribute is none of chance: changes between two years.
    pub fn from_changes(groups: &[Estimate], within: f64) -> Result<Self, Obstacle> {
        let groups: Vec<_> = groups.iter().map(|group| Group::Parts(vec![*group])).collect();
        Ok(Self { has_parts: false, ..Self::from_estimates(&groups, within)? })
    }

    /// The same groups with other weights in the reference, in the order in which they were given.
    #[must_use]
    pub fn with_weights(mut self, weights: &[f64]) -> Self {
        for (place, weight) in self.places.iter().zip(weights) {
            if let Some(place) = place {
                self.members[*place].weight = if weight.is_finite() { weight.max(0.0) } else { 0.0 };
            }
        }
        self
    }

    /// Variance of a unit within its part: σ².
    pub fn within(&self) -> f64 {
        self.within
    }

    /// Where a group stands among the members; none if it has no units.
    pub(super) fn member(&self, group: usize) -> Option<usize> {
        self.places.get(group).copied().flatten()
    }

    /// The groups in the order in which they were given; none for one without units.
    pub(super) fn each(&self) -> impl Iterator<Item = Option<&Member>> {
        self.places.iter().map(|place| place.and_then(|place| self.members.get(place)))
    }

    /// Mean of the units of the others of every member; none where there are none.
    pub(super) fn references(&self) -> Vec<Option<f64>> {
        let (mut weight, mut sum) = (0.0, 0.0);
        for member in &self.members {
            weight += member.weight;
            sum += member.weight * member.value;
        }
        let of_others = |own: &Member| {
            let rest = weight - own.weight;
            // What is left of the weight of one group alone is the error of a sum.
            (1e-9 * own.weight < rest && 1 < self.members.len()).then(|| (sum - own.weight * own.value) / rest)
        };
        self.members.iter().map(of_others).collect()
    }
}

/// σ²: pooled within parts over the groups that have them, within groups over all if that leaves too few degrees.
fn variance_within(groups: &[Group<Observed>]) -> Result<f64, Obstacle> {
    let with_parts = groups.iter().filter(|group| matches!(group, Group::Parts(_))).flat_map(Group::known).copied();
    let pooled = |all: &mut dyn Iterator<Item = Observed>| {
        let all = all.filter(|one| one.n != 0);
        all.fold((0.0, 0), |(spread, degrees), one| (spread + one.spread, degrees + one.n - 1))
    };
    let (mut spread, mut degrees) = pooled(&mut { with_parts });
    if degrees < FEWEST_DEGREES {
        (spread, degrees) = pooled(&mut groups.iter().filter_map(Group::together));
    }
    if degrees < FEWEST_DEGREES {
        return Err(if groups.iter().all(|group| group.together().is_none()) {
            Obstacle::NoGroups
        } else {
            Obstacle::TooFewUnits
        });
    }
    // Parts of equal units leave an error of rounding.
    if spread.is_finite() && 1e-12 < spread { Ok(spread / as_f64(degrees)) } else { Err(Obstacle::NoSpread) }
}

#[cfg(test)]
mod tests {
    use super::{Count, Estimate, Group, Observed, Obstacle, Sample};

    fn group(parts: &[(u64, u64)]) -> Group<Observed> {
        Group::Parts(parts.iter().filter_map(|(k, n)| Observed::from_count(*k, *n)).collect())
    }

    #[test]
    fn the_variance_is_pooled_within_parts_and_within_groups_only_if_it_must() {
        // Within parts 12·(1/2)(1/2) + 12·(1/4)(3/4) = 5.25 on 22 degrees.
        let sample = Sample::from_values(&[group(&[(6, 12)]), group(&[(9, 12)])]).unwrap();
        assert!((sample.within() - 5.25 / 22.0).abs() < 1e-15);
        // Eleven parts of two units have 11 degrees, the one group 21: 22·(1/2)(1/2) on 21.
        let pairs = [(1, 2); 11];
        let sample = Sample::from_values(&[group(&pairs)]).unwrap();
        assert!((sample.within() - 5.5 / 21.0).abs() < 1e-15);
    }

    #[test]
    fn what_cannot_be_computed_says_why() {
        let why = |groups: &[Group<Observed>]| Sample::from_values(groups).err();
        assert_eq!(why(&[]), Some(Obstacle::NoGroups));
        assert_eq!(why(&[group(&[])]), Some(Obstacle::NoGroups));
        assert_eq!(why(&[group(&[(3, 10)]), group(&[(4, 10)])]), Some(Obstacle::TooFewUnits));
        assert_eq!(why(&[group(&[(0, 30)]), group(&[(30, 30)])]), Some(Obstacle::NoSpread));
        let broken = Estimate { value: f64::NAN, variance: 0.1, weight: 10.0 };
        assert_eq!(Sample::from_changes(&[broken], 0.25).err(), Some(Obstacle::NoGroups));
        assert_eq!(Observed::from_sums(3, f64::INFINITY, 1.0), None);
        assert_eq!(Observed::from_count(0, 0), None);
    }

    #[test]
    fn sums_of_a_real_value_are_those_of_the_points() {
        let real = Observed::from_sums(4, 2.75, 2.1875).unwrap();
        // Points 3, 1, 4, 3 of 4.
        let points = Observed::from_points(&crate::moments::Sums { n: 4, sum: 11, squares: 35 }, 4).unwrap();
        assert!((real.mean - points.mean).abs() < 1e-15);
        assert!((points.spread - 4.75 / 16.0).abs() < 1e-15 && (real.spread - points.spread).abs() < 1e-15);
    }

    #[test]
    fn groups_without_units_keep_their_place() {
        let counts =
            [Group::Parts(vec![]), Group::Whole(Count { k: 3, n: 10 }), Group::Parts(vec![Count { k: 1, n: 9 }])];
        let sample = Sample::from_counts(&counts).unwrap();
        assert_eq!([0, 1, 2, 3].map(|place| sample.member(place)), [None, Some(0), Some(1), None]);
        assert!((sample.references()[0].unwrap() - sample.members[1].value).abs() < 1e-12);
        let alone = sample.with_weights(&[0.0, 10.0, 0.0]);
        assert_eq!(alone.references()[0], None);
    }
}
