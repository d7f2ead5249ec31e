//! Rows of the road map: a lack with its number, the measure of the catalogue, and what may be expected with this n.

use super::measures_taken;
use crate::context::{Chapter, Context, Names};
use crate::facts::deficits::{self, Deficit};
use crate::facts::skills::findings_of;
use crate::facts::{catalogue_text, results};
use crate::table::TableOf;
use srez_model::action::EffectRow;
use srez_model::finding::{Finding, Status};
use srez_model::level::Level;
use srez_model::measures::ComparisonRow;
use srez_model::recommendations::{Occasion, Remedy};
use srez_model::report::Block;
use srez_model::sign::Cause;
use srez_model::tally::Group;
use srez_model::unit::Percent;
use srez_wording::number;
use srez_wording::sentence::tasks;

/// What may be expected where a change of the size in question cannot be seen with this number of participants.
const LATER: &str = "эффект можно будет оценить только по нескольким годам";

/// One row of the road map.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    /// The lack: fact, number, n.
    pub(crate) lack: String,
    /// The measure.
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

/// Lacks of the municipality: skills, the lowest first, then works whose share of «2» has grown. `effects` are those of
/// the measures taken, for a lack at which one aimed.
pub(crate) fn of_municipality(context: &Names<'_>, chapters: &[Chapter<'_>], effects: &[EffectRow]) -> Vec<Planned> {
    let mut rows: Vec<Planned> = deficits::of_focus(context, chapters)
        .iter()
        .filter_map(|deficit| {
            let chapter = chapters.get(deficit.chapter)?;
            let lack = format!(
                "{}. {} ({}): выполнение {}",
                chapter.measures.exam.title(),
                deficit.title(),
                tasks::tasks_of_skill(deficit.tasks.len() as u64, &deficit.tasks.join(", ")),
                deficit.value_words()
            );
            let aimed = measures_taken::on(
                effects,
                &chapter.measures.exam.id(),
                &format!("{}{}", srez_model::compared::SKILL, deficit.skill),
            );
            let lack = if aimed.is_empty() { lack } else { format!("{lack}; {aimed}") };
            let expected = of_skill(context, chapter, deficit);
            Some(planned(context, chapter, Occasion::Skill, deficit.skill, lack, expected))
        })
        .flatten()
        .collect();
    rows.extend(chapters.iter().filter_map(|chapter| grown(context, chapter)));
    rows
}

/// Said where no threshold was applied to any task.
pub(crate) const NOT_JUDGED: &str = "Вывод о недостатках не сделан: порогов для заданий нет (уровни не указаны или \
    пороги процедуры не подтверждены). Меры вписывает методист по таблице выполнения заданий.";

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

fn of_skill(context: &Names<'_>, chapter: &Chapter<'_>, deficit: &Deficit<'_>) -> String {
    let Group { level, name: group } = &context.focus;
    let row = chapter.measures.skills_of(*level, group).find(|row| row.title == deficit.skill);
    let width = row.and_then(|row| row.pct).map(|pct| pct.high.0 - pct.low.0);
    expected(context, chapter, deficit.value, width, deficit.n).words()
}

/// What may be expected a year later.
pub(crate) enum Expected {
    /// «Не ниже 50 % в 2027 году».
    Target(String),
    /// That the effect will be seen later.
    Later(&'static str),
}

impl Expected {
    fn words(self) -> String {
        match self {
            Self::Target(target) => target,
            Self::Later(later) => later.to_owned(),
        }
    }
}

/// A realistic gain, never smaller than what can be seen: the full width of the interval is about the difference of two
/// years of the same size that is found with power 80 % (3.92 against 3.96 standard errors).
pub(crate) fn expected(
    context: &Names<'_>,
    chapter: &Chapter<'_>,
    from: Percent,
    width: Option<f64>,
    n: u64,
) -> Expected {
    let gain = context.thresholds.value("plan.gain").max(width.unwrap_or(f64::INFINITY));
    target(context, chapter, from.0, gain, n)
}

/// The share whose reaching could be told from chance; none where that is too far.
pub(crate) fn target_of(context: &Names<'_>, from: Percent, width: Option<f64>) -> Option<Percent> {
    let gain = context.thresholds.value("plan.gain").max(width?);
    (gain <= context.thresholds.value("plan.most") && from.0 + gain <= 100.0).then(|| Percent(from.0 + gain))
}

/// The number a year later, or that the effect will be seen later.
fn target(context: &Names<'_>, chapter: &Chapter<'_>, from: f64, gain: f64, n: u64) -> Expected {
    let to = from + gain;
    if !to.is_finite() || gain.abs() > context.thresholds.value("plan.most") || !(0.0..=100.0).contains(&to) {
        return Expected::Later(LATER);
    }
    let year = chapter.measures.exam.key.year + 1;
    let word = if gain < 0.0 { "не выше" } else { "не ниже" };
    Expected::Target(format!("{word} {} в\u{a0}{year}\u{a0}году", number::percent(Percent(to), n)))
}

fn of_school(context: &Context<'_>, chapter: &Chapter<'_>, school: &str, finding: &Finding) -> Option<Planned> {
    let occasion = match finding.sign.cause {
        Cause::LowSkill | Cause::WeakSkill => Occasion::SchoolSkill,
        Cause::LowTotal => Occasion::SchoolWork,
        Cause::MoreTwos => Occasion::MoreTwos,
        Cause::Own | Cause::TaskLeftOut | Cause::SkillDeficit | Cause::LowTask => return None,
    };
    // What is part of another finding, or has no sentence, is one lack with it.
    if finding.status != Status::Probable || !finding.is_told() {
        return None;
    }
    let skill = if occasion == Occasion::SchoolSkill { finding.matter_title.as_str() } else { "" };
    let measure = match occasion {
        Occasion::SchoolSkill => format!("{}{skill}", srez_model::compared::SKILL),
        Occasion::MoreTwos => srez_model::compared::SHARE_OF_TWO.to_owned(),
        _ => srez_model::compared::TOTAL.to_owned(),
    };
    let row = chapter.measures.comparison_of(Level::School, school, &measure)?;
    let lack = format!("{}. {}", chapter.measures.exam.title(), finding.said);
    let expected = of_comparison(context, chapter, row, occasion == Occasion::MoreTwos);
    planned(context, chapter, occasion, skill, lack, expected)
}

/// From what is expected without a measure (the value with the chance of the pupils taken into account) by a gain that
/// can be seen.
fn of_comparison(context: &Context<'_>, chapter: &Chapter<'_>, row: &ComparisonRow, fall: bool) -> String {
    let Some(from) = row.shrunk().or(row.value) else { return LATER.to_owned() };
    let least = row.detectable.map_or(f64::INFINITY, |points| points.0);
    let gain = context.thresholds.value("plan.gain").max(least);
    target(context, chapter, from.0, if fall { -gain } else { gain }, row.n).words()
}

fn grown(context: &Names<'_>, chapter: &Chapter<'_>) -> Option<Planned> {
    let Group { level, name: group } = &context.focus;
    let row = results::change(chapter.measures, *level, group).filter(|row| row.comparable)?;
    let difference = row.difference.filter(|change| context.thresholds.value("F03.rise") <= *change)?;
    let decimals = number::share_decimals(row.n.0.min(row.n.1));
    let lack = format!(
        "{}. Доля отметок «2» выросла на {} (было {}, стало {})",
        chapter.measures.exam.title(),
        number::percentage_points(srez_model::unit::PercentagePoints(difference), decimals, false),
        number::percent_exact(row.before?, decimals),
        number::percent_exact(row.now?, decimals)
    );
    let expected = target(context, chapter, row.now?, -difference, row.n.0).words();
    planned(context, chapter, Occasion::Growth, "", lack, expected)
}

/// The road map as a table with numbered rows.
pub(crate) fn road_map(name: &str, caption: &str, planned: &[Planned]) -> Block {
    let note = "Недостаток и ожидаемый результат рассчитаны программой; мероприятие, срок и ответственный (должность, \
                не фамилия) — предложение из каталога, их правит методист. Ожидаемый результат — значение, ожидаемое \
                без меры, плюс реальный прирост, но не меньше разности, заметной при таком числе участников \
                (приближённо).";
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
