//! What a participant got on the tasks of a skill.

use super::grouped_rows::GroupedRows;
use srez_model::assessment::Exam;
use srez_model::block::{ABSENT_PART, NOT_ATTEMPTED, NOT_OFFERED, PointCode, UNREADABLE, ZEROED};
use srez_model::skill::Skill;

/// Points and their maximum of every participant over the tasks of a skill.
///
/// Not attempted counts as 0. Tasks not offered, in a part not written, zeroed by a rule or unreadable count in neither
/// sum, nor do tasks whose maximum is unknown. A participant with maximum 0 has no reading of the skill.
pub(super) fn sums(skill: &Skill, exam: &Exam, rows: &GroupedRows) -> Vec<(u32, u32)> {
    let mut sums = vec![(0, 0); rows.participants()];
    for index in skill.tasks.iter().copied().map(usize::from) {
        let Some(max) = exam.tasks.get(index).and_then(|task| task.max) else { continue };
        let Some(outcomes) = rows.outcomes.get(index) else { continue };
        for (sum, outcome) in sums.iter_mut().zip(outcomes) {
            if let Some(points) = readable(*outcome) {
                sum.0 += points;
                sum.1 += u32::from(max);
            }
        }
    }
    sums
}

fn readable(outcome: PointCode) -> Option<u32> {
    match outcome {
        NOT_OFFERED | ABSENT_PART | UNREADABLE | ZEROED => None,
        NOT_ATTEMPTED => Some(0),
        points => Some(u32::from(points)),
    }
}
