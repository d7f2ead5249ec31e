//! Due dates of results: of a procedure, or of one exam.

use super::faults;
use srez_model::assessment::{ExamKey, Procedure, SubjectCatalogue};
use srez_model::data_quality::DueDates;
use srez_model::error::{Error, Result};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;

const PROCEDURES: [Procedure; 4] = [Procedure::Vpr, Procedure::Oge, Procedure::Ege, Procedure::Regional];

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
        if let Some(procedure) = PROCEDURES.into_iter().find(|known| known.id() == name || known.title() == name) {
            due.of_procedure.insert(procedure, date);
            continue;
        }
        let known = |exam: &ExamKey| subjects.iter().any(|subject| subject.slug == exam.subject);
        match exam_of(name).filter(known) {
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

/// The key of the exam with this name; none if it is not the name of an exam. Whether such a subject exists is not
/// checked here.
fn exam_of(id: &str) -> Option<ExamKey> {
    let (procedure, rest) = id.split_once('-')?;
    let procedure = PROCEDURES.into_iter().find(|known| known.id() == procedure)?;
    let (year, rest) = rest.split_once('-')?;
    let (subject, grade) = match procedure {
        Procedure::Oge => (rest, 9),
        Procedure::Ege => (rest, 11),
        Procedure::Vpr | Procedure::Regional => {
            let (subject, grade) = rest.rsplit_once('-')?;
            (subject, grade.parse().ok()?)
        }
    };
    let key = ExamKey { procedure, year: year.parse().ok()?, subject: subject.to_owned(), grade };
    (key.id() == id && (1..=11).contains(&grade)).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_work_tells_what_it_is() {
        for id in ["vpr-2026-math-8", "oge-2026-russian", "ege-2026-math-profile", "regional-2025-math-10"] {
            assert_eq!(exam_of(id).map(|exam| exam.id()).as_deref(), Some(id));
        }
        assert_eq!(
            exam_of("ege-2026-math-profile").map(|exam| (exam.subject, exam.grade)),
            Some(("math-profile".to_owned(), 11))
        );
        for id in ["vpr", "vpr-2026-math", "vpr-2026-math-12", "vpr-2026-math-08", "ege-year-math", "egg-2026-math"] {
            assert_eq!(exam_of(id), None, "{id}");
        }
    }
}
