//! Signs: what the measures say by rules that name their source. One sign per file; q decides, gates filter.

mod below_in_total;
mod bias_list;
mod boundary_bunching;
mod boundary_peak;
mod change_of_bands;
mod circles;
mod class_jump;
mod cohort_jump;
mod compared;
mod concentration;
mod crossing;
mod data_quality;
mod groups;
mod growth_of_twos;
mod incomparable_tasks;
mod indicator;
mod journal_bands;
mod journal_gap;
mod journal_shift;
mod low_result_share;
mod low_results;
mod medal_check;
mod more_twos;
mod not_attempted;
mod objective_marking;
mod order;
mod problem_chain;
mod region_groups;
mod repeated_answers;
mod repeated_failures;
mod reversed_answers;
mod risk_profile;
mod sample_size;
mod school_lists;
mod skill_below_others;
mod skill_below_own_level;
mod skill_deficit;
mod small_mark_groups;
mod table;
mod task_level;
mod tested;
mod tiny_schools;
mod too_smooth;
mod weak_tasks;
mod worse_than_before;
mod worth_studying;

pub use indicator::meant;
pub use table::table;

use srez_model::finding::{Finding, Findings, Matter, SignDefinition, Status};
use srez_model::level::Level;
use srez_model::measures::{ComparisonRow, Interval, Measures, SkillRow};
use srez_model::official_list::ListedMark;
use srez_model::tally::Group;
use srez_model::threshold::Thresholds;
use srez_model::unit::Percent;
use srez_statistics::wilson;
use srez_wording::{number, text};
use std::collections::BTreeMap;

/// What the signs need to know.
#[derive(Clone, Debug)]
pub struct Settings<'a> {
    /// Thresholds in force.
    pub thresholds: &'a Thresholds,
    /// The group of which the documents speak: the home municipality, or all participants.
    pub focus: Group,
    /// Ids of the schools of the focus in the order of the register, and those that only the results know, after them.
    pub schools: &'a [String],
    /// Short names of schools by id.
    pub names: &'a BTreeMap<String, String>,
    /// Municipalities of schools by id; a school without one is set against all.
    pub municipalities: &'a BTreeMap<String, String>,
    /// What official lists say of schools.
    pub listed: &'a [ListedMark],
}

impl Settings<'_> {
    /// Name of a school for sentences.
    fn name<'b>(&'b self, school: &'b str) -> &'b str {
        self.names.get(school).map_or(school, String::as_str)
    }

    /// One of several ways to say a thing of a school. The place in the register chooses, so that neighbours in a list differ
    /// and a school is spoken of alike in every month.
    fn in_turn<T: Copy, const N: usize>(&self, school: &str, ways: [T; N]) -> T {
        let place = self.schools.iter().position(|known| known == school).unwrap_or(0);
        ways[place % N]
    }

    /// Whether a rule that is not confirmed may speak: its threshold `enabled` is 1.
    fn is_enabled(&self, sign: &str) -> bool {
        0.5 < self.thresholds.value(&format!("{sign}.enabled"))
    }
}

/// A sentence about a school, its own result, that of the others, and the word of the difference.
type Said = fn(&str, &str, &str, &str) -> String;
/// The same with two words before and after its counts.
type SaidWithCounts = fn(&str, &str, u64, u64, &str, &str) -> String;

/// The signs, in the order of their codes.
pub const SIGNS: &[&SignDefinition] = &[
    &task_level::BASIC,
    &task_level::RAISED,
    &growth_of_twos::SIGN,
    &journal_gap::SIGN,
    &sample_size::SIGN,
    &boundary_peak::SIGN,
    &skill_deficit::SIGN,
    &incomparable_tasks::SIGN,
    &small_mark_groups::SIGN,
    &crossing::SIGN,
    &problem_chain::SIGN,
    &task_level::HARD_BASIC,
    &task_level::HARD_RAISED,
    &school_lists::SIZE,
    &school_lists::HIGH_EGE,
    &school_lists::LOW_EGE,
    &school_lists::OGE,
    &change_of_bands::SIGN,
    &low_results::CONTROL,
    &low_results::LOW,
    &bias_list::SIGN,
    &journal_bands::SIGN,
    &weak_tasks::SIGN,
    &tiny_schools::SIGN,
    &concentration::SIGN,
    &repeated_failures::SIGN,
    &low_result_share::SIGN,
    &skill_below_others::SIGN,
    &below_in_total::SIGN,
    &skill_below_own_level::SIGN,
    &more_twos::SIGN,
    &worth_studying::SIGN,
    &worse_than_before::SIGN,
    &boundary_bunching::SIGN,
    &journal_shift::SIGN,
    &class_jump::SIGN,
    &too_smooth::SIGN,
    &reversed_answers::SIGN,
    &not_attempted::SIGN,
    &data_quality::SIGN,
    &repeated_answers::SIGN,
    &cohort_jump::SIGN,
];

/// Rules that are known and cannot be computed from anything that comes; their caution says why.
pub const NOT_COMPUTED: &[&SignDefinition] =
    &[&medal_check::SIGN, &objective_marking::SIGN, &region_groups::SIGN, &risk_profile::SIGN];

/// Signs with a test of their own.
const TESTED: &[tested::Tested] = &[
    skill_below_own_level::TESTED,
    worse_than_before::TESTED,
    journal_shift::TESTED,
    class_jump::TESTED,
    too_smooth::TESTED,
    reversed_answers::TESTED,
    not_attempted::TESTED,
    repeated_answers::TESTED,
    cohort_jump::TESTED,
];

/// Applies every sign to every exam: first the tests, whose families go over exams, then the rules exam by exam.
///
/// The findings of an exam stand in the order of the signs; those on schools by the pupils that they concern.
pub fn flag(settings: &Settings<'_>, all: &[Measures]) -> Vec<Findings> {
    let mut judged: Vec<Findings> = all.iter().map(|_| Findings::default()).collect();
    for sign in TESTED {
        for (of_exam, (found, count)) in judged.iter_mut().zip(tested::judge(settings, all, sign)) {
            of_exam.findings.extend(found);
            of_exam.count(count.sign, count.checked, count.fired);
        }
    }
    for (place, low) in low_results::find(settings, all).into_iter().chain(repeated_failures::find(settings, all)) {
        if let Some(of_exam) = judged.get_mut(place) {
            of_exam.findings.push(low);
        }
    }
    let growth = growth_of_twos::find(settings, all);
    all.iter()
        .zip(growth)
        .zip(judged)
        .map(|((measures, growth), judged)| of_exam(settings, measures, growth, judged))
        .collect()
}

/// The rules of one exam; `judged` holds what the tests and the rules over exams have said.
fn of_exam(settings: &Settings<'_>, measures: &Measures, growth: Option<Finding>, judged: Findings) -> Findings {
    let Findings { findings: tested, checked, fired, families, .. } = judged;
    let verdicts = task_level::verdicts(settings, measures);
    let mut findings = Findings { verdicts, checked, fired, families, ..Findings::default() };
    findings.findings.extend(growth);
    sample_size::find(settings, measures, &mut findings);
    task_level::find(settings, measures, &mut findings);
    skill_deficit::find(settings, measures, &mut findings);
    problem_chain::find(settings, measures, &mut findings);
    crossing::find(settings, measures, &mut findings);
    weak_tasks::find(settings, measures, &mut findings);
    small_mark_groups::find(settings, measures, &mut findings);
    incomparable_tasks::find(settings, measures, &mut findings);
    change_of_bands::find(settings, measures, &mut findings);
    journal_gap::find(settings, measures, &mut findings);
    journal_bands::find(settings, measures, &mut findings);
    concentration::find(settings, measures, &mut findings);
    low_result_share::find(settings, measures, &mut findings);
    bias_list::find(settings, measures, &mut findings);
    tiny_schools::find(settings, measures, &mut findings);
    data_quality::find(settings, measures, &mut findings);
    more_twos::find(settings, measures, &mut findings);
    below_in_total::find(settings, measures, &mut findings);
    skill_below_others::find(settings, measures, &mut findings);
    boundary_bunching::find(settings, measures, &mut findings);
    boundary_peak::find(settings, measures, &mut findings);
    findings.findings.extend(tested);
    order::join(&mut findings.findings);
    order::sort(&mut findings.findings);
    findings.particulars = groups::particulars(settings, measures, &findings);
    findings.by_chance = groups::by_chance(&findings.particulars);
    school_lists::find(settings, measures, &mut findings);
    worth_studying::find(settings, measures, &mut findings);
    findings
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
        Matter::Task(_) | Matter::Skill(_) => srez_wording::slug::slug(&title),
    };
    let (level, name) = group;
    let group_id = if name.is_empty() { "all".to_owned() } else { srez_wording::slug::slug(name) };
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
        affected: 0.0,
        part_of: String::new(),
        tasks: Vec::new(),
    }
}

/// The fixed word for a tested difference.
fn difference_word(funnel: &str) -> &'static str {
    if funnel == "alarm" { "выражено" } else { "выявлено" }
}

/// «В остальных школах — 65,2 % (n = 421)».
fn others_words(row: &ComparisonRow, reference: Percent) -> String {
    let share = number::percent(reference, row.n_reference);
    format!("{} — {share} (n\u{a0}=\u{a0}{})", others(row), number::count(row.n_reference))
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
