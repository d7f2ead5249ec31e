//! Groups of signs by school: what stands on the sheet of particulars, and how much of it may be chance.

use super::Settings;
use super::signs::{REGISTRY, is_common, is_tested};
use srez_model::finding::{Findings, GroupState, Particulars, Status};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::sign::{Membership, SignDefinition, SignGroup};

/// Particulars of every school with results, in the order of the register; none where there is only one school.
pub(super) fn particulars(settings: &Settings<'_>, measures: &Measures, findings: &Findings) -> Vec<Particulars> {
    let with_results = |school: &&String| measures.marks_of(Level::School, school).is_some_and(|row| row.n > 0);
    let schools: Vec<&String> = settings.schools.iter().filter(with_results).collect();
    if schools.len() < 2 {
        return Vec::new();
    }
    schools.into_iter().map(|school| of_school(settings, measures, findings, school)).collect()
}

fn of_school(settings: &Settings<'_>, measures: &Measures, findings: &Findings, school: &str) -> Particulars {
    let about = |sign: &SignDefinition| {
        findings.findings.iter().find(|one| one.is_about(sign.id, school)).map(|one| one.status)
    };
    let fires = |sign: &&SignDefinition| matches!(about(sign), Some(Status::Probable | Status::Fact));
    let is_tested = |sign: &&SignDefinition| about(sign).is_some() || is_tested(sign, measures, school);
    let unfired = |group: SignGroup| {
        let is_common = of_group(group).any(|sign| is_common(sign, settings, measures));
        if is_common { GroupState::Common } else { GroupState::Quiet }
    };
    let mut signs: Vec<&SignDefinition> = Vec::new();
    let mut groups = SignGroup::ALL.map(|group| {
        let of_group = || of_group(group);
        let fired: Vec<&SignDefinition> = of_group().filter(fires).collect();
        let state = match (fired.is_empty(), of_group().any(|sign| is_tested(&sign))) {
            (false, _) => GroupState::Fired,
            (true, true) => unfired(group),
            (true, false) => GroupState::NotComputed,
        };
        signs.extend(fired);
        state
    });
    if signs.iter().all(|sign| matches!(sign.group, Some(Membership::BesideOthers(_)))) {
        signs.clear();
        let fired = SignGroup::ALL.into_iter().zip(&mut groups).filter(|(_, state)| **state == GroupState::Fired);
        fired.for_each(|(group, state)| *state = unfired(group));
    }
    Particulars { school: school.to_owned(), groups, signs: signs.into_iter().map(|sign| sign.id).collect() }
}

/// The signs in the order of the registry.
fn in_registry() -> impl Iterator<Item = &'static SignDefinition> {
    REGISTRY.iter().flat_map(|entry| entry.signs).copied()
}

fn of_group(group: SignGroup) -> impl Iterator<Item = &'static SignDefinition> {
    in_registry().filter(move |sign| sign.group.is_some_and(|own| own.group() == group))
}

/// Schools that would have two groups or more, were every group's marks dealt anew over the schools:
/// `I · P(at least 2 of the independent events f_g / I)`.
pub(super) fn by_chance(particulars: &[Particulars]) -> f64 {
    let schools = particulars.len();
    let count = |number: usize| u32::try_from(number).map_or(0.0, f64::from);
    let shares: Vec<f64> = (0..SignGroup::ALL.len())
        .map(|group| {
            let fired = particulars.iter().filter(|one| one.groups.get(group) == Some(&GroupState::Fired)).count();
            if schools == 0 { 0.0 } else { count(fired) / count(schools) }
        })
        .collect();
    let none: f64 = shares.iter().map(|share| 1.0 - share).product();
    let one: f64 = (0..shares.len())
        .map(|chosen| {
            let of = |(place, share): (usize, &f64)| if place == chosen { *share } else { 1.0 - share };
            shares.iter().enumerate().map(of).product::<f64>()
        })
        .sum();
    count(schools) * (1.0 - none - one).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::{GroupState, Particulars, by_chance};

    fn schools(fired: [usize; 4]) -> Vec<Particulars> {
        let state = |place: usize, count: usize| if place < count { GroupState::Fired } else { GroupState::Quiet };
        let one = |place: usize| Particulars {
            school: place.to_string(),
            groups: fired.map(|count| state(place, count)),
            signs: Vec::new(),
        };
        (0..41).map(one).collect()
    }

    #[test]
    fn the_number_by_chance_is_exact() {
        assert!((by_chance(&schools([4, 4, 4, 4])) - 2.05).abs() < 0.005);
        assert!((by_chance(&schools([6, 3, 2, 1])) - 1.06).abs() < 0.005);
        assert_eq!((by_chance(&schools([0, 0, 0, 0])), by_chance(&[])), (0.0, 0.0));
    }
}
