//! Groups of signs by school: what stands on the sheet of particulars.

use super::Settings;
use super::signs::{REGISTRY, is_common, is_tested};
use srez_model::check::CheckState;
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
    let about = |sign: &SignDefinition| findings.findings.iter().find(|one| one.is_about(sign.id, school));
    let fires =
        |sign: &&SignDefinition| about(sign).is_some_and(|one| matches!(one.status, Status::Probable | Status::Fact));
    let is_tested = |sign: &&SignDefinition| about(sign).is_some() || is_tested(sign, measures, school);
    let is_indistinct =
        |sign: &&SignDefinition| about(sign).is_some_and(|one| one.state == Some(CheckState::Indistinct));
    let is_common = |group: SignGroup| of_group(group).any(|sign| is_common(sign, settings, measures));
    let unfired = |group: SignGroup| {
        // What counts only beside others leaves no doubt of its own.
        let mut by_themselves = of_group(group).filter(|sign| matches!(sign.group, Some(Membership::Full(_))));
        if !of_group(group).any(|sign| is_tested(&sign)) {
            GroupState::NotComputed
        } else if is_common(group) {
            GroupState::Common
        } else if by_themselves.any(|sign| is_indistinct(&sign)) {
            GroupState::Indistinct
        } else {
            GroupState::Quiet
        }
    };
    let mut signs: Vec<&SignDefinition> = Vec::new();
    let mut groups = SignGroup::ALL.map(|group| {
        let fired: Vec<&SignDefinition> = of_group(group).filter(fires).collect();
        let state = if fired.is_empty() { unfired(group) } else { GroupState::Fired };
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

#[cfg(test)]
mod tests;
