//! Rows of the road map: a lack with its number, the measure of the catalogue, and what may be expected with this n.

use crate::context::{Chapter, Context, Names};
use crate::facts::catalogue_text;
use crate::facts::skills::findings_of;
use crate::table::TableOf;
use srez_model::compared::{LowResult, MeasureId};
use srez_model::finding::{Finding, Status};
use srez_model::level::Level;
use srez_model::measures::Target;
use srez_model::recommendations::{Occasion, Remedy};
use srez_model::report::Block;
use srez_model::sign::Cause;
use srez_model::tally::Group;
use srez_model::unit::Percent;
use srez_wording::number;
use srez_wording::sentence::schools;

/// What may be expected where a change of the size in question cannot be seen with this number of participants.
const LATER: &str = "эффект можно будет оценить только по нескольким годам";

/// One row of the road map.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    /// The lack: fact, number, n.
    pub(crate) lack: String,
    pub(crate) measure: String,
    /// Until when.
    pub(crate) term: String,
    /// Post of whoever answers.
    pub(crate) responsible: String,
    /// Expected number and year.
    pub(crate) expected: String,
    /// By what the effect is seen.
    pub(crate) indicator: String,
}

/// Lacks of schools that a test has shown, in the order of the register.
pub(crate) fn of_schools(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Planned> {
    let mut rows = Vec::new();
    for school in &context.schools {
        for chapter in chapters {
            rows.extend(
                findings_of(chapter, school).filter_map(|finding| of_school(context, chapter, school, finding)),
            );
        }
    }
    rows
}

fn planned(
    context: &Names<'_>,
    chapter: &Chapter<'_>,
    occasion: Occasion,
    skill: &str,
    lack: String,
    expected: String,
) -> Option<Planned> {
    let Remedy { text, term, responsible, indicator, .. } = context.recommendations.remedy(occasion)?;
    let filled = |text: &str| catalogue_text(context, chapter, text, skill);
    Some(Planned {
        lack,
        measure: filled(text),
        term: term.clone(),
        responsible: filled(responsible),
        expected,
        indicator: filled(indicator),
    })
}

/// What may be expected a year later.
pub(crate) enum Expected {
    /// «Не ниже 50 % в 2027 году».
    Target(String),
    /// That the effect will be seen later.
    Later(&'static str),
}

/// Of all of whom the documents speak.
pub(crate) fn expected(context: &Names<'_>, chapter: &Chapter<'_>, measure: &MeasureId) -> Expected {
    let Group { level, name: group } = &context.focus;
    let own = target(chapter, (*level, group), measure);
    own.and_then(|target| words(chapter, target)).map_or(Expected::Later(LATER), Expected::Target)
}

/// The value whose reaching is seen as an effect, of all of whom the documents speak; none where nothing may be
/// promised.
pub(crate) fn target_of(context: &Names<'_>, chapter: &Chapter<'_>, measure: &MeasureId) -> Option<f64> {
    target(chapter, (context.focus.level, &context.focus.name), measure)?.to
}

fn target<'a>(chapter: &'a Chapter<'_>, (level, group): (Level, &str), measure: &MeasureId) -> Option<&'a Target> {
    let mut targets = chapter.measures.targets.iter();
    targets.find(|row| row.level == level && row.group == group && row.schools.is_empty() && row.measure == *measure)
}

/// «Не ниже 50 % в 2027 году»; none where nothing may be promised.
fn words(chapter: &Chapter<'_>, target: &Target) -> Option<String> {
    let to = target.to?;
    let year = chapter.measures.exam.key.year + 1;
    let word = if to < target.from { "не выше" } else { "не ниже" };
    Some(format!("{word} {} в\u{a0}{year}\u{a0}году", number::percent(Percent(to), target.n)))
}

/// Of one school; where one cannot be promised anything, of the schools that are named together with it.
fn of_one_school(chapter: &Chapter<'_>, school: &str, measure: &MeasureId) -> String {
    if let Some(said) = target(chapter, (Level::School, school), measure).and_then(|own| words(chapter, own)) {
        return said;
    }
    let is_together = |row: &&Target| row.measure == *measure && row.schools.iter().any(|one| one == school);
    let together = chapter.measures.targets.iter().find(is_together);
    match together.and_then(|row| Some((row.schools.len() as u64, words(chapter, row)?))) {
        Some((schools, said)) => schools::target_together(schools, &said),
        None => LATER.to_owned(),
    }
}

fn of_school(context: &Context<'_>, chapter: &Chapter<'_>, school: &str, finding: &Finding) -> Option<Planned> {
    let occasion = match finding.sign.cause {
        Cause::LowSkill => Occasion::SchoolSkill,
        Cause::LowTotal => Occasion::SchoolWork,
        Cause::MoreTwos => Occasion::MoreTwos,
        // A skill below the school's own level is the reserve of the school, not a lack beside the others.
        Cause::WeakSkill | Cause::Own | Cause::TaskLeftOut | Cause::SkillDeficit | Cause::LowTask => return None,
    };
    // What is part of another finding, or has no sentence, is one lack with it.
    if finding.status != Status::Probable || !finding.is_told() {
        return None;
    }
    let skill = if occasion == Occasion::SchoolSkill { finding.matter_title.as_str() } else { "" };
    let measure = match occasion {
        Occasion::SchoolSkill => MeasureId::skill(skill),
        Occasion::MoreTwos => LowResult::of_exam(&chapter.measures.exam).over_years(),
        _ => MeasureId::Total,
    };
    let lack = format!("{}. {}", chapter.measures.exam.title(), finding.said);
    let expected = of_one_school(chapter, school, &measure);
    planned(context, chapter, occasion, skill, lack, expected)
}

/// The road map as a table with numbered rows.
pub(crate) fn road_map(name: &str, caption: &str, planned: &[Planned]) -> Block {
    let note = "Недостаток и ожидаемый результат рассчитаны программой; мероприятие, срок и ответственный (должность, \
                не фамилия) — предложение из каталога, их правит методист. Ожидаемый результат — значение, при котором \
                эффект будет виден в четырёх случаях из пяти: школы и ученики меняются от года к году и без меры. Где \
                такое значение слишком далеко, числа нет.";
    TableOf::new(planned.iter().zip(1_u64..))
        .count("№", 0.5, |(_, number)| *number)
        .text("Недостаток (факт, число, n)", 3.4, |(one, _)| one.lack.clone())
        .text("Мероприятие", 3.8, |(one, _)| one.measure.clone())
        .text("Срок", 1.4, |(one, _)| one.term.clone())
        .text("Ответственный", 1.8, |(one, _)| one.responsible.clone())
        .text("Ожидаемый результат", 1.8, |(one, _)| one.expected.clone())
        .text("Показатель", 2.2, |(one, _)| one.indicator.clone())
        .text("Отметка об исполнении", 1.3, |_| String::new())
        .wide(true)
        .named(name, caption, note)
}
