//! What a file brings: texts that differ from those that were printed in it.

use crate::log::Texts;
use crate::record::{Origin, Reach, Record, ShownThen, State};
use crate::words::tidy;
use srez_model::field_id::FieldId;
use std::collections::BTreeSet;

/// A field as a file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub field: FieldId,
    /// What stands in it now.
    pub text: String,
    /// What was printed in it.
    pub printed: String,
    /// Who wrote it, where the file tells.
    pub author: String,
    /// How far it may go; none where the file does not tell.
    pub reach: Option<Reach>,
    /// True where the file says that the text holds with the numbers beside it.
    pub confirmed: bool,
    /// Numbers beside it.
    pub shown: Vec<ShownThen>,
}

/// Something that is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub record: Record,
    /// Text in force so far, where somebody else had changed it since the file was printed: both are kept.
    pub other: Option<String>,
}

/// What was taken from a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Name of the file.
    pub file: String,
    /// Texts that came.
    pub changes: Vec<Change>,
    /// Fields of the file that no issue knows: what is in them stays in the file alone.
    pub unknown: Vec<String>,
}

/// What a file changes, once: what it brought before is passed over, whatever was written since.
pub fn changes(texts: &Texts, found: &[Found], origin: &Origin, [date, period]: [&str; 2]) -> Vec<Change> {
    let taken: BTreeSet<&str> = texts
        .records
        .iter()
        .filter(|record| !origin.blake3.is_empty() && record.origin.blake3 == origin.blake3)
        .map(|record| record.address.as_str())
        .collect();
    let in_force = texts.in_force();
    let mut changes: Vec<Change> = Vec::new();
    for one in found {
        let address = one.field.to_string();
        let (text, printed) = (tidy(&one.text), tidy(&one.printed));
        let now = in_force.get(&one.field).copied();
        let reach_now = now.map(|record| record.reach).unwrap_or_default();
        let reach = one.reach.unwrap_or(reach_now);
        let is_new = text != printed;
        let text_now = now.map_or("", |record| record.text.as_str());
        // A mark in a file that was printed before another text came speaks of the former text.
        let is_about_now = printed == text_now && !text_now.is_empty();
        let is_marked = is_about_now && (one.confirmed || reach != reach_now);
        let same_again = text == text_now && reach == reach_now && !(one.confirmed && is_about_now);
        if taken.contains(address.as_str()) || !(is_new || is_marked) || same_again {
            continue;
        }
        let state = match (text.is_empty(), is_new) {
            (true, _) => State::Withdrawn,
            (false, true) => State::Written,
            (false, false) => State::Confirmed,
        };
        // A reach that is set tells nothing of the numbers.
        let shown = match now.filter(|_| !is_new && !one.confirmed) {
            Some(record) => record.shown.clone(),
            None => one.shown.clone(),
        };
        let author = match now.filter(|_| one.author.is_empty() && !is_new) {
            Some(record) => record.author.clone(),
            None => one.author.trim().to_owned(),
        };
        let record = Record {
            schema: 0,
            number: 0,
            parent: String::new(),
            address: address.clone(),
            text,
            author,
            date: date.to_owned(),
            period: period.to_owned(),
            shown,
            origin: origin.clone(),
            reach,
            state,
        };
        let other = (text_now != printed && !text_now.is_empty()).then(|| text_now.to_owned());
        changes.push(Change { record, other });
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::{Found, changes};
    use crate::log::{Texts, append, read};
    use crate::record::{Origin, Reach, State, Way};
    use camino::Utf8PathBuf;
    use srez_model::field_id::{FieldId, FieldName};

    struct Office {
        _folder: tempfile::TempDir,
        path: Utf8PathBuf,
    }

    impl Office {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let path = Utf8PathBuf::from_path_buf(folder.path().join("texts.jsonl")).unwrap();
            Self { _folder: folder, path }
        }

        fn texts(&self) -> Texts {
            read(&self.path, None).unwrap()
        }

        /// Takes what a file says; how many changes it brought, and the other texts that it met.
        fn take(&self, file: &str, found: &[Found]) -> (usize, Vec<Option<String>>) {
            let origin = Origin { way: Way::Document, file: file.to_owned(), blake3: format!("hash of {file}") };
            let changes = changes(&self.texts(), found, &origin, ["2026-06-25", "2026-06"]);
            let others = changes.iter().map(|change| change.other.clone()).collect();
            let count = changes.len();
            append(&self.path, changes.into_iter().map(|change| change.record).collect()).unwrap();
            (count, others)
        }

        fn text(&self, matter: &str) -> Option<(String, State, Reach)> {
            let texts = self.texts();
            texts.in_force().get(&id(matter)).map(|record| (record.text.clone(), record.state, record.reach))
        }
    }

    fn id(matter: &str) -> FieldId {
        FieldId::new(FieldName::Errors, "vpr-2026-math-8").about(matter)
    }

    fn found(matter: &str, printed: &str, text: &str) -> Found {
        Found {
            field: id(matter),
            text: text.to_owned(),
            printed: printed.to_owned(),
            author: String::new(),
            reach: None,
            confirmed: false,
            shown: Vec::new(),
        }
    }

    #[test]
    fn only_what_differs_from_what_was_printed_is_taken() {
        let office = Office::new();
        let of_file = [found("1", "", " \u{a0}\n"), found("2", "как\u{a0}было", "как было"), found("3", "", "новое")];
        assert_eq!(office.take("а.docx", &of_file), (1, vec![None]));
        assert_eq!(office.text("3"), Some(("новое".to_owned(), State::Written, Reach::Office)));
        assert_eq!(office.take("б.docx", &[found("3", "новое", "")]).0, 1);
        assert_eq!(office.text("3"), Some((String::new(), State::Withdrawn, Reach::Office)));
    }

    #[test]
    fn a_file_is_taken_once() {
        let office = Office::new();
        assert_eq!(office.take("а.docx", &[found("1", "", "из документа")]).0, 1);
        assert_eq!(office.take("книга.xlsx", &[found("1", "из документа", "из книги")]).0, 1);
        // The same document met again says nothing new, though it differs from what is in force.
        assert_eq!(office.take("а.docx", &[found("1", "", "из документа")]).0, 0);
        assert_eq!(office.text("1").unwrap().0, "из книги");
    }

    #[test]
    fn a_text_that_met_another_is_told_and_both_are_kept() {
        let office = Office::new();
        office.take("а.docx", &[found("1", "", "первый")]);
        assert_eq!(office.take("б.docx", &[found("1", "", "второй")]), (1, vec![Some("первый".to_owned())]));
        assert_eq!(office.text("1").unwrap().0, "второй");
        assert_eq!(office.texts().former(&id("1"))[0].text, "первый");
    }

    #[test]
    fn a_reach_and_a_confirmation_leave_the_text_as_it_is() {
        let office = Office::new();
        office.take("а.docx", &[found("1", "", "текст")]);
        let mut marked = found("1", "текст", "текст");
        (marked.reach, marked.confirmed) = (Some(Reach::Association), true);
        assert_eq!(office.take("книга.xlsx", &[marked.clone()]).0, 1);
        assert_eq!(office.text("1"), Some(("текст".to_owned(), State::Confirmed, Reach::Association)));
        // A document does not tell the reach: it stays.
        assert_eq!(office.take("б.docx", &[found("1", "текст", "текст и пример")]).0, 1);
        assert_eq!(office.text("1").unwrap().2, Reach::Association);
        // A mark beside a former text is not about the one in force.
        assert_eq!(office.take("старая книга.xlsx", &[marked]).0, 0);
    }
}
