//! Whole runs against tables that another program worked out, and against errors that another program planted.

use crate::trial::{Row, Trial, printed, rows};
use srez_testkit::sources::root;
use std::collections::BTreeMap;
use std::path::PathBuf;

const PIPELINE: &str = r#"
title = "Проверка"
date = "2026-06-05"
[inputs]
folders = ["files"]
schools = "schools.csv"
exams = "exams"
[store]
folder = "store"
key = "store.key"
[reports]
folder = "reports"
formats = ["html"]
"#;

/// Relative difference allowed between two programs, because they add in different orders.
const TOLERANCE: f64 = 1e-9;

fn fixture(name: &str) -> PathBuf {
    root().join("tests/fixtures/ground_truth").join(name)
}

/// A run over a corpus; the exit code must be the expected one.
pub(crate) fn run(archive: &str, code: i32) -> Trial {
    let trial = corpus(archive);
    let output = trial.run();
    assert_eq!(output.status.code(), Some(code), "{}", printed(&output));
    trial
}

/// A corpus before its run.
pub(crate) fn corpus(archive: &str) -> Trial {
    let trial = Trial::new(PIPELINE);
    let file = std::fs::File::open(fixture(archive)).unwrap();
    zip::ZipArchive::new(file).unwrap().extract(trial.path()).unwrap();
    trial
}

/// One of our tables by its key.
fn keyed(trial: &Trial, table: &str, key: &[&str]) -> BTreeMap<Vec<String>, Row> {
    let of_row = |row: Row| (key.iter().map(|column| row[*column].clone()).collect(), row);
    trial.table(table).into_iter().map(of_row).collect()
}

/// The exam of a row of the other program.
fn exam(row: &Row) -> String {
    let slug = match row["subject"].as_str() {
        "Русский язык" => "russian",
        "Математика" => "math",
        other => panic!("{other}"),
    };
    format!("vpr-2026-{slug}-{}", row["grade"])
}

/// Level and group of a row of the other program, in our words.
fn place(row: &Row) -> [String; 2] {
    let of = |column: &str| row[column].clone();
    let (level, group) = match row["level"].as_str() {
        "region" => ("all", String::new()),
        "class" => ("class", format!("{}/{}", row["school"], row["class"])),
        level => (level, of(level)),
    };
    [level.to_owned(), group]
}

/// Compares columns of a table cell by cell; the number of cells compared.
fn compare(
    trial: &Trial,
    (theirs, ours): (&str, &str),
    (key, columns): (&[&str], &[(&str, &str)]),
    of_row: impl Fn(&Row) -> Option<Vec<String>>,
) -> usize {
    let table = keyed(trial, ours, key);
    let mut cells = 0;
    for expected in rows(&fixture("expected").join(format!("{theirs}.csv"))) {
        let Some(key) = of_row(&expected) else { continue };
        let found = table.get(&key).unwrap_or_else(|| panic!("{ours}.csv lacks {key:?}"));
        for (their_column, our_column) in columns {
            let (expected, found) = (&expected[*their_column], &found[*our_column]);
            assert!(agree(expected, found), "{ours}.csv {key:?} {our_column}: {found}, expected {expected}");
            cells += 1;
        }
    }
    cells
}

fn agree(expected: &str, found: &str) -> bool {
    match (expected.parse::<f64>(), found.parse::<f64>()) {
        (Ok(expected), Ok(found)) => (expected - found).abs() <= TOLERANCE * expected.abs().max(1.0),
        _ => expected == found,
    }
}

#[test]
fn every_number_agrees_with_the_other_program() {
    let trial = run("clean.zip", 0);
    let group = ["exam", "level", "group"];
    let of_group = |row: &Row| Some([vec![exam(row)], place(row).to_vec()].concat());
    let of_task = |row: &Row| Some([vec![exam(row)], place(row).to_vec(), vec![row["task"].clone()]].concat());
    let marks = [
        ("n", "n"),
        ("m2", "n2"),
        ("m3", "n3"),
        ("m4", "n4"),
        ("m5", "n5"),
        ("avg_mark", "mean_mark"),
        ("success", "pass_pct"),
        ("quality", "quality_pct"),
        ("sou", "sou"),
        ("avg_score", "mean_score"),
        ("sd_score", "sd_score"),
    ];
    let mut cells = compare(&trial, ("marks", "marks"), (&group, &marks), of_group);
    let journal = [("prev_n", "n"), ("lowered", "lowered"), ("same", "confirmed"), ("raised", "raised")];
    // Marks of the journal are counted down to schools.
    let down_to_schools = |row: &Row| of_group(row).filter(|_| row["level"] != "class");
    cells += compare(&trial, ("marks", "journal"), (&group, &journal), down_to_schools);
    let tasks = [("max", "max"), ("n", "n"), ("blank", "not_attempted"), ("sum", "sum"), ("pct", "pct")];
    cells += compare(&trial, ("tasks", "tasks"), (&["exam", "level", "group", "task"], &tasks), of_task);
    let by_mark = (&["exam", "level", "group", "task", "mark"][..], &[("n", "n"), ("pct", "pct")][..]);
    cells += compare(&trial, ("tasks_by_mark", "tasks_by_mark"), by_mark, |row| {
        Some([of_task(row)?, vec![row["mark"].clone()]].concat())
    });
    let items = [
        ("max", "max"),
        ("n", "n"),
        ("difficulty", "difficulty"),
        ("sd", "sd"),
        ("item_total", "item_total"),
        ("item_rest", "item_rest"),
        ("d27", "d27"),
        ("alpha_drop", "alpha_drop"),
    ];
    let of_item = |row: &Row| Some(vec![exam(row), row["task"].clone()]);
    cells += compare(&trial, ("items", "items"), (&["exam", "task"], &items), of_item);
    let reliability = ["n", "k", "mean", "sd", "alpha", "sem"].map(|column| (column, column));
    cells += compare(&trial, ("reliability", "reliability"), (&["exam"], &reliability), |row| Some(vec![exam(row)]));
    let scores = (&["exam", "level", "kind", "score"][..], &[("n", "n")][..]);
    cells += compare(&trial, ("score_dist", "scores"), scores, |row| {
        Some(vec![exam(row), "all".to_owned(), "primary".to_owned(), row["score"].clone()])
    });
    let wilson = [("n", "n"), ("quality", "quality_pct"), ("wilson_lo", "quality_low"), ("wilson_hi", "quality_high")];
    cells += compare(&trial, ("schools", "marks"), (&group, &wilson), |row| {
        Some(vec![exam(row), "school".to_owned(), row["school"].clone()])
    });
    assert!(cells > 3500, "only {cells} cells were compared");
}

#[test]
fn every_planted_error_has_a_note_at_its_cell() {
    let trial = run("planted.zip", 2);
    let notes = keyed(&trial, "notes", &["file", "cell"]);
    let mut found = 0;
    for planted in rows(&fixture("planted.csv")) {
        let cell = format!("{}{}", letters(planted["column"].parse().unwrap()), planted["row"]);
        let note = notes.get(&vec![planted["file"].clone(), cell.clone()]);
        let expected = match planted["kind"].as_str() {
            "sum" => "V02",
            "over_max" => "V01",
            "mark" => "C04",
            "text" => "R07",
            "dup_code" => "V05",
            "unknown_class" => "R22",
            "comma" => "R29",
            other => panic!("{other}: which code is it?"),
        };
        let code = note.map(|note| note["code"].as_str());
        assert_eq!(code, Some(expected), "{} {cell}: {}", planted["file"], planted["kind"]);
        found += 1;
    }
    assert!(found >= 10, "only {found} errors are planted");
}

/// Letters of a column counted from 1.
fn letters(mut column: u32) -> String {
    let mut letters = String::new();
    while column > 0 {
        letters.insert(0, char::from(b'A' + u8::try_from((column - 1) % 26).unwrap()));
        column = (column - 1) / 26;
    }
    letters
}
