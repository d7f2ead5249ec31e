//! Addresses of the fields that people fill in, and the numbers beside them: the same field has one address, in
//! whichever document it stands.

use crate::context::{Chapter, Names};
use srez_model::field_id::{FieldId, FieldName};
use srez_model::report::Shown;
use srez_model::unit::Percent;
use srez_wording::number;

/// The field of a task in the whole municipality.
pub(crate) fn of_task(name: FieldName, exam: &str, task: &str) -> FieldId {
    FieldId::new(name, exam).about(task)
}

/// The field of a school in the school year of the works.
pub(crate) fn of_school(name: FieldName, chapters: &[Chapter<'_>], school: &str) -> FieldId {
    let year = chapters.iter().map(|chapter| chapter.measures.exam.key.year).max();
    FieldId::new(name, year.map_or_else(String::new, |year| year.to_string())).of_school(school)
}

/// The field of a meeting: every month has a meeting of its own.
pub(crate) fn of_meeting(name: FieldName, context: &Names<'_>, subject: &str) -> FieldId {
    FieldId::new(name, format!("{subject}-{}", context.date.get(..7).unwrap_or_default()))
}

/// The completion of a task as documents print it.
pub(crate) fn completion(value: Percent, n: u64) -> Shown {
    Shown { name: "выполнение".to_owned(), printed: of(value, n) }
}

/// «45,3 % (n = 42)».
pub(crate) fn of(value: Percent, n: u64) -> String {
    format!("{} (n\u{a0}=\u{a0}{})", number::percent(value, n), number::count(n))
}
