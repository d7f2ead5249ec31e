//! The rules of the house, read off the sources: who knows whom, which library lives where, what no registry forgets.

use crate::sources::{ends_in_a_name, files_below, gallery, names_after, root, sources};
use std::collections::BTreeSet;

/// Rooms, and what each of them may use beside `model` and `error`.
const MAY_USE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("error", &[]),
    ("disk", &[]),
    ("config", &["disk"]),
    ("ingest", &["disk"]),
    ("recognise", &[]),
    ("validate", &[]),
    ("reconcile", &[]),
    ("store", &["disk"]),
    ("tally", &[]),
    ("statistics", &[]),
    ("measure", &["statistics"]),
    ("flag", &["statistics", "wording"]),
    ("privacy", &[]),
    ("wording", &[]),
    ("chart", &["wording"]),
    ("report", &["wording"]),
    ("publish", &["disk"]),
    ("generate", &[]),
];

/// Those who know the stages.
const KNOW_ALL: &[&str] = &["pipeline", "cli", "lib", "main"];

/// What a single file may use beyond its room, and why.
const EXCEPTIONS: &[(&str, &str)] = &[
    // The manifest records the plan as a whole: hash, period, date, thresholds in force.
    ("publish/manifest.rs", "config"),
];

/// Where each library lives: a room, a folder or a file of `src`; none: anywhere.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("polars", &["store", "tally"]),
    ("calamine", &["ingest"]),
    ("csv", &["ingest", "report/render/csv.rs", "generate"]),
    ("encoding_rs", &["ingest", "generate"]),
    ("chardetng", &["ingest"]),
    ("zip", &["ingest", "report/render/docx", "generate", "publish"]),
    ("quick_xml", &["report/render/docx"]),
    // Threads stand where work is shared out; they change no result.
    ("rayon", &["pipeline", "store", "tally", "measure", "chart", "publish"]),
    ("serde", &["model", "config", "ingest", "reconcile", "store", "pipeline", "publish", "report/render"]),
    ("serde_json", &["ingest", "store", "measure", "publish", "report/render", "pipeline"]),
    ("postcard", &["ingest"]),
    ("include_dir", &["config"]),
    ("toml", &["config"]),
    ("annotate_snippets", &["config"]),
    ("strsim", &["config"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("plotters", &["chart"]),
    ("resvg", &["chart"]),
    ("ab_glyph", &["chart"]),
    ("png", &["chart"]),
    ("typst", &["report/render/pdf"]),
    ("typst_layout", &["report/render/pdf"]),
    ("typst_pdf", &["report/render/pdf"]),
    ("comemo", &["report/render/pdf"]),
    ("rust_xlsxwriter", &["report/render/xlsx", "generate"]),
    ("askama", &["report/render/html"]),
    ("statrs", &["statistics"]),
    ("jiff", &["config", "report/render/pdf"]),
    ("camino", &[]),
    ("blake3", &[]),
    ("rustc_hash", &[]),
    ("getrandom", &["pipeline/pseudonym_key.rs"]),
    ("rand", &["generate"]),
    ("rand_chacha", &["generate"]),
    ("rand_distr", &["generate"]),
    ("cfb", &["generate"]),
    ("rlimit", &["ingest"]),
    ("mimalloc", &["main.rs"]),
];

/// Parts of the standard library that only some places may touch.
const STANDARD: &[(&str, &[&str])] = &[
    ("std::fs", &["disk.rs"]),
    ("std::env", &["main.rs", "ingest/guard"]),
    ("std::process", &["main.rs", "ingest/guard"]),
    ("Instant::now", &["cli", "ingest/guard"]),
    ("std::io::stdout", &["cli/terminal.rs", "ingest/guard"]),
    ("std::io::stderr", &["cli/terminal.rs", "ingest/guard"]),
    ("println!", &["nowhere"]),
    ("eprintln!", &["nowhere"]),
];

fn lives_in(path: &str, places: &[&str]) -> bool {
    places
        .iter()
        .any(|place| path == *place || path.starts_with(&format!("{place}/")) || path.trim_end_matches(".rs") == *place)
}

fn no_faults(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_room_opens_only_onto_the_model() {
    let mut faults = Vec::new();
    for source in sources("src") {
        if KNOW_ALL.contains(&source.room.as_str()) {
            continue;
        }
        let Some((_, allowed)) = MAY_USE.iter().find(|(room, _)| *room == source.room) else {
            faults.push(format!("{}: the room has no line in MAY_USE", source.path));
            continue;
        };
        for name in names_after(&source.code, "crate::") {
            let known = name == source.room || ["model", "error"].contains(&name) || allowed.contains(&name);
            if !known && !EXCEPTIONS.contains(&(&source.path, name)) {
                faults.push(format!("{} uses the room {name}", source.path));
            }
        }
        let upwards = "super::".repeat(source.depth());
        if source.code.contains(&upwards) {
            faults.push(format!("{} leaves its room by {upwards}", source.path));
        }
    }
    no_faults(&faults);
}

#[test]
fn only_the_model_and_errors_stand_below_everything() {
    for room in ["model", "error"] {
        for source in sources("src").into_iter().filter(|source| source.room == room) {
            let used: Vec<_> = names_after(&source.code, "crate::").filter(|name| *name != room).collect();
            assert!(used.is_empty(), "{} uses {used:?}", source.path);
        }
    }
}

#[test]
fn rooms_stand_in_the_order_of_the_flow() {
    let text = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let blocks: Vec<Vec<&str>> = text
        .split("\n\n")
        .map(|block| block.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect())
        .filter(|block: &Vec<&str>| !block.is_empty())
        .collect();
    let place = |room: &str| blocks.iter().position(|block| block.contains(&room));
    let mut faults = Vec::new();
    for source in sources("src").iter().filter(|source| !["lib", "main"].contains(&source.room.as_str())) {
        for name in names_after(&source.code, "crate::") {
            if place(&source.room) < place(name) {
                faults.push(format!("{} uses {name}, which lib.rs names later", source.path));
            }
        }
    }
    no_faults(&faults);
}

#[test]
fn one_library_lives_in_one_room() {
    let mut faults = Vec::new();
    for source in sources("src") {
        for (library, places) in LIBRARIES.iter().chain(STANDARD) {
            if uses(&source.code, library) && !places.is_empty() && !lives_in(&source.path, places) {
                faults.push(format!("{} uses {library}, which lives in {}", source.path, places.join(", ")));
            }
        }
        if source.code.contains("SystemTime::now") {
            faults.push(format!("{} asks the clock", source.path));
        }
    }
    no_faults(&faults);
}

/// True where the code names something of a library, and not a module of our own with the same name.
fn uses(code: &str, library: &str) -> bool {
    let is_ours = code.split(';').any(|statement| {
        let statement = statement.trim_start();
        let ours = ["use crate::", "use super::"].iter().any(|start| statement.starts_with(start));
        ours && statement.split(|sign: char| !sign.is_alphanumeric() && sign != '_').any(|word| word == library)
    });
    let path =
        if library.contains("::") || library.ends_with('!') { library.to_owned() } else { format!("{library}::") };
    if code.contains(&format!(" ::{path}")) || code.contains(&format!("<::{path}")) {
        return true;
    }
    !is_ours && code.match_indices(&path).any(|(at, _)| !ends_in_a_name(&code[..at]))
}

#[test]
fn every_dependency_has_its_room_and_its_reason() {
    let text = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut faults = Vec::new();
    let mut section = "";
    let mut reason = false;
    for line in text.lines() {
        if line.starts_with('[') {
            section = line;
        } else if let Some((name, _)) = line.split_once(" = ").filter(|_| section.ends_with("dependencies]")) {
            let library = name.replace('-', "_");
            if !section.starts_with("[dev") && !LIBRARIES.iter().any(|(known, _)| *known == library) {
                faults.push(format!("{name} has no line in LIBRARIES"));
            }
            if !reason && !name.starts_with("typst-") {
                faults.push(format!("{name} has no reason above it"));
            }
        }
        reason = line.starts_with('#') || (reason && line.contains(" = "));
    }
    no_faults(&faults);
}

#[test]
fn measures_and_charts_are_named_after_their_files() {
    let kebab = |stems: BTreeSet<String>| stems.into_iter().map(|stem| stem.replace('_', "-")).collect::<BTreeSet<_>>();
    let measures = srez::measure::MEASURES.iter().map(|measure| measure.id.to_owned()).collect();
    assert_eq!(kebab(gallery("measure/gallery", &[])), measures);
    let charts = srez::chart::CHARTS.iter().map(|chart| chart.id.to_owned()).collect();
    assert_eq!(kebab(gallery("chart", &[])), charts);
}

#[test]
fn no_gallery_forgets_a_file() {
    let galleries: &[(&str, &[&str], &str)] = &[
        ("flag", &["table", "tested", "compared", "groups", "order", "circles"], "flag/mod.rs"),
        ("validate", &["scoring"], "validate/mod.rs"), // fills totals and marks, refuses nothing
        ("reconcile", &[], "reconcile/mod.rs"),
        ("report/documents", &[], "pipeline"),
        ("chart", &[], "chart/mod.rs"),
        ("measure/gallery", &[], "measure/gallery/mod.rs"),
        ("measure/tables", &["column", "part"], "measure/tables/mod.rs"),
    ];
    let mut faults = Vec::new();
    for (folder, left_out, registry) in galleries {
        let in_registry = sources("src").into_iter().filter(|source| lives_in(&source.path, &[registry]));
        let text: String = in_registry.map(|source| source.code).collect();
        let files = gallery(folder, left_out);
        assert!(1 < files.len(), "{folder} is no gallery");
        for file in &files {
            let declared = text.contains(&format!("{file}::")) || text.contains(&format!("{file}("));
            if !declared {
                faults.push(format!("{folder}/{file}.rs is not in {registry}"));
            }
        }
        for source in sources(&format!("src/{folder}")).iter().filter(|source| source.path != "mod.rs") {
            for sibling in names_after(&source.code, "super::").filter(|name| files.contains(*name)) {
                if source.depth() == 1 {
                    faults.push(format!("{folder}/{} leans on its sibling {sibling}", source.path));
                }
            }
        }
    }
    no_faults(&faults);
}

#[test]
fn codes_of_notes_are_unique_and_registered() {
    let registered: Vec<&str> = srez::pipeline::codes().map(|code| code.id).collect();
    let unique: BTreeSet<&str> = registered.iter().copied().collect();
    assert_eq!(registered.len(), unique.len(), "a code is registered twice");
    let all = sources("src");
    let defined = all.iter().filter(|source| ["ingest", "recognise", "validate", "reconcile"].contains(&&*source.room));
    let defined: BTreeSet<&str> = defined
        .flat_map(|source| source.code.split('"'))
        .filter(|word| word.len() == 3 && word.starts_with(['I', 'R', 'V', 'C']) && word[1..].parse::<u8>().is_ok())
        .collect();
    assert_eq!(defined, unique);
    for code in srez::pipeline::codes() {
        let texts = [code.title, code.explanation, code.hint];
        assert!(texts.iter().all(|text| !text.trim().is_empty()), "{} lacks a text", code.id);
    }
    let all = || srez::flag::SIGNS.iter().chain(srez::flag::NOT_COMPUTED);
    let signs: BTreeSet<&str> = all().map(|sign| sign.id).collect();
    assert_eq!(signs.len(), all().count(), "a sign is registered twice");
    assert!(srez::flag::NOT_COMPUTED.iter().all(|sign| sign.caution.starts_with("не вычисляется, потому что")));
}

#[test]
fn files_are_short() {
    let mut faults = Vec::new();
    for folder in ["src", "tests/it", "benches"] {
        for source in sources(folder) {
            let text = std::fs::read_to_string(root().join(folder).join(&source.path)).unwrap();
            let lines = text.lines().take_while(|line| *line != "#[cfg(test)]").count();
            if 400 < lines && !source.code.is_empty() {
                faults.push(format!("{folder}/{} has {lines} lines", source.path));
            }
        }
    }
    no_faults(&faults);
}

#[test]
fn no_name_says_nothing() {
    let empty = ["utils", "util", "helpers", "helper", "common", "manager", "data", "process", "handle", "misc"];
    for path in files_below(&root().join("src")) {
        for part in path.trim_end_matches(".rs").split('/') {
            assert!(!empty.contains(&part), "{path}: {part} says nothing");
        }
    }
}

#[test]
fn exams_and_forms_are_named_after_their_ids() {
    let subjects = srez::config::subjects::built_in().unwrap();
    let exams: BTreeSet<String> =
        srez::config::exams::built_in(&subjects).unwrap().values().map(|exam| exam.id()).collect();
    let forms: BTreeSet<String> = srez::config::forms::built_in().unwrap().into_iter().map(|form| form.id).collect();
    let files = |folder: &str| -> BTreeSet<String> {
        let paths = files_below(&root().join("pipelines").join(folder));
        paths.into_iter().filter_map(|path| path.strip_suffix(".toml").map(str::to_owned)).collect()
    };
    assert_eq!(files("exams"), exams);
    assert_eq!(files("forms"), forms);
}
