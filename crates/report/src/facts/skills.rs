//! How a group does on the skills of a work, in three states: support is needed, to be watched, sufficient.
//!
//! A deficit by F07 means that support is needed; a tested difference with the other schools (S01) means it as well.
//! What is weaker than the other skills of the same school (S01b) is its own reserve: it may be better than anywhere
//! else, and asks for no support. Nothing is said of small groups, of tasks without a level and of ОГЭ and ЕГЭ, whose
//! thresholds are not confirmed.

use super::results::is_small;
use crate::context::{Chapter, Names};
use srez_model::finding::{Finding, Matter, Status, Verdict};
use srez_model::level::Level;
use srez_model::measures::SkillRow;
use srez_model::sign::Cause;

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
    pub(crate) state: SkillState,
    /// A tested difference with the other schools, where there is one.
    pub(crate) tested: Option<&'a Finding>,
    /// True where it lies below the other skills of the group itself.
    pub(crate) is_reserve: bool,
}

impl SkillView<'_> {
    /// How sure the state is.
    pub(crate) fn status(&self) -> Status {
        if self.tested.is_some() { Status::Probable } else { Status::Fact }
    }
}

/// Findings of a school.
pub(crate) fn findings_of<'a>(chapter: &Chapter<'a>, school: &'a str) -> impl Iterator<Item = &'a Finding> {
    chapter.findings.findings.iter().filter(move |finding| finding.level == Level::School && finding.group == school)
}

/// The skills of a group in the order of the measures; empty where it did not sit the exam.
pub(crate) fn of<'a>(context: &Names<'_>, chapter: &Chapter<'a>, level: Level, group: &'a str) -> Vec<SkillView<'a>> {
    let measures = chapter.measures;
    let of_cause = |cause: Cause| -> Vec<&Finding> {
        findings_of_group(chapter, level, group).filter(|finding| finding.sign.cause == cause).collect()
    };
    let (below, weak) = (of_cause(Cause::LowSkill), of_cause(Cause::WeakSkill));
    let judged = chapter.findings.skills_of(level, group);
    let view = |row: &'a SkillRow| {
        let judged = judged.iter().find(|one| one.skill == row.skill);
        let tested = below.iter().copied().find(|finding| finding.matter == Matter::Skill(row.skill));
        let state = if tested.is_some() {
            SkillState::Need
        } else if is_small(context, row.n) {
            SkillState::Unknown
        } else {
            judged.map_or(SkillState::Unknown, |judged| state(judged.verdict))
        };
        let tasks = judged.into_iter().flat_map(|judged| &judged.tasks);
        let tasks = tasks.filter_map(|task| measures.exam.tasks.get(usize::from(*task))).map(|task| task.id.as_str());
        let is_reserve = weak.iter().any(|finding| finding.matter == Matter::Skill(row.skill));
        SkillView { row, tasks: tasks.collect(), state, tested, is_reserve }
    };
    measures.skills_of(level, group).map(view).collect()
}

fn findings_of_group<'a>(chapter: &Chapter<'a>, level: Level, group: &'a str) -> impl Iterator<Item = &'a Finding> {
    chapter.findings.findings.iter().filter(move |finding| finding.level == level && finding.group == group)
}

/// State of a skill of a group that is large enough.
fn state(verdict: Verdict) -> SkillState {
    match verdict {
        Verdict::Insufficient => SkillState::Need,
        Verdict::Zone => SkillState::Watch,
        Verdict::Sufficient => SkillState::Sufficient,
        Verdict::Unknown => SkillState::Unknown,
    }
}
