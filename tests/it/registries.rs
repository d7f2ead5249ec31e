//! Registries are complete: each measure, chart, code, sign, exam and form is named after its file and listed once.

use srez_model::note::NoteCode;
use srez_testkit::sources::{all_sources, files_below, root};
use std::collections::BTreeSet;

/// File names without extension directly in a folder of sources, written as ids.
fn ids_of_files(folder: &str) -> BTreeSet<String> {
    let folder = format!("{folder}/");
    let files = all_sources().into_iter().filter(|source| !source.code.is_empty());
    let stems = files.filter_map(|source| Some(source.path.strip_prefix(&folder)?.strip_suffix(".rs")?.to_owned()));
    stems
        .filter(|stem| !stem.contains('/') && !["lib", "mod"].contains(&stem.as_str()))
        .map(|stem| stem.replace('_', "-"))
        .collect()
}

#[test]
fn measures_and_charts_are_named_after_their_files() {
    let measures = srez_measure::MEASURES.iter().map(|measure| measure.id.to_owned()).collect();
    assert_eq!(ids_of_files("crates/measure/src/gallery"), measures);
    let charts = srez_chart::CHARTS.iter().map(|chart| chart.id.to_owned()).collect();
    assert_eq!(ids_of_files("crates/chart/src"), charts);
}

#[test]
fn a_measure_tells_the_thresholds_in_force() {
    let mut thresholds = srez_config::thresholds::built_in().unwrap();
    thresholds.entries.get_mut("rasch.participants").unwrap().value = 333.0;
    let said: String = srez_measure::MEASURES
        .iter()
        .flat_map(|measure| [measure.formula, measure.degenerate])
        .map(|text| srez_wording::rule::filled(text, &thresholds))
        .collect();
    assert!(said.contains("полных работ меньше 333") && !said.contains(['{', '}']), "{said}");
}

#[test]
fn codes_of_notes_are_unique_and_registered() {
    let registered: Vec<&str> = srez_pipeline::codes().map(|code| code.id.as_str()).collect();
    let unique: BTreeSet<&str> = registered.iter().copied().collect();
    assert_eq!(registered.len(), unique.len(), "a code is registered twice");
    let known: BTreeSet<&str> = NoteCode::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(known, unique, "a code has no title, explanation and hint");
    for code in srez_pipeline::codes() {
        let texts = [code.title, code.explanation, code.hint];
        assert!(texts.iter().all(|text| !text.trim().is_empty()), "{} lacks a text", code.id);
    }
    let all = || srez_flag::SIGNS.iter().chain(srez_flag::NOT_COMPUTED);
    let signs: BTreeSet<&str> = all().map(|sign| sign.id.as_str()).collect();
    assert_eq!(signs.len(), all().count(), "a sign is registered twice");
    assert!(srez_flag::NOT_COMPUTED.iter().all(|sign| sign.caution.starts_with("не вычисляется, потому что")));
}

#[test]
fn a_sign_that_is_named_by_its_code_exists() {
    let all = || srez_flag::SIGNS.iter().chain(srez_flag::NOT_COMPUTED);
    let signs: BTreeSet<&str> = all().map(|sign| sign.id.as_str()).collect();
    let is_code = |word: &&str| {
        let is_short = word.is_ascii() && (3..=4).contains(&word.len()) && word.starts_with(['F', 'S']);
        is_short && word[1..3].parse::<u8>().is_ok()
    };
    for source in all_sources() {
        for word in source.code.split('"').filter(is_code) {
            assert!(signs.contains(word), "{} names {word}, which is no sign", source.path);
        }
    }
}

#[test]
fn exams_and_forms_are_named_after_their_ids() {
    let subjects = srez_config::subjects::built_in().unwrap();
    let exams: BTreeSet<String> =
        srez_config::exams::built_in(&subjects).unwrap().values().map(|exam| exam.id()).collect();
    let forms: BTreeSet<String> = srez_config::forms::built_in().unwrap().into_iter().map(|form| form.id).collect();
    let files = |folder: &str| -> BTreeSet<String> {
        let paths = files_below(&root().join("pipelines").join(folder));
        let stem = |path: String| Some(path.rsplit('/').next()?.strip_suffix(".toml")?.to_owned());
        paths.into_iter().filter_map(stem).collect()
    };
    assert_eq!(files("exams"), exams);
    assert_eq!(files("forms"), forms);
}
