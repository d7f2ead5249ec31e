//! Sums of every school that comparisons of groups of schools need: by textbook, and task by task at equal scores.

use super::grouped_rows::{GroupedRows, NO_GROUP};
use srez_model::assessment::{Exam, Scale};
use srez_model::block::{PointCode, points_in_total};
use srez_model::level::Level;
use srez_model::row_patterns::{PatternSums, SchoolSums};
use srez_model::unit::as_f64;
use std::collections::BTreeMap;

/// Points of participants with one primary score on one task: number and sum.
type Equals = BTreeMap<(usize, i16), (u64, u64)>;

/// Sums of all schools, sorted by id.
pub(super) fn of(rows: &GroupedRows, exam: &Exam) -> Vec<SchoolSums> {
    let column = |level: Level| {
        let place = Level::ALL.iter().position(|one| *one == level);
        place.and_then(|place| rows.of_level.get(place)).map_or(&[][..], Vec::as_slice)
    };
    let (schools, textbooks) = (column(Level::School), column(Level::Textbook));
    let mut everybody = Equals::new();
    let mut own: BTreeMap<u32, Equals> = BTreeMap::new();
    let mut complete: BTreeMap<u32, u64> = BTreeMap::new();
    let mut books: BTreeMap<(u32, u32), (PatternSums, PatternSums)> = BTreeMap::new();
    for (row, (school, stratum)) in schools.iter().zip(&rows.strata).enumerate() {
        if *school == NO_GROUP {
            continue;
        }
        let of_school = own.entry(*school).or_default();
        if stratum.complete && stratum.total >= 0 {
            for (task, outcomes) in rows.outcomes.iter().enumerate() {
                let points = outcomes.get(row).map_or(0, |outcome| points(*outcome));
                for equals in [&mut everybody, &mut *of_school] {
                    let (n, sum) = equals.entry((task, stratum.total)).or_default();
                    (*n, *sum) = (*n + 1, *sum + points);
                }
            }
            *complete.entry(*school).or_default() += 1;
        }
        if let Some(book) = textbooks.get(row).filter(|book| **book != NO_GROUP) {
            let (scores, low) = books.entry((*school, *book)).or_default();
            if stratum.total >= 0 {
                scores.add(i64::from(stratum.total));
            }
            if let Some(is_low) = is_low(exam, stratum.result) {
                low.add(i64::from(is_low));
            }
        }
    }
    let name = |group: u32| rows.groups.get(group as usize).map_or(String::new(), |group| group.name.clone());
    let mut sums: Vec<SchoolSums> = own
        .into_iter()
        .map(|(school, equals)| {
            let of_books = || books.range((school, 0)..=(school, u32::MAX));
            SchoolSums {
                school: name(school),
                scores_by_textbook: of_books().map(|((_, book), (scores, _))| (name(*book), *scores)).collect(),
                low_by_textbook: of_books().map(|((_, book), (_, low))| (name(*book), *low)).collect(),
                beyond_equals: beyond(&equals, &everybody, rows.outcomes.len()),
                complete: complete.get(&school).copied().unwrap_or_default(),
            }
        })
        .collect();
    sums.sort_by(|left, right| left.school.cmp(&right.school));
    sums
}

/// Points of a complete row.
fn points(outcome: PointCode) -> u64 {
    points_in_total(outcome).map_or(0, u64::from)
}

/// Whether a result is the lowest: mark «2», or a test score below the minimum; none where there is no result.
fn is_low(exam: &Exam, result: i16) -> Option<bool> {
    match &exam.scale {
        Scale::Test { min_test, .. } => u16::try_from(result).ok().map(|test| test < *min_test),
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
        assert_eq!([2, 3, -1, 40].map(|mark| is_low(&exam, mark)), [Some(true), Some(false), None, None]);
        exam.scale = Scale::Test { table: vec![0, 50], min_test: 39, min_certificate: None };
        assert_eq!([38, 39, -1].map(|test| is_low(&exam, test)), [Some(true), Some(false), None]);
    }
}
