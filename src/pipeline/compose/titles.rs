//! What exams and forms are called.

use crate::config::plan::Plan;
use crate::model::measures::Measures;
use std::collections::BTreeMap;

/// Titles of all exams and forms that files can name.
pub(super) fn of(plan: &Plan, measures: &[Measures]) -> BTreeMap<String, String> {
    let specified = plan.exams.values().map(|exam| (exam.id(), exam.title()));
    let found = measures.iter().map(|measures| (measures.exam.id(), measures.exam.title()));
    let forms = plan.forms.iter().map(|form| (form.id.clone(), form.marked_title()));
    specified.chain(found).chain(forms).collect()
}
