//! Sums of every school that comparisons of groups need: by textbook, variant and sex, and task by task at equal
//! scores.

use super::grouped_rows::{GroupedRows, NO_GROUP};
use srez_model::assessment::{Exam, Scale};
use srez_model::block::{PointCode, points_in_total};
use srez_model::level::Level;
use srez_model::row_patterns::{LabelSums, PatternSums, SchoolSums};
use srez_model::unit::as_f64;
use std::collections::BTreeMap;

/// Points of participants with one primary score on one task: number and sum.
type Equals = BTreeMap<(usize, u16), (u64, u64)>;

/// Labels by which participants of a school are told apart, and whether their tasks are.
const LABELS: [(Level, bool); 3] = [(Level::Sex, true), (Level::Textbook, false), (Level::Variant, true)];

/// Participants of a school with one label.
#[derive(Default)]
struct Labelled {
    scores: PatternSums,
    low: PatternSums,
    complete: u64,
    equals: Equals,
}

/// Sums of all schools, sorted by id.
pub(super) fn of(rows: &GroupedRows, exam: &Exam) -> Vec<SchoolSums> {
    let schools = column(rows, Level::School);
    let labels = LABELS.map(|(level, by_task)| (level, by_task, column(rows, level)));
    let mut everybody = Equals::new();
    let mut own: BTreeMap<u32, Equals> = BTreeMap::new();
    let mut complete: BTreeMap<u32, u64> = BTreeMap::new();
    let mut labelled: BTreeMap<(u32, Level, u32), Labelled> = BTreeMap::new();
    for (row, (school, stratum)) in schools.iter().zip(&rows.strata).enumerate() {
        if *school == NO_GROUP {
            continue;
        }
        let of_school = own.entry(*school).or_default();
        let is_complete = stratum.complete && stratum.total.is_some();
        if is_complete {
            add_tasks(&mut everybody, rows, row);
            add_tasks(of_school, rows, row);
            *complete.entry(*school).or_default() += 1;
        }
        for (level, by_task, groups) in labels {
            let Some(label) = groups.get(row).filter(|label| **label != NO_GROUP) else { continue };
            let one = labelled.entry((*school, level, *label)).or_default();
            if let Some(total) = stratum.total {
                one.scores.add(i64::from(total));
            }
            if let Some(is_low) = is_low(exam, stratum.result) {
                one.low.add(i64::from(is_low));
            }
            if by_task && is_complete {
                one.complete += 1;
                add_tasks(&mut one.equals, rows, row);
            }
        }
    }
    let tasks = rows.outcomes.len();
    let name = |group: u32| rows.groups.get(group as usize).map_or(String::new(), |group| group.name.clone());
    let label = |((_, level, label), one): (&(u32, Level, u32), &Labelled)| LabelSums {
        level: *level,
        label: name(*label),
        scores: one.scores,
        low: one.low,
        complete: one.complete,
        beyond_equals: beyond(&one.equals, &everybody, tasks),
    };
    let school = |(school, equals): (u32, Equals)| {
        let first = (school, Level::All, 0);
        SchoolSums {
            school: name(school),
            labels: labelled.range(first..).take_while(|((own, ..), _)| *own == school).map(label).collect(),
            beyond_equals: beyond(&equals, &everybody, tasks),
            complete: complete.get(&school).copied().unwrap_or_default(),
        }
    };
    let mut sums: Vec<SchoolSums> = own.into_iter().map(school).collect();
    sums.sort_by(|left, right| left.school.cmp(&right.school));
    sums
}

pub(super) fn column(rows: &GroupedRows, level: Level) -> &[u32] {
    let place = Level::ALL.iter().position(|one| *one == level);
    place.and_then(|place| rows.of_level.get(place)).map_or(&[][..], Vec::as_slice)
}

/// Adds the points of a complete row.
fn add_tasks(equals: &mut Equals, rows: &GroupedRows, row: usize) {
    let Some(total) = rows.strata.get(row).and_then(|stratum| stratum.total) else { return };
    for (task, outcomes) in rows.outcomes.iter().enumerate() {
        let (n, sum) = equals.entry((task, total)).or_default();
        (*n, *sum) = (*n + 1, *sum + outcomes.get(row).map_or(0, |outcome| points(*outcome)));
    }
}

/// Points of a complete row.
pub(super) fn points(outcome: PointCode) -> u64 {
    points_in_total(outcome).map_or(0, u64::from)
}

/// Whether a result is the lowest: mark «2», or a test score below the minimum; none where there is no result.
fn is_low(exam: &Exam, result: Option<u16>) -> Option<bool> {
    let result = result?;
    match &exam.scale {
        Scale::Test { min_test, .. } => Some(result < *min_test),
        Scale::Marks(_) | Scale::Unknown => (2..=5).contains(&result).then_some(result == 2),
    }
}

fn beyond(own: &Equals, everybody: &Equals, tasks: usize) -> Vec<f64> {
    let mut beyond = vec![0.0; tasks];
    for ((task, total), (n, sum)) in own {
        let (n_all, sum_all) = everybody.get(&(*task, *total)).copied().unwrap_or_default();
        if let (Some(value), true) = (beyond.get_mut(*task), n_all != 0) {
            *value += as_f64(*sum) - as_f64(*n) * as_f64(sum_all) / as_f64(n_all);
        }
    }
    beyond
}

#[cfg(test)]
mod tests {
    use super::{Equals, beyond, is_low};
    use srez_model::assessment::{Exam, ExamKey, Procedure, Scale};

    #[test]
    fn points_beyond_those_of_the_same_score() {
        // Score 3: ten pupils with 4 points on the task; of them four of the school with 3. Score 5: nobody else.
        let everybody = Equals::from([((0, 3), (10, 4)), ((0, 5), (2, 2))]);
        let own = Equals::from([((0, 3), (4, 3)), ((0, 5), (2, 2))]);
        let found = beyond(&own, &everybody, 2);
        assert!((found[0] - 1.4).abs() < 1e-12 && found[1] == 0.0, "{found:?}");
    }

    #[test]
    fn the_lowest_result_is_that_of_the_scale() {
        let key = ExamKey::new(Procedure::Ege, 2026, "physics", 11);
        let mut exam = Exam::unspecified(key);
        assert_eq!(
            [Some(2), Some(3), None, Some(40)].map(|mark| is_low(&exam, mark)),
            [Some(true), Some(false), None, None]
        );
        exam.scale = Scale::Test { table: vec![0, 50], min_test: 39, min_certificate: None };
        assert_eq!([Some(38), Some(39), None].map(|test| is_low(&exam, test)), [Some(true), Some(false), None]);
    }
}
