//! Names of pupils are in the protocols of the sample and nowhere else: not in documents, history, notes or messages.

use crate::trial::{demo, printed, srez};
use polars::prelude::{ParquetReader, SerReader};
use srez_testkit::sources::{files_below, root};
use std::io::{Cursor, Read};

/// Surnames of the sample that are no words of reports; the endings of both sexes follow.
const SURNAMES: &[&str] = &[
    "Канарейкин",
    "Выдуманов",
    "Небывалов",
    "Шаблонов",
    "Черновиков",
    "Макетов",
    "Условнов",
    "Учебнов",
    "Пробнов",
    "Примеров",
];

/// Every text in a file: as it is in three encodings, in the members of a container, in the columns of a Parquet file.
pub(crate) fn texts(path: &str, bytes: &[u8]) -> Vec<String> {
    let utf16: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    let mut texts = vec![
        String::from_utf8_lossy(bytes).into_owned(),
        String::from_utf16_lossy(&utf16),
        encoding_rs::WINDOWS_1251.decode(bytes).0.into_owned(),
    ];
    if bytes.starts_with(b"PK") {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap_or_else(|error| panic!("{path}: {error}"));
        for place in 0..archive.len() {
            let mut member = archive.by_index(place).unwrap();
            let mut inside = Vec::new();
            member.read_to_end(&mut inside).unwrap();
            let name = format!("{path}/{}", member.name().unwrap());
            texts.extend(self::texts(&name, &inside));
        }
    }
    if path.ends_with(".parquet") {
        let table = ParquetReader::new(Cursor::new(bytes)).finish().unwrap_or_else(|error| panic!("{path}: {error}"));
        for column in table.columns() {
            if let Ok(strings) = column.str() {
                texts.push(strings.iter().flatten().collect::<Vec<_>>().join("\n"));
            }
        }
    }
    texts
}

/// The surname that a text contains, in upper or lower case.
fn surname_in(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    SURNAMES.iter().find(|surname| text.contains(&surname.to_lowercase())).copied()
}

#[test]
fn the_sample_does_name_pupils() {
    let folder = root().join("sample-data");
    let all: Vec<String> = files_below(&folder)
        .iter()
        .filter(|path| path.starts_with("2026-06/"))
        .flat_map(|path| texts(path, &std::fs::read(folder.join(path)).unwrap()))
        .collect();
    for surname in SURNAMES {
        assert!(all.iter().any(|text| text.contains(surname)), "{surname} is no canary: no protocol names it");
    }
}

#[test]
fn no_name_leaves_the_protocols() {
    let (trial, output) = demo();
    assert_eq!(surname_in(&printed(output)), None, "the run prints a name");
    let files = files_below(trial.path());
    assert!(files.len() > 200);
    assert!(files.iter().any(|path| path.contains("/editions/school-") && path.ends_with(".zip")));
    // A rejected file is kept in quarantine as it came; what is said about it there must not name anybody.
    for path in files.iter().filter(|path| !path.contains("/quarantine/") || path.ends_with(".json")) {
        for text in texts(path, &std::fs::read(trial.path().join(path)).unwrap()) {
            assert_eq!(surname_in(&text), None, "{path} holds a name");
        }
    }
}

#[test]
fn a_check_names_nobody() {
    let folder = root();
    for (part, file) in [("2026-06", "Протокол ОГЭ 2026.xls"), ("forms", "Медалисты 2026.xlsx")] {
        let output = srez(&folder, &["check", "--all", &format!("sample-data/{part}")]);
        let text = printed(&output);
        assert!(text.contains(file), "{text}");
        assert_eq!(surname_in(&text), None, "{part}");
    }
}
