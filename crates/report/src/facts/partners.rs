//! Schools with like deficits, and pairs of a school that needs a skill and one that has it (item 3.3).

use super::deficits::{self, Deficit};
use crate::context::{Chapter, Names};
use crate::sections::worth_studying;
use srez_model::finding::Matter;
use srez_model::level::Level;
use std::collections::BTreeSet;

/// Least schools of a cluster.
pub(crate) const LEAST: usize = 3;

/// Most schools that one school is sent to for a skill.
const MOST: usize = 3;

/// Schools that need the same skills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cluster<'a> {
    /// Schools in the order of the register.
    pub(crate) schools: Vec<&'a str>,
    /// Skills that every one of them needs: place of the chapter and name.
    pub(crate) skills: Vec<(usize, &'a str)>,
}

/// A school that needs a skill, and schools that do it well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pair<'a> {
    /// Place of the chapter.
    pub(crate) chapter: usize,
    /// The school in need.
    pub(crate) school: &'a str,
    /// The skill; empty for the work as a whole.
    pub(crate) skill: &'a str,
    /// Schools to turn to: those of the same type first, each in the order of the register.
    pub(crate) holders: Vec<&'a str>,
}

/// What each school needs, in the order of the register.
pub(crate) fn needs<'a>(context: &'a Names<'_>, chapters: &[Chapter<'a>]) -> Vec<(&'a str, Vec<Deficit<'a>>)> {
    context.schools.iter().map(|school| (school.as_str(), deficits::of_school(context, chapters, school))).collect()
}

/// Groups of at least three schools, every two of which share at least half of the skills that either needs. A school
/// joins the first group it fits, in the order of the register.
pub(crate) fn clusters<'a>(needs: &[(&'a str, Vec<Deficit<'a>>)]) -> Vec<Cluster<'a>> {
    let sets: Vec<(&str, BTreeSet<(usize, &str)>)> = needs
        .iter()
        .map(|(school, found)| {
            let skills = found.iter().filter(|deficit| !deficit.skill.is_empty());
            (*school, skills.map(|deficit| (deficit.chapter, deficit.skill)).collect())
        })
        .filter(|(_, set): &(&str, BTreeSet<_>)| !set.is_empty())
        .collect();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for place in 0..sets.len() {
        let fits = |group: &Vec<usize>| group.iter().all(|other| alike(&sets, *other, place));
        match groups.iter().position(fits) {
            Some(found) => groups.get_mut(found).into_iter().for_each(|group| group.push(place)),
            None => groups.push(vec![place]),
        }
    }
    groups
        .into_iter()
        .filter(|group| LEAST <= group.len())
        .map(|group| {
            let members: Vec<&(&str, BTreeSet<(usize, &str)>)> =
                group.iter().filter_map(|place| sets.get(*place)).collect();
            let all = members.first().map(|(_, set)| set.clone()).unwrap_or_default();
            let skills = all.into_iter().filter(|skill| members.iter().all(|(_, set)| set.contains(skill))).collect();
            Cluster { schools: members.iter().map(|(school, _)| *school).collect(), skills }
        })
        .filter(|cluster| !cluster.skills.is_empty())
        .collect()
}

/// True where two sets overlap by half of their union at least.
fn alike(sets: &[(&str, BTreeSet<(usize, &str)>)], first: usize, second: usize) -> bool {
    let (Some((_, first)), Some((_, second))) = (sets.get(first), sets.get(second)) else { return false };
    let common = first.intersection(second).count();
    first.union(second).count() <= 2 * common
}

/// Pairs «needs — has»: the holder is worth studying (S03) in the same work, in this skill or as a whole.
pub(crate) fn pairs<'a>(
    context: &'a Names<'_>,
    chapters: &[Chapter<'a>],
    needs: &[(&'a str, Vec<Deficit<'a>>)],
) -> Vec<Pair<'a>> {
    let lists: Vec<_> = chapters.iter().map(worth_studying::list).collect();
    let mut pairs = Vec::new();
    for (school, found) in needs {
        for deficit in found {
            let Some(list) = lists.get(deficit.chapter).and_then(Option::as_ref) else { continue };
            let has: BTreeSet<&str> = list
                .entries
                .iter()
                .filter(|entry| match &entry.matter {
                    Matter::Work => true,
                    Matter::Task(_) | Matter::Skill(_) => {
                        deficit.skill.is_empty() || is_skill(chapters, deficit, &entry.matter)
                    }
                })
                .map(|entry| entry.school.as_ref())
                .filter(|holder| holder != school)
                .collect();
            let mut holders: Vec<&str> =
                context.schools.iter().map(String::as_str).filter(|holder| has.contains(holder)).collect();
            let kind = context.types.get(*school);
            // Stable: schools of one kind stay in the order of the register.
            holders.sort_by_key(|holder| context.types.get(*holder) != kind);
            holders.truncate(MOST);
            if !holders.is_empty() {
                pairs.push(Pair { chapter: deficit.chapter, school, skill: deficit.skill, holders });
            }
        }
    }
    pairs
}

fn is_skill(chapters: &[Chapter<'_>], deficit: &Deficit<'_>, matter: &Matter) -> bool {
    let Matter::Skill(skill) = matter else { return false };
    chapters.get(deficit.chapter).is_some_and(|chapter| {
        let mut rows = chapter.measures.skills_of(Level::All, "");
        rows.any(|row| row.skill == *skill && row.title == deficit.skill)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::finding::Status;
    use srez_model::unit::Percent;

    fn needs(skills: &[&'static str]) -> Vec<Deficit<'static>> {
        skills
            .iter()
            .map(|skill| Deficit { chapter: 0, skill, value: Percent(40.0), reference: None, status: Status::Fact })
            .collect()
    }

    #[test]
    fn three_schools_with_half_in_common_are_a_cluster() {
        let all = [
            ("a", needs(&["геометрия", "графики"])),
            ("b", needs(&["геометрия"])),
            ("c", needs(&["геометрия", "графики"])),
            ("d", needs(&["вычисления"])),
            ("e", Vec::new()),
        ];
        let found = clusters(&all);
        assert_eq!(found, [Cluster { schools: vec!["a", "b", "c"], skills: vec![(0, "геометрия")] }]);
        assert!(clusters(&all[1..]).is_empty());
    }
}
