//! How a group does on the skills of a work, in three states: support is needed, to be watched, sufficient.
//!
//! The state is read off the thresholds of the tasks (F01, F02) as F07 reads them: more than half of the tasks of a skill
//! insufficient means that support is needed. A tested difference (S01, S01b) means it as well. Nothing is said of small
//! groups, of tasks without a level and of ОГЭ and ЕГЭ, whose thresholds are not confirmed.

use super::results::is_small;
use crate::context::{Chapter, Names};
use srez_model::assessment::Difficulty;
use srez_model::finding::{Finding, Matter, Status, Verdict};
use srez_model::level::Level;
use srez_model::measures::{SkillRow, TaskRow};

/// State of a skill in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SkillState {
    /// «Нужна поддержка».
    Need,
    /// «Наблюдать».
    Watch,
    /// «Достаточно».
    Sufficient,
    /// Not judged.
    Unknown,
}

/// A skill of a group.
#[derive(Clone, Debug)]
pub(crate) struct SkillView<'a> {
    /// Numbers.
    pub(crate) row: &'a SkillRow,
    /// Ids of its tasks, in the order of the paper.
    pub(crate) tasks: Vec<&'a str>,
    /// State.
    pub(crate) state: SkillState,
    /// A tested difference with the other schools, where there is one.
    pub(crate) tested: Option<&'a Finding>,
}

impl SkillView<'_> {
    /// How sure the state is.
    pub(crate) fn status(&self) -> Status {
        if self.tested.is_some() { Status::Probable } else { Status::Fact }
    }
}

/// Signs that say a school is below the others on a skill.
const BELOW: [&str; 2] = ["S01", "S01b"];

/// Findings of a school.
pub(crate) fn findings_of<'a>(chapter: &Chapter<'a>, school: &'a str) -> impl Iterator<Item = &'a Finding> {
    chapter.findings.findings.iter().filter(move |finding| finding.level == Level::School && finding.group == school)
}

/// The skills of a group in the order of the measures; empty where it did not sit the exam.
pub(crate) fn of<'a>(context: &Names<'_>, chapter: &Chapter<'a>, level: Level, group: &'a str) -> Vec<SkillView<'a>> {
    let measures = chapter.measures;
    let below: Vec<&Finding> =
        findings_of_group(chapter, level, group).filter(|finding| BELOW.contains(&finding.sign.as_str())).collect();
    let judged: Vec<(&TaskRow, Verdict)> =
        measures.tasks_of(level, group).map(|row| (row, verdict(context, chapter, row))).collect();
    measures
        .skills_of(level, group)
        .map(|row| {
            let of_skill =
                |task: u16| measures.exam.tasks.get(usize::from(task)).is_some_and(|task| task.matter() == row.title);
            let verdicts: Vec<(u16, Verdict)> = judged
                .iter()
                .filter(|(task, _)| of_skill(task.task))
                .map(|(task, verdict)| (task.task, *verdict))
                .collect();
            let tested = below.iter().copied().find(|finding| finding.matter == Matter::Skill(row.skill));
            let state = if tested.is_some() {
                SkillState::Need
            } else if is_small(context, row.n) {
                SkillState::Unknown
            } else {
                state(verdicts.iter().map(|(_, verdict)| *verdict))
            };
            let tasks = verdicts
                .iter()
                .filter_map(|(task, _)| measures.exam.tasks.get(usize::from(*task)))
                .map(|task| task.id.as_str())
                .collect();
            SkillView { row, tasks, state, tested }
        })
        .collect()
}

fn findings_of_group<'a>(chapter: &Chapter<'a>, level: Level, group: &'a str) -> impl Iterator<Item = &'a Finding> {
    chapter.findings.findings.iter().filter(move |finding| finding.level == level && finding.group == group)
}

/// State by the verdicts on the tasks of a skill.
fn state(verdicts: impl Iterator<Item = Verdict>) -> SkillState {
    let known: Vec<Verdict> = verdicts.filter(|verdict| *verdict != Verdict::Unknown).collect();
    let count = |wanted: Verdict| known.iter().filter(|verdict| **verdict == wanted).count();
    let (red, zone) = (count(Verdict::Insufficient), count(Verdict::Zone));
    if known.is_empty() {
        SkillState::Unknown
    } else if known.len() < 2 * red {
        SkillState::Need
    } else if 0 < red || known.len() < 2 * zone {
        SkillState::Watch
    } else {
        SkillState::Sufficient
    }
}

/// Verdict on a task of a group by the threshold that the focus has for it.
pub(crate) fn verdict(context: &Names<'_>, chapter: &Chapter<'_>, row: &TaskRow) -> Verdict {
    if chapter.measures.exam.key.procedure.has_attempts() {
        return Verdict::Unknown;
    }
    let threshold = chapter.findings.verdicts.iter().find(|verdict| verdict.task == row.task);
    let known = (threshold.and_then(|verdict| verdict.threshold), row.pct, chapter.measures.difficulty(row.task));
    let (Some(threshold), Some(pct), Some(difficulty)) = known else { return Verdict::Unknown };
    let zone = context.thresholds.value(if difficulty == Difficulty::Basic { "F01.zone" } else { "F02.zone" });
    if pct.0 < threshold - zone {
        Verdict::Insufficient
    } else if pct.0 <= threshold + zone {
        Verdict::Zone
    } else {
        Verdict::Sufficient
    }
}

#[cfg(test)]
mod tests {
    use super::{SkillState, Verdict, state};

    #[test]
    fn more_than_half_of_the_tasks_decide() {
        use Verdict::{Insufficient as Red, Sufficient as Green, Unknown, Zone};
        let of = |verdicts: &[Verdict]| state(verdicts.iter().copied());
        assert_eq!(of(&[Red, Red, Green]), SkillState::Need);
        assert_eq!(of(&[Red, Green]), SkillState::Watch);
        assert_eq!(of(&[Zone, Zone, Green]), SkillState::Watch);
        assert_eq!(of(&[Zone, Green]), SkillState::Sufficient);
        assert_eq!(of(&[Red, Unknown, Unknown]), SkillState::Need);
        assert_eq!(of(&[Unknown]), SkillState::Unknown);
        assert_eq!(of(&[]), SkillState::Unknown);
    }
}
