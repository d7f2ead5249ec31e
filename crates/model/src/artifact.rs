//! What a run leaves: files as bytes, before anything is written.

use super::filter_page::FILE as FILTER_PAGE;

/// Longest name of a file or folder in a path, in bytes: below what every system and every archive takes.
const LONGEST_NAME: usize = 120;

/// One file of the report folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Artifact {
    /// Path below the period's folder, with `/`, ASCII but for the page that filters.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// True where the path of a file stays inside its folder and can be written on every system.
pub fn is_plain_path(path: &str) -> bool {
    path.split('/').all(is_plain_name)
}

/// True for a name of letters, digits and `-_.` that Windows takes too, and for the one page with a Russian name.
fn is_plain_name(name: &str) -> bool {
    if name == FILTER_PAGE {
        return true;
    }
    !name.is_empty()
        && name.len() <= LONGEST_NAME
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        && !name.ends_with('.')
        && !is_device(name)
}

/// True for a name that Windows keeps for a device, whatever follows its first dot: `con`, `NUL.txt`, `com1`.
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let is_numbered = |port: &str| {
        let number = stem.get(..port.len()).filter(|start| start.eq_ignore_ascii_case(port));
        number.is_some() && stem.len() == port.len() + 1 && stem.ends_with(|last: char| last.is_ascii_digit())
    };
    ["con", "prn", "aux", "nul"].iter().any(|device| stem.eq_ignore_ascii_case(device))
        || ["com", "lpt"].into_iter().any(is_numbered)
}

#[cfg(test)]
mod tests {
    use super::{is_device, is_plain_path};

    #[test]
    fn only_names_that_every_system_takes_are_plain() {
        for path in [
            "index.html",
            "qa/returns/edu990003/01-f1.xlsx",
            "data/a_b-c.csv",
            "console/com10",
            "lpt/nul-1",
            "срез.html",
        ] {
            assert!(is_plain_path(path), "{path}");
        }
        let long = format!("qa/{}/letter.docx", "a".repeat(300));
        for path in ["", "a//b", "../a", "a/..", "a/.", "a/b.", "a b", "школа", "a/CON/b", "nul.txt", "a:b", &long]
        {
            assert!(!is_plain_path(path), "{path}");
        }
        assert!(is_device("LPT9.docx") && !is_device("comma") && !is_device("com") && !is_device("школа"));
    }
}
