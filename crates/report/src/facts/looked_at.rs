//! What was looked at: only then may a document say that nothing was found.

use super::results::participants;
use super::skills::{self, SkillState};
use crate::context::{Chapter, Names};
use srez_model::level::Level;
use srez_model::measures::Measures;

/// True where some skill of a school is judged.
pub(crate) fn judges_skills(context: &Names<'_>, chapters: &[Chapter<'_>], school: &str) -> bool {
    chapters.iter().any(|chapter| {
        skills::of(context, chapter, Level::School, school).iter().any(|view| view.state != SkillState::Unknown)
    })
}

/// True where a school was tested against the others.
pub(crate) fn compares(chapters: &[Chapter<'_>], school: &str) -> bool {
    let tested = |measures: &Measures| {
        let of_school = |level: Level, group: &str| level == Level::School && group == school;
        measures.comparisons.iter().any(|row| of_school(row.level, &row.group) && row.state.is_tested())
    };
    chapters.iter().any(|chapter| tested(chapter.measures))
}

/// True where some school was tested against the others.
pub(crate) fn compares_any(context: &Names<'_>, chapters: &[Chapter<'_>]) -> bool {
    context.schools.iter().any(|school| compares(chapters, school))
}

/// True where a group took a work and has neither marks nor test scores: then nothing that rests on them was compared.
pub(crate) fn lacks_results(measures: &Measures, level: Level, group: &str) -> bool {
    participants(measures, level, group) > 0 && super::results::of(measures, level, group).is_none()
}

/// Why works are not compared with earlier years, where none of them is.
pub(crate) fn why_no_years(context: &Names<'_>, chapters: &[Chapter<'_>]) -> &'static str {
    let focus = &context.focus;
    if chapters.iter().all(|chapter| lacks_results(chapter.measures, focus.level, &focus.name)) {
        "отметок у работы нет, сравнивать с прошлыми годами нечего"
    } else {
        "результатов прошлых лет для сравнения в базе нет"
    }
}
