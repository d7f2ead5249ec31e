//! The sources as text: files of a folder, without comments and without tests.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A source file.
pub struct Source {
    /// Path below the root of the repository, with `/`.
    pub path: String,
    /// The whole text.
    pub text: String,
    /// The text without comments and without what is only for tests; empty for a file of tests.
    pub code: String,
}

impl Source {
    /// Folder of the crate: `flag` of `crates/flag/src/groups.rs`; elsewhere the first folder.
    pub fn room(&self) -> &str {
        let path = self.path.strip_prefix("crates/").unwrap_or(&self.path);
        path.split('/').next().unwrap_or(path)
    }
}

/// The root of the repository.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// Paths of all files below a folder, sorted, with `/`.
pub fn files_below(folder: &Path) -> Vec<String> {
    fn walk(folder: &Path, prefix: &str, paths: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let Ok(name) = entry.file_name().into_string() else { continue };
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{prefix}{name}/"), paths);
            } else {
                paths.push(format!("{prefix}{name}"));
            }
        }
    }
    let mut paths = Vec::new();
    walk(folder, "", &mut paths);
    paths.sort();
    paths
}

/// Folders of Rust sources: the program, each crate, the tests and benches, this tool.
pub fn source_folders() -> Vec<String> {
    let crates = std::fs::read_dir(root().join("crates")).into_iter().flatten().flatten();
    let names = crates.filter_map(|entry| entry.file_name().into_string().ok());
    let mut folders: Vec<String> = names.map(|name| format!("crates/{name}/src")).collect();
    folders.sort();
    folders.extend(["src", "tests/it", "benches", "fuzz", "xtask/src"].map(str::to_owned));
    folders
}

/// All Rust files of the repository.
pub fn all_sources() -> Vec<Source> {
    source_folders().iter().flat_map(|folder| sources(folder)).collect()
}

/// All Rust files of a folder.
pub fn sources(folder: &str) -> Vec<Source> {
    let texts: Vec<(String, String)> = files_below(&root().join(folder))
        .into_iter()
        .filter(|path| path.ends_with(".rs"))
        .map(|path| {
            let text = std::fs::read_to_string(root().join(folder).join(&path)).unwrap_or_default();
            (path, text)
        })
        .collect();
    let only_tests: BTreeSet<String> = texts.iter().flat_map(|(path, text)| test_modules(path, text)).collect();
    let is_test = |path: &str| {
        let stem = path.trim_end_matches(".rs");
        only_tests.iter().any(|test| stem == test || stem.starts_with(&format!("{test}/")))
    };
    texts
        .into_iter()
        .map(|(path, text)| {
            let code = if is_test(&path) { String::new() } else { code_of(&text) };
            Source { path: format!("{folder}/{path}"), text, code }
        })
        .collect()
}

/// Modules that a file declares for tests alone, as paths without extension.
fn test_modules(path: &str, text: &str) -> Vec<String> {
    let stem = path.trim_end_matches(".rs");
    let is_root = ["lib", "main", "mod"].contains(&stem);
    let folder = if is_root { String::new() } else { format!("{}/", stem.trim_end_matches("/mod")) };
    let mut found = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let next = lines.peek().map(|next| next.trim_start_matches("pub").trim_start_matches("(crate)").trim_start());
        let next = next.and_then(|next| next.strip_prefix("mod ")).and_then(|next| next.strip_suffix(';'));
        if let ("#[cfg(test)]", Some(name)) = (line, next) {
            found.push(format!("{folder}{name}"));
        }
    }
    found
}

/// The text without comments and without the items under `#[cfg(test)]`, which are blocks at the margin.
fn code_of(text: &str) -> String {
    let mut code = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line == "#[cfg(test)]" {
            let ends = |line: &str| line == "}" || (line.ends_with(';') && !line.starts_with(' '));
            lines.by_ref().find(|line| ends(line));
        } else if !line.trim_start().starts_with("//") {
            code.push_str(line);
            code.push('\n');
        }
    }
    code
}

/// True where the text names something as a word of its own.
pub fn has_word(text: &str, word: &str) -> bool {
    let is_name = |sign: char| sign.is_alphanumeric() || sign == '_';
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(is_name) && !text[at + word.len()..].starts_with(is_name))
}
