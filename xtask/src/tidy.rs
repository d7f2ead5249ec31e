//! `cargo xtask tidy`: rules of the house that the compiler does not know.

use srez_testkit::sources::{Source, all_sources, files_below, has_word, root, source_folders};
use std::collections::BTreeSet;
use std::process::ExitCode;

/// Most lines of a file, not counting its tests.
const LONGEST_FILE: usize = 400;

/// Most columns of a line.
const WIDEST_LINE: usize = 120;

/// Where a delivered file may be parsed.
const PARSERS: &[&str] = &["crates/pipeline/src/reading.rs", "crates/sheets", "tests", "benches", "fuzz"];

/// Calls that only some places may make, most of them of the standard library: crates or files.
const STANDARD: &[(&str, &[&str])] = &[
    ("std::fs", &["crates/disk", "crates/testkit", "tests", "benches", "fuzz"]),
    ("SystemTime::now", &["nowhere"]),
    ("Instant::now", &["src/cli", "crates/reader", "crates/desk", "tests"]),
    (
        "std::env",
        &[
            "src/main.rs",
            "src/bin",
            "build.rs",
            "src/cli/desk.rs",
            "src/cli/doctor.rs",
            "crates/reader",
            "tests",
            "benches",
        ],
    ),
    ("std::process", &["src/main.rs", "src/bin", "build.rs", "crates/reader", "tests", "benches"]),
    ("std::io::stdout", &["src/cli/terminal.rs", "src/cli/desk.rs", "crates/reader", "crates/testkit"]),
    ("std::io::stderr", &["src/cli/terminal.rs", "src/cli/desk.rs", "crates/reader"]),
    // What a delivered file holds is parsed in reader processes alone.
    ("srez_sheets::read(", PARSERS),
    ("srez_sheets::unpack(", PARSERS),
    ("srez_sheets::unpack_range(", PARSERS),
    ("srez_sheets::members(", PARSERS),
    ("srez_sheets::word_fields(", PARSERS),
    ("println!", &["build.rs", "tests", "benches", "crates/testkit"]),
    ("eprintln!", &["tests", "benches"]),
];

/// Libraries that are expensive to build or that parse delivered files, and the crates that may depend on them.
const HEAVY: &[(&str, &[&str])] = &[
    ("typst", &["pdf"]),
    ("typst-layout", &["pdf"]),
    ("typst-pdf", &["pdf"]),
    ("polars", &["store", "tally"]),
    ("plotters", &["chart"]),
    ("resvg", &["chart"]),
    ("rust_xlsxwriter", &["xlsx", "generate", "pptx"]),
    ("calamine", &["sheets"]),
    // Delivered archives are opened in `sheets`; three crates write containers; `config` has packs of works, which are
    // the office's own and hold TOML.
    ("zip", &["sheets", "render", "publish", "generate", "config"]),
    ("clap", &["srez"]),
    ("toml", &["config", "xtask"]),
    ("askama", &["html", "desk"]),
    ("axum", &["desk"]),
    ("tokio", &["desk"]),
    ("rand", &["generate"]),
];

/// Galleries: one thing per file, each named in the registry; siblings do not use each other.
const GALLERIES: &[(&str, &[&str], &str)] = &[
    ("crates/flag/src/signs", &[], "crates/flag/src/signs/mod.rs"),
    ("crates/validate/src", &["scoring"], "crates/validate/src/lib.rs"),
    ("crates/reconcile/src", &["decided", "municipality", "printed_name"], "crates/reconcile/src/lib.rs"),
    ("crates/report/src/documents", &[], "crates/pipeline/src"),
    ("crates/chart/src", &[], "crates/chart/src/lib.rs"),
    ("crates/measure/src/gallery", &[], "crates/measure/src/gallery/mod.rs"),
    ("crates/measure/src/tables", &["column", "part"], "crates/measure/src/tables/mod.rs"),
];

/// Names that tell nothing.
const EMPTY_NAMES: &[&str] =
    &["utils", "util", "helpers", "helper", "common", "manager", "data", "process", "handle", "misc"];

/// A rule: returns its violations.
type Rule = fn(&[Source]) -> Vec<String>;

/// Prints every violation; none is success.
pub(crate) fn tidy() -> ExitCode {
    let all: Vec<Source> = all_sources();
    let rules: [Rule; 7] = [sizes, widths, standard_library, names, galleries, manifests, links];
    let faults: Vec<String> = rules.iter().flat_map(|rule| rule(&all)).collect();
    for fault in &faults {
        println!("{fault}");
    }
    println!("{} sources, {} faults", all.len(), faults.len());
    if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn sizes(all: &[Source]) -> Vec<String> {
    let length = |source: &Source| source.text.lines().take_while(|line| *line != "#[cfg(test)]").count();
    all.iter()
        .filter(|source| !source.code.is_empty() && length(source) > LONGEST_FILE)
        .map(|source| format!("{}: {} lines", source.path, length(source)))
        .collect()
}

fn widths(all: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in all {
        for (place, line) in source.text.lines().enumerate() {
            let width = line.chars().count();
            if width > WIDEST_LINE {
                faults.push(format!("{}:{}: {width} columns", source.path, place + 1));
            }
        }
    }
    faults
}

fn is_in(path: &str, place: &str) -> bool {
    path == place || path.starts_with(&format!("{place}/"))
}

fn standard_library(all: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in all.iter().filter(|source| source.room() != "xtask") {
        for (name, places) in STANDARD {
            let used = source.code.match_indices(name).any(|(at, _)| {
                !source.code[..at].ends_with(|sign: char| sign.is_alphanumeric() || sign == '_' || sign == ':')
            });
            if used && !places.iter().any(|place| is_in(&source.path, place)) {
                faults.push(format!("{} uses {name}, which belongs to {}", source.path, places.join(", ")));
            }
        }
    }
    faults
}

fn names(all: &[Source]) -> Vec<String> {
    let parts = |path: &str| path.trim_end_matches(".rs").split('/').map(str::to_owned).collect::<Vec<_>>();
    all.iter()
        .filter(|source| parts(&source.path).iter().any(|part| EMPTY_NAMES.contains(&part.as_str())))
        .map(|source| format!("{}: the name says nothing", source.path))
        .collect()
}

fn galleries(all: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for (folder, left_out, registry) in GALLERIES {
        let text: String =
            all.iter().filter(|source| is_in(&source.path, registry)).map(|source| source.code.as_str()).collect();
        let files: Vec<(&str, &Source)> = all
            .iter()
            .filter_map(|source| {
                let stem = source.path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".rs")?;
                let is_root = ["mod", "lib"].contains(&stem);
                (!is_root && !stem.contains('/') && !source.code.is_empty()).then_some((stem, source))
            })
            .filter(|(stem, _)| !left_out.contains(stem))
            .collect();
        if files.len() < 2 {
            faults.push(format!("{folder} is no gallery"));
        }
        for (stem, source) in &files {
            if !text.contains(&format!("{stem}::")) && !text.contains(&format!("{stem}(")) {
                faults.push(format!("{} is not in {registry}", source.path));
            }
            for (sibling, _) in files.iter().filter(|(sibling, _)| sibling != stem) {
                if source.code.contains(&format!("super::{sibling}::")) {
                    faults.push(format!("{} leans on its sibling {sibling}", source.path));
                }
            }
        }
    }
    faults
}

/// Dependencies: each is used, has its reason in the workspace, and stays in the crates that may have it.
fn manifests(all: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    let workspace = read("Cargo.toml");
    faults.extend(reasons(&workspace));
    let mut members = vec![("srez".to_owned(), String::new()), ("xtask".to_owned(), "xtask/".to_owned())];
    let crates = source_folders().into_iter().filter_map(|folder| {
        let name = folder.strip_prefix("crates/")?.strip_suffix("/src")?.to_owned();
        Some((name.clone(), format!("crates/{name}/")))
    });
    members.extend(crates);
    for (name, folder) in members {
        let manifest = match read(&format!("{folder}Cargo.toml")).parse::<toml::Table>() {
            Ok(manifest) => manifest,
            Err(error) => {
                faults.push(format!("{folder}Cargo.toml: {error}"));
                continue;
            }
        };
        for (table, dependency) in dependencies(&manifest) {
            if let Some((_, homes)) = HEAVY.iter().find(|(heavy, _)| *heavy == dependency)
                && table != "dev-dependencies"
                && !homes.contains(&name.as_str())
            {
                faults.push(format!("{name} depends on {dependency}, which belongs to {}", homes.join(", ")));
            }
            if !is_used(all, &folder, table == "dev-dependencies", &dependency) {
                faults.push(format!("{name} does not use {dependency} of its {table}"));
            }
        }
    }
    faults
}

fn is_used(all: &[Source], folder: &str, in_tests: bool, dependency: &str) -> bool {
    let word = dependency.replace('-', "_");
    let is_of = |path: &str| {
        if folder.is_empty() {
            ["src", "tests", "benches", "fuzz"].iter().any(|place| is_in(path, place))
        } else {
            path.starts_with(folder)
        }
    };
    let mut of_crate = all.iter().filter(|source| is_of(&source.path));
    of_crate.any(|source| has_word(if in_tests { &source.text } else { &source.code }, &word))
}

fn dependencies(manifest: &toml::Table) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut take = |table: &toml::Table| {
        for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let names = table.get(kind).and_then(toml::Value::as_table).into_iter().flat_map(|names| names.keys());
            found.extend(names.map(|name| (kind.to_owned(), name.clone())));
        }
    };
    take(manifest);
    let targets = manifest.get("target").and_then(toml::Value::as_table);
    targets.into_iter().flat_map(|targets| targets.values()).filter_map(toml::Value::as_table).for_each(take);
    found
}

/// Dependencies of the workspace without a reason on the lines above.
fn reasons(workspace: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let (mut is_inside, mut has_reason) = (false, false);
    for line in workspace.lines() {
        if line.starts_with('[') {
            is_inside = line == "[workspace.dependencies]";
        }
        let name = line.split_once(" = ").filter(|_| is_inside).map(|(name, _)| name);
        if let Some(name) = name.filter(|name| !has_reason && !name.starts_with("srez-")) {
            faults.push(format!("{name} has no reason above it"));
        }
        has_reason = line.starts_with('#') || (has_reason && name.is_some_and(|name| name.starts_with("typst")));
    }
    faults
}

/// Links of the Markdown files lead to something.
fn links(_: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut texts = vec!["README.md".to_owned()];
    for folder in ["docs", "pipelines", "sample-data"] {
        let paths = files_below(&root().join(folder)).into_iter().filter(|path| path.ends_with(".md"));
        texts.extend(paths.map(|path| format!("{folder}/{path}")));
    }
    for path in texts {
        let text = read(&path);
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let targets: BTreeSet<&str> = text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
        for target in targets.into_iter().filter(|target| !target.contains("://")) {
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let linked = if file.is_empty() { path.clone() } else { format!("{folder}/{file}") };
            let linked = linked.trim_start_matches('/');
            if !root().join(linked).exists() {
                faults.push(format!("{path} leads to {target}, which is not there"));
            } else if !anchor.is_empty() && !headings(&read(linked)).contains(anchor) {
                faults.push(format!("{path} leads to {target}, and there is no such heading"));
            }
        }
    }
    faults
}

/// Headings as the anchors that a page of the repository gives them.
fn headings(text: &str) -> BTreeSet<String> {
    let heads = text.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    heads
        .map(|head| {
            let kept = head.to_lowercase().replace(' ', "-");
            kept.chars().filter(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_')).collect()
        })
        .collect()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_default()
}
