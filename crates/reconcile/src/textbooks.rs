//! Which textbook does a class use, where its own form does not say?

use serde::{Deserialize, Serialize};
use srez_model::assessment::ExamKey;
use srez_model::block::{Block, Labels};
use srez_model::facts::FactTable;
use srez_model::place::{Register, canonical_login};
use std::collections::BTreeMap;

/// Topic of the lists of textbooks.
const TOPIC: &str = "textbooks";
/// Item that holds the textbook.
const ITEM: &str = "учебник";

/// Of what a list speaks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Key {
    school: String,
    subject: String,
    grade: u8,
    /// Letter of the class; empty for all classes of the grade.
    class: String,
    /// 0 for any.
    year: u16,
}

/// Lists of textbooks. They are remembered and hold for all results of the history, whenever these came, so it does not
/// matter whether a list came before or after the results.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Textbooks {
    /// Sorted; none where lists of one run name different textbooks.
    known: Vec<(Key, Option<String>)>,
}

impl Textbooks {
    /// The lists among the facts of a run; one that names no year speaks of the year that is reported, if one is.
    pub fn of(facts: &[FactTable], register: &Register, reported: Option<u16>) -> Self {
        let mut known: BTreeMap<Key, Option<String>> = BTreeMap::new();
        for row in facts.iter().filter(|table| table.topic == TOPIC).flat_map(|table| &table.rows) {
            let Some(book) = row.text(ITEM) else { continue };
            let year = if row.year == 0 { reported.unwrap_or(0) } else { row.year };
            let key = Key {
                school: school(register, &row.school),
                subject: row.subject.clone(),
                grade: row.grade,
                class: letter(&row.class),
                year,
            };
            known
                .entry(key)
                .and_modify(|seen| *seen = seen.take().filter(|seen| seen == book))
                .or_insert_with(|| Some(book.to_owned()));
        }
        Self { known: known.into_iter().collect() }
    }

    /// With what had been known before; what a newer list says stands.
    #[must_use]
    pub fn after(self, former: Option<Self>) -> Self {
        let mut known: BTreeMap<Key, Option<String>> = former.unwrap_or_default().known.into_iter().collect();
        known.extend(self.known);
        Self { known: known.into_iter().collect() }
    }

    /// True where no list ever came.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Fills the textbook of rows whose form names none.
    ///
    /// A list may speak of a class or of all classes of a grade; the class comes first. Two lists that name different
    /// textbooks for one class say nothing.
    pub fn fill(&self, register: &Register, key: &ExamKey, blocks: &mut [Block]) {
        if self.is_empty() {
            return;
        }
        let known: BTreeMap<&Key, Option<&str>> = self.known.iter().map(|(key, book)| (key, book.as_deref())).collect();
        for block in blocks {
            if block.textbook.names.iter().all(|name| !name.is_empty()) {
                continue;
            }
            let schools: Vec<String> = block.school.names.iter().map(|label| school(register, label)).collect();
            let mut filled = Labels::default();
            for row in 0..block.rows() {
                let own = block.textbook.name(row);
                let label = block.school.of_row.get(row).and_then(|label| schools.get(*label as usize));
                let of = |class: String| {
                    let label = label?;
                    let in_year = |year| {
                        let of_class = Key {
                            school: label.clone(),
                            subject: key.subject.clone(),
                            grade: key.grade,
                            class: class.clone(),
                            year,
                        };
                        known.get(&of_class).copied().flatten()
                    };
                    in_year(key.year).or_else(|| in_year(0))
                };
                let listed = || of(letter(block.class.name(row))).or_else(|| of(String::new()));
                filled.push(if own.is_empty() { listed().unwrap_or_default() } else { own });
            }
            block.textbook = filled;
        }
    }
}

/// Id of a school in the register; the label itself where the register does not know it.
fn school(register: &Register, label: &str) -> String {
    let found = register.find(label).and_then(|place| register.schools.get(place));
    found.map_or_else(|| canonical_login(label), |school| school.id.clone())
}

/// «5А», «5-а» and «А» are class А.
fn letter(class: &str) -> String {
    class.chars().filter(|sign| sign.is_alphabetic()).collect::<String>().to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::assessment::Procedure;
    use srez_model::facts::{FactLevel, FactRow, FactValue};
    use srez_model::place::School;
    use srez_model::reference::ReferenceKind;

    fn listed(school: &str, class: &str, book: &str) -> FactRow {
        FactRow {
            row: 2,
            level: FactLevel::Group(ReferenceKind::School),
            group: String::new(),
            school: school.to_owned(),
            exam: None,
            subject: "math".to_owned(),
            grade: 5,
            year: 0,
            class: class.to_owned(),
            values: vec![FactValue { item: ITEM.to_owned(), number: None, text: book.to_owned() }],
        }
    }

    #[test]
    fn the_list_fills_what_the_form_leaves_empty() {
        let key = ExamKey::new(Procedure::Vpr, 2026, "math", 5);
        let mut block = Block::new(key.clone(), "form", "a", "");
        let rows =
            [("edu1", "5А", ""), ("edu1", "5Б", ""), ("edu1", "5А", "свой"), ("edu2", "5А", ""), ("edu3", "5А", "")];
        for (place, (school, class, book)) in rows.into_iter().enumerate() {
            block.row.push(u32::try_from(place).unwrap() + 2);
            block.school.push(school);
            block.class.push(class);
            block.textbook.push(book);
        }
        let mut blocks = [block];
        let school =
            School { id: "edu1".to_owned(), login: "edu1".to_owned(), code: "9306".to_owned(), ..School::default() };
        let register = Register { schools: vec![school], ..Register::default() };
        // By code for the grade and by class; two books for one class say nothing.
        let rows = vec![
            listed("9306", "", "Виленкин"),
            listed("edu1", "а", "Мерзляк"),
            listed("edu2", "", "Дорофеев"),
            listed("edu2", "", "Никольский"),
        ];
        let table = FactTable { topic: TOPIC.to_owned(), file: String::new(), sheet: String::new(), rows };
        let tables = [table];
        let corrected = FactTable { rows: vec![listed("9306", "", "Зубарева")], ..tables[0].clone() };
        Textbooks::of(&tables, &register, Some(2025)).fill(&register, &key, &mut blocks);
        assert_eq!(blocks[0].textbook.name(0), "", "lists of the reported year say nothing of another");
        Textbooks::of(&tables, &register, Some(2026)).fill(&register, &key, &mut blocks);
        let former = Textbooks::of(&tables, &register, Some(2026));
        let now = Textbooks::of(&[corrected], &register, Some(2026)).after(Some(former.clone()));
        assert_eq!(now.known.len(), former.known.len(), "what a newer list says stands");
        assert!(now.known.iter().any(|(_, book)| book.as_deref() == Some("Зубарева")));
        let books: Vec<&str> = (0..5).map(|row| blocks[0].textbook.name(row)).collect();
        assert_eq!(books, ["Мерзляк", "Виленкин", "свой", "", ""]);
    }
}
