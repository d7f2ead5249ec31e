//! Participants by the demands of a work on some of its tasks: conditions of marks, minima for classes of a profile.

use super::grouped_rows::{GroupedRows, NO_GROUP};
use srez_model::assessment::Exam;
use srez_model::block::{ABSENT_PART, GREATEST_POINTS, UNREADABLE};
use srez_model::level::Level;
use srez_model::tally::{Demand, DemandCount};
use std::collections::BTreeMap;

/// Levels of which the demands are counted.
const LEVELS: [Level; 4] = [Level::All, Level::Region, Level::Municipality, Level::School];

/// One row per group and demand, sorted; groups of which nobody is asked have none.
///
/// A condition is asked of who has one of its marks by the total alone; a minimum of everybody with a total. Who has
/// an unreadable cell or an unwritten part among the tasks is not asked.
pub(super) fn counts(exam: &Exam, rows: &GroupedRows) -> Vec<DemandCount> {
    let mut counts: BTreeMap<(u32, Demand), (u32, u32)> = BTreeMap::new();
    for (demand, tasks) in demands(exam) {
        for (row, stratum) in rows.strata.iter().enumerate() {
            let Some(total) = stratum.total else { continue };
            let Some(sum) = sum(rows, row, &tasks) else { continue };
            let Some(met) = is_met(exam, demand, total, sum) else { continue };
            for (level, groups) in Level::ALL.into_iter().zip(&rows.of_level) {
                let group = groups.get(row).copied().unwrap_or(NO_GROUP);
                if LEVELS.contains(&level) && group != NO_GROUP {
                    let count = counts.entry((group, demand)).or_default();
                    count.0 += 1;
                    count.1 += u32::from(met);
                }
            }
        }
    }
    counts.into_iter().map(|((group, demand), (asked, met))| DemandCount { group, demand, asked, met }).collect()
}

/// The demands of a work with the places of their tasks; one of whose tasks is not in the paper is left out.
fn demands(exam: &Exam) -> Vec<(Demand, Vec<usize>)> {
    let places = |ids: &[String]| -> Option<Vec<usize>> {
        ids.iter().map(|id| exam.tasks.iter().position(|task| task.id == *id)).collect()
    };
    let conditions = (0..).zip(&exam.conditions).map(|(place, it)| (Demand::Condition(place), places(&it.tasks)));
    let minima = (0..).zip(&exam.profile_minima).map(|(place, it)| (Demand::ProfileMinimum(place), places(&it.tasks)));
    conditions.chain(minima).filter_map(|(demand, tasks)| Some((demand, tasks?))).collect()
}

/// Points of a participant over some tasks; none where one of them cannot be told.
fn sum(rows: &GroupedRows, row: usize, tasks: &[usize]) -> Option<u16> {
    let points = tasks.iter().map(|task| match *rows.outcomes.get(*task)?.get(row)? {
        UNREADABLE | ABSENT_PART => None,
        points @ ..=GREATEST_POINTS => Some(u16::from(points)),
        _ => Some(0),
    });
    points.sum()
}

/// Whether a demand is met; none of who is not asked.
fn is_met(exam: &Exam, demand: Demand, total: u16, sum: u16) -> Option<bool> {
    match demand {
        Demand::Condition(place) => {
            let condition = exam.conditions.get(usize::from(place))?;
            let by_total = exam.scale.mark(total)?;
            condition.for_marks.contains(&by_total).then_some(condition.min <= sum)
        }
        Demand::ProfileMinimum(place) => {
            let minimum = exam.profile_minima.get(usize::from(place))?;
            Some(minimum.min <= total && minimum.min_of_tasks <= sum)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::assessment::{Condition, ExamKey, Procedure, ProfileMinimum, Scale, Task};
    use srez_model::tally::{Group, Stratum};

    #[test]
    fn demands_are_asked_of_those_whom_they_concern() {
        let task = |id: &str| Task { id: id.to_owned(), max: Some(9), ..Task::default() };
        let geometry = || vec!["2".to_owned()];
        let exam = Exam {
            tasks: vec![task("1"), task("2")],
            scale: Scale::Marks(vec![(0, 2), (5, 3), (9, 4)]),
            conditions: vec![Condition {
                tasks: geometry(),
                min: 2,
                for_marks: vec![3, 4, 5],
                otherwise: 2,
                note: "не менее 2 баллов за геометрию".to_owned(),
            }],
            profile_minima: vec![ProfileMinimum {
                profile: "экономический".to_owned(),
                min: 9,
                tasks: geometry(),
                min_of_tasks: 5,
            }],
            ..Exam::unspecified(ExamKey::new(Procedure::Oge, 2026, "math", 9))
        };
        let pupils: [[u8; 2]; 5] = [[8, 1], [4, 5], [4, 2], [1, 1], [5, UNREADABLE]];
        let stratum = |[one, two]: &[u8; 2]| {
            let total = (*two != UNREADABLE).then(|| u16::from(one + two));
            Stratum { total, result: None, complete: *two != UNREADABLE }
        };
        let mut of_level: [Vec<u32>; Level::ALL.len()] = Default::default();
        for (level, groups) in Level::ALL.into_iter().zip(&mut of_level) {
            *groups = vec![if level == Level::All { 0 } else { NO_GROUP }; pupils.len()];
        }
        let rows = GroupedRows {
            groups: vec![Group { level: Level::All, name: String::new() }],
            of_level,
            strata: pupils.iter().map(stratum).collect(),
            outcomes: vec![
                pupils.iter().map(|pupil| pupil[0]).collect(),
                pupils.iter().map(|pupil| pupil[1]).collect(),
            ],
            ..GroupedRows::default()
        };
        let count = |demand, asked, met| DemandCount { group: 0, demand, asked, met };
        assert_eq!(
            counts(&exam, &rows),
            [count(Demand::Condition(0), 3, 2), count(Demand::ProfileMinimum(0), 4, 1)],
            "9, 9 and 6 points have «3» and more by the total, and 9 with one point of geometry falls; of 9 and 9 one \
             has 5 points of geometry"
        );
    }
}
