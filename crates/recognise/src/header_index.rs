//! Known headers of all profiles in one table, so that a cell is looked up once.

use super::spelling::header_key;
use rustc_hash::FxHashMap;
use srez_model::form::{Field, FormProfile};
use std::collections::BTreeMap;

/// What a header may be: a profile, and a field of its main sheet or of its sheet of classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Meaning {
    /// Index of the profile.
    pub profile: usize,
    /// Part of the profile to which the header belongs.
    pub part: Part,
}

/// Part of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A column of the main sheet.
    Main(Field),
    /// A column of the sheet of classes.
    Classes(Field),
    /// A header that this form never has.
    Forbidden,
}

/// Known headers, exact and by their beginning.
pub(crate) struct HeaderIndex {
    exact: FxHashMap<String, Vec<Meaning>>,
    beginnings: Vec<(String, Meaning)>,
}

impl HeaderIndex {
    /// The table of all profiles.
    pub(crate) fn new(forms: &[FormProfile]) -> Self {
        let mut index = Self { exact: FxHashMap::default(), beginnings: Vec::new() };
        for (profile, form) in forms.iter().enumerate() {
            index.add_columns(profile, &form.columns, Part::Main);
            if let Some(classes) = &form.classes {
                index.add_columns(profile, &classes.columns, Part::Classes);
            }
            for header in &form.detect.forbidden {
                index.add(header, Meaning { profile, part: Part::Forbidden });
            }
        }
        index
    }

    fn add_columns(&mut self, profile: usize, columns: &BTreeMap<Field, Vec<String>>, part: fn(Field) -> Part) {
        for (field, headers) in columns {
            for header in headers {
                self.add(header, Meaning { profile, part: part(*field) });
            }
        }
    }

    fn add(&mut self, header: &str, meaning: Meaning) {
        match header.strip_suffix('*') {
            Some(beginning) => self.beginnings.push((header_key(beginning), meaning)),
            None => self.exact.entry(header_key(header)).or_default().push(meaning),
        }
    }

    /// All meanings of a folded header.
    pub(crate) fn meanings(&self, folded: &str) -> impl Iterator<Item = Meaning> {
        let key = header_key(folded);
        let exact = self.exact.get(&key).map(Vec::as_slice).unwrap_or_default().iter().copied();
        let begun = self.beginnings.iter().filter(move |(beginning, _)| key.starts_with(beginning.as_str()));
        exact.chain(begun.map(|(_, meaning)| *meaning))
    }
}
