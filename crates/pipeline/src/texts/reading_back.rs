//! Files that come back: what stands in their fields now, and what was printed in them.

use super::book::{is_book, rows};
use crate::reading::{self, OnDisk, ReadReply, ReadRequest, ReaderSettings, TextsOfFile};
use camino::{Utf8Path, Utf8PathBuf};
use srez_config::plan::Plan;
use srez_model::error::Result;
use srez_model::personal::KnownWords;
use srez_sheets::WordField;
use srez_texts::{FieldList, Found, ListedField, Way};

/// A file that came back.
#[derive(Clone, Debug)]
pub(super) struct Back {
    /// Name as it is told.
    pub(super) name: String,
    pub(super) path: Utf8PathBuf,
    /// Path of the document in the issue, without extension; none for a file from elsewhere.
    pub(super) document: Option<String>,
}

impl Back {
    /// A file from elsewhere.
    pub(super) fn foreign(path: &Utf8Path) -> Self {
        Self { name: path.file_name().unwrap_or_default().to_owned(), path: path.to_owned(), document: None }
    }
}

/// What stands in the fields of a file.
pub(super) struct Fields {
    pub(super) way: Way,
    /// Hash of the file.
    pub(super) blake3: String,
    pub(super) fields: Vec<Found>,
    /// Labels and texts of fields that the issue does not know.
    pub(super) unknown: Vec<String>,
}

/// What each file says; none for one that cannot be read or has no fields. `list` tells what was printed.
pub(super) fn read_back(plan: &Plan, files: &[Back], list: Option<&FieldList>) -> Result<Vec<Option<Fields>>> {
    let replies = ask(plan, files.iter().map(|file| (file.name.clone(), file.path.to_string())))?;
    let settled = files.iter().zip(replies).map(|(file, reply)| {
        let TextsOfFile { blake3, fields, sheets } = reply?;
        if let Some(fields) = sheets.iter().find_map(rows) {
            return Some(Fields { way: Way::Book, blake3, fields, unknown: Vec::new() });
        }
        let (fields, unknown) = of_document(&fields?, file.document.as_deref(), list?);
        Some(Fields { way: Way::Document, blake3, fields, unknown })
    });
    Ok(settled.collect())
}

/// Workbooks of texts among the inputs: no results, and told by what they hold, not by their names alone.
pub(crate) fn books_in_inputs(plan: &Plan) -> Result<Vec<Utf8PathBuf>> {
    let mut named = Vec::new();
    for folder in plan.folders.iter().filter(|folder| srez_disk::is_folder(&folder.path)) {
        let files = srez_disk::list(&folder.path)?.files.into_iter();
        named.extend(files.filter(|found| is_named_as_book(&found.name) && !plan.is_own(&folder.path, &found.path)));
    }
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let replies = ask(plan, named.iter().map(|found| (found.name.clone(), found.path.to_string())))?;
    let is_one = |reply: &Option<TextsOfFile>| reply.as_ref().is_some_and(|reply| reply.sheets.iter().any(is_book));
    Ok(named.into_iter().zip(replies).filter(|(_, reply)| is_one(reply)).map(|(found, _)| found.path).collect())
}

/// True for a workbook whose name says that it is one of texts: `texts.xlsx`, `тексты (2).xlsx`.
pub(super) fn is_named_as_book(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or(name).to_lowercase();
    name.ends_with(".xlsx") && ["texts", "тексты"].iter().any(|start| name.starts_with(start))
}

/// What the readers say of files, in their order.
fn ask(plan: &Plan, files: impl Iterator<Item = (String, String)>) -> Result<Vec<Option<TextsOfFile>>> {
    let requests: Vec<ReadRequest> =
        files.map(|(name, path)| ReadRequest::TakeTexts(OnDisk::whole(name, path))).collect();
    if requests.is_empty() {
        return Ok(Vec::new());
    }
    let settings = ReaderSettings::without_recognition(plan, &KnownWords::default());
    let mut answers = Vec::new();
    reading::pool(plan, &settings)?.read_all(
        &requests,
        |_: &ReadRequest| Vec::new(),
        |_, replies| {
            let answer = replies.into_iter().find_map(|reply| match reply {
                Ok(ReadReply::Texts(texts)) => texts,
                _ => None,
            });
            answers.push(answer);
        },
    );
    Ok(answers)
}

/// The fields of a document: by the names of their controls, and by their order where a name is gone.
fn of_document(fields: &[WordField], document: Option<&str>, list: &FieldList) -> (Vec<Found>, Vec<String>) {
    // An edition leaves fields empty that have a text, and so may a copy: what is empty in it says nothing.
    let addresses = document.and_then(|document| list.documents.get(document));
    let is_listed = addresses.is_some();
    let addresses = addresses.map_or(&[][..], Vec::as_slice);
    // Where all fields of a document are there, their order tells whose they are.
    let is_whole = addresses.len() == fields.len();
    let (mut found, mut unknown) = (Vec::new(), Vec::new());
    for (place, field) in fields.iter().enumerate() {
        let by_order = addresses.get(place).filter(|_| is_whole).and_then(|address| list.field(address));
        let listed = if field.tag.is_empty() { by_order } else { list.by_tag(&field.tag) };
        let text = field.text.trim();
        match listed {
            // What was emptied together with its control may have been lost by a program.
            Some(_) if text.is_empty() && (field.tag.is_empty() || !is_listed) => {}
            Some(listed) => found.extend(of_list(listed, &field.text)),
            None if text.is_empty() => {}
            None => unknown.push(format!("{}: {text}", field.label.trim())),
        }
    }
    (found, unknown)
}

fn of_list(listed: &ListedField, text: &str) -> Option<Found> {
    Some(Found {
        field: listed.address.parse().ok()?,
        text: text.to_owned(),
        printed: listed.text.clone(),
        author: String::new(),
        reach: None,
        confirmed: false,
        shown: listed.shown.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::of_document;
    use srez_sheets::WordField;
    use srez_texts::{FieldList, Found};

    const LIST: &str = r#"{"schema":1,"fields":[
        {"address":"errors/a/-/1","tag":"srez.1","label":"Ошибки","place":"","shown":[],"text":"первый"},
        {"address":"errors/a/-/2","tag":"srez.2","label":"Ошибки","place":"","shown":[],"text":"второй"}],
        "documents":{"note":["errors/a/-/1","errors/a/-/2"]}}"#;

    fn field(tag: &str, text: &str) -> WordField {
        WordField { tag: tag.to_owned(), label: "Ошибки".to_owned(), text: text.to_owned() }
    }

    fn found(fields: &[WordField], document: Option<&str>) -> (Vec<(String, String)>, Vec<String>) {
        let (found, unknown) = of_document(fields, document, &FieldList::parse(LIST.as_bytes()).unwrap());
        (found.into_iter().map(|Found { field, text, .. }| (field.to_string(), text)).collect(), unknown)
    }

    fn of(matter: &str, text: &str) -> (String, String) {
        (format!("errors/a/-/{matter}"), text.to_owned())
    }

    #[test]
    fn a_control_tells_whose_a_text_is_and_without_it_order_does() {
        let moved = [field("srez.2", "два"), field("srez.1", "раз")];
        assert_eq!(found(&moved, Some("note")).0, [of("2", "два"), of("1", "раз")]);
        let bare = [field("", "раз"), field("", "два")];
        assert_eq!(found(&bare, Some("note")).0, [of("1", "раз"), of("2", "два")]);
        // Where a field was deleted, order tells nothing any more: the text stays in the file, and is told.
        assert_eq!(found(&bare[..1], Some("note")), (vec![], vec!["Ошибки: раз".to_owned()]));
        assert_eq!(found(&[field("srez.9", "чужое")], None).1, ["Ошибки: чужое"]);
    }

    #[test]
    fn only_a_document_of_the_office_can_take_a_text_back() {
        let emptied = [field("srez.1", ""), field("srez.2", "")];
        assert_eq!(found(&emptied, Some("note")).0, [of("1", ""), of("2", "")]);
        for document in [None, Some("editions/association-math/packet")] {
            assert_eq!(found(&emptied, document), (vec![], vec![]), "an edition leaves unticked fields empty");
        }
        let lost = [field("", ""), field("", "")];
        assert_eq!(found(&lost, Some("note")), (vec![], vec![]), "a program may have lost them");
    }
}
