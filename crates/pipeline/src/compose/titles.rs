//! What exams and forms are called.

use srez_config::plan::Plan;
use srez_model::assessment::{Exam, ExamKey};
use srez_model::measures::Measures;
use std::collections::BTreeMap;

/// Titles of all exams and forms that files can name; `held` are the exams of the history, of whatever year.
pub(super) fn of(plan: &Plan, measures: &[Measures], held: &[ExamKey]) -> BTreeMap<String, String> {
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
