//! What a file of texts keeps.

use super::{append, read};
use crate::record::{Origin, Reach, Record, State};
use camino::Utf8PathBuf;
use proptest::prelude::*;
use srez_model::field_id::{FieldId, FieldName};

fn field(matter: &str) -> FieldId {
    FieldId::new(FieldName::Errors, "vpr-2026-math-8").about(matter)
}

fn record(matter: &str, text: &str) -> Record {
    Record {
        schema: 0,
        number: 0,
        parent: String::new(),
        address: field(matter).to_string(),
        text: text.to_owned(),
        author: "Е. С. Луговая".to_owned(),
        date: "2026-06-25".to_owned(),
        period: "2026-06".to_owned(),
        shown: Vec::new(),
        origin: Origin::default(),
        reach: Reach::Office,
        state: if text.is_empty() { State::Withdrawn } else { State::Written },
    }
}

fn place() -> (tempfile::TempDir, Utf8PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = Utf8PathBuf::from_path_buf(folder.path().join("demo.texts.jsonl")).unwrap();
    (folder, path)
}

#[test]
fn of_two_texts_for_one_field_the_last_is_in_force_and_the_former_is_kept() {
    let (_folder, path) = place();
    assert_eq!(read(&path, None).unwrap(), super::Texts::default());
    append(&path, vec![record("14", "Теряют знак"), record("15", "Не читают условие")]).unwrap();
    append(&path, vec![record("14", "Теряют знак при переносе")]).unwrap();
    let texts = read(&path, None).unwrap();
    assert_eq!((texts.lines, texts.damaged.len()), (3, 0));
    assert_eq!(texts.in_force()[&field("14")].text, "Теряют знак при переносе");
    assert_eq!(texts.in_force()[&field("15")].text, "Не читают условие");
    let former: Vec<&str> = texts.former(&field("14")).iter().map(|record| record.text.as_str()).collect();
    assert_eq!(former, ["Теряют знак"]);
    // An issue names the line up to which it was made, and is made again from those lines alone.
    let then = read(&path, Some(2)).unwrap();
    assert_eq!(then.in_force()[&field("14")].text, "Теряют знак");
    assert_ne!(then.blake3, texts.blake3);
}

#[test]
fn a_damaged_line_costs_itself_alone() {
    let (_folder, path) = place();
    append(&path, ["1", "2", "3"].map(|matter| record(matter, &format!("текст {matter}"))).to_vec()).unwrap();
    let whole = srez_disk::read(&path, 1 << 20).unwrap();
    let spoilt = String::from_utf8(whole.clone()).unwrap().replace("текст 2", "текст 9").into_bytes();
    srez_disk::write(&path, &spoilt).unwrap();
    let texts = read(&path, None).unwrap();
    assert_eq!(texts.records.iter().map(|record| record.text.as_str()).collect::<Vec<_>>(), ["текст 1", "текст 3"]);
    assert!(texts.damaged[0].message.contains("строка 2 повреждена"), "{:?}", texts.damaged);
    assert_eq!(texts.damaged.len(), 1);
    // What follows is added behind it, and the damaged bytes stay for whoever can read them.
    append(&path, vec![record("4", "текст 4")]).unwrap();
    assert!(srez_disk::read(&path, 1 << 20).unwrap().starts_with(&spoilt));
    assert_eq!(read(&path, None).unwrap().in_force()[&field("4")].text, "текст 4");

    // A line that is gone, and one that was torn by a crash.
    let lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
    srez_disk::write(&path, &[lines[0], lines[2]].concat()).unwrap();
    assert!(read(&path, None).unwrap().damaged[0].message.contains("недостаёт"));
    srez_disk::write(&path, &[lines[0], &lines[1][..30]].concat()).unwrap();
    assert_eq!(read(&path, None).unwrap().records.len(), 1);
    append(&path, vec![record("5", "текст 5")]).unwrap();
    let texts = read(&path, None).unwrap();
    assert_eq!((texts.records.len(), texts.damaged.len(), texts.lines), (2, 1, 3));
}

#[test]
fn a_newer_line_is_told_as_such() {
    let (_folder, path) = place();
    append(&path, vec![record("1", "текст")]).unwrap();
    let newer = srez_disk::read_text(&path).unwrap().replace("\"schema\":1", "\"schema\":2");
    srez_disk::write(&path, newer.as_bytes()).unwrap();
    assert!(read(&path, None).unwrap().damaged[0].message.contains("более новая версия"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_writing_loses_a_text(
        steps in proptest::collection::vec((0_u8..4, "[а-яё \n\"\\\\%/]{0,12}", any::<bool>()), 1..12),
    ) {
        let (_folder, path) = place();
        let mut written: Vec<(String, String)> = Vec::new();
        for (matter, text, spoils) in steps {
            let matter = matter.to_string();
            append(&path, vec![record(&matter, &text)]).unwrap();
            written.push((field(&matter).to_string(), text));
            if spoils {
                // What a crash of another program may leave behind.
                let mut bytes = srez_disk::read(&path, 1 << 20).unwrap();
                bytes.extend(b"{\"blake3\":\"");
                srez_disk::write(&path, &bytes).unwrap();
            }
        }
        let texts = read(&path, None).unwrap();
        let kept: Vec<(String, String)> =
            texts.records.iter().map(|record| (record.address.clone(), record.text.clone())).collect();
        prop_assert_eq!(&kept, &written);
        for (field, record) in texts.in_force() {
            let last = written.iter().rev().find(|(address, _)| *address == field.to_string());
            prop_assert_eq!(Some(&record.text), last.map(|(_, text)| text));
        }
    }
}
