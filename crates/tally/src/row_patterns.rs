//! Second pass over the rows of an exam: what only whole rows tell, school by school.
//!
//! Guttman errors: pairs of tasks in which the easier one (by everybody's completion) was done with a lower share of
//! its points than the harder one, `x_j·m_h < x_h·m_j` in whole numbers. The limit of a row is the 99th percentile
//! among the rows of the other schools with equal primary score; neighbouring scores join until there are 100 rows.
//! Source: Guttman errors for several points, Emons 2008, Applied Psychological Measurement 32:224.

use super::TallyRequest;
use super::grouped_rows::{GroupedRows, NO_GROUP};
use rustc_hash::FxHashMap;
use srez_model::block::{PointCode, points_in_total};
use srez_model::level::Level;
use srez_model::row_patterns::{EqualTotals, JournalMark, PatternSums, RowPatterns, RowsByTotal, SchoolPatterns};
use srez_model::skill::Skill;
use std::collections::BTreeMap;

/// Fewest rows of other schools behind a limit.
const FEWEST_OTHERS: u64 = 100;
/// Fewest tasks for an order of tasks to say something.
const FEWEST_TASKS: usize = 3;
/// A row is unusual above this share of the others, in percent.
const PERCENTILE: u64 = 99;

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
        count_journal(&mut one.journal, &rows, seat.row);
    }
    let mut found = RowPatterns::default();
    if let Some(maxima) = maxima.filter(|maxima| !maxima.is_empty() && maxima.iter().all(|max| *max > 0)) {
        let complete: Vec<Complete> = seats.iter().filter_map(|seat| Complete::of(&rows, seat)).collect();
        let skills: Vec<Vec<u16>> = Skill::of_exam(&request.exam).into_iter().map(|skill| skill.tasks).collect();
        found.maximum = maxima.iter().sum();
        found.skill_maxima = skills.iter().map(|tasks| tasks.iter().map(|task| at(&maxima, *task)).sum()).collect();
        count_sums(&mut schools, &rows, &complete);
        found.own_levels = super::own_level::of(&rows, &skills, &found);
        count_reversed(&mut schools, &complete, &maxima);
        count_repeated(&mut schools, &complete);
        found.by_total = by_total(&complete, &maxima);
    }
    found.sums = super::school_sums::of(&rows, &request.exam);
    found.schools = schools.into_values().collect();
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

fn count_journal(marks: &mut [JournalMark; 4], rows: &GroupedRows, row: usize) {
    let journal = rows.journal.get(row).copied().unwrap_or(0);
    let mark = rows.strata.get(row).map_or(0, |stratum| stratum.result);
    if !(2..=5).contains(&mark) {
        return;
    }
    if let Some(of_mark) = usize::from(journal).checked_sub(2).and_then(|place| marks.get_mut(place)) {
        of_mark.n += 1;
        of_mark.lowered += u64::from(mark < i16::from(journal));
        of_mark.raised += u64::from(i16::from(journal) < mark);
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

/// Rows with unusually many Guttman errors.
fn count_reversed(schools: &mut BTreeMap<u32, SchoolPatterns>, complete: &[Complete], maxima: &[u64]) {
    if maxima.len() < FEWEST_TASKS || (complete.len() as u64) <= FEWEST_OTHERS {
        return;
    }
    let mut sums = vec![0_u64; maxima.len()];
    for row in complete {
        for (sum, points) in sums.iter_mut().zip(&row.points) {
            *sum += u64::from(*points);
        }
    }
    let pairs = easier_pairs(&sums, maxima);
    let errors: Vec<usize> = complete.iter().map(|row| guttman_errors(&row.points, maxima, &pairs)).collect();
    let mut all = Histogram::default();
    let mut own: BTreeMap<u32, Histogram> = BTreeMap::new();
    for (row, errors) in complete.iter().zip(&errors) {
        all.add(row.total, *errors);
        own.entry(row.school).or_default().add(row.total, *errors);
    }
    for (school, histogram) in own {
        let Some(one) = schools.get_mut(&school) else { continue };
        let mut compared = 0;
        for (total, counts) in &histogram.by_total {
            let Some(limit) = all.limit(&histogram, *total) else { continue };
            compared += counts.iter().sum::<u64>();
            one.reversed += counts.iter().skip(limit + 1).sum::<u64>();
        }
        one.compared = Some(compared);
    }
}

/// Pairs of tasks, the easier one first; tasks that are equally easy make no pair.
fn easier_pairs(sums: &[u64], maxima: &[u64]) -> Vec<(usize, usize)> {
    let share = |left: usize, right: usize| {
        let of = |numbers: &[u64], place: usize| numbers.get(place).copied().unwrap_or(0);
        of(sums, left) * of(maxima, right)
    };
    let all = (0..sums.len()).flat_map(|easier| (0..sums.len()).map(move |harder| (easier, harder)));
    all.filter(|(easier, harder)| share(*harder, *easier) < share(*easier, *harder)).collect()
}

fn guttman_errors(points: &[PointCode], maxima: &[u64], pairs: &[(usize, usize)]) -> usize {
    let scaled = |place: usize, by: usize| {
        points.get(place).map_or(0, |points| u64::from(*points)) * maxima.get(by).copied().unwrap_or(0)
    };
    pairs.iter().filter(|(easier, harder)| scaled(*easier, *harder) < scaled(*harder, *easier)).count()
}

/// Rows by primary score and number of errors.
#[derive(Default)]
struct Histogram {
    by_total: BTreeMap<u64, Vec<u64>>,
}

impl Histogram {
    fn add(&mut self, total: u64, errors: usize) {
        let counts = self.by_total.entry(total).or_default();
        if counts.len() <= errors {
            counts.resize(errors + 1, 0);
        }
        if let Some(count) = counts.get_mut(errors) {
            *count += 1;
        }
    }

    /// Greatest number of errors that is not unusual at this score among the rows that are not `own`.
    fn limit(&self, own: &Self, total: u64) -> Option<usize> {
        let (first, last) = (*self.by_total.keys().next()?, *self.by_total.keys().next_back()?);
        let mut others: Vec<u64> = Vec::new();
        for distance in 0..=(last - first) {
            let below = (distance > 0).then(|| total.checked_sub(distance)).flatten();
            for score in below.into_iter().chain([total + distance]) {
                let Some(counts) = self.by_total.get(&score) else { continue };
                let mine = own.by_total.get(&score);
                others.resize(others.len().max(counts.len()), 0);
                for (place, (sum, count)) in others.iter_mut().zip(counts).enumerate() {
                    *sum += count - mine.and_then(|mine| mine.get(place)).copied().unwrap_or(0);
                }
            }
            if FEWEST_OTHERS <= others.iter().sum() {
                break;
            }
        }
        let n: u64 = others.iter().sum();
        let mut up_to = 0;
        (FEWEST_OTHERS <= n)
            .then(|| {
                others.iter().position(|count| {
                    up_to += count;
                    PERCENTILE * n <= 100 * up_to
                })
            })
            .flatten()
    }
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
    use super::{Histogram, easier_pairs, guttman_errors, in_pairs};

    #[test]
    fn guttman_errors_of_several_points() {
        // Shares 0.9, 0.6, 0.3; the second task has two points.
        let (maxima, sums) = ([1, 2, 1], [90, 120, 30]);
        let pairs = easier_pairs(&sums, &maxima);
        assert_eq!(pairs, [(0, 1), (0, 2), (1, 2)]);
        let cases = [([0, 1, 1], 3), ([1, 1, 1], 1), ([0, 2, 0], 1), ([0, 0, 1], 2), ([1, 2, 0], 0)];
        for (points, errors) in cases {
            assert_eq!(guttman_errors(&points, &maxima, &pairs), errors, "{points:?}");
        }
        assert!(easier_pairs(&[50, 50], &[1, 1]).is_empty());
    }

    #[test]
    fn the_limit_is_that_of_the_other_schools_at_equal_scores() {
        let (mut all, mut own) = (Histogram::default(), Histogram::default());
        for _ in 0..99 {
            all.add(5, 1);
        }
        all.add(5, 7);
        for _ in 0..10 {
            all.add(5, 9);
            own.add(5, 9);
        }
        assert_eq!(all.limit(&own, 5), Some(1));
        // Score 6 has nobody else: the neighbour joins; without a hundred there is no limit.
        all.add(6, 0);
        assert_eq!(all.limit(&own, 6), Some(1));
        let mut few = Histogram::default();
        few.add(5, 0);
        assert_eq!(few.limit(&Histogram::default(), 5), None);
        assert_eq!((in_pairs(0), in_pairs(1), in_pairs(4)), (0, 0, 6));
    }
}
