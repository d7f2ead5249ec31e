//! Signs: conclusions from the measures, by rules that name their source. One sign per file; q decides, gates filter.
//!
//! In: the measures of all exams of a run, and the thresholds in force. Out: findings, exam by exam.
//!
//! Invariants:
//! - Every threshold of a sign is in its rule, and an override changes both
//!   (`every_threshold_of_a_sign_stands_in_its_rule_and_an_override_changes_it`).
//! - Signs do not use each other (`cargo xtask tidy`).
//! - Where nothing happened signs seldom fire (`signs_seldom_fire_where_nothing_happened`).
//! - Nothing is read or written: of the workspace it depends on `model`, `statistics` and `wording` only (Cargo).

mod circles;
mod compared;
mod groups;
mod indicator;
mod order;
mod releases;
mod signs;
mod standing;
mod table;
mod tested;
mod verdicts;

pub use indicator::meant;
pub use releases::{Issued, compare_releases, keep_signs_of_both_years, remember};
pub use signs::{NOT_COMPUTED, SIGNS, sign};
pub use table::table;

use signs::{Entry, Found, REGISTRY};
use srez_model::finding::{Finding, Findings, Matter, Said, Status};
use srez_model::level::Level;
use srez_model::measures::{ComparisonRow, Measures, SkillRow};
use srez_model::official_list::ListedMark;
use srez_model::sign::{SignDefinition, SignId};
use srez_model::tally::Group;
use srez_model::threshold::Thresholds;
use srez_model::unit::Percent;
use srez_statistics::school_model::Assumptions;
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
    /// Types of schools by id; empty or missing where unknown.
    pub types: &'a BTreeMap<String, String>,
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

    /// One of several ways to say a thing of a school. The place in the register chooses, so that neighbours in a list
    /// differ and a school is spoken of alike in every month.
    fn in_turn<T: Copy, const N: usize>(&self, school: &str, ways: [T; N]) -> T {
        let place = self.schools.iter().position(|known| known == school).unwrap_or(0);
        ways[place % N]
    }

    /// What the model of schools takes for granted.
    fn assumptions(&self) -> Assumptions {
        Assumptions::in_force(self.thresholds)
    }

    /// Whether a rule that is not confirmed may speak: its threshold `enabled` is 1.
    fn is_enabled(&self, sign: SignId) -> bool {
        self.thresholds.value(&format!("{sign}.enabled")) > 0.5
    }
}

/// A sentence about a school, its own result, that of the others, the gap, and whether it is of the school as a whole.
type Way = fn(&str, &str, &str, &str, &str) -> String;
/// A sentence about a school with two words before and after its counts.
type WayWithCounts = fn(&str, &str, u64, u64, &str, &str) -> String;

/// Applies every sign to every exam.
///
/// The findings of an exam are in the order of the registry; those on schools by the pupils that they concern.
pub fn flag(settings: &Settings<'_>, all: &[Measures]) -> Vec<Findings> {
    let judged = |measures| Findings {
        verdicts: verdicts::of_tasks(settings, measures),
        skills: verdicts::of_skills(settings, measures),
        ..Findings::default()
    };
    let mut judged: Vec<Findings> = all.iter().map(judged).collect();
    let with_tests = REGISTRY.iter().filter_map(|entry| match entry.found {
        Found::ByTests(sign) => Some(sign),
        _ => None,
    });
    let with_tests: Vec<_> = with_tests.collect();
    let mut of_tests = tested::judge(settings, all, &with_tests).into_iter();
    for entry in REGISTRY {
        match entry.found {
            Found::ByTests(sign) => {
                for (findings, found) in judged.iter_mut().zip(of_tests.next().into_iter().flatten()) {
                    findings.findings.extend(found.findings);
                    if !found.states.is_empty() {
                        findings.count_states(sign.sign.id, sign.family, &found.states);
                    }
                }
            }
            Found::OverExams(find) => {
                for (place, found) in find(settings, all) {
                    if let Some(findings) = judged.get_mut(place) {
                        findings.findings.push(found);
                    }
                }
            }
            Found::InExam(find) => {
                all.iter().zip(&mut judged).for_each(|(measures, findings)| find(settings, measures, findings));
            }
            Found::AfterGroups(_) => {}
        }
    }
    for (measures, findings) in all.iter().zip(&mut judged) {
        order::join(&mut findings.findings);
        order::sort(&mut findings.findings);
        findings.particulars = groups::particulars(settings, measures, findings);
        for entry in REGISTRY {
            if let Found::AfterGroups(find) = entry.found {
                find(settings, measures, findings);
            }
        }
    }
    judged
}

/// A finding about a group, with the fields that most signs leave empty.
fn finding(sign: &'static SignDefinition, measures: &Measures, group: (Level, &str), matter: Matter) -> Finding {
    let number = match &matter {
        Matter::Task(task) => measures.exam.tasks.get(usize::from(*task)).map_or("", |task| task.id.as_str()),
        Matter::Work | Matter::Skill(_) => "",
    };
    let title = match &matter {
        Matter::Work => "работа в целом".to_owned(),
        Matter::Task(_) if number.is_empty() => String::new(),
        Matter::Task(_) => format!("задание {number}"),
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
        sign,
        status: Status::Fact,
        severity: None,
        exam: measures.exam.id(),
        level,
        group: name.to_owned(),
        matter,
        matter_title: title,
        task_number: number.to_owned(),
        value: None,
        threshold: None,
        threshold_source: String::new(),
        unit: String::new(),
        n: 0,
        p: None,
        q: None,
        sure: None,
        state: None,
        said: Said::Silent,
        affected: 0.0,
        part_of: String::new(),
        tasks: Vec::new(),
    }
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
    if codes.is_empty() || codes.len() > 3 { title } else { format!("{title} ({})", codes.join(", ")) }
}

#[cfg(test)]
mod degenerate;
#[cfg(test)]
mod tests;
