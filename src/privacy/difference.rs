//! Last month's tables beside this month's: the difference of two publications is a table of its own.
//!
//! Whoever holds both subtracts one from the other. So a shown group is either unchanged or changed by enough
//! participants, and what is hidden now and was not before (shown then, or not yet delivered) must not be given away by
//! what the totals grew by. Where a single task fails, its total is hidden; where more fails, the whole exam waits.

use super::Rules;
use super::hiding::{cell, forbids, told};
use crate::model::edition::{ExamCounts, GroupCounts, Pattern, Publication};

/// The pattern with which the new counts may stand beside the earlier publication; none where they may not.
pub(super) fn safe(rules: &Rules, before: &Publication, counts: &ExamCounts, mut pattern: Pattern) -> Option<Pattern> {
    if pattern.total_hidden {
        return before.pattern.total_hidden.then_some(pattern);
    }
    if !before.pattern.total_hidden && !changed_enough(rules, &before.counts.total(), &counts.total()) {
        return None;
    }
    let shown_twice = |school: &&GroupCounts| {
        !pattern.hidden.contains(&school.group) && !before.pattern.hidden.contains(&school.group)
    };
    for now in counts.schools.iter().filter(shown_twice) {
        let enough = match before.counts.school(&now.group) {
            Some(then) => changed_enough(rules, then, now),
            None => true,
        };
        if !enough {
            return None;
        }
    }
    if !blocks_differ_enough(rules, before, counts, &pattern) {
        return None;
    }
    for task in 0..u16::try_from(counts.task_max.len()).unwrap_or(u16::MAX) {
        if !column_differs_enough(rules, before, counts, &pattern, task) {
            // Without the total a hidden task needs no company, and company that was shown a month ago would be none.
            pattern.total_tasks.insert(task);
            let needs = |school: &str| before.pattern.hides(school, task) || forbids(rules, counts, school, task);
            pattern.tasks.retain(|(school, hidden)| *hidden != task || needs(school));
        }
    }
    told(rules, counts, &pattern).is_none().then_some(pattern)
}

/// True where nothing changed, or participants enough moved from one mark to another, came or went.
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

/// What the totals of the hidden schools grew by, where some of them were not hidden before.
fn blocks_differ_enough(rules: &Rules, before: &Publication, counts: &ExamCounts, pattern: &Pattern) -> bool {
    let hidden = counts.schools.iter().filter(|school| pattern.hidden.contains(&school.group));
    let newly = |school: &&GroupCounts| !was_hidden(before, &school.group);
    if !hidden.clone().any(|school| newly(&school)) {
        return true;
    }
    let columns = pattern.cut.columns().len();
    let mut grown = vec![Some(0_u64); columns + 1];
    for school in hidden {
        let then = before.counts.school(&school.group);
        let mut now_columns = pattern.cut.of(&school.bands);
        let mut then_columns = then.map_or_else(|| vec![0; columns], |then| pattern.cut.of(&then.bands));
        now_columns.push(school.n);
        then_columns.push(then.map_or(0, |then| then.n));
        for (sum, (now, then)) in grown.iter_mut().zip(now_columns.iter().zip(then_columns)) {
            *sum = sum.zip(now.checked_sub(then)).map(|(sum, more)| sum + more);
        }
    }
    grown.iter().all(|more| more.is_some_and(|more| rules.width <= more))
}

/// True where the school was hidden in the earlier publication; one that was not there yet was not.
fn was_hidden(before: &Publication, school: &str) -> bool {
    before.counts.school(school).is_some() && before.pattern.hidden.contains(school)
}

/// What a task's total grew by, where some of its hidden cells were not hidden before.
fn column_differs_enough(
    rules: &Rules,
    before: &Publication,
    counts: &ExamCounts,
    pattern: &Pattern,
    task: u16,
) -> bool {
    if pattern.total_tasks.contains(&task) || before.pattern.total_tasks.contains(&task) {
        return true;
    }
    let hidden: Vec<&GroupCounts> = counts
        .schools
        .iter()
        .filter(|school| pattern.hides(&school.group, task) && cell(school, task).most != 0)
        .collect();
    let knew = |school: &GroupCounts| {
        before.counts.school(&school.group).is_none() || !before.pattern.hides(&school.group, task)
    };
    if !hidden.iter().any(|school| knew(school)) {
        return true;
    }
    let mut more: Vec<(u64, u64, bool)> = Vec::new();
    for school in &hidden {
        let (now, then) = (cell(school, task), before.counts.school(&school.group).map(|then| cell(then, task)));
        let then = then.unwrap_or_default();
        let (Some(sum), Some(most)) = (now.sum.checked_sub(then.sum), now.most.checked_sub(then.most)) else {
            return false;
        };
        more.push((sum, most, knew(school)));
    }
    let sum: u64 = more.iter().map(|(sum, ..)| sum).sum();
    let most: u64 = more.iter().map(|(_, most, _)| most).sum();
    more.iter().filter(|(.., knew)| *knew).all(|(_, own, _)| {
        let high = (*own).min(sum);
        let low = sum.saturating_sub(most - own);
        rules.width <= high.saturating_sub(low)
    })
}
