//! Second pass over the rows of an exam: what only whole rows tell, school by school.

use super::TallyRequest;
use super::grouped_rows::{GroupedRows, NO_GROUP};
use rustc_hash::FxHashMap;
use srez_model::block::{PointCode, points_in_total};
use srez_model::level::Level;
use srez_model::row_patterns::{
    EqualTotals, HalfSums, JournalMark, PatternSums, RowPatterns, RowsByTotal, SchoolPatterns,
};
use srez_model::skill::Skill;
use std::collections::BTreeMap;

/// Fewest tasks for an order of tasks to say something.
const FEWEST_TASKS: usize = 3;

/// Row patterns of the schools of a municipality; of all schools where `home` is empty.
pub fn row_patterns(request: &TallyRequest<'_>, home: &str) -> RowPatterns {
    let rows = GroupedRows::new(request);
    let maxima: Option<Vec<u64>> = request.exam.tasks.iter().map(|task| task.max.map(u64::from)).collect();
    let seats = seats(&rows, home);
    let mut schools: BTreeMap<u32, SchoolPatterns> = BTreeMap::new();
    for seat in &seats {
        let one = schools.entry(seat.school).or_insert_with(|| SchoolPatterns {
            school: name(&rows, seat.school).to_owned(),
            ..SchoolPatterns::default()
        });
        count_journal(&mut one.journal, &rows, seat);
    }
    let mut found = RowPatterns::default();
    if let Some(maxima) = maxima.filter(|maxima| !maxima.is_empty() && maxima.iter().all(|max| *max > 0)) {
        let complete: Vec<Complete> = seats.iter().filter_map(|seat| Complete::of(&rows, seat)).collect();
        let skills: Vec<Vec<u16>> = Skill::of_exam(&request.exam).into_iter().map(|skill| skill.tasks).collect();
        found.maximum = maxima.iter().sum();
        found.skill_maxima = skills.iter().map(|tasks| tasks.iter().map(|task| at(&maxima, *task)).sum()).collect();
        count_sums(&mut schools, &rows, &complete);
        found.own_levels = super::own_level::of(&rows, &skills, &found);
        found.half_maxima = count_halves(&mut schools, &rows, &complete, &maxima);
        count_repeated(&mut schools, &complete);
        found.by_total = by_total(&complete, &maxima);
    }
    found.sums = super::school_sums::of(&rows, &request.exam);
    found.schools = schools.into_values().collect();
    found.schools.iter_mut().for_each(|one| one.journal.sort_by(|left, right| left.0.cmp(&right.0)));
    found.schools.sort_by(|left, right| left.school.cmp(&right.school));
    found
}

/// Where a row stands.
struct Seat {
    row: usize,
    school: u32,
    class: u32,
    variant: u32,
}

fn seats(rows: &GroupedRows, home: &str) -> Vec<Seat> {
    let group = |level: Level, row: usize| {
        let column = Level::ALL.iter().position(|one| *one == level).and_then(|place| rows.of_level.get(place));
        column.and_then(|column| column.get(row)).copied().unwrap_or(NO_GROUP)
    };
    let at_home = |row: &usize| home.is_empty() || name(rows, group(Level::Municipality, *row)) == home;
    let seats = (0..rows.participants()).filter(at_home).map(|row| Seat {
        row,
        school: group(Level::School, row),
        class: group(Level::Class, row),
        variant: group(Level::Variant, row),
    });
    seats.filter(|seat| seat.school != NO_GROUP).collect()
}

fn name(rows: &GroupedRows, group: u32) -> &str {
    rows.groups.get(group as usize).map_or("", |group| group.name.as_str())
}

fn at(numbers: &[u64], task: u16) -> u64 {
    numbers.get(usize::from(task)).copied().unwrap_or(0)
}

/// Adds a participant with both marks to his class; the classes stand as they come.
fn count_journal(classes: &mut Vec<(String, [JournalMark; 4])>, rows: &GroupedRows, seat: &Seat) {
    let journal = rows.journal.get(seat.row).copied().flatten();
    let mark = rows.strata.get(seat.row).and_then(|stratum| stratum.result);
    let (Some(journal @ 2..=5), Some(mark @ 2..=5)) = (journal.map(u16::from), mark) else { return };
    let place = usize::from(journal - 2);
    let class = name(rows, seat.class);
    let known = classes.iter().rposition(|(own, _)| own == class).unwrap_or_else(|| {
        classes.push((class.to_owned(), [JournalMark::default(); 4]));
        classes.len() - 1
    });
    if let Some(of_mark) = classes.get_mut(known).and_then(|(_, marks)| marks.get_mut(place)) {
        of_mark.n += 1;
        of_mark.lowered += u64::from(mark < journal);
        of_mark.raised += u64::from(journal < mark);
    }
}

/// A complete row.
struct Complete {
    school: u32,
    class: u32,
    variant: u32,
    points: Vec<PointCode>,
    total: u64,
}

impl Complete {
    fn of(rows: &GroupedRows, seat: &Seat) -> Option<Self> {
        rows.strata.get(seat.row).filter(|stratum| stratum.complete)?;
        let read = |column: &Vec<PointCode>| points_in_total(*column.get(seat.row)?);
        let points: Vec<PointCode> = rows.outcomes.iter().map(read).collect::<Option<_>>()?;
        let total = points.iter().map(|points| u64::from(*points)).sum();
        Some(Self { school: seat.school, class: seat.class, variant: seat.variant, points, total })
    }

    fn on(&self, tasks: &[u16]) -> u64 {
        tasks.iter().filter_map(|task| self.points.get(usize::from(*task))).map(|points| u64::from(*points)).sum()
    }
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Scores by class and variant.
fn count_sums(schools: &mut BTreeMap<u32, SchoolPatterns>, rows: &GroupedRows, complete: &[Complete]) {
    let mut groups: BTreeMap<(u32, bool, &str), PatternSums> = BTreeMap::new();
    for row in complete {
        let Some(one) = schools.get_mut(&row.school) else { continue };
        one.n += 1;
        for (is_class, group) in [(true, row.class), (false, row.variant)] {
            if group != NO_GROUP {
                groups.entry((row.school, is_class, name(rows, group))).or_default().add(signed(row.total));
            }
        }
    }
    for ((school, is_class, group), sums) in groups {
        if let Some(one) = schools.get_mut(&school) {
            if is_class { &mut one.classes } else { &mut one.variants }.push((group.to_owned(), sums));
        }
    }
}

/// The harder half of the tasks against the easier one, by class and primary score; the greatest points of the halves.
fn count_halves(
    schools: &mut BTreeMap<u32, SchoolPatterns>,
    rows: &GroupedRows,
    complete: &[Complete],
    maxima: &[u64],
) -> (u64, u64) {
    if maxima.len() < FEWEST_TASKS {
        return (0, 0);
    }
    let mut sums = vec![0_u64; maxima.len()];
    for row in complete {
        for (sum, points) in sums.iter_mut().zip(&row.points) {
            *sum += u64::from(*points);
        }
    }
    let (easier, harder) = halves(&sums, maxima);
    let of = |tasks: &[u16]| tasks.iter().map(|task| at(maxima, *task)).sum::<u64>();
    let (of_easier, of_harder) = (of(&easier), of(&harder));
    let mut groups: BTreeMap<(u32, &str, u16), PatternSums> = BTreeMap::new();
    for row in complete {
        let Ok(total) = u16::try_from(row.total) else { continue };
        let value = signed(row.on(&harder) * of_easier) - signed(row.on(&easier) * of_harder);
        groups.entry((row.school, name(rows, row.class), total)).or_default().add(value);
    }
    for ((school, class, total), sums) in groups {
        if let Some(one) = schools.get_mut(&school) {
            one.halves.push(HalfSums { class: class.to_owned(), total, sums });
        }
    }
    (of_easier, of_harder)
}

/// The tasks with the highest and with the lowest completion, as many of each; the middle one of an odd number is in
/// neither. Of tasks that are equally hard the first of the paper is the easier.
fn halves(sums: &[u64], maxima: &[u64]) -> (Vec<u16>, Vec<u16>) {
    let mut order: Vec<u16> = (0..).zip(maxima).map(|(task, _)| task).collect();
    // The share of a task times both maxima, so that it stays a whole number.
    order.sort_by(|left, right| {
        let share = |own: u16, other: u16| at(sums, own) * at(maxima, other);
        share(*right, *left).cmp(&share(*left, *right))
    });
    let half = order.len() / 2;
    let harder = order.split_off(order.len() - half);
    order.truncate(half);
    (order, harder)
}

/// Same rows within classes.
fn count_repeated(schools: &mut BTreeMap<u32, SchoolPatterns>, complete: &[Complete]) {
    let mut within: BTreeMap<(u32, u64, u32), FxHashMap<&[PointCode], u64>> = BTreeMap::new();
    for row in complete.iter().filter(|row| row.class != NO_GROUP) {
        *within.entry((row.school, row.total, row.class)).or_default().entry(&row.points).or_default() += 1;
    }
    let mut of_school: BTreeMap<(u32, u64), (u64, u64)> = BTreeMap::new();
    for ((school, total, _), rows) in within {
        let (pairs, same) = of_school.entry((school, total)).or_default();
        *pairs += in_pairs(rows.values().sum());
        *same += rows.values().map(|n| n - 1).sum::<u64>();
    }
    for ((school, total), (pairs, same)) in of_school {
        if let (Some(one), Ok(total)) = (schools.get_mut(&school), u16::try_from(total)) {
            one.repeated.push(EqualTotals { total, pairs, same });
        }
    }
}

/// Rows by primary score, and by the points in every task beside it.
fn by_total(complete: &[Complete], maxima: &[u64]) -> RowsByTotal {
    let cells = |n: u64| usize::try_from(n).unwrap_or(0) + 1;
    let totals = cells(maxima.iter().sum());
    let of_task = |max: &u64| vec![vec![0; cells(*max)]; totals];
    let mut rows = RowsByTotal { totals: vec![0; totals], points: maxima.iter().map(of_task).collect() };
    for row in complete {
        let total = cells(row.total) - 1;
        if let Some(count) = rows.totals.get_mut(total) {
            *count += 1;
        }
        for (task, points) in rows.points.iter_mut().zip(&row.points) {
            let cell = task.get_mut(total).and_then(|of_total| of_total.get_mut(usize::from(*points)));
            cell.into_iter().for_each(|count| *count += 1);
        }
    }
    rows
}

fn in_pairs(n: u64) -> u64 {
    n * n.saturating_sub(1) / 2
}

#[cfg(test)]
mod tests {
    use super::{halves, in_pairs};

    #[test]
    fn tasks_are_halved_by_their_completion() {
        // Shares 0.3, 0.9, 0.6, 0.6, 0.45; the second task has two points. The third and the fourth are equally hard.
        let (maxima, sums) = ([1, 2, 1, 1, 2], [30, 180, 60, 60, 90]);
        assert_eq!(halves(&sums, &maxima), (vec![1, 2], vec![4, 0]));
        assert_eq!(halves(&[50, 50, 50, 50], &[1, 1, 1, 1]), (vec![0, 1], vec![2, 3]));
        assert_eq!((in_pairs(0), in_pairs(1), in_pairs(4)), (0, 0, 6));
    }
}
