//! Comparing with what was released: the difference of two publications is a table of its own.
//!
//! Whoever has both can subtract one from the other. So a shown group is either unchanged or changed by enough
//! participants, and what is hidden in one month and known in the other (shown, not yet delivered, withdrawn) must not
//! be revealed by the change of the totals, not even to someone who knows which schools delivered something new. Where
//! a single task fails, its total is hidden; where more fails, the whole exam waits.

use super::Rules;
use super::hiding::{cell, find_recoverable, forbids, is_safe_block};
use srez_model::edition::{ExamCounts, GroupCounts, Part, Pattern, Publication};
use std::collections::BTreeSet;

/// Fewest hidden cells of a task that may change together: a single one equals the change of the total.
const FEWEST_CELLS: usize = 2;

/// The pattern under which the new counts may be published beside all that was released; none if there is none.
pub(super) fn safe(
    rules: &Rules,
    released: &[&Publication],
    counts: &ExamCounts,
    mut pattern: Pattern,
) -> Option<Pattern> {
    if pattern.total_hidden {
        return released.iter().all(|before| before.pattern.total_hidden).then_some(pattern);
    }
    let told = Told { released, counts };
    let differs = |before: &&Publication| differs_enough(rules, &told, before, &pattern);
    if !is_safe_without_the_known(rules, &told, &pattern) || !released.iter().all(differs) {
        return None;
    }
    for task in 0..u16::try_from(counts.task_max.len()).unwrap_or(u16::MAX) {
        if !released.iter().all(|before| column_differs_enough(rules, &told, before, &pattern, task)) {
            // Without the total a hidden task needs no second one to protect it, and one that was shown before would
            // not protect it.
            pattern.total_tasks.insert(task);
            let was_hidden = |school: &str| released.iter().any(|before| before.pattern.hides(school, task));
            let needs = |school: &str| was_hidden(school) || forbids(rules, counts, school, task);
            pattern.tasks.retain(|(school, hidden)| *hidden != task || needs(school));
        }
    }
    // A total that is hidden now and was not before must not be derivable from the visible changes.
    let follows = |before: &Publication, task: u16| {
        let hides = |school: &GroupCounts| hides_cell(counts, &pattern, &school.group, task);
        changed_cells(&told, before, &pattern, task).0.is_empty() || !counts.schools.iter().any(hides)
    };
    let newly_hidden_follows = |before: &&Publication| {
        pattern.total_tasks.difference(&before.pattern.total_tasks).any(|task| follows(before, *task))
    };
    if released.iter().any(newly_hidden_follows) {
        return None;
    }
    find_recoverable(rules, counts, &pattern).is_none().then_some(pattern)
}

/// What is told of a school by any publication that shows it, for as long as its results stay as they were: whatever is
/// hidden elsewhere, that protects nobody.
struct Told<'a> {
    released: &'a [&'a Publication],
    /// The counts that are about to be published.
    counts: &'a ExamCounts,
}

impl Told<'_> {
    /// True if some publication shows the school as it is in these counts.
    fn school(&self, of: &ExamCounts, id: &str) -> bool {
        self.shows(of, id, |pattern| !pattern.hidden.contains(id))
    }

    /// True if some publication shows the task of the school as it is in these counts.
    fn cell(&self, of: &ExamCounts, id: &str, task: u16) -> bool {
        self.shows(of, id, |pattern| !pattern.hides(id, task))
    }

    fn shows(&self, of: &ExamCounts, id: &str, is_shown: impl Fn(&Pattern) -> bool) -> bool {
        let is_same = |publication: &&&Publication| publication.counts.school(id) == of.school(id);
        self.released.iter().filter(is_same).any(|publication| is_shown(&publication.pattern))
    }
}

/// True if neither the total, nor a school that is shown twice, nor what is hidden is revealed by the difference to one
/// publication.
fn differs_enough(rules: &Rules, told: &Told<'_>, before: &Publication, pattern: &Pattern) -> bool {
    let counts = told.counts;
    if !before.pattern.total_hidden && !changed_enough(rules, &before.counts.total(), &counts.total()) {
        return false;
    }
    let is_shown_twice = |school: &&GroupCounts| {
        !pattern.hidden.contains(&school.group) && !before.pattern.hidden.contains(&school.group)
    };
    let enough =
        |now: &GroupCounts| before.counts.school(&now.group).is_none_or(|then| changed_enough(rules, then, now));
    counts.schools.iter().filter(is_shown_twice).all(enough) && blocks_differ_enough(rules, told, before, pattern)
}

/// True if nothing changed, or enough participants moved from one mark to another, came or went.
fn changed_enough(rules: &Rules, then: &GroupCounts, now: &GroupCounts) -> bool {
    if then.n == now.n && then.bands == now.bands && then.tasks == now.tasks {
        return true;
    }
    let moved = if now.has_bands() && then.has_bands() {
        let up: u64 = now.bands.iter().zip(then.bands).map(|(now, then)| now.saturating_sub(then)).sum();
        let down: u64 = now.bands.iter().zip(then.bands).map(|(now, then)| then.saturating_sub(*now)).sum();
        up.max(down)
    } else {
        now.n.abs_diff(then.n)
    };
    rules.group <= moved
}

/// True if the hidden schools stay safe without those that were shown before and have not changed since: what is known
/// protects nobody.
fn is_safe_without_the_known(rules: &Rules, told: &Told<'_>, pattern: &Pattern) -> bool {
    let hidden = told.counts.schools.iter().filter(|school| pattern.hidden.contains(&school.group));
    let unknown: Vec<&GroupCounts> = hidden.filter(|school| !told.school(told.counts, &school.group)).collect();
    unknown.is_empty() || is_safe_block(rules, pattern.cut, &unknown)
}

/// What the totals of the hidden schools grew by, where some of them were known a month before or after.
fn blocks_differ_enough(rules: &Rules, told: &Told<'_>, before: &Publication, pattern: &Pattern) -> bool {
    let counts = told.counts;
    let is_hidden = |of: &ExamCounts, pattern: &Pattern, id: &str| {
        of.school(id).is_some() && pattern.hidden.contains(id) && !told.school(of, id)
    };
    let then = |id: &str| is_hidden(&before.counts, &before.pattern, id);
    let now = |id: &str| is_hidden(counts, pattern, id);
    let (hidden, exposed) = changed(before, counts, then, now);
    if !exposed {
        return true;
    }
    // Someone who knows which school delivered something new must not be able to subtract the others.
    if hidden.len() < rules.together {
        return false;
    }
    let columns = pattern.cut.columns().len();
    let of = |school: Option<&GroupCounts>| {
        let mut numbers = school.map_or_else(|| vec![0; columns], |school| pattern.cut.of(&school.bands));
        numbers.push(school.map_or(0, |school| school.n));
        numbers
    };
    let mut grown = vec![Some(0_u64); columns + 1];
    for id in hidden {
        let (now, then) = (of(counts.school(id)), of(before.counts.school(id)));
        for (sum, (now, then)) in grown.iter_mut().zip(now.into_iter().zip(then)) {
            *sum = sum.zip(now.checked_sub(then)).map(|(sum, more)| sum + more);
        }
    }
    grown.iter().all(|more| more.is_some_and(|more| rules.width <= more))
}

/// Schools that changed, came or went and are hidden in at least one of the months; and whether any of them is known in
/// the other month, because it is shown or absent.
fn changed<'a>(
    before: &'a Publication,
    counts: &'a ExamCounts,
    hidden_then: impl Fn(&str) -> bool,
    hidden_now: impl Fn(&str) -> bool,
) -> (BTreeSet<&'a str>, bool) {
    let all = before.counts.schools.iter().chain(&counts.schools).map(|school| school.group.as_str());
    let mut hidden = BTreeSet::new();
    let mut exposed = false;
    for id in all.filter(|id| before.counts.school(id) != counts.school(id)) {
        match (hidden_then(id), hidden_now(id)) {
            (false, false) => continue,
            (true, true) => {}
            _ => exposed = true,
        }
        hidden.insert(id);
    }
    (hidden, exposed)
}

/// True if a school has a task and its cell is hidden.
fn hides_cell(counts: &ExamCounts, pattern: &Pattern, school: &str, task: u16) -> bool {
    pattern.hides(school, task) && counts.school(school).is_some_and(|school| cell(school, task).most != 0)
}

/// The same as [`changed`] for the cells of a task.
fn changed_cells<'a>(
    told: &Told<'a>,
    before: &'a Publication,
    pattern: &Pattern,
    task: u16,
) -> (BTreeSet<&'a str>, bool) {
    let then = |id: &str| hides_cell(&before.counts, &before.pattern, id, task) && !told.cell(&before.counts, id, task);
    let now = |id: &str| hides_cell(told.counts, pattern, id, task) && !told.cell(told.counts, id, task);
    changed(before, told.counts, then, now)
}

/// What a task's total grew by, where some of its hidden cells were known a month before or after.
fn column_differs_enough(rules: &Rules, told: &Told<'_>, before: &Publication, pattern: &Pattern, task: u16) -> bool {
    let counts = told.counts;
    if pattern.total_tasks.contains(&task) || before.pattern.total_tasks.contains(&task) {
        return true;
    }
    let (hidden, exposed) = changed_cells(told, before, pattern, task);
    if !exposed {
        return true;
    }
    if hidden.len() < FEWEST_CELLS {
        return false;
    }
    let mut more: Vec<(u64, u64, bool)> = Vec::new();
    for id in hidden {
        let of = |counts: &ExamCounts| counts.school(id).map_or_else(Part::default, |school| cell(school, task));
        let (now, then) = (of(counts), of(&before.counts));
        let (Some(sum), Some(most)) = (now.sum.checked_sub(then.sum), now.most.checked_sub(then.most)) else {
            return false;
        };
        let is_known = |counts: &ExamCounts, pattern: &Pattern| {
            !hides_cell(counts, pattern, id, task) || told.cell(counts, id, task)
        };
        more.push((sum, most, is_known(&before.counts, &before.pattern) || is_known(counts, pattern)));
    }
    let sum: u64 = more.iter().map(|(sum, ..)| sum).sum();
    let most: u64 = more.iter().map(|(_, most, _)| most).sum();
    more.iter().filter(|(.., known)| *known).all(|(_, own, _)| {
        let high = (*own).min(sum);
        let low = sum.saturating_sub(most - own);
        rules.width <= high.saturating_sub(low)
    })
}
