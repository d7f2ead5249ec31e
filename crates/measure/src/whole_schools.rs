//! Whole schools as units: one measure of every school, its pupils by class where the classes are known.

use super::settings::Settings;
use srez_model::block::{ABSENT_PART, NOT_ATTEMPTED, NOT_OFFERED, UNREADABLE, ZEROED};
use srez_model::level::Level;
use srez_model::tally::Tally;
use srez_model::unit::as_f64;
use srez_statistics::clusters::Mean;
use srez_statistics::moments::Sums;
use srez_statistics::school_model::{Group, Observed, Obstacle};
use std::collections::BTreeMap;

/// Smallest share of the pupils of a school whose class must be known for its classes to be its parts.
const KNOWN_CLASSES: f64 = 0.9;

/// The schools of a tally, with their classes.
pub(super) struct Roll<'a> {
    schools: Vec<(&'a str, u32, Vec<u32>)>,
}

impl<'a> Roll<'a> {
    pub(super) fn of(tally: &'a Tally) -> Self {
        let mut classes: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        let mut schools = Vec::new();
        for (index, group) in (0_u32..).zip(&tally.groups) {
            match group.level {
                Level::School => schools.push((group.name.as_str(), index)),
                Level::Class => {
                    let (school, _) = group.name.split_once('/').unwrap_or((&group.name, ""));
                    classes.entry(school).or_default().push(index);
                }
                _ => {}
            }
        }
        let with_classes = |(id, index)| (id, index, classes.remove(id).unwrap_or_default());
        Self { schools: schools.into_iter().map(with_classes).collect() }
    }

    /// Ids of the schools in the order of the tally.
    pub(super) fn ids(&self) -> impl Iterator<Item = &'a str> {
        self.schools.iter().map(|(id, ..)| *id)
    }

    /// Their places among the groups of the tally.
    pub(super) fn groups(&self) -> impl Iterator<Item = u32> {
        self.schools.iter().map(|(_, index, _)| *index)
    }

    /// One measure of every school, in the same order; a school without it keeps its place with no pupils.
    pub(super) fn values(&self, max: u64, of: impl Fn(u32) -> Sums) -> Vec<Group<Observed>> {
        let school = |(_, index, classes): &(&str, u32, Vec<u32>)| {
            let all = of(*index);
            let classes: Vec<Sums> = classes.iter().map(|class| of(*class)).collect();
            pupils(all, &classes, max)
        };
        self.schools.iter().map(school).collect()
    }
}

/// A school by class; as a whole where too few of its pupils have a class.
fn pupils(all: Sums, classes: &[Sums], max: u64) -> Group<Observed> {
    let known: u64 = classes.iter().map(|class| class.n).sum();
    let Some(whole) = Observed::from_points(&all, max) else { return Group::Parts(Vec::new()) };
    if as_f64(known) < KNOWN_CLASSES * as_f64(all.n) {
        return Group::Whole(whole);
    }
    let rest = classes.iter().fold(all, |rest, class| rest.without(*class));
    Group::Parts(classes.iter().chain([&rest]).filter_map(|part| Observed::from_points(part, max)).collect())
}

/// Points of a group on a task; a task that was not attempted counts as 0.
pub(super) fn on_task(tally: &Tally, group: u32, task: u16) -> Sums {
    let mut sums = Sums::default();
    for cell in tally.outcomes_of(group, task) {
        match cell.outcome {
            NOT_OFFERED | ABSENT_PART | ZEROED | UNREADABLE => {}
            NOT_ATTEMPTED => sums.add(0, u64::from(cell.n)),
            points => sums.add(u64::from(points), u64::from(cell.n)),
        }
    }
    sums
}

/// The greatest points on a skill that most participants could have; none where nobody was tested on it.
pub(super) fn usual_maximum(tally: &Tally, skill: u16) -> Option<u32> {
    let mut by_maximum: BTreeMap<u32, u64> = BTreeMap::new();
    for cell in tally.skills_of(tally.group(Level::All, "")?, skill) {
        *by_maximum.entry(cell.max_sum).or_default() += u64::from(cell.n);
    }
    by_maximum.into_iter().max_by_key(|(max, n)| (*n, *max)).map(|(max, _)| max).filter(|max| *max != 0)
}

/// Points of a group on a skill; participants with another maximum were not given all of its tasks, and are left out.
pub(super) fn on_skill(tally: &Tally, group: u32, skill: u16, max: u32) -> Sums {
    let mut sums = Sums::default();
    for cell in tally.skills_of(group, skill).iter().filter(|cell| cell.max_sum == max) {
        sums.add(u64::from(cell.sum), u64::from(cell.n));
    }
    sums
}

/// Mean over schools, or why there is none.
pub(super) fn mean(settings: &Settings, schools: &[Group<Observed>]) -> Result<Mean, &'static str> {
    Mean::from_groups(schools, settings.assumptions()).map_err(reason)
}

/// Why the model has no values, for the reader.
pub(super) fn reason(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::NoGroups => super::reason::NO_PARTICIPANTS,
        Obstacle::TooFewUnits => "не вычисляется: мало участников",
        Obstacle::NoSpread => super::reason::NO_SPREAD,
    }
}

/// What a result of 0 or 1 varies by chance: no variance of schools that happen to be alike is less.
pub(super) fn at_least_by_chance(mean: Mean, share: f64) -> Mean {
    let by_chance = share * (1.0 - share) / mean.weight;
    Mean { variance: mean.variance.max(by_chance), ..mean }
}

#[cfg(test)]
mod tests {
    use super::{Group, Observed, Sums, pupils};

    fn sums(n: u64, sum: u64) -> Sums {
        Sums { n, sum, squares: sum }
    }

    #[test]
    fn a_school_has_its_classes_where_nine_of_ten_pupils_have_one() {
        let known = pupils(sums(40, 20), &[sums(18, 9), sums(19, 10)], 1);
        let Group::Parts(parts) = &known else { panic!("{known:?}") };
        assert_eq!(parts.iter().map(|part| part.n).collect::<Vec<_>>(), [18, 19, 3]);
        let unknown = pupils(sums(40, 20), &[sums(18, 9)], 1);
        assert_eq!(unknown, Group::Whole(Observed { n: 40, mean: 0.5, spread: 10.0 }));
        assert_eq!(pupils(sums(0, 0), &[], 1), Group::Parts(Vec::new()));
    }
}
