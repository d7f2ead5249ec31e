//! The sources as text: files of a folder, without comments and without tests.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The folder of the package.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A source file.
pub(crate) struct Source {
    /// Path below the folder that was asked for, with `/`.
    pub(crate) path: String,
    /// First part of the path; of `src/pipeline.rs` it is `pipeline`.
    pub(crate) room: String,
    /// The text without comments and without what stands under `#[cfg(test)]`; empty for a file of tests.
    pub(crate) code: String,
}

impl Source {
    /// Names of the modules above the text: `measure/gallery/x.rs` is three deep, `chart/mod.rs` one.
    pub(crate) fn depth(&self) -> usize {
        let parts = self.path.trim_end_matches(".rs").split('/');
        parts.filter(|part| *part != "mod" && *part != "lib").count()
    }
}

/// Paths of all files below a folder, sorted, with `/`.
pub(crate) fn files_below(folder: &Path) -> Vec<String> {
    fn walk(folder: &Path, prefix: &str, paths: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            if entry.file_type().unwrap().is_dir() {
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

/// All Rust files of a folder of the package.
pub(crate) fn sources(folder: &str) -> Vec<Source> {
    let folder = root().join(folder);
    let texts: Vec<(String, String)> = files_below(&folder)
        .into_iter()
        .filter(|path| path.ends_with(".rs"))
        .map(|path| (path.clone(), std::fs::read_to_string(folder.join(&path)).unwrap()))
        .collect();
    let only_tests: BTreeSet<String> = texts.iter().flat_map(|(path, text)| test_modules(path, text)).collect();
    texts
        .iter()
        .map(|(path, text)| {
            let stem = path.trim_end_matches(".rs");
            let is_test = only_tests.iter().any(|test| stem == test || stem.starts_with(&format!("{test}/")));
            Source {
                path: path.clone(),
                room: stem.split('/').next().unwrap().to_owned(),
                code: if is_test { String::new() } else { code_of(text) },
            }
        })
        .collect()
}

/// Modules that a file declares for tests alone, as paths without extension.
fn test_modules(path: &str, text: &str) -> Vec<String> {
    let stem = path.trim_end_matches(".rs");
    let folder = if stem == "mod" { String::new() } else { format!("{}/", stem.trim_end_matches("/mod")) };
    let mut found = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let next = lines.peek().map(|next| next.strip_prefix("pub(crate) ").unwrap_or(next));
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

/// Names that follow `before` in the code: one name, or the first names of a list in braces.
pub(crate) fn names_after<'a>(code: &'a str, before: &'a str) -> impl Iterator<Item = &'a str> {
    code.match_indices(before).filter(|(at, _)| !ends_in_a_name(&code[..*at])).flat_map(move |(at, _)| {
        let rest = &code[at + before.len()..];
        match rest.strip_prefix('{') {
            Some(list) => first_names(list),
            None => vec![name_at(rest)],
        }
    })
}

/// Names at the start of each entry of a list in braces, which may hold lists itself.
fn first_names(list: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let (mut depth, mut starts) = (0_i32, true);
    for (at, sign) in list.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => starts = true,
            sign if starts && !sign.is_whitespace() => {
                names.push(name_at(&list[at..]));
                starts = false;
            }
            _ => {}
        }
    }
    names
}

fn name_at(text: &str) -> &str {
    text.split(|sign: char| !sign.is_alphanumeric() && sign != '_').next().unwrap_or("")
}

/// True where the text breaks off inside a name or a path, so that what follows is a part of it.
pub(crate) fn ends_in_a_name(text: &str) -> bool {
    text.ends_with(|sign: char| sign.is_alphanumeric() || sign == '_' || sign == ':')
}

/// File names without extension directly in a folder of `src`, but not those left out.
pub(crate) fn gallery(folder: &str, left_out: &[&str]) -> BTreeSet<String> {
    let in_folder = sources(&format!("src/{folder}"));
    let files = in_folder.iter().filter(|source| !source.code.is_empty() && !source.path.contains('/'));
    let stems = files.map(|source| source.path.trim_end_matches(".rs").to_owned());
    stems.filter(|stem| stem != "mod" && !left_out.contains(&stem.as_str())).collect()
}
