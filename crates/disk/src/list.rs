//! Listing a folder: regular files only, without following links.

use crate::call::{Call, before};
use crate::read::is_folder;
use crate::reasons::unreadable;
use camino::{Utf8Path, Utf8PathBuf};
use srez_model::error::Result;
use std::{fs, io};

/// A regular file found in a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Path below the folder that was listed, with `/`.
    pub name: String,
    pub path: Utf8PathBuf,
    /// Size in bytes.
    pub size: u64,
}

/// What a listing found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Regular files, sorted by name.
    pub files: Vec<Found>,
    /// Links, devices, unreadable folders, and names that are not UTF-8 or contain control characters. They are never
    /// opened. Sorted; what cannot be shown in a name is replaced by «�».
    pub left_out: Vec<String>,
    folders: Vec<(Utf8PathBuf, String)>,
}

/// Lists a folder and all folders below it without following links.
pub fn list(folder: &Utf8Path) -> Result<Listing> {
    let mut listing = Listing::default();
    list_into(folder, "", &mut listing).map_err(|error| unreadable(folder, &error))?;
    // Folders still to visit: a list instead of recursion, so that deep nesting cannot exhaust the stack.
    while let Some((path, prefix)) = listing.folders.pop() {
        if list_into(&path, &prefix, &mut listing).is_err() {
            listing.left_out.push(prefix.trim_end_matches('/').to_owned());
        }
    }
    listing.files.sort();
    listing.left_out.sort();
    listing.left_out.dedup();
    Ok(listing)
}

/// Names of the folders in a folder, sorted; none where there is no folder.
///
/// # Errors
/// If the folder cannot be listed.
pub fn folders(folder: &Utf8Path) -> Result<Vec<String>> {
    names(folder, fs::FileType::is_dir)
}

/// Names of the regular files directly in a folder, sorted; none where there is no folder.
///
/// # Errors
/// If the folder cannot be listed.
pub fn files(folder: &Utf8Path) -> Result<Vec<String>> {
    names(folder, fs::FileType::is_file)
}

fn names(folder: &Utf8Path, is_wanted: fn(&fs::FileType) -> bool) -> Result<Vec<String>> {
    if !is_folder(folder) {
        return Ok(Vec::new());
    }
    let entries = before(Call::List, folder).and_then(|()| fs::read_dir(folder));
    let entries = entries.map_err(|error| unreadable(folder, &error))?;
    let name = |entry: io::Result<fs::DirEntry>| {
        let entry = entry.ok().filter(|entry| entry.file_type().is_ok_and(|kind| is_wanted(&kind)))?;
        entry.file_name().into_string().ok()
    };
    let mut names: Vec<String> = entries.filter_map(name).collect();
    names.sort();
    Ok(names)
}

fn list_into(folder: &Utf8Path, prefix: &str, listing: &mut Listing) -> io::Result<()> {
    before(Call::List, folder)?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let shown = format!("{prefix}{}", showable(&entry.file_name().to_string_lossy()));
        let Some(name) = entry.file_name().into_string().ok().filter(|name| shown.ends_with(name.as_str())) else {
            listing.left_out.push(shown);
            continue;
        };
        let path = folder.join(&name);
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_dir() => listing.folders.push((path, format!("{shown}/"))),
            Ok(metadata) if metadata.is_file() => {
                listing.files.push(Found { name: shown, path, size: metadata.len() });
            }
            _ => listing.left_out.push(shown),
        }
    }
    Ok(())
}

/// A name with its control characters and writing-direction marks replaced: they would be commands to the terminal, or
/// make one name look like another.
fn showable(name: &str) -> String {
    let is_control = |sign: char| {
        sign.is_control()
            || matches!(sign, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    name.chars().map(|sign| if is_control(sign) { '\u{fffd}' } else { sign }).collect()
}

#[cfg(test)]
mod tests {
    use super::list;
    use crate::read_delivered;
    use camino::Utf8Path;
    use std::fs;

    #[cfg(unix)]
    #[test]
    fn links_devices_and_names_that_deceive_are_left_out() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        fs::create_dir_all(root.join("папка.xlsx/внутри")).unwrap();
        for name in ["Форма.xlsx", "папка.xlsx/внутри/а.csv", "б\u{202e}xslx.exe", "в\u{1b}[2J.csv", "г\nд.csv"]
        {
            fs::write(root.join(name), b"x").unwrap();
        }
        fs::write(folder.path().join(std::ffi::OsStr::from_bytes(b"\xff.csv")), b"x").unwrap();
        std::os::unix::fs::symlink("/etc/passwd", root.join("ссылка.csv")).unwrap();
        std::os::unix::fs::symlink(root, root.join("круг")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(root.join("гнездо.csv")).unwrap();
        let listing = list(root).unwrap();
        let names: Vec<&str> = listing.files.iter().map(|found| found.name.as_str()).collect();
        assert_eq!(names, ["Форма.xlsx", "папка.xlsx/внутри/а.csv"]);
        let left_out = [
            "б\u{fffd}xslx.exe",
            "в\u{fffd}[2J.csv",
            "гнездо.csv",
            "г\u{fffd}д.csv",
            "круг",
            "ссылка.csv",
            "\u{fffd}.csv",
        ];
        assert_eq!(listing.left_out, left_out);
        assert!(read_delivered(&root.join("ссылка.csv"), 100).is_err());
        assert_eq!(read_delivered(&root.join("Форма.xlsx"), 100).unwrap(), b"x");
        assert!(read_delivered(&root.join("Форма.xlsx"), 0).is_err());
    }

    #[test]
    fn no_depth_of_folders_is_too_deep() {
        let folder = tempfile::tempdir().unwrap();
        let mut path = Utf8Path::from_path(folder.path()).unwrap().to_owned();
        for _ in 0..400 {
            path.push("п");
        }
        fs::create_dir_all(&path).unwrap();
        fs::write(path.join("а.csv"), b"x").unwrap();
        let listing = list(Utf8Path::from_path(folder.path()).unwrap()).unwrap();
        assert_eq!(listing.files.len(), 1);
    }
}
