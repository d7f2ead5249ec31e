//! Due dates of results: of a procedure, or of one exam.

use super::faults;
use srez_model::assessment::{ExamKey, Procedure, SubjectCatalogue};
use srez_model::data_quality::DueDates;
use srez_model::error::{Error, Result};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;

/// Names as meant: `vpr` or «ВПР» is a procedure, `vpr-2026-math-8` a work.
pub(super) fn resolve(
    written: &BTreeMap<String, Spanned<String>>,
    subjects: &SubjectCatalogue,
    date: &dyn Fn(&Spanned<String>) -> Result<String>,
    fault: &dyn Fn(Range<usize>, &str, String) -> Error,
) -> Result<DueDates> {
    let mut due = DueDates::default();
    for (name, day) in written {
        let date = date(day)?;
        if let Some(procedure) = Procedure::ALL.into_iter().find(|known| known.id() == name || known.title() == name) {
            due.of_procedure.insert(procedure, date);
            continue;
        }
        let known = |exam: &ExamKey| subjects.iter().any(|subject| subject.slug == exam.subject);
        match name.parse().ok().filter(known) {
            Some(exam) => {
                due.of_exam.insert(exam, date);
            }
            None => {
                let title = format!("срок сдачи: нет ни процедуры, ни работы «{name}»");
                return Err(fault(day.span(), &title, nearest(name, subjects)));
            }
        }
    }
    Ok(due)
}

/// The known name nearest to an unknown one.
fn nearest(name: &str, subjects: &SubjectCatalogue) -> String {
    let mut parts: Vec<&str> = name.split('-').collect();
    let subject = parts.get(2).copied().and_then(|word| {
        faults::nearest(word, subjects.iter().map(|subject| subject.slug.as_str())).filter(|near| *near != word)
    });
    if let (Some(subject), Some(place)) = (subject, parts.get_mut(2)) {
        *place = subject;
        return format!("ближайшее имя — «{}»", parts.join("-"));
    }
    "пишите процедуру (vpr, oge, ege, regional) или работу: vpr-2026-math-8".to_owned()
}
