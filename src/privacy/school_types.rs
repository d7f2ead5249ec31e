//! Types of schools in the public edition: no type through which hidden schools of another edition could be told apart.

use super::Rules;
use super::hiding::is_safe_block;
use crate::model::edition::{Cut, ExamCounts, GroupCounts, Pattern};
use std::collections::{BTreeMap, BTreeSet};

/// Counts of the types that may be shown with a cut, sorted by name. `type_of` gives the type of a school; one without
/// type belongs to none.
///
/// A type has schools and participants enough; its hidden schools, and those of all types that are not shown, are each
/// safe as a block of their own, because the sum of the type is known beside the tables by school.
pub(super) fn shown(
    rules: &Rules,
    counts: &ExamCounts,
    pattern: &Pattern,
    cut: Cut,
    type_of: &BTreeMap<String, String>,
) -> Vec<GroupCounts> {
    let mut of_type: BTreeMap<&str, Vec<&GroupCounts>> = BTreeMap::new();
    for school in &counts.schools {
        let name = type_of.get(&school.group).map_or("", String::as_str);
        of_type.entry(name).or_default().push(school);
    }
    let sums: BTreeMap<&str, GroupCounts> = of_type
        .iter()
        .map(|(name, schools)| {
            let mut sum = GroupCounts { group: (*name).to_owned(), ..GroupCounts::default() };
            schools.iter().for_each(|school| sum.add(school));
            (*name, sum)
        })
        .collect();
    let fits = |name: &str, schools: &[&GroupCounts]| {
        let hidden: Vec<&GroupCounts> =
            schools.iter().copied().filter(|school| pattern.hidden.contains(&school.group)).collect();
        let whole = sums.get(name).is_some_and(|sum| is_in_the_middle(rules, cut, sum));
        let safe = |block: &[&GroupCounts]| block.is_empty() || is_safe_block(rules, pattern.cut, block);
        !name.is_empty() && rules.public_schools <= schools.len() && whole && safe(&hidden)
    };
    let mut shown: BTreeSet<&str> =
        of_type.iter().filter(|(name, schools)| fits(name, schools)).map(|(name, _)| *name).collect();
    loop {
        let rest: Vec<&GroupCounts> = of_type
            .iter()
            .filter(|(name, _)| !shown.contains(*name))
            .flat_map(|(_, schools)| schools)
            .copied()
            .collect();
        let hidden: Vec<&GroupCounts> =
            rest.iter().copied().filter(|school| pattern.hidden.contains(&school.group)).collect();
        // What is not shown is known too, as the total less the shown types.
        let safe_rest = rest.is_empty() || {
            let mut sum = GroupCounts::default();
            rest.iter().for_each(|school| sum.add(school));
            rules.public_schools <= rest.len() && is_in_the_middle(rules, cut, &sum)
        };
        let safe_hidden = hidden.is_empty() || is_safe_block(rules, pattern.cut, &hidden);
        if shown.is_empty() || (safe_rest && safe_hidden) {
            break;
        }
        let smallest = shown.iter().min_by_key(|name| sums.get(*name).map_or(0, |sum| sum.n)).copied();
        if let Some(name) = smallest {
            shown.remove(name);
        }
    }
    shown.into_iter().filter_map(|name| sums.get(name).cloned()).collect()
}

/// True where a group is large enough and none of its shares is at the edge.
pub(super) fn is_in_the_middle(rules: &Rules, cut: Cut, group: &GroupCounts) -> bool {
    let all: u64 = group.bands.iter().sum();
    let inside = |count: &u64| {
        crate::model::unit::Percent::of(*count, all)
            .is_some_and(|share| rules.public_edge < share.0 && share.0 < 100.0 - rules.public_edge)
    };
    rules.public_group <= group.n && cut.of(&group.bands).iter().all(inside)
}
