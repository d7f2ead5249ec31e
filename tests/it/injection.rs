//! Names that try to be more than text, from the inputs through a whole run: nothing leaves the folder, nothing becomes
//! a formula or a tag, and the tables hold the names.

use crate::ground_truth::corpus;
use crate::trial::{printed, rows};
use srez_testkit::sample::hostile::{hostile_strings, literal};
use srez_testkit::sources::files_below;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

/// A string as a value of TOML.
fn toml(text: &str) -> String {
    let mut quoted = String::new();
    for sign in text.chars() {
        if sign.is_alphanumeric() || sign == ' ' {
            quoted.push(sign);
        } else {
            quoted.push_str(&format!("\\U{:08X}", u32::from(sign)));
        }
    }
    format!("\"{quoted}\"")
}

fn members(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut members = Vec::new();
    for place in 0..archive.len() {
        let mut member = archive.by_index(place).unwrap();
        let mut inside = Vec::new();
        member.read_to_end(&mut inside).unwrap();
        members.push((member.name().unwrap().into_owned(), String::from_utf8_lossy(&inside).into_owned()));
    }
    members
}

/// Formulas of the workbooks of a folder, and faults of the markup of all its containers and pages.
fn formulas(folder: &std::path::Path) -> BTreeMap<String, usize> {
    let mut formulas = BTreeMap::new();
    for path in files_below(folder) {
        let bytes = std::fs::read(folder.join(&path)).unwrap();
        if path.ends_with(".html") {
            let text = String::from_utf8(bytes).unwrap();
            assert!(!text.contains("<script>alert") && !text.contains("<img src=x"), "{path}");
            continue;
        }
        if ![".xlsx", ".docx", ".pptx"].iter().any(|extension| path.ends_with(extension)) {
            continue;
        }
        for (name, text) in members(&bytes) {
            assert!(!text.contains("TargetMode=\"External\""), "{path} {name} leads outside");
            if !name.ends_with(".xml") && !name.ends_with(".rels") {
                continue;
            }
            let mut reader = quick_xml::Reader::from_str(&text);
            while reader.read_event().unwrap_or_else(|error| panic!("{path} {name}: {error}"))
                != quick_xml::events::Event::Eof
            {}
            *formulas.entry(path.clone()).or_default() += text.matches("<f>").count();
        }
    }
    formulas
}

/// The text of a pipeline that asks for every format.
fn in_all_formats(pipeline: &std::path::Path) -> String {
    let text = std::fs::read_to_string(pipeline).unwrap();
    text.replace("formats = [\"html\"]", "formats = [\"pdf\", \"docx\", \"pptx\", \"xlsx\", \"html\", \"png\"]")
}

/// Fails where a cell of a table of data would start a formula.
fn no_cell_starts_a_formula(data: &std::path::Path) {
    for path in files_below(data).iter().filter(|path| path.ends_with(".csv")) {
        for (column, cell) in rows(&data.join(path)).into_iter().flatten() {
            let number = cell.parse::<f64>().is_ok();
            assert!(number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{path} {column}: {cell:?}");
        }
    }
}

#[test]
fn hostile_names_stay_text_from_the_inputs_to_the_documents() {
    let strings: Vec<String> =
        hostile_strings().into_iter().filter(|text| !text.contains('\0') && !literal(text).is_empty()).collect();
    let mut names = strings.iter();
    let mut next = || names.next().unwrap().clone();
    let trial = corpus("clean.zip");
    let pipeline = trial.path().join("trial.toml");
    let text = in_all_formats(&pipeline);
    let titles = format!("title = {}\ncentre = {}", toml(&next()), toml(&next()));
    std::fs::write(&pipeline, text.replace("title = \"Проверка\"", &titles)).unwrap();
    for path in files_below(&trial.path().join("exams")) {
        let path = trial.path().join("exams").join(path);
        let text = std::fs::read_to_string(&path).unwrap();
        let lines = text.lines().map(|line| match line.split_once(" = ") {
            Some((key @ ("content" | "skill"), _)) => format!("{key} = {}", toml(&format!("{} {key}", next()))),
            _ => line.to_owned(),
        });
        let text = lines.collect::<Vec<_>>().join("\n");
        std::fs::write(&path, text).unwrap();
    }
    let register = trial.path().join("schools.csv");
    let mut writer = csv::Writer::from_writer(Vec::new());
    for (place, row) in rows(&register).into_iter().enumerate() {
        let name = format!("{} {}", next().replace(['\r', '\n'], ""), place + 1);
        if place == 0 {
            writer.write_record(["login", "short_name", "type", "locality", "municipality"]).unwrap();
        }
        writer.write_record([&row["login"], &name, &row["type"], &row["locality"], &row["municipality"]]).unwrap();
    }
    std::fs::write(&register, writer.into_inner().unwrap()).unwrap();
    let before: BTreeSet<String> = files_below(trial.path()).into_iter().collect();
    let output = trial.run();
    let text = printed(&output);
    assert!(matches!(output.status.code(), Some(0 | 2)), "{text}");
    assert!(!text.contains('\u{202e}') && !text.contains("root:x:0"), "{text}");
    for path in files_below(trial.path()).into_iter().filter(|path| !before.contains(path)) {
        let inside = ["reports/", "store/"].iter().any(|folder| path.starts_with(folder)) || path == "store.key";
        assert!(
            inside && (path.is_ascii() || path.ends_with("/срез.html")) && path.split('/').all(|part| part.len() <= 80),
            "{path}"
        );
    }
    let plain = corpus("clean.zip");
    let pipeline = plain.path().join("trial.toml");
    std::fs::write(&pipeline, in_all_formats(&pipeline)).unwrap();
    plain.run();
    let (hostile, plain) = (formulas(&trial.path().join("reports")), formulas(&plain.path().join("reports")));
    assert_eq!(hostile, plain, "a name became a formula or a document is missing");
    no_cell_starts_a_formula(&trial.period().join("data"));
}
