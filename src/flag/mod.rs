//! Signs: what the measures say by rules that name their source. One sign per file; q decides, gates filter.

mod below_in_total;
mod boundary_bunching;
mod growth_of_twos;
mod journal_gap;
mod more_twos;
mod school_lists;
mod skill_below_others;
mod skill_deficit;
mod table;
mod task_level;
mod worth_studying;

pub use table::table;

use crate::model::finding::{Finding, Findings, Matter, SignDefinition, Status};
use crate::model::level::Level;
use crate::model::measures::{ComparisonRow, Interval, Measures, SkillRow};
use crate::model::threshold::Thresholds;
use crate::model::unit::Percent;
use crate::statistics::wilson;
use crate::wording::text;
use std::collections::BTreeMap;

/// What the signs need to know.
#[derive(Clone, Debug)]
pub struct Settings<'a> {
    /// Thresholds in force.
    pub thresholds: &'a Thresholds,
    /// The group of which the documents speak: the home municipality, or all participants.
    pub focus: (Level, String),
    /// Ids of the schools of the focus in the order of the register, and those that only the results know, after them.
    pub schools: &'a [String],
    /// Short names of schools by id.
    pub names: &'a BTreeMap<String, String>,
}

impl Settings<'_> {
    /// Name of a school for sentences.
    fn name<'b>(&'b self, school: &'b str) -> &'b str {
        self.names.get(school).map_or(school, String::as_str)
    }
}

/// The signs, in the order of their codes.
pub const SIGNS: &[&SignDefinition] = &[
    &task_level::BASIC,
    &task_level::RAISED,
    &growth_of_twos::SIGN,
    &journal_gap::SIGN,
    &skill_deficit::SIGN,
    &task_level::HARD_BASIC,
    &task_level::HARD_RAISED,
    &school_lists::HIGH_EGE,
    &school_lists::LOW_EGE,
    &school_lists::OGE,
    &skill_below_others::SIGN,
    &below_in_total::SIGN,
    &more_twos::SIGN,
    &worth_studying::SIGN,
    &boundary_bunching::SIGN,
];

/// Applies every sign to every exam; the findings of an exam stand in the order of the signs and the register.
pub fn flag(settings: &Settings<'_>, all: &[Measures]) -> Vec<Findings> {
    let growth = growth_of_twos::find(settings, all);
    all.iter()
        .zip(growth)
        .map(|(measures, growth)| {
            let mut findings = Findings { verdicts: task_level::verdicts(settings, measures), ..Findings::default() };
            findings.findings.extend(growth);
            task_level::find(settings, measures, &mut findings);
            skill_deficit::find(settings, measures, &mut findings);
            journal_gap::find(settings, measures, &mut findings);
            more_twos::find(settings, measures, &mut findings);
            below_in_total::find(settings, measures, &mut findings);
            skill_below_others::find(settings, measures, &mut findings);
            boundary_bunching::find(settings, measures, &mut findings);
            school_lists::find(settings, measures, &mut findings);
            worth_studying::find(settings, measures, &mut findings);
            findings
        })
        .collect()
}

/// A finding about a group, with the fields that most signs leave empty.
fn finding(sign: &SignDefinition, measures: &Measures, group: (Level, &str), matter: Matter) -> Finding {
    let title = match &matter {
        Matter::Work => "работа в целом".to_owned(),
        Matter::Task(task) => {
            measures.exam.tasks.get(usize::from(*task)).map_or_else(String::new, |task| format!("задание {}", task.id))
        }
        Matter::Skill(skill) => {
            measures.skills.iter().find(|row| row.skill == *skill).map_or_else(String::new, |row| row.title.clone())
        }
    };
    let matter_id = match &matter {
        Matter::Work => "work".to_owned(),
        Matter::Task(_) | Matter::Skill(_) => crate::wording::slug::slug(&title),
    };
    let (level, name) = group;
    let group_id = if name.is_empty() { "all".to_owned() } else { crate::wording::slug::slug(name) };
    Finding {
        id: format!("{}-{}-{}-{group_id}-{matter_id}", sign.id, measures.exam.key.id_without_year(), level.id()),
        sign: sign.id.to_owned(),
        status: Status::Fact,
        severity: String::new(),
        exam: measures.exam.id(),
        level,
        group: name.to_owned(),
        matter,
        matter_title: title,
        value: None,
        threshold: None,
        threshold_source: String::new(),
        n: 0,
        p: None,
        q: None,
        text: String::new(),
    }
}

/// The fixed word for a tested difference.
fn difference_word(funnel: &str) -> &'static str {
    if funnel == "alarm" { "выражено" } else { "выявлено" }
}

/// Whether a sign has a finding about a school.
fn has_fired(findings: &Findings, sign: &str, school: &str) -> bool {
    findings.findings.iter().any(|one| one.sign == sign && one.level == Level::School && one.group == school)
}

/// With whom a school is compared, for sentences.
fn others(row: &ComparisonRow) -> &'static str {
    if row.reference_group.is_empty() {
        "в остальных школах"
    } else {
        "в остальных школах муниципалитета"
    }
}

/// A skill for sentences, with the codes of what its tasks check: «Читать графики (2.1, 2.3)».
fn skill_words(measures: &Measures, skill: &SkillRow) -> String {
    let tasks = measures.exam.tasks.iter().filter(|task| task.matter() == skill.title);
    let mut codes: Vec<&str> = tasks.flat_map(|task| &task.content_codes).map(String::as_str).collect();
    codes.sort_unstable();
    codes.dedup();
    let title = text::shortened(&text::capitalised(&skill.title), 60);
    if codes.is_empty() || 3 < codes.len() { title } else { format!("{title} ({})", codes.join(", ")) }
}

/// A share with its interval; the pupil is the unit. None below five participants.
fn with_interval(share: Percent, n: u64) -> Option<Interval> {
    let (low, high) = wilson::interval(share.0 / 100.0, n).filter(|_| 5 <= n)?;
    Some(Interval { value: share, low: Percent(100.0 * low), high: Percent(100.0 * high) })
}

#[cfg(test)]
mod tests;
