//! Did the same file come twice, under two names or in two folders?

use crate::model::note::{Note, NoteCode, Severity};
use std::collections::BTreeMap;

/// Byte for byte the same.
pub(super) const CODE: NoteCode = NoteCode {
    id: "C11",
    severity: Severity::Warning,
    title: "тот же файл уже есть под другим именем",
    explanation: "Содержимое файла байт в байт совпадает с другим: он учтён один раз.",
    hint: "ничего делать не нужно; лишнюю копию можно убрать",
};

/// For every file the place of the first one with the same bytes; none for a first one.
pub fn same_bytes(hashes: &[&str]) -> Vec<Option<usize>> {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    hashes
        .iter()
        .enumerate()
        .map(|(place, hash)| {
            if hash.is_empty() {
                return None;
            }
            let seen = *first.entry(hash).or_insert(place);
            (seen != place).then_some(seen)
        })
        .collect()
}

/// The note about a copy.
pub fn same_bytes_note(copy: &str, original: &str) -> Note {
    Note::about_file(&CODE, copy, format!("тот же файл, что {original}; учтён один раз"))
}
