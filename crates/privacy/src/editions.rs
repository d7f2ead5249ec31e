//! The shown rows of an exam, from which everything that an edition prints is taken.

use super::school_types;
use super::{Decision, Rules};
use srez_model::assessment::Exam;
use srez_model::edition::{Cut, EditionExam, EditionRow, ExamCounts, GroupCounts, Part, Pattern};
use srez_model::level::Level;
use srez_model::tally::Group;
use srez_model::unit::Percent;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// For an association: the total and every school, hidden schools without values.
pub fn association_edition(exam: &Arc<Exam>, skills: &[String], focus: &Group, decision: &Decision) -> EditionExam {
    let publication = decision.publication();
    let Decision::Publish(_) = decision else {
        return held(exam, skills, &publication.period);
    };
    let (counts, pattern) = (&publication.counts, &publication.pattern);
    let mut rows = vec![total(counts, pattern, focus)];
    let schools = counts.schools.iter().filter(|school| !school.group.is_empty());
    rows.extend(schools.map(|school| school_row(counts, pattern, school)));
    EditionExam { exam: Arc::clone(exam), cut: pattern.cut, skills: skills.to_vec(), rows, held: String::new() }
}

/// For the public: the total and types of schools, no school; counts are rounded to steps, shares near 0 and 100 % are
/// hidden.
pub fn public_edition(
    rules: &Rules,
    exam: &Arc<Exam>,
    skills: &[String],
    focus: &Group,
    decision: &Decision,
    type_of: &BTreeMap<String, String>,
) -> EditionExam {
    let publication = decision.publication();
    let Decision::Publish(_) = decision else {
        return held(exam, skills, &publication.period);
    };
    let (counts, pattern) = (&publication.counts, &publication.pattern);
    let sum = counts.total();
    let school_types::Shown { cut, large, types } = school_types::shown(rules, publication, type_of);
    let mut own = total(counts, pattern, focus);
    own.shares = if large { shares(cut, &sum) } else { Vec::new() };
    let edge = |share: &Percent| rules.public_edge < share.0 && share.0 < 100.0 - rules.public_edge;
    for values in [&mut own.tasks, &mut own.skills] {
        values.iter_mut().for_each(|value| *value = value.filter(|share| large && edge(share)));
    }
    own.n = own.n.filter(|_| large);
    let mut rows = vec![own];
    if large && cut != Cut::Count {
        rows.extend(types.iter().map(|sum| EditionRow {
            level: Level::SchoolType,
            group: sum.group.clone(),
            n: Some(sum.n),
            shares: shares(cut, sum),
            tasks: Vec::new(),
            skills: Vec::new(),
        }));
    }
    for row in &mut rows {
        row.n = row.n.map(|n| (n + rules.public_step / 2) / rules.public_step * rules.public_step);
    }
    EditionExam { exam: Arc::clone(exam), cut, skills: skills.to_vec(), rows, held: String::new() }
}

fn held(exam: &Arc<Exam>, skills: &[String], period: &str) -> EditionExam {
    EditionExam {
        exam: Arc::clone(exam),
        cut: Cut::Count,
        skills: skills.to_vec(),
        rows: Vec::new(),
        held: period.to_owned(),
    }
}

fn total(counts: &ExamCounts, pattern: &Pattern, focus: &Group) -> EditionRow {
    let sum = counts.total();
    let hides = |task: u16| pattern.total_hidden || pattern.total_tasks.contains(&task);
    EditionRow {
        level: focus.level,
        group: focus.name.clone(),
        n: (!pattern.total_hidden).then_some(sum.n),
        shares: if pattern.total_hidden { Vec::new() } else { shares(pattern.cut, &sum) },
        tasks: tasks(&sum, hides),
        skills: skills_of(counts, &sum, hides),
    }
}

fn school_row(counts: &ExamCounts, pattern: &Pattern, school: &GroupCounts) -> EditionRow {
    let hidden = pattern.hidden.contains(&school.group);
    let hides = |task: u16| pattern.hides(&school.group, task);
    EditionRow {
        level: Level::School,
        group: school.group.clone(),
        n: (!hidden).then_some(school.n),
        shares: if hidden { Vec::new() } else { shares(pattern.cut, school) },
        tasks: tasks(school, hides),
        skills: skills_of(counts, school, hides),
    }
}

fn shares(cut: Cut, group: &GroupCounts) -> Vec<Percent> {
    let all: u64 = group.bands.iter().sum();
    cut.of(&group.bands).into_iter().filter_map(|count| Percent::of(count, all)).collect()
}

fn tasks(group: &GroupCounts, hides: impl Fn(u16) -> bool) -> Vec<Option<Percent>> {
    let shown = |(task, part): (u16, &Part)| if hides(task) { None } else { part.share() };
    (0_u16..).zip(&group.tasks).map(shown).collect()
}

/// A skill is shown if all its tasks are: then it reveals nothing that they do not.
fn skills_of(counts: &ExamCounts, group: &GroupCounts, hides: impl Fn(u16) -> bool) -> Vec<Option<Percent>> {
    let shown = |(place, part): (usize, &Part)| {
        let tasks = counts.skill_tasks.get(place)?;
        let hidden = tasks.iter().any(|task| hides(*task));
        if hidden || tasks.is_empty() { None } else { part.share() }
    };
    group.skills.iter().enumerate().map(shown).collect()
}

/// Schools for which some table of an exam shows a number; for lists that name schools.
pub(super) fn shown_schools(pattern: &Pattern, counts: &ExamCounts) -> BTreeSet<String> {
    let shown = counts.schools.iter().filter(|school| !pattern.hidden.contains(&school.group));
    shown.map(|school| school.group.clone()).collect()
}
