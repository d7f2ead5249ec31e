//! The numbers of an association's packet: those of the whole group, and schools only where they may be named.

use super::Decision;
use super::editions::shown_schools;
use srez_model::compared::MeasureId;
use srez_model::edition::{Cut, Pattern, Publication};
use srez_model::finding::{Finding, Findings, ListedSchool, Matter};
use srez_model::level::Level;
use srez_model::measures::{Measures, Target, TaskByMarkRow};
use srez_model::row_patterns::RowPatterns;
use srez_model::sign::ValueOf;
use srez_model::tally::Group;
use std::collections::BTreeSet;

/// Measures and findings of an exam reduced to what the packet may print: rows of the focus alone, no tasks that are
/// hidden, no groups by mark from which a small one could be worked out, no school that is hidden.
pub fn for_packet(
    measures: &Measures,
    findings: &Findings,
    focus: &Group,
    decision: &Decision,
    group: u64,
) -> (Measures, Findings) {
    let publication = decision.publication();
    let shown_task = |task: u16| shows_task(publication, task);
    let is_own = |level: Level, name: &str| (level, name) == (focus.level, focus.name.as_str());
    // What is promised for the whole group of a task that is shown.
    let shows_target = |row: &Target| {
        let tasks = (0_u16..).zip(&measures.exam.tasks).filter(|(place, _)| shown_task(*place));
        row.schools.is_empty() && tasks.into_iter().any(|(_, task)| row.measure == MeasureId::task(&task.id))
    };
    // Marks that the tables merge stay merged here.
    let tells_marks = publication.pattern.cut == Cut::Four;
    let of_marks = by_mark(measures.tasks_by_mark_of(focus.level, &focus.name), measures.exam.has_test_scores(), group);
    // Field by field: a new table of the measures reaches an edition only by a decision.
    let kept = Measures {
        exam: measures.exam.clone(),
        marks: measures.marks.iter().filter(|row| is_own(row.level, &row.group)).cloned().collect(),
        bands: measures.bands.iter().filter(|row| is_own(row.level, &row.group)).cloned().collect(),
        journal: Vec::new(),
        scores: Vec::new(),
        class_scores: Vec::new(),
        class_skills: Vec::new(),
        tasks: measures.tasks_of(focus.level, &focus.name).filter(|row| shown_task(row.task)).cloned().collect(),
        demands: Vec::new(),
        tasks_by_mark: of_marks.into_iter().filter(|row| tells_marks && shown_task(row.task)).collect(),
        points: Vec::new(),
        skills: (0_u16..)
            .zip(measures.skills_of(focus.level, &focus.name))
            .filter(|(place, _)| shows_skill(publication, *place))
            .map(|(_, row)| row.clone())
            .collect(),
        levels: Vec::new(),
        items: Vec::new(),
        abilities: Vec::new(),
        curves: Vec::new(),
        reliability: measures.reliability.clone(),
        dif: Vec::new(),
        funnels: Vec::new(),
        comparisons: Vec::new(),
        boundaries: Vec::new(),
        dynamics: Vec::new(),
        targets: measures
            .targets
            .iter()
            .filter(|row| is_own(row.level, &row.group) && shows_target(row))
            .cloned()
            .collect(),
        references: Vec::new(),
        patterns: RowPatterns::default(),
    };
    (kept, findings_for_packet(measures, findings, focus, publication))
}

/// True if the total of a task is shown.
fn shows_task(publication: &Publication, task: u16) -> bool {
    let pattern = &publication.pattern;
    !pattern.total_hidden && !pattern.total_tasks.contains(&task)
}

/// A skill is shown if all its tasks are, as in the tables: otherwise it would reveal the hidden one.
fn shows_skill(publication: &Publication, skill: u16) -> bool {
    let tasks = publication.counts.skill_tasks.get(usize::from(skill));
    tasks.is_some_and(|tasks| tasks.iter().all(|task| shows_task(publication, *task)))
}

fn findings_for_packet(measures: &Measures, findings: &Findings, focus: &Group, publication: &Publication) -> Findings {
    let pattern = &publication.pattern;
    let shown = shown_schools(pattern, &publication.counts);
    let mut worth_studying = findings.worth_studying.clone();
    if let Some(list) = &mut worth_studying {
        list.entries.retain(|entry| may_be_listed(entry, measures, pattern, &shown, &publication.counts.skill_tasks));
        list.entries.retain_mut(|entry| against_all(entry, measures));
        list.schools.retain(|school| list.entries.iter().any(|entry| entry.school == *school));
    }
    // No more than the tables of tasks and skills: other signs may compare groups that the edition merges or hides.
    let says_no_more = |finding: &Finding| finding.sign.value == ValueOf::Completion;
    let of_focus = |finding: &&Finding| {
        let shown = match finding.matter {
            Matter::Task(task) => shows_task(publication, task),
            Matter::Skill(skill) => shows_skill(publication, skill),
            Matter::Work => true,
        };
        (finding.level, &finding.group) == (focus.level, &focus.name) && shown && says_no_more(finding)
    };
    let verdicts = findings.verdicts.iter().filter(|verdict| shows_task(publication, verdict.task));
    let skills = findings.skills_of(focus.level, &focus.name).iter().filter(|one| shows_skill(publication, one.skill));
    Findings {
        findings: findings.findings.iter().filter(of_focus).cloned().collect(),
        verdicts: verdicts.copied().collect(),
        skills: skills.cloned().collect(),
        worth_studying,
        checked: 0,
        fired: 0,
        families: Vec::new(),
        particulars: Vec::new(),
    }
}

/// The two groups by mark that the packet prints, unless a small one could be worked out from them and the whole.
fn by_mark(rows: &[TaskByMarkRow], bands: bool, group: u64) -> Vec<TaskByMarkRow> {
    let ends = if bands { [2, 4] } else { [3, 5] };
    let printed = |row: &&TaskByMarkRow| group <= row.n && ends.contains(&row.mark);
    let tasks: BTreeSet<u16> = rows.iter().map(|row| row.task).collect();
    let safe = |task: &u16| {
        let left_out: Vec<u64> =
            rows.iter().filter(|row| row.task == *task && !printed(row)).map(|row| row.n).filter(|n| *n > 0).collect();
        left_out.is_empty() || group <= left_out.iter().sum()
    };
    let safe: BTreeSet<u16> = tasks.into_iter().filter(safe).collect();
    rows.iter().filter(|row| safe.contains(&row.task) && printed(row)).cloned().collect()
}

/// Sets the result of all other schools beside that of the school: no table of the edition has the schools of one type.
/// Their number is left out: the tests use complete rows only, so that it would reveal the incomplete ones.
fn against_all(entry: &mut ListedSchool, measures: &Measures) -> bool {
    let measure = match entry.matter {
        Matter::Skill(skill) => {
            measures.skills.iter().find(|row| row.skill == skill).map(|row| MeasureId::skill(&row.title))
        }
        Matter::Work | Matter::Task(_) => Some(MeasureId::Total),
    };
    let row = measure.and_then(|measure| measures.comparison_of(Level::School, &entry.school, &measure));
    let Some(reference) = row.and_then(|row| row.reference) else { return false };
    (entry.reference, entry.n_reference) = (reference, None);
    entry.kind.clear();
    true
}

/// True if the numbers of the entry can also be read off the tables of the edition.
fn may_be_listed(
    entry: &ListedSchool,
    measures: &Measures,
    pattern: &Pattern,
    shown: &BTreeSet<String>,
    skill_tasks: &[Vec<u16>],
) -> bool {
    let every_task = 0..u16::try_from(measures.exam.tasks.len()).unwrap_or(u16::MAX);
    // The result of the others is printed as well: together with the school's own it gives the total.
    let total_hides = |task: u16| pattern.total_hidden || pattern.total_tasks.contains(&task);
    let hides = |task: u16| pattern.hides(&entry.school, task) || total_hides(task);
    let all_shown = match entry.matter {
        Matter::Task(task) => !hides(task),
        Matter::Skill(skill) => {
            skill_tasks.get(usize::from(skill)).is_some_and(|tasks| tasks.iter().all(|task| !hides(*task)))
        }
        Matter::Work => every_task.into_iter().all(|task| !hides(task)),
    };
    shown.contains(&entry.school) && all_shown
}
