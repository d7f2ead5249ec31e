//! The texts of a run: printed into the documents, and what became of each.

use crate::field_list::{FieldList, ListedField};
use crate::log::Texts;
use crate::record::{Reach, Record, ShownThen};
use crate::words::tidy;
use srez_model::field_id::FieldId;
use srez_model::report::{Report, Section};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// A field as a document of the run has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldOfRun {
    pub field: FieldId,
    pub label: String,
    /// Title of the first document, and the section.
    pub place: String,
    /// Documents without extension.
    pub documents: Vec<String>,
    /// Numbers beside it.
    pub shown: Vec<ShownThen>,
    /// The record in force; none where nothing was ever written.
    pub record: Option<Record>,
}

/// A number beside a text that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub name: String,
    /// As printed when the text was written; empty where it was not there.
    pub was: String,
    /// As printed now; empty where it is not there any more.
    pub now: String,
}

impl FieldOfRun {
    /// Its text; empty where there is none.
    pub fn text(&self) -> &str {
        self.record.as_ref().map_or("", |record| record.text.as_str())
    }

    /// Numbers that moved since its text was written; none where it has no text, or nothing was known of them then.
    pub fn moved(&self) -> Vec<Moved> {
        let Some(record) = self.record.as_ref().filter(|record| !record.text.is_empty() && !record.shown.is_empty())
        else {
            return Vec::new();
        };
        let printed = |list: &[ShownThen], name: &str| {
            let same = list.iter().find(|shown| tidy(&shown.name) == tidy(name));
            same.map_or_else(String::new, |shown| tidy(&shown.printed))
        };
        let gone = record.shown.iter().filter(|then| printed(&self.shown, &then.name).is_empty());
        let all = self.shown.iter().chain(gone).map(|shown| Moved {
            name: tidy(&shown.name),
            was: printed(&record.shown, &shown.name),
            now: printed(&self.shown, &shown.name),
        });
        all.filter(|moved| moved.was != moved.now).collect()
    }
}

/// How the texts of a run stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Fields of the documents, by address.
    pub fields: Vec<FieldOfRun>,
    /// Texts whose field no document of the run has.
    pub lost: Vec<Record>,
}

impl Standing {
    /// How the texts stand in an issue that was made before, as its folder lists the fields.
    pub fn of_list(texts: &Texts, list: &FieldList) -> Self {
        let in_force = texts.in_force();
        let fields = list.fields.iter().filter_map(|listed| {
            let field: FieldId = listed.address.parse().ok()?;
            let holds = |(path, held): (&String, &Vec<String>)| held.contains(&listed.address).then(|| path.clone());
            Some(FieldOfRun {
                record: in_force.get(&field).map(|record| (*record).clone()),
                field,
                label: listed.label.clone(),
                place: listed.place.clone(),
                documents: list.documents.iter().filter_map(holds).collect(),
                shown: listed.shown.clone(),
            })
        });
        let fields: Vec<FieldOfRun> = fields.collect();
        let foreign = texts.records.iter().filter(|record| record.field().is_none());
        let lost = in_force.into_values().chain(foreign).filter(|record| !record.text.is_empty());
        let lost = lost.filter(|record| list.field(&record.address).is_none()).cloned().collect();
        Self { fields, lost }
    }

    /// Fields with a text.
    pub fn written(&self) -> usize {
        self.fields.iter().filter(|field| !field.text().is_empty()).count()
    }

    /// Fields with a text beside which a number moved.
    pub fn moved(&self) -> impl Iterator<Item = (&FieldOfRun, Vec<Moved>)> {
        self.fields.iter().map(|field| (field, field.moved())).filter(|(_, moved)| !moved.is_empty())
    }
}

/// The texts in force, and the fields that the documents of the run turn out to have.
#[derive(Debug, Default)]
pub struct OfRun {
    in_force: BTreeMap<FieldId, Record>,
    /// Written by a program of another version: addresses that this one does not know.
    foreign: Vec<Record>,
    met: Mutex<BTreeMap<String, Vec<Met>>>,
}

/// A field in a document.
#[derive(Clone, Debug)]
struct Met {
    field: FieldId,
    label: String,
    place: String,
    shown: Vec<ShownThen>,
}

impl OfRun {
    /// The texts in force.
    pub fn new(texts: &Texts) -> Self {
        let in_force = texts.in_force().into_iter().map(|(field, record)| (field, record.clone())).collect();
        let foreign = texts.records.iter().filter(|record| record.field().is_none()).cloned().collect();
        Self { in_force, foreign, met: Mutex::default() }
    }

    /// Prints the texts into a document for the office and notes its fields; `path` has no extension.
    pub fn write_into(&self, report: &mut Report, path: &str) {
        let title = report.title.clone();
        let mut met = Vec::new();
        for section in &mut report.sections {
            let place = if section.title.is_empty() { title.clone() } else { format!("{title}. {}", section.title) };
            for blank in section.blanks_mut() {
                if let Some(record) = self.in_force.get(&blank.id) {
                    blank.text.clone_from(&record.text);
                }
                let shown = blank.shown.iter().map(ShownThen::from).collect();
                met.push(Met { field: blank.id.clone(), label: blank.title(), place: place.clone(), shown });
            }
        }
        if !met.is_empty() {
            self.met.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), met);
        }
    }

    /// Prints into an edition the texts that may go so far and that `is_clear` lets through.
    pub fn write_into_edition(&self, report: &mut Report, reach: Reach, is_clear: impl Fn(&Record) -> bool) {
        for blank in report.sections.iter_mut().flat_map(Section::blanks_mut) {
            let record = self.in_force.get(&blank.id).filter(|record| reach <= record.reach);
            if let Some(record) = record.filter(|record| is_clear(record)) {
                blank.text.clone_from(&record.text);
            }
        }
    }

    /// How the texts stand once all documents are made.
    pub fn standing(&self) -> Standing {
        let mut fields: BTreeMap<FieldId, FieldOfRun> = BTreeMap::new();
        for (path, met) in self.met.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            for Met { field, label, place, shown } in met {
                let record = self.in_force.get(field).cloned();
                let of_run = fields.entry(field.clone()).or_insert_with(|| FieldOfRun {
                    field: field.clone(),
                    label: label.clone(),
                    place: place.clone(),
                    documents: Vec::new(),
                    shown: shown.clone(),
                    record,
                });
                of_run.documents.push(path.clone());
            }
        }
        let has_no_place = |record: &&Record| record.field().is_none_or(|field| !fields.contains_key(&field));
        let lost = self.in_force.values().chain(&self.foreign).filter(|record| !record.text.is_empty());
        let lost = lost.filter(has_no_place).cloned().collect();
        Standing { fields: fields.into_values().collect(), lost }
    }

    /// The fields of the documents, for the folder of the period.
    pub fn list(&self, standing: &Standing) -> FieldList {
        let met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        let of_document =
            |(path, met): (&String, &Vec<Met>)| (path.clone(), met.iter().map(|one| one.field.to_string()).collect());
        let mut fields: Vec<ListedField> = standing
            .fields
            .iter()
            .map(|one| ListedField {
                address: one.field.to_string(),
                tag: one.field.tag(),
                label: one.label.clone(),
                place: one.place.clone(),
                shown: one.shown.clone(),
                text: one.text().to_owned(),
            })
            .collect();
        fields.sort_by(|first, second| first.address.cmp(&second.address));
        FieldList::new(fields, met.iter().map(of_document).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{OfRun, Standing};
    use crate::log::Texts;
    use crate::record::{Origin, Reach, Record, ShownThen, State};
    use srez_model::field_id::{FieldId, FieldName};
    use srez_model::report::{Blank, Section, Shown};
    use srez_testkit::sample::report;

    fn id(matter: &str) -> FieldId {
        FieldId::new(FieldName::Errors, "vpr-2026-math-8").about(matter)
    }

    fn record(matter: &str, text: &str, printed: &str) -> Record {
        let shown = ShownThen { name: "выполнение".to_owned(), printed: printed.to_owned() };
        Record {
            schema: 1,
            number: 1,
            parent: String::new(),
            address: id(matter).to_string(),
            text: text.to_owned(),
            author: String::new(),
            date: "2026-06-25".to_owned(),
            period: "2026-06".to_owned(),
            shown: vec![shown],
            origin: Origin::default(),
            reach: Reach::Association,
            state: State::Written,
        }
    }

    /// A document with a field for each matter, all beside the same number.
    fn document(matters: &[&str], printed: &str) -> srez_model::report::Report {
        let mut made = report(srez_model::report::DocumentKind::SubjectNote);
        let shown = Shown { name: "выполнение".to_owned(), printed: printed.to_owned() };
        let blank = |matter: &&str| Blank::new(id(matter), "Типичные ошибки", 2).beside([shown.clone()]).block();
        let blocks = matters.iter().map(blank).collect();
        let section =
            Section { id: "", title: "Задания".to_owned(), depth: 1, new_page: false, annex: false, blocks };
        made.title = "Справка".to_owned();
        made.sections = vec![section];
        made
    }

    fn printed(report: &srez_model::report::Report) -> Vec<&str> {
        report.sections.iter().flat_map(Section::blanks).map(|blank| blank.text.as_str()).collect()
    }

    #[test]
    fn a_text_stands_in_every_document_that_has_its_field() {
        let records = vec![record("14", "Теряют знак", "45 % (n = 42)"), record("9", "О другом", "1 %")];
        let texts = Texts { records, ..Texts::default() };
        let of_run = OfRun::new(&texts);
        let mut note = document(&["14", "15"], "45\u{a0}% (n\u{a0}=\u{a0}42)");
        let mut packet = document(&["14"], "45 % (n = 42)");
        of_run.write_into(&mut note, "subjects/note");
        of_run.write_into(&mut packet, "associations/packet");
        assert_eq!((printed(&note), printed(&packet)), (vec!["Теряют знак", ""], vec!["Теряют знак"]));
        let standing = of_run.standing();
        assert_eq!(standing.fields[0].documents, ["associations/packet", "subjects/note"]);
        assert_eq!(standing.fields[0].place, "Справка. Задания");
        assert_eq!((standing.fields.len(), standing.written(), standing.moved().count()), (2, 1, 0));
        assert_eq!(standing.lost, [record("9", "О другом", "1 %")]);
        assert_eq!(Standing::of_list(&texts, &of_run.list(&standing)), standing);
    }

    #[test]
    fn a_number_that_is_printed_otherwise_has_moved() {
        let texts = Texts { records: vec![record("14", "Теряют знак", "45 % (n = 42)")], ..Texts::default() };
        let of_run = OfRun::new(&texts);
        of_run.write_into(&mut document(&["14"], "43 % (n = 44)"), "note");
        let standing = of_run.standing();
        let moved: Vec<_> = standing.moved().flat_map(|(_, moved)| moved).collect();
        assert_eq!((moved[0].was.as_str(), moved[0].now.as_str()), ("45 % (n = 42)", "43 % (n = 44)"));
    }

    #[test]
    fn an_edition_has_only_what_may_go_so_far() {
        let texts = Texts { records: vec![record("14", "Теряют знак", "45 %")], ..Texts::default() };
        let of_run = OfRun::new(&texts);
        let in_edition = |reach, clear| {
            let mut made = document(&["14"], "45 %");
            of_run.write_into_edition(&mut made, reach, |_| clear);
            printed(&made)[0].to_owned()
        };
        assert_eq!(in_edition(Reach::Association, true), "Теряют знак");
        assert_eq!(in_edition(Reach::Association, false), "");
        assert_eq!(in_edition(Reach::School, true), "");
    }
}
