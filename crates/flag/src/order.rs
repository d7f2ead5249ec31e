//! One cause, one finding; and the order in which findings are read.

use srez_model::finding::{Finding, Matter, Said, Status};
use srez_model::sign::Cause;
use srez_wording::text;
use std::collections::{BTreeMap, BTreeSet};

/// Joins findings that have one cause: the parts keep their row in the table and name the whole.
pub(super) fn join(findings: &mut [Finding]) {
    low_schools(findings);
    skills_of_low_schools(findings);
    tasks_of_deficits(findings);
}

fn of_school(finding: &Finding, cause: Cause) -> bool {
    finding.sign.cause == cause && finding.status == Status::Probable
}

/// A school with more «2» and with a low total is one finding.
fn low_schools(findings: &mut [Finding]) {
    let leads: BTreeMap<String, String> = findings
        .iter()
        .filter(|one| of_school(one, Cause::MoreTwos))
        .map(|one| (one.group.clone(), one.id.clone()))
        .collect();
    let mut joined: Vec<String> = Vec::new();
    for one in findings.iter_mut().filter(|one| of_school(one, Cause::LowTotal)) {
        if let Some(id) = leads.get(&one.group) {
            one.part_of.clone_from(id);
            joined.push(id.clone());
        }
    }
    for one in findings.iter_mut().filter(|one| joined.contains(&one.id)) {
        one.said.add(" Результат ниже и по работе в целом.");
    }
}

/// Where the whole work is low, its skills are part of that; only those weaker than the school's own level are named.
fn skills_of_low_schools(findings: &mut [Finding]) {
    let whole = |group: &str, findings: &[Finding]| {
        let low = findings.iter().find(|one| of_school(one, Cause::LowTotal) && one.group == group)?;
        Some(if low.part_of.is_empty() { low.id.clone() } else { low.part_of.clone() })
    };
    let mut weak: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let skills: Vec<usize> = findings
        .iter()
        .enumerate()
        .filter(|(_, one)| of_school(one, Cause::LowSkill) || of_school(one, Cause::WeakSkill))
        .map(|(place, _)| place)
        .collect();
    for place in skills {
        let Some((cause, group, matter)) =
            findings.get(place).map(|one| (one.sign.cause, one.group.clone(), one.matter.clone()))
        else {
            continue;
        };
        let lead = whole(&group, findings);
        let twin =
            findings.iter().find(|one| of_school(one, Cause::LowSkill) && one.group == group && one.matter == matter);
        let twin = twin.map(|one| one.id.clone());
        let Some(one) = findings.get_mut(place) else { continue };
        match (lead, cause) {
            (Some(lead), Cause::WeakSkill) => {
                weak.entry(lead.clone()).or_default().push(format!("«{}»", text::shortened(&one.matter_title, 60)));
                one.part_of = lead;
            }
            (Some(lead), _) => one.part_of = lead,
            // Without a low total the skills of S01 are printed; a skill that is weak only against the school's own
            // level stays in the table.
            (None, Cause::WeakSkill) => match twin {
                Some(twin) => one.part_of = twin,
                None => one.said = Said::Silent,
            },
            (None, _) => {}
        }
    }
    for one in findings.iter_mut() {
        if let Some(skills) = weak.get(&one.id) {
            one.said.add(&format!(" Слабее собственного уровня школы: {}.", text::list(skills)));
        }
    }
}

/// Insufficient tasks of a skill with a deficit are part of the deficit.
fn tasks_of_deficits(findings: &mut [Finding]) {
    let deficits: Vec<(String, Vec<u16>)> = findings
        .iter()
        .filter(|one| one.sign.cause == Cause::SkillDeficit)
        .map(|one| (one.id.clone(), one.tasks.clone()))
        .collect();
    for one in findings.iter_mut().filter(|one| one.sign.cause == Cause::LowTask) {
        let Matter::Task(task) = one.matter else { continue };
        if let Some((id, _)) = deficits.iter().find(|(_, tasks)| tasks.contains(&task)) {
            one.part_of.clone_from(id);
        }
    }
}

/// Tested findings about schools by the pupils that they concern, ties by id; all else keeps its place.
pub(super) fn sort(findings: &mut [Finding]) {
    let causes: BTreeSet<Cause> = findings.iter().map(|one| one.sign.cause).collect();
    for cause in causes.into_iter().filter(|cause| cause.is_of_school()) {
        let places: Vec<usize> =
            findings.iter().enumerate().filter(|(_, one)| of_school(one, cause)).map(|(place, _)| place).collect();
        let mut sorted: Vec<Finding> = places.iter().filter_map(|place| findings.get(*place).cloned()).collect();
        sorted.sort_by(|left, right| right.affected.total_cmp(&left.affected).then_with(|| left.id.cmp(&right.id)));
        for (place, one) in places.into_iter().zip(sorted) {
            if let Some(slot) = findings.get_mut(place) {
                *slot = one;
            }
        }
    }
}
