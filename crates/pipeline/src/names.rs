//! What the run calls things: read off the plan, the register and what was measured, once.

use srez_config::plan::Plan;
use srez_model::assessment::{Exam, ExamKey, Subject};
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::place::{Register, School};
use srez_model::tally::Group;
use srez_report::context::Names;
use srez_store::Snapshot;
use srez_wording::school_name;
use std::collections::{BTreeMap, BTreeSet};

/// The names of a run whose history is at a version.
pub(super) fn names<'a>(plan: &'a Plan, register: &Register, measures: &[Measures], history: &Snapshot) -> Names<'a> {
    let (level, focus_title) = if plan.home.is_empty() {
        (Level::All, "Все участники".to_owned())
    } else {
        (Level::Municipality, plan.home.clone())
    };
    let municipalities: BTreeSet<&String> = groups(measures, Level::Municipality).collect();
    let by_slug = |word: fn(&Subject) -> &String| {
        plan.subjects.iter().map(|subject| (subject.slug.clone(), word(subject).clone())).collect()
    };
    Names {
        title: &plan.title,
        centre: &plan.centre,
        style: &plan.style,
        date: &plan.date,
        version: history.version(),
        focus: Group { level, name: plan.home.clone() },
        focus_title,
        schools: schools(plan, register, measures),
        municipalities: municipalities.into_iter().cloned().collect(),
        names: short_names(plan, register),
        types: by_id(register, |school| &school.school_type),
        localities: by_id(register, |school| &school.locality),
        exams: &plan.exams,
        dative: by_slug(|subject| &subject.dative),
        genitive: by_slug(|subject| &subject.genitive),
        thresholds: &plan.thresholds,
        calendar: &plan.calendar,
        recommendations: &plan.recommendations,
        measures: srez_measure::MEASURES,
        signs: &srez_flag::SIGNS,
        not_computed: srez_flag::NOT_COMPUTED,
        titles: titles(plan, measures, &history.exams()),
        code_titles: super::codes().map(|code| (code.id.to_string(), code.title.to_owned())).collect(),
    }
}

/// A word of the register for every school that has it, by id.
pub(super) fn by_id(register: &Register, word: fn(&School) -> &String) -> BTreeMap<String, String> {
    let words = register.schools.iter().map(|school| (school.id.clone(), word(school).clone()));
    words.filter(|(_, word)| !word.is_empty()).collect()
}

/// Short names by id; those of the home municipality are told apart among themselves alone, for its documents name no
/// other school.
fn short_names(plan: &Plan, register: &Register) -> BTreeMap<String, String> {
    let mut names = by_id(register, |school| &school.short_name);
    let at_home: Vec<&School> =
        register.schools.iter().filter(|school| !plan.home.is_empty() && school.municipality == plan.home).collect();
    let full: Vec<&str> = at_home.iter().map(|school| school.name.as_str()).collect();
    for (school, short) in at_home.iter().zip(school_name::short_names(&full)) {
        if !short.is_empty() {
            names.insert(school.id.clone(), short);
        }
    }
    names
}

fn groups(measures: &[Measures], level: Level) -> impl Iterator<Item = &String> {
    let rows = measures.iter().flat_map(|measures| measures.marks.iter());
    rows.filter(move |row| row.level == level).map(|row| &row.group)
}

/// Schools of which the documents speak: those of the home municipality; where none is named, those with results, and
/// after the schools of the register those that only the results know.
fn schools(plan: &Plan, register: &Register, measures: &[Measures]) -> Vec<String> {
    if !plan.home.is_empty() {
        let at_home = register.schools.iter().filter(|school| school.municipality == plan.home);
        let mut at_home: Vec<&School> = at_home.collect();
        // The order of a register may be that of logins, which tells a reader nothing; one that follows the numbers of
        // the schools is kept.
        if !at_home.is_sorted_by_key(|school| school_name::number(&school.short_name).unwrap_or(u32::MAX)) {
            at_home.sort_by_cached_key(|school| school_name::by_type_and_number(&school.short_name));
        }
        return at_home.into_iter().map(|school| school.id.clone()).collect();
    }
    let with_results: BTreeSet<&String> = groups(measures, Level::School).collect();
    let of_register = register.schools.iter().map(|school| &school.id).filter(|id| with_results.contains(id));
    let mut schools: Vec<String> = of_register.cloned().collect();
    let known: BTreeSet<String> = schools.iter().cloned().collect();
    schools.extend(with_results.into_iter().filter(|id| !known.contains(*id)).cloned());
    schools
}

/// Titles of all exams and forms that files can name; `held` are the exams of the history, of whatever year.
fn titles(plan: &Plan, measures: &[Measures], held: &[ExamKey]) -> BTreeMap<String, String> {
    let unspecified = held.iter().map(|key| {
        let subject = plan.subjects.iter().find(|subject| subject.slug == key.subject);
        let subject_title = subject.map_or_else(|| key.subject.clone(), |subject| subject.title.clone());
        let exam = Exam { subject_title, ..Exam::unspecified(key.clone()) };
        (exam.id(), exam.title())
    });
    let specified = plan.exams.values().map(|exam| (exam.id(), exam.title()));
    let found = measures.iter().map(|measures| (measures.exam.id(), measures.exam.title()));
    let forms = plan.forms.iter().map(|form| (form.id.clone(), form.marked_title()));
    unspecified.chain(specified).chain(found).chain(forms).collect()
}
