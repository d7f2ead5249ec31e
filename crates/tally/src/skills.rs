//! Skills: which tasks belong together, and what a participant got on them.

use super::grouped_rows::GroupedRows;
use srez_model::assessment::{Exam, Task};
use srez_model::block::{ABSENT_PART, NOT_ATTEMPTED, NOT_OFFERED, PointCode, UNREADABLE};

/// A skill and the indices of its tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Skill {
    pub(super) name: String,
    pub(super) tasks: Vec<u16>,
}

/// Skills in the order of their first task; tasks without skill, content and content code belong to none.
pub(super) fn skills(exam: &Exam) -> Vec<Skill> {
    let mut skills: Vec<Skill> = Vec::new();
    for (index, task) in (0_u16..).zip(&exam.tasks) {
        let name = name(task);
        if name.is_empty() {
            continue;
        }
        match skills.iter_mut().find(|skill| skill.name == name) {
            Some(skill) => skill.tasks.push(index),
            None => skills.push(Skill { name: name.to_owned(), tasks: vec![index] }),
        }
    }
    skills
}

/// Names of the skills of an exam, in the order of their first task.
pub fn skill_titles(exam: &Exam) -> Vec<String> {
    skills(exam).into_iter().map(|skill| skill.name).collect()
}

fn name(task: &Task) -> &str {
    match task.matter() {
        "" => task.content_codes.first().map_or("", String::as_str),
        matter => matter,
    }
}

/// Points and their maximum of every participant over the tasks of a skill.
///
/// Not attempted counts as 0. Tasks not offered, in a part not written or unreadable count in neither sum, nor do tasks
/// whose maximum is unknown. A participant with maximum 0 has no reading of the skill.
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
        NOT_OFFERED | ABSENT_PART | UNREADABLE => None,
        NOT_ATTEMPTED => Some(0),
        points => Some(u32::from(points)),
    }
}
