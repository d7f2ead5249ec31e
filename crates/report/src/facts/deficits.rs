//! What is lacking, by school and in the municipality: skills, whole works, shares of «2».

use super::skills::{self, SkillState, SkillView, findings_of};
use crate::context::{Chapter, Context, Names};
use srez_model::compared::MeasureId;
use srez_model::finding::{Finding, Status};
use srez_model::level::Level;
use srez_model::sign::Cause;
use srez_model::unit::Percent;

/// A skill, or a work as a whole, that needs support.
#[derive(Clone, Debug)]
pub(crate) struct Deficit<'a> {
    /// Place of the chapter.
    pub(crate) chapter: usize,
    /// Name of the skill; empty for the work as a whole.
    pub(crate) skill: &'a str,
    /// Completion.
    pub(crate) value: Percent,
    /// Completion of the focus: the municipality.
    pub(crate) reference: Option<Percent>,
    /// How sure.
    pub(crate) status: Status,
}

impl Deficit<'_> {
    /// Points by which it stands below the municipality; 0 where it does not.
    fn gap(&self) -> f64 {
        self.reference.map_or(0.0, |reference| (reference.0 - self.value.0).max(0.0))
    }
}

/// The deficits of a school over all works: tested ones first, then the farthest below the municipality.
pub(crate) fn of_school<'a>(context: &Names<'_>, chapters: &[Chapter<'a>], school: &'a str) -> Vec<Deficit<'a>> {
    let mut found: Vec<Deficit<'a>> = Vec::new();
    for (place, chapter) in chapters.iter().enumerate() {
        let is_low = |finding: &&Finding| finding.sign.cause == Cause::LowTotal;
        found.extend(findings_of(chapter, school).filter(is_low).filter_map(|finding| {
            let compared = chapter.measures.comparison_of(Level::School, school, &MeasureId::Total);
            Some(Deficit {
                chapter: place,
                skill: "",
                value: compared.and_then(|row| row.value)?,
                reference: compared.and_then(|row| row.reference),
                status: finding.status,
            })
        }));
        found.extend(of_group(context, chapter, place, Level::School, school));
    }
    found.sort_by(|first, second| {
        (second.status == Status::Probable)
            .cmp(&(first.status == Status::Probable))
            .then(second.gap().total_cmp(&first.gap()))
    });
    found
}

fn of_group<'a>(
    context: &Names<'_>,
    chapter: &Chapter<'a>,
    place: usize,
    level: Level,
    group: &'a str,
) -> Vec<Deficit<'a>> {
    let focus: Vec<_> = chapter.measures.skills_of(context.focus.level, &context.focus.name).collect();
    skills::of(context, chapter, level, group)
        .into_iter()
        .filter(|view| view.state == SkillState::Need)
        .filter_map(|view| {
            let of_focus = focus.iter().find(|row| row.skill == view.row.skill).filter(|_| level == Level::School);
            Some(Deficit {
                chapter: place,
                skill: &view.row.title,
                value: view.row.pct?.value,
                reference: of_focus.and_then(|row| row.pct).map(|pct| pct.value),
                status: view.status(),
            })
        })
        .collect()
}

/// The skills of every school in an exam, schools in the order of the register: reading them off is dear, so that it is
/// done once for all skills.
pub(crate) fn skills_by_school<'a>(
    context: &'a Context<'_>,
    chapter: &Chapter<'a>,
) -> Vec<(&'a str, Vec<SkillView<'a>>)> {
    let skills = |school: &'a String| skills::of(context, chapter, Level::School, school);
    context.schools.iter().map(|school| (school.as_str(), skills(school))).collect()
}
