//! The sheet «Классы»: names of classes and their textbooks, joined to the protocol when the file is read.

use crate::class_name::{ClassName, Odd, normalise};
use crate::codes::{CLASS_UNKNOWN, ODD_CLASS, TEXTBOOK_UNKNOWN};
use crate::detect::ClassesFound;
use crate::label_column::{LabelColumn, rename};
use crate::spelling::tidy;
use crate::{school_key, textbook};
use rustc_hash::FxHashMap;
use srez_model::block::Block;
use srez_model::form::{ClassSpelling, Field, FormProfile};
use srez_model::note::Note;
use srez_model::raw_sheet::RawSheet;

/// Digits of a number of a row; a longer one is none.
const LONGEST_POINTER: usize = 3;

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
pub(crate) fn read(sheet: &RawSheet, found: &ClassesFound, file: &str, notes: &mut Vec<Note>) -> ClassList {
    let mut entries = Vec::new();
    let mut teachers = 0_u32;
    for row in found.header_row + 1..sheet.height() {
        let text = |field: Field| found.columns.get(&field).map(|column| tidy(&sheet.text(row, *column)));
        let class = text(Field::Class).unwrap_or_default();
        if class.is_empty() && text(Field::Textbook).is_none_or(|textbook| textbook.is_empty()) {
            continue;
        }
        let ordinal = text(Field::Ordinal).unwrap_or_else(|| (row - found.header_row).to_string());
        let book = text(Field::Textbook).unwrap_or_default();
        let textbook = textbook::name(&book).unwrap_or_default();
        teachers += u32::from(textbook.is_empty() && !book.is_empty());
        let school = school_key::of_code(&text(Field::School).unwrap_or_default());
        entries.push(ClassEntry { school, ordinal, class, textbook });
    }
    if teachers != 0 {
        let message = format!("записей, в которых учебник не узнан: {teachers}; текст не показан");
        let column = found.columns.get(&Field::Textbook).map_or(0, |column| column + 1);
        notes.push(Note::about_file(&TEXTBOOK_UNKNOWN, file, message).at_sheet(&sheet.name).at(0, column));
    }
    ClassList { profile: found.profile, entries }
}

/// Joins classes and textbooks to a block; says where a class points to nothing.
pub(crate) fn join(
    block: &mut Block,
    profile: &FormProfile,
    grade: u8,
    list: Option<&ClassList>,
    key: &[u8; 32],
) -> Vec<Note> {
    if profile.class == ClassSpelling::Pointer {
        return follow_pointers(block, profile, grade, list, key);
    }
    let Some(list) = list else { return Vec::new() };
    let mut textbooks: FxHashMap<(&str, String), &str> = FxHashMap::default();
    for entry in &list.entries {
        let class = normalise(&entry.class, grade, &profile.codes.no_class, key).name;
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
fn follow_pointers(
    block: &mut Block,
    profile: &FormProfile,
    grade: u8,
    list: Option<&ClassList>,
    key: &[u8; 32],
) -> Vec<Note> {
    let entries = list.map(|list| list.entries.as_slice()).unwrap_or_default();
    let of = |pointer: &str| entries.iter().find(|entry| entry.ordinal == pointer);
    let mut lost: Vec<String> = Vec::new();
    let mut replaced: Vec<String> = Vec::new();
    let mut named = |text: &str| {
        let ClassName { name, odd } = normalise(text, grade, &profile.codes.no_class, key);
        if odd == Some(Odd::Replaced) && !replaced.contains(&name) {
            replaced.push(name.clone());
        }
        name
    };
    let textbook = rename(&block.class, |pointer| of(pointer).map_or("", |entry| entry.textbook.as_str()).to_owned());
    let class = rename(&block.class, |pointer| match of(pointer) {
        Some(entry) => named(&entry.class),
        None if pointer.is_empty() => String::new(),
        None if pointer.len() <= LONGEST_POINTER && pointer.bytes().all(|byte| byte.is_ascii_digit()) => {
            lost.push(pointer.to_owned());
            pointer.to_owned()
        }
        None => named(pointer),
    });
    block.textbook = textbook;
    block.class = class;
    let note = |code, message: String| {
        Note::about_file(code, &block.file, message).at_sheet(&block.sheet).at(0, block.columns.class)
    };
    let mut notes = Vec::new();
    if !replaced.is_empty() {
        let message = format!("названия классов не поняты, вместо них: {}", replaced.join(", "));
        notes.push(note(&ODD_CLASS, message));
    }
    if !lost.is_empty() {
        let lost = lost.join(", ");
        let message = format!("на листе «Классы» нет классов с номерами: {lost}; номер оставлен вместо названия");
        notes.push(note(&CLASS_UNKNOWN, message));
    }
    notes
}
