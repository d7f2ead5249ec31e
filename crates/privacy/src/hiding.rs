//! Which schools and tasks of an exam are hidden.
//!
//! First whatever the rules forbid: schools with too few participants, marks that all or none of a school have, tasks
//! that all or none solved in full. Then enough other cells that the totals do not reveal these: hidden schools are
//! hidden in every table, several together, until what is left of every total is wide enough; a hidden task is never
//! the only one in its column.
//!
//! Bounds of a hidden count. Let R be what is left of a column's total after the shown rows. Of a hidden school even
//! the number of participants is unknown, so its count can be anything from 0 to R. Of a single hidden task of a shown
//! school the most that it can be is known, and so is the score that its marks allow; its bounds are those of the
//! column,
//! `max(0, R − most of the other hidden cells)` and `min(R, most)`, drawn closer along rows and columns by turns.

use super::Rules;
use srez_model::edition::{Cut, ExamCounts, GroupCounts, Part, Pattern, Publication};
use std::collections::BTreeSet;

/// What several publications hide together; none without publications. Where they merge marks in different ways, marks
/// are not shown at all.
pub(super) fn together(all: &[&Publication]) -> Option<Pattern> {
    let (first, others) = all.split_first()?;
    let mut pattern = first.pattern.clone();
    for Publication { pattern: other, .. } in others {
        if other.cut != pattern.cut {
            pattern.cut = Cut::Count;
        }
        pattern.hidden.extend(other.hidden.iter().cloned());
        pattern.tasks.extend(other.tasks.iter().cloned());
        pattern.total_tasks.extend(&other.total_tasks);
        pattern.total_hidden |= other.total_hidden;
    }
    Some(pattern)
}

/// The pattern of an exam; what was hidden before stays hidden, and marks stay merged as they were.
pub fn pattern(rules: &Rules, counts: &ExamCounts, before: Option<&Pattern>) -> Pattern {
    let total = counts.total();
    let candidates: &[Cut] = match before.map(|before| before.cut) {
        Some(Cut::Four) => &[Cut::Four, Cut::Count],
        Some(Cut::Pass) => &[Cut::Pass, Cut::Count],
        Some(Cut::Quality) => &[Cut::Quality, Cut::Count],
        Some(Cut::Count) => &[Cut::Count],
        None => &[Cut::Four, Cut::Pass, Cut::Quality, Cut::Count],
    };
    let mut best: Option<(usize, Pattern)> = None;
    for cut in candidates.iter().copied().filter(|cut| *cut == Cut::Count || total.has_bands()) {
        let Some(found) = settle(rules, counts, &total, cut, before) else { continue };
        let shown = counts.schools.iter().filter(|school| !found.hidden.contains(&school.group)).count();
        let worth = (1 + 2 * cut.columns().len()) * shown + cut.columns().len();
        if best.as_ref().is_none_or(|(most, _)| *most < worth) {
            best = Some((worth, found));
        }
    }
    best.map_or_else(|| nothing_shown(counts), |(_, pattern)| pattern)
}

/// For an exam in which even the number of participants would reveal too much.
fn nothing_shown(counts: &ExamCounts) -> Pattern {
    let tasks = counts.total().tasks.len();
    Pattern {
        cut: Cut::Count,
        hidden: counts.schools.iter().map(|school| school.group.clone()).collect(),
        tasks: BTreeSet::new(),
        total_tasks: (0..u16::try_from(tasks).unwrap_or(u16::MAX)).collect(),
        total_hidden: true,
    }
}

/// The pattern with one way of merging marks; none if the total itself may not be shown that way.
fn settle(
    rules: &Rules,
    counts: &ExamCounts,
    total: &GroupCounts,
    cut: Cut,
    before: Option<&Pattern>,
) -> Option<Pattern> {
    if before.is_some_and(|before| before.total_hidden) || total.n < rules.group || tells_all(cut, total) {
        return None;
    }
    let mut hidden: BTreeSet<String> = before.map(|before| before.hidden.clone()).unwrap_or_default();
    let forbidden = counts
        .schools
        .iter()
        .filter(|school| school.group.is_empty() || school.n < rules.group || tells_all(cut, school));
    hidden.extend(forbidden.map(|school| school.group.clone()));
    loop {
        while !is_safe(rules, counts, cut, &hidden) {
            hidden.insert(smallest_shown(counts, &hidden)?);
        }
        let (tasks, total_tasks) = hide_tasks(rules, counts, total, &hidden, before);
        let found = Pattern { cut, hidden: hidden.clone(), tasks, total_tasks, total_hidden: false };
        match find_recoverable(rules, counts, &found) {
            None => return Some(found),
            Some(school) => hidden.insert(school),
        };
    }
}

/// True if all or none of a group are in some column.
fn tells_all(cut: Cut, group: &GroupCounts) -> bool {
    let columns = cut.of(&group.bands);
    let all: u64 = group.bands.iter().sum();
    columns.iter().any(|count| *count == 0 || *count == all)
}

/// True if nobody can tell the hidden schools apart: there are several, with enough participants, in every column.
pub(super) fn is_safe(rules: &Rules, counts: &ExamCounts, cut: Cut, hidden: &BTreeSet<String>) -> bool {
    let block: Vec<&GroupCounts> = counts.schools.iter().filter(|school| hidden.contains(&school.group)).collect();
    block.is_empty() || is_safe_block(rules, cut, &block)
}

/// The same for one block of schools whose sum is known.
pub(super) fn is_safe_block(rules: &Rules, cut: Cut, block: &[&GroupCounts]) -> bool {
    let mut sum = GroupCounts::default();
    block.iter().for_each(|school| sum.add(school));
    let wide = |count: &u64| rules.width <= *count;
    rules.together <= block.len() && rules.group <= sum.n && wide(&sum.n) && cut.of(&sum.bands).iter().all(wide)
}

/// The shown school with the fewest participants; among equals the last one in the register.
fn smallest_shown(counts: &ExamCounts, hidden: &BTreeSet<String>) -> Option<String> {
    let shown = counts.schools.iter().rev().filter(|school| !hidden.contains(&school.group));
    shown.min_by_key(|school| school.n).map(|school| school.group.clone())
}

/// Single tasks of shown schools, and tasks of the total.
fn hide_tasks(
    rules: &Rules,
    counts: &ExamCounts,
    total: &GroupCounts,
    hidden: &BTreeSet<String>,
    before: Option<&Pattern>,
) -> (BTreeSet<(String, u16)>, BTreeSet<u16>) {
    let mut tasks = before.map(|before| before.tasks.clone()).unwrap_or_default();
    let mut total_tasks = before.map(|before| before.total_tasks.clone()).unwrap_or_default();
    for (task, part) in (0_u16..).zip(&total.tasks) {
        let max = counts.task_max.get(usize::from(task)).copied().unwrap_or(0);
        let mut cells: Vec<(&GroupCounts, bool)> = counts
            .schools
            .iter()
            .filter(|school| !hidden.contains(&school.group) && cell(school, task).most != 0)
            .map(|school| {
                let was_hidden = tasks.contains(&(school.group.clone(), task));
                (school, was_hidden || is_forbidden(rules, cell(school, task), max))
            })
            .collect();
        cells.sort_by_key(|(school, _)| school.n);
        let mut block = Part::default();
        for school in counts.schools.iter().filter(|school| hidden.contains(&school.group)) {
            block.sum += cell(school, task).sum;
            block.most += cell(school, task).most;
        }
        let shown_total = part.most != 0 && !part.tells_all() && !total_tasks.contains(&task);
        while shown_total && !is_safe_column(rules, task, &cells, block) {
            match cells.iter_mut().find(|(_, is_hidden)| !is_hidden) {
                Some((_, is_hidden)) => *is_hidden = true,
                None => {
                    total_tasks.insert(task);
                    break;
                }
            }
        }
        if part.most != 0 && part.tells_all() {
            total_tasks.insert(task);
        }
        tasks.extend(cells.iter().filter(|(_, is_hidden)| *is_hidden).map(|(school, _)| (school.group.clone(), task)));
    }
    (tasks, total_tasks)
}

/// A task that all or none solved in full, or that too few were given.
fn is_forbidden(rules: &Rules, part: Part, max: u64) -> bool {
    part.tells_all() || part.most < rules.group * max
}

/// True if a task of a school must be hidden by itself, not to protect another.
pub(super) fn forbids(rules: &Rules, counts: &ExamCounts, school: &str, task: u16) -> bool {
    let max = counts.task_max.get(usize::from(task)).copied().unwrap_or(0);
    counts.school(school).is_some_and(|school| is_forbidden(rules, cell(school, task), max))
}

/// Points of a school on a task.
pub(super) fn cell(school: &GroupCounts, task: u16) -> Part {
    school.tasks.get(usize::from(task)).copied().unwrap_or_default()
}

/// True if no hidden cell of a column can be worked out. `cells` belong to shown schools, with true for a hidden cell;
/// `block` is the sum of the hidden schools.
fn is_safe_column(rules: &Rules, task: u16, cells: &[(&GroupCounts, bool)], block: Part) -> bool {
    let parts: Vec<Part> =
        cells.iter().filter(|(_, is_hidden)| *is_hidden).map(|(school, _)| cell(school, task)).collect();
    if parts.is_empty() && block.most == 0 {
        return true;
    }
    let left: u64 = parts.iter().map(|part| part.sum).sum::<u64>() + block.sum;
    let most: u64 = parts.iter().map(|part| part.most).sum::<u64>() + block.most;
    // The hidden schools as one cell: neither nothing nor everything may be left for them.
    if block.most != 0 && (left < rules.width || most - left < rules.width) {
        return false;
    }
    // The hidden schools are several already; a single hidden task of a shown school needs a second one.
    let alone = parts.len() == 1 && block.most == 0;
    !alone
        && parts.iter().all(|part| {
            let high = part.most.min(left);
            let low = left.saturating_sub(most - part.most);
            rules.width <= high.saturating_sub(low)
        })
}

/// What can be concluded about a hidden task: its sum of points lies between these.
#[derive(Clone, Copy)]
struct Bounds {
    low: u64,
    high: u64,
}

/// A shown school whose hidden task can be worked out from totals, marks and shown tasks together; none if there is
/// none.
///
/// Bounds are tightened alternately, a few times over: along columns (the rest of a total) and along rows (the score
/// that the marks allow).
pub(super) fn find_recoverable(rules: &Rules, counts: &ExamCounts, pattern: &Pattern) -> Option<String> {
    let shown: Vec<&GroupCounts> =
        counts.schools.iter().filter(|school| !pattern.hidden.contains(&school.group)).collect();
    let mut cells: Vec<Vec<Option<Bounds>>> = shown
        .iter()
        .map(|school| {
            let hidden = |(task, part): (u16, &Part)| {
                (part.most != 0 && pattern.hides(&school.group, task)).then_some(Bounds { low: 0, high: part.most })
            };
            (0_u16..).zip(&school.tasks).map(hidden).collect()
        })
        .collect();
    for _ in 0..4 {
        along_columns(counts, pattern, &shown, &mut cells);
        along_rows(counts, pattern, &shown, &mut cells);
    }
    let narrow = |row: &&Vec<Option<Bounds>>| {
        row.iter().flatten().any(|bounds| bounds.high.saturating_sub(bounds.low) < rules.width)
    };
    shown.iter().zip(&cells).find(|(_, row)| narrow(row)).map(|(school, _)| school.group.clone())
}

fn along_columns(counts: &ExamCounts, pattern: &Pattern, shown: &[&GroupCounts], cells: &mut [Vec<Option<Bounds>>]) {
    for task in 0..u16::try_from(counts.task_max.len()).unwrap_or(u16::MAX) {
        if pattern.total_tasks.contains(&task) {
            continue;
        }
        let place = usize::from(task);
        let of_block = counts.schools.iter().filter(|school| pattern.hidden.contains(&school.group));
        let mut block = Part::default();
        of_block.for_each(|school| {
            block.sum += cell(school, task).sum;
            block.most += cell(school, task).most;
        });
        let mut left = block.sum;
        let (mut lows, mut highs) = (0, block.most);
        for (school, row) in shown.iter().zip(cells.iter()) {
            if let Some(Some(bounds)) = row.get(place) {
                left += cell(school, task).sum;
                lows += bounds.low;
                highs += bounds.high;
            }
        }
        for row in cells.iter_mut() {
            if let Some(Some(bounds)) = row.get_mut(place) {
                let high = bounds.high.min(left.saturating_sub(lows - bounds.low));
                let low = bounds.low.max(left.saturating_sub(highs - bounds.high));
                (lows, highs) = (lows - bounds.low + low, highs - bounds.high + high);
                *bounds = Bounds { low, high };
            }
        }
    }
}

fn along_rows(counts: &ExamCounts, pattern: &Pattern, shown: &[&GroupCounts], cells: &mut [Vec<Option<Bounds>>]) {
    let Some(scale) = counts.score_bounds else { return };
    for (school, row) in shown.iter().zip(cells.iter_mut()).filter(|(school, _)| school.has_bands()) {
        let (least, most) = scores(&scale, pattern.cut, school);
        let shown_sum: u64 =
            school.tasks.iter().zip(row.iter()).filter(|(_, bounds)| bounds.is_none()).map(|(part, _)| part.sum).sum();
        let (least, most) = (least.saturating_sub(shown_sum), most.saturating_sub(shown_sum));
        let mut lows: u64 = row.iter().flatten().map(|bounds| bounds.low).sum();
        let mut highs: u64 = row.iter().flatten().map(|bounds| bounds.high).sum();
        for bounds in row.iter_mut().flatten() {
            let high = bounds.high.min(most.saturating_sub(lows - bounds.low));
            let low = bounds.low.max(least.saturating_sub(highs - bounds.high));
            (lows, highs) = (lows - bounds.low + low, highs - bounds.high + high);
            *bounds = Bounds { low, high };
        }
    }
}

/// Least and greatest sum of primary scores that the shown marks of a school allow.
fn scores(bounds: &[(u64, u64); 4], cut: Cut, school: &GroupCounts) -> (u64, u64) {
    let columns: &[&[usize]] = if cut == Cut::Count { &[&[0, 1, 2, 3]] } else { cut.columns() };
    columns.iter().fold((0, 0), |(least, most), column| {
        let n: u64 = column.iter().filter_map(|place| school.bands.get(*place)).sum();
        let of = |end: fn(&(u64, u64)) -> u64| column.iter().filter_map(|place| bounds.get(*place)).map(end);
        (least + n * of(|bound| bound.0).min().unwrap_or(0), most + n * of(|bound| bound.1).max().unwrap_or(0))
    })
}
