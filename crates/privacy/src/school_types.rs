//! Types of schools in the public edition: no type from which hidden schools of another edition could be worked out.

use super::Rules;
use super::hiding::is_safe_block;
use srez_model::edition::{Cut, GroupCounts, Publication};
use std::collections::{BTreeMap, BTreeSet};

/// What the public edition shows of marks.
pub(super) struct Shown {
    /// How marks are merged: the finest way in which no share of the total is near 0 or 100 %.
    pub(super) cut: Cut,
    /// True if the whole is large enough to be shown.
    pub(super) large: bool,
    /// Counts of the types, sorted by name.
    pub(super) types: Vec<GroupCounts>,
}

/// What the public edition may show of a publication. `type_of` gives the type of a school, if it has one.
pub(super) fn shown(rules: &Rules, publication: &Publication, type_of: &BTreeMap<String, String>) -> Shown {
    let sum = publication.counts.total();
    let cuts = [Cut::Four, Cut::Pass, Cut::Quality].into_iter().filter(|cut| publication.pattern.cut.gives(*cut));
    let cut = cuts.into_iter().find(|cut| is_in_the_middle(rules, *cut, &sum)).unwrap_or(Cut::Count);
    let large = rules.public_group <= sum.n && !publication.pattern.total_hidden;
    let types = if large && cut != Cut::Count { types_to_show(rules, publication, cut, type_of) } else { Vec::new() };
    Shown { cut, large, types }
}

/// Counts of the types that may be shown with a cut, sorted by name.
///
/// A shown type has enough schools and participants; its hidden schools, and those of all types that are not shown, are
/// each safe as a block of their own, because the sum of the type is known in addition to the tables by school. Within
/// a school year types only disappear: a new one could be worked out from what was shown before.
fn types_to_show(
    rules: &Rules,
    publication: &Publication,
    cut: Cut,
    type_of: &BTreeMap<String, String>,
) -> Vec<GroupCounts> {
    let Publication { counts, pattern, former, .. } = publication;
    let former = former.as_deref();
    let before: Option<BTreeSet<String>> =
        former.map(|former| shown(rules, former, type_of).types.into_iter().map(|sum| sum.group).collect());
    let of_name = |school: &str| type_of.get(school).map_or("", String::as_str);
    // For schools that delivered nothing since, today's sums are the sums of then.
    let safe_then = |of: &dyn Fn(&str) -> bool| {
        std::iter::successors(former, |former| former.former.as_deref()).all(|former| {
            let is_hidden = |school: &&GroupCounts| former.pattern.hidden.contains(&school.group);
            let schools = former.counts.schools.iter().filter(|school| of(of_name(&school.group)));
            let block: Vec<&GroupCounts> = schools.filter(is_hidden).collect();
            block.is_empty() || is_safe_block(rules, former.pattern.cut, &block)
        })
    };
    let mut of_type: BTreeMap<&str, Vec<&GroupCounts>> = BTreeMap::new();
    for school in &counts.schools {
        of_type.entry(of_name(&school.group)).or_default().push(school);
    }
    let sums = sums(&of_type);
    let fits = |name: &str, schools: &[&GroupCounts]| {
        let hidden: Vec<&GroupCounts> =
            schools.iter().copied().filter(|school| pattern.hidden.contains(&school.group)).collect();
        let whole = sums.get(name).is_some_and(|sum| is_in_the_middle(rules, cut, sum));
        let safe = |block: &[&GroupCounts]| block.is_empty() || is_safe_block(rules, pattern.cut, block);
        let enough = !name.is_empty() && rules.public_schools <= schools.len();
        let stays = before.as_ref().is_none_or(|before| before.contains(name));
        enough && whole && stays && safe(&hidden) && safe_then(&|other| other == name)
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
        // The part that is not shown is known too, as the total minus the shown types.
        let safe_rest = rest.is_empty() || {
            let mut sum = GroupCounts::default();
            rest.iter().for_each(|school| sum.add(school));
            rules.public_schools <= rest.len() && is_in_the_middle(rules, cut, &sum)
        };
        let safe_hidden = hidden.is_empty() || is_safe_block(rules, pattern.cut, &hidden);
        if shown.is_empty() || (safe_rest && safe_hidden && safe_then(&|name| !shown.contains(name))) {
            break;
        }
        let smallest = shown.iter().min_by_key(|name| sums.get(*name).map_or(0, |sum| sum.n)).copied();
        if let Some(name) = smallest {
            shown.remove(name);
        }
    }
    shown.into_iter().filter_map(|name| sums.get(name).cloned()).collect()
}

/// Counts of each type.
fn sums<'a>(of_type: &BTreeMap<&'a str, Vec<&GroupCounts>>) -> BTreeMap<&'a str, GroupCounts> {
    let sum = |(name, schools): (&&'a str, &Vec<&GroupCounts>)| {
        let mut sum = GroupCounts { group: (*name).to_owned(), ..GroupCounts::default() };
        schools.iter().for_each(|school| sum.add(school));
        (*name, sum)
    };
    of_type.iter().map(sum).collect()
}

/// True if a group is large enough and none of its shares is near 0 or 100 %.
fn is_in_the_middle(rules: &Rules, cut: Cut, group: &GroupCounts) -> bool {
    let all: u64 = group.bands.iter().sum();
    let inside = |count: &u64| {
        srez_model::unit::Percent::of(*count, all)
            .is_some_and(|share| rules.public_edge < share.0 && share.0 < 100.0 - rules.public_edge)
    };
    rules.public_group <= group.n && cut.of(&group.bands).iter().all(inside)
}
