//! What she writes into a field of a document stands in every document that has it, in every later run.

use crate::pdf_text::letters;
use crate::store::{MATH, deliver, deliver_edited, output_of};
use crate::trial::{Trial, demo};
use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::Value;
use srez_testkit::sources::{files_below, root};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::path::Path;

/// A short pipeline with every format that has fields.
const PIPELINE: &str = r#"
title = "Проверка текстов"
home = "Северная Долина"
date = "2026-06-05"
[inputs]
folders = ["inbox"]
schools = "SAMPLE/schools.csv"
exams = "SAMPLE/exams"
[store]
folder = "store"
key = "store.key"
[reports]
folder = "reports"
formats = ["pdf", "docx", "xlsx", "html"]
audiences = ["office", "association", "school"]
"#;

const TEXT: &str = "Теряют знак при переносе слагаемого.";

/// A trial with the work of several schools.
fn trial() -> Trial {
    let trial = Trial::new(&PIPELINE.replace("SAMPLE", root().join("sample-data").to_str().unwrap()));
    for school in ["edu990001", "edu990002", "edu990003", "edu990004"] {
        deliver(&trial, &MATH.replace("edu990001", school));
    }
    trial
}

/// The list of fields of an issue.
fn list(folder: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(folder.join("data/fields.json")).unwrap()).unwrap()
}

/// Address and tag of the errors of a task that several documents have.
fn of_several(folder: &Path) -> (String, String) {
    let list = list(folder);
    let documents = list["documents"].as_object().unwrap();
    let count = |address: &Value| documents.values().filter(|held| held.as_array().unwrap().contains(address)).count();
    let fields = list["fields"].as_array().unwrap();
    let chosen = fields.iter().find(|field| {
        field["address"].as_str().unwrap().starts_with("errors/vpr-2026-math-8/-/") && 2 <= count(&field["address"])
    });
    let chosen = chosen.unwrap_or_else(|| panic!("no field stands in two documents: {list}"));
    (chosen["address"].as_str().unwrap().to_owned(), chosen["tag"].as_str().unwrap().to_owned())
}

fn document(path: &Path) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Saves a document with another body, as a text processor would.
fn save(path: &Path, body: &str) {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut written = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        written.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        written.write_all(if name == "word/document.xml" { body.as_bytes() } else { &bytes }).unwrap();
    }
    std::fs::write(path, written.finish().unwrap().into_inner()).unwrap();
}

/// Types a text into the control of a document.
fn type_into(path: &Path, tag: &str, text: &str) {
    let body = document(path);
    let start = body.find(&format!("<w:tag w:val=\"{tag}\"/>")).unwrap_or_else(|| panic!("{tag} in {path:?}"));
    let end = start + body[start..].find("</w:sdt>").unwrap();
    let control = body[start..end].replace("<w:showingPlcHdr/>", "");
    let (properties, content) = control.split_once("<w:sdtContent>").unwrap();
    assert!(content.contains("<w:t"), "{content}");
    let control = format!("{properties}<w:sdtContent><w:r><w:t>{text}</w:t></w:r></w:sdtContent>");
    save(path, &format!("{}{control}{}", &body[..start], &body[end..]));
}

fn has(folder: &Path, name: &str, text: &str) -> bool {
    let path = folder.join(name);
    match name.rsplit_once('.').unwrap().1 {
        "docx" => document(&path).contains(text),
        "pdf" => {
            let without = |text: &str| text.chars().filter(|sign| !sign.is_whitespace()).collect::<String>();
            without(&letters(std::fs::read(path).unwrap())).contains(&without(text))
        }
        "html" => std::fs::read_to_string(path).unwrap().contains(text),
        other => panic!("{other}"),
    }
}

#[test]
fn every_field_of_the_demo_has_one_address_in_whichever_document_it_stands() {
    let folder = demo().0.period();
    let list = list(&folder);
    let fields = list["fields"].as_array().unwrap();
    let tags: BTreeMap<&str, &str> =
        fields.iter().map(|field| (field["tag"].as_str().unwrap(), field["address"].as_str().unwrap())).collect();
    assert_eq!(tags.len(), fields.len(), "two fields have one tag");
    assert!(100 < fields.len(), "{}", fields.len());
    let documents = list["documents"].as_object().unwrap();
    for (path, held) in documents {
        let held: Vec<&str> = held.as_array().unwrap().iter().map(|address| address.as_str().unwrap()).collect();
        let different: BTreeSet<&&str> = held.iter().collect();
        assert_eq!(different.len(), held.len(), "{path} has a field twice");
        let file = folder.join(format!("{path}.docx"));
        if file.exists() {
            let body = document(&file);
            let controls = body.split("<w:tag w:val=\"srez.").skip(1).map(|piece| piece.split('"').next().unwrap());
            let told: Vec<&str> = controls.map(|tag| tags[format!("srez.{tag}").as_str()]).collect();
            assert_eq!(told, held, "{path}");
        }
    }
    // Every document for the office with a field is listed.
    for name in files_below(&folder).iter().filter(|name| name.ends_with(".docx") && !name.starts_with("editions/")) {
        let has_fields = document(&folder.join(name)).contains("w:val=\"FieldLabel\"");
        assert_eq!(has_fields, documents.contains_key(name.trim_end_matches(".docx")), "{name}");
    }
}

#[test]
fn a_text_typed_into_a_document_stands_in_all_of_them_and_the_issue_is_made_again_from_it() {
    let trial = trial();
    output_of(&trial, &["run", "trial.toml"], 0);
    let folder = trial.period();
    let (address, tag) = of_several(&folder);
    let analysis = "subjects/vpr-2026-math/analysis";
    type_into(&folder.join(format!("{analysis}.docx")), &tag, TEXT);
    let said = output_of(&trial, &["run", "trial.toml"], 0);
    assert!(said.contains(&format!("Из {analysis}.docx: 1\u{a0}текст")), "{said}");
    assert!(said.contains("заполнено полей 1 из"), "{said}");
    for name in ["analysis.docx", "analysis.pdf", "analysis.html"] {
        assert!(has(&folder, &format!("subjects/vpr-2026-math/{name}"), TEXT), "{name}");
    }
    assert!(has(&folder, "associations/math/packet.docx", TEXT));
    assert!(!has(&folder, "editions/association-math/packet.docx", TEXT), "nobody ticked it");
    let kept = trial.path().join("reports/ваши правки/2026-06/срез 1 от 2026-06-05");
    assert!(kept.join(format!("{analysis}.docx")).exists());
    assert!(output_of(&trial, &["verify", "trial.toml"], 0).contains("байт в байт"));
    // What was taken once is not taken again, and stays.
    let said = output_of(&trial, &["run", "trial.toml"], 0);
    assert!(!said.contains("Из subjects") && said.contains("заполнено полей 1 из"), "{said}");
    assert!(has(&folder, "associations/math/packet.docx", TEXT));

    // The control is deleted and the text changed: label and order still tell whose it is.
    let path = folder.join(format!("{analysis}.docx"));
    let body = document(&path);
    let changed = body.replace("srez.", "other.").replace(TEXT, "Теряют минус.");
    save(&path, &changed);
    output_of(&trial, &["run", "trial.toml"], 0);
    assert!(has(&folder, "associations/math/packet.docx", "Теряют минус."));
    let former = output_of(&trial, &["texts", "former", "trial.toml", &address], 0);
    assert!(former.contains(TEXT) && former.contains("Теряют минус."), "{former}");
    assert!(output_of(&trial, &["verify", "trial.toml"], 0).contains("байт в байт"));
}

/// The workbook of texts written anew by another program, with cells changed by header.
fn book(from: &Path, to: &Path, change: impl Fn(&str, &str) -> Option<String>) {
    let mut book: Xlsx<_> = open_workbook(from).unwrap();
    let range = book.worksheet_range("Тексты").unwrap();
    let rows: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect();
    let head = rows.iter().position(|row| row.iter().any(|cell| cell == "Адрес")).unwrap();
    let address = rows[head].iter().position(|cell| cell == "Адрес").unwrap();
    let mut written = rust_xlsxwriter::Workbook::new();
    let sheet = written.add_worksheet();
    for (place, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            let changed = (head < place).then(|| change(&row[address], &rows[head][column])).flatten();
            let at = (u32::try_from(place).unwrap(), u16::try_from(column).unwrap());
            sheet.write_string(at.0, at.1, changed.unwrap_or_else(|| cell.clone())).unwrap();
        }
    }
    written.save(to).unwrap();
}

#[test]
fn a_book_that_is_dropped_among_the_inputs_is_taken_once_and_what_moved_is_told() {
    let trial = trial();
    let first = output_of(&trial, &["run", "trial.toml"], 0);
    let folder = trial.period();
    let (address, _) = of_several(&folder);
    let dropped = trial.path().join("inbox/Тексты от коллеги.xlsx");
    book(&folder.join("texts.xlsx"), &dropped, |of, column| match column {
        "Ваш текст" if of == address => Some(TEXT.to_owned()),
        "Кто написал" if of == address => Some("Е. С. Луговая".to_owned()),
        "В издание" if of == address => Some("объединению".to_owned()),
        _ => None,
    });
    let said = output_of(&trial, &["run", "trial.toml"], 0);
    assert!(said.contains("Из Тексты от коллеги.xlsx: 1\u{a0}текст"), "{said}");
    let files = |said: &str| said.lines().find(|line| line.starts_with("Файлов:")).unwrap().to_owned();
    assert_eq!(files(&said), files(&first), "a book of texts is no delivery");
    assert!(has(&folder, "subjects/vpr-2026-math/analysis.docx", TEXT));
    assert!(has(&folder, "editions/association-math/packet.docx", TEXT), "she ticked it");

    // The numbers move: the text stays, and both are told.
    deliver_edited(&trial, MATH, |column, _, cell| match cell {
        Data::Float(points) if 6 < column && 0.0 < points && points < 4.0 => Data::Float(0.0),
        other => other,
    });
    let output = crate::trial::srez(trial.path(), &["run", "trial.toml"]);
    let said = crate::trial::printed(&output);
    assert!(said.contains("Изменились числа рядом с вашими текстами") && said.contains(" → "), "{said}");
    assert!(!said.contains("Из Тексты от коллеги"), "{said}");
    let list = list(&folder);
    let holds = |held: &Value| held.as_array().unwrap().iter().any(|one| *one == address.as_str());
    let documents = list["documents"].as_object().unwrap().iter().filter(|(_, held)| holds(held));
    let documents: Vec<&String> = documents.map(|(path, _)| path).collect();
    assert!(!documents.is_empty());
    for path in documents {
        assert!(has(&folder, &format!("{path}.docx"), TEXT), "{path}");
    }
    let listed = output_of(&trial, &["texts", "list", "trial.toml"], 0);
    assert!(listed.contains("Теряют знак"), "{listed}");
}
