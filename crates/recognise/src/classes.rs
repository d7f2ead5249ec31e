//! The sheet «Классы»: names of classes and their textbooks, joined to the protocol when the file is read.

use crate::class_name::normalise;
use crate::codes::CLASS_UNKNOWN;
use crate::detect::ClassesFound;
use crate::label_column::{LabelColumn, rename};
use crate::spelling::tidy;
use rustc_hash::FxHashMap;
use srez_model::block::Block;
use srez_model::form::{ClassSpelling, Field, FormProfile};
use srez_model::note::Note;
use srez_model::place::canonical_login;
use srez_model::raw_sheet::RawSheet;

/// Classes of a workbook.
pub(crate) struct ClassList {
    /// Index of the profile.
    pub profile: usize,
    entries: Vec<ClassEntry>,
}

struct ClassEntry {
    school: String,
    ordinal: String,
    class: String,
    textbook: String,
}

/// Reads the sheet of classes.
pub(crate) fn read(sheet: &RawSheet, found: &ClassesFound) -> ClassList {
    let mut entries = Vec::new();
    for row in found.header_row + 1..sheet.height() {
        let text = |field: Field| found.columns.get(&field).map(|column| tidy(&sheet.text(row, *column)));
        let class = text(Field::Class).unwrap_or_default();
        if class.is_empty() && text(Field::Textbook).is_none_or(|textbook| textbook.is_empty()) {
            continue;
        }
        let ordinal = text(Field::Ordinal).unwrap_or_else(|| (row - found.header_row).to_string());
        let textbook = text(Field::Textbook).map(|textbook| textbook_name(&textbook)).unwrap_or_default();
        let school = canonical_login(&text(Field::School).unwrap_or_default());
        entries.push(ClassEntry { school, ordinal, class, textbook });
    }
    ClassList { profile: found.profile, entries }
}

/// «fi11.7 | 1.3.5.1.7.2 | Мякишев Г.Я. …»: the name without the codes.
pub(crate) fn textbook_name(text: &str) -> String {
    tidy(text.rsplit(" | ").next().unwrap_or(text))
}

/// Joins classes and textbooks to a block; says where a class points to nothing.
pub(crate) fn join(block: &mut Block, profile: &FormProfile, grade: u8, list: Option<&ClassList>) -> Vec<Note> {
    if profile.class == ClassSpelling::Pointer {
        return follow_pointers(block, profile, grade, list);
    }
    let Some(list) = list else { return Vec::new() };
    let mut textbooks: FxHashMap<(&str, String), &str> = FxHashMap::default();
    for entry in &list.entries {
        let class = normalise(&entry.class, grade, &profile.codes.no_class).name;
        textbooks.insert((entry.school.as_str(), class), entry.textbook.as_str());
    }
    let mut column = LabelColumn::default();
    for row in 0..block.rows() {
        let key = (block.school.name(row), block.class.name(row).to_owned());
        column.push(textbooks.get(&key).copied().unwrap_or(""));
    }
    block.textbook = column.finish();
    Vec::new()
}

/// The class column holds numbers of rows of the sheet of classes.
fn follow_pointers(block: &mut Block, profile: &FormProfile, grade: u8, list: Option<&ClassList>) -> Vec<Note> {
    let entries = list.map(|list| list.entries.as_slice()).unwrap_or_default();
    let of = |pointer: &str| entries.iter().find(|entry| entry.ordinal == pointer);
    let mut lost: Vec<String> = Vec::new();
    let textbook = rename(&block.class, |pointer| of(pointer).map_or("", |entry| entry.textbook.as_str()).to_owned());
    let class = rename(&block.class, |pointer| match of(pointer) {
        Some(entry) => normalise(&entry.class, grade, &profile.codes.no_class).name,
        None if pointer.is_empty() => String::new(),
        None if pointer.bytes().all(|byte| byte.is_ascii_digit()) => {
            lost.push(pointer.to_owned());
            pointer.to_owned()
        }
        None => normalise(pointer, grade, &profile.codes.no_class).name,
    });
    block.textbook = textbook;
    block.class = class;
    if lost.is_empty() {
        return Vec::new();
    }
    let message =
        format!("на листе «Классы» нет классов с номерами: {}; номер оставлен вместо названия", lost.join(", "));
    vec![Note::about_file(&CLASS_UNKNOWN, &block.file, message).at_sheet(&block.sheet).at(0, block.columns.class)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_textbooks_are_left_out() {
        assert_eq!(textbook_name("fi8.7 | 1.2.5.1.7.2 | Перышкин А.В. Физика 8 класс"), "Перышкин А.В. Физика 8 класс");
        assert_eq!(textbook_name("другое"), "другое");
    }
}
