//! Every committed pipeline runs on the sample district; nothing is lost, and the same inputs give the same bytes.

use crate::reports::folder_of;
use crate::trial::{Trial, demo, has_documents, printed, srez};
use srez_model::assessment::ExamKey;
use srez_testkit::sources::{files_below, root};

/// Tables that the contract promises in `data/`.
const TABLES: &[&str] = &[
    "files",
    "notes",
    "marks",
    "bands",
    "journal",
    "scores",
    "tasks",
    "tasks_by_mark",
    "points",
    "skills",
    "items",
    "abilities",
    "curves",
    "funnel",
    "reliability",
    "dif",
    "comparisons",
    "boundaries",
    "dynamics",
    "findings",
    "effectiveness",
    "delta",
    "recommendations",
    "corrections",
    "data_quality",
    "reference_facts",
];

/// Pipelines of the repository and how they must end.
const ENDS: &[(&str, i32)] = &[("demo.toml", 2)];

#[test]
fn every_pipeline_runs_and_ends_as_expected() {
    let written = files_below(&root().join("pipelines"));
    let pipelines: Vec<&String> = written
        .iter()
        .filter(|path| path.ends_with(".toml") && !path.contains('/'))
        .filter(|path| is_pipeline(path))
        .collect();
    assert!(!pipelines.is_empty());
    for name in pipelines {
        let (_, code) =
            ENDS.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("{name}: say how it ends"));
        if name == "demo.toml" {
            let (_, output) = demo();
            assert_eq!(output.status.code(), Some(*code), "{}", printed(output));
        } else {
            let output = Trial::committed(name).run();
            assert_eq!(output.status.code(), Some(*code), "{name}\n{}", printed(&output));
        }
    }
}

fn is_pipeline(name: &str) -> bool {
    std::fs::read_to_string(root().join("pipelines").join(name)).unwrap().contains("[inputs]")
}

#[test]
fn every_row_of_every_file_ends_in_one_place() {
    let (trial, _) = demo();
    let files = trial.table("files");
    let manifest: serde_json::Value =
        serde_json::from_slice(&std::fs::read(trial.period().join("manifest.json")).unwrap()).unwrap();
    let mut totals = [0_u64; 6];
    for file in &files {
        let number = |column: &str| file[&format!("rows_{column}")].parse::<u64>().unwrap();
        let counts = ["read", "accepted", "superseded", "rejected", "blank", "structural"].map(number);
        assert_eq!(counts[0], counts[1..].iter().sum::<u64>(), "{} loses a row: {counts:?}", file["file"]);
        assert!(number("absent") <= counts[1], "{}", file["file"]);
        totals.iter_mut().zip(counts).for_each(|(total, count)| *total += count);
    }
    let of_run = ["read", "accepted", "superseded", "rejected", "blank", "structural"]
        .map(|column| manifest["rows"][column].as_u64().unwrap());
    assert_eq!(totals, of_run);
    assert_eq!(manifest["inputs"].as_array().unwrap().len(), files.len());
}

#[test]
fn every_file_of_the_sample_is_accounted_for() {
    let (trial, _) = demo();
    let listed: Vec<String> = trial.table("files").into_iter().map(|row| row["file"].clone()).collect();
    for path in files_below(&root().join("sample-data")) {
        // Forms that the district does not deliver are read by a test of their own.
        if path.starts_with("exams/") || path.starts_with("forms/") || path == "README.md" {
            continue;
        }
        let is_listed = listed.iter().any(|name| *name == path || name.starts_with(&format!("{path}/")));
        assert!(is_listed, "{path} is not in files.csv");
    }
}

#[test]
fn the_folder_holds_what_the_contract_promises() {
    let (trial, _) = demo();
    let period = trial.period();
    let there = files_below(&period);
    let mut expected: Vec<String> =
        ["index.html", "manifest.json", "qa/index.html", "qa/protocol.xlsx", "data/metadata.csv", "data/tables.xlsx"]
            .map(str::to_owned)
            .to_vec();
    for table in TABLES {
        expected.extend(["csv", "parquet"].map(|extension| format!("data/{table}.{extension}")));
    }
    for row in trial.table("reliability").into_iter().filter(has_documents) {
        let folder = folder_of(&row["exam"]);
        expected.extend(["pdf", "docx", "xlsx", "html"].map(|extension| format!("{folder}/analysis.{extension}")));
        let charts = format!("{folder}/charts/{}-marks-stacked", row["exam"]);
        expected.extend(["png", "svg"].map(|extension| format!("{charts}.{extension}")));
        let slug = row["exam"].parse::<ExamKey>().unwrap().subject;
        expected.extend(["pdf", "docx", "xlsx"].map(|extension| format!("associations/{slug}/packet.{extension}")));
        expected.extend(["pdf", "pptx"].map(|extension| format!("editions/association-{slug}/deck.{extension}")));
    }
    let missing: Vec<&String> = expected.iter().filter(|path| !there.contains(path)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
    let described = crate::trial::rows(&period.join("data/metadata.csv"));
    for table in TABLES {
        let text = std::fs::read_to_string(period.join(format!("data/{table}.csv"))).unwrap();
        let columns: Vec<&str> = text.lines().next().unwrap().split(',').collect();
        let labels: Vec<&str> =
            described.iter().filter(|row| row["table"] == *table).map(|row| row["column"].as_str()).collect();
        assert_eq!(columns, labels, "metadata.csv does not describe {table}.csv");
    }
    let named_in_russian = |path: &String| path == "срез.html" || path.ends_with("/срез.html");
    let plain = |path: &String| {
        named_in_russian(path) || path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte))
    };
    assert!(there.iter().all(plain), "a name is no slug");
}

#[test]
fn two_runs_in_two_places_give_the_same_bytes() {
    let (first, _) = demo();
    let second = Trial::committed("demo.toml");
    std::fs::copy(first.path().join("store.key"), second.path().join("store.key")).unwrap();
    assert_eq!(second.run().status.code(), Some(2));
    assert_eq!(first.hashes("reports"), second.hashes("reports"));
    assert_eq!(first.hashes("store"), second.hashes("store"));
    let again = second.run();
    assert!(printed(&again).contains("без изменений"), "{}", printed(&again));
    assert_eq!(first.hashes("reports"), second.hashes("reports"), "a second run of the same changes something");
}

#[test]
fn the_sample_district_is_what_generate_writes() {
    let folder = tempfile::tempdir().unwrap();
    let output = srez(folder.path(), &["generate", "made"]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let made = folder.path().join("made");
    let committed = root().join("sample-data");
    assert_eq!(files_below(&made), files_below(&committed));
    for path in files_below(&made) {
        let same = std::fs::read(made.join(&path)).unwrap() == std::fs::read(committed.join(&path)).unwrap();
        assert!(same, "{path} differs from what srez generate writes");
    }
}
