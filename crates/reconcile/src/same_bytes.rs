//! Did the same file come twice, under two names or in two folders?

use srez_model::note::{Note, NoteCode, NoteDefinition, Severity};
use std::collections::BTreeMap;

/// Byte for byte the same.
pub(super) const CODE: NoteDefinition = NoteDefinition {
    id: NoteCode::SameFile,
    severity: Severity::Warning,
    title: "тот же файл уже есть под другим именем",
    explanation: "Содержимое файла байт в байт совпадает с другим: он учтён один раз.",
    hint: "ничего делать не нужно; лишнюю копию можно убрать",
};

/// The same bytes under the name of another school or work: one of the two is a mistake.
pub(super) const OTHER_IDENTITY: NoteDefinition = NoteDefinition {
    id: NoteCode::SameFileOtherIdentity,
    severity: Severity::Warning,
    title: "один и тот же файл прислан за две школы или работы",
    explanation: "Содержимое файла байт в байт совпадает с другим, а школа или работа по имени файла другая. Учтён \
                  только первый из двух: так бывает, когда под чужим именем сохранён не тот файл.",
    hint: "выясните, чьи это результаты, и запросите у второй школы её собственный файл",
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

/// The note about a copy; `alike` where its name tells the same school and work as the first one's.
pub fn same_bytes_note(copy: &str, original: &str, alike: bool) -> Note {
    if !alike {
        let message =
            format!("содержимое то же, что в {original}, а школа или работа по имени другая; учтён только тот файл");
        return Note::about_file(&OTHER_IDENTITY, copy, message);
    }
    Note::about_file(&CODE, copy, format!("тот же файл, что {original}; учтён один раз"))
}
