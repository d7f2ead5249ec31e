//! The files of a pack of works, from a folder or a ZIP, and back into a ZIP. Nothing is unpacked to the disk.

use super::refused;
use super::written::HEAD;
use camino::Utf8Path;
use srez_model::error::{Error, Result};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

/// Most bytes that a pack may hold, packed or not.
pub(super) const LARGEST: u64 = 64 << 20;

/// Most files of a pack.
const MOST_MEMBERS: usize = 10_000;

/// Files that tell what is new, in the order in which they are looked for.
pub(super) const CHANGES: &[&str] = &["CHANGELOG.md", "изменения.md"];

/// Files by path, sorted.
pub(super) type Members = BTreeMap<String, Vec<u8>>;

/// What lies in a folder: members, and names of files that are none.
pub(super) struct OfFolder {
    pub(super) members: Members,
    pub(super) left_out: Vec<String>,
}

/// True for a path that a pack may hold: `exams/**.toml`, `forms/*.toml`, `subjects.toml`.
pub(super) fn is_member(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let is_plain = |part: &&str| {
        !["", ".", ".."].contains(part) && !part.contains(['\\', ':']) && !part.chars().any(char::is_control)
    };
    let is_placed = match parts.as_slice() {
        [file] => *file == "subjects.toml",
        ["forms", file] => file.ends_with(".toml"),
        ["exams", .., file] => file.ends_with(".toml"),
        _ => false,
    };
    is_placed && parts.iter().all(is_plain)
}

/// Reads the files of a folder that a pack takes, its head and what tells of changes.
///
/// # Errors
/// If a file cannot be read, there is too much, or a TOML file lies where a pack does not look.
pub(super) fn of_folder(folder: &Utf8Path) -> Result<OfFolder> {
    let listing = srez_disk::list(folder)?;
    if let Some(first) = listing.left_out.first() {
        return Err(refused(folder, format!("не прочитано {first}"))
            .hint("это ссылка, закрытая папка или имя с особыми знаками: замените их обычными файлами"));
    }
    let (mut members, mut left_out) = (Members::new(), Vec::new());
    let mut left = LARGEST;
    for found in listing.files {
        let is_known = found.name == HEAD || CHANGES.contains(&found.name.as_str());
        if is_known || is_member(&found.name) {
            if left < found.size || members.len() == MOST_MEMBERS {
                return Err(too_much(folder));
            }
            let bytes = srez_disk::read(&found.path, left)?;
            left = left.saturating_sub(bytes.len() as u64);
            members.insert(found.name, bytes);
        } else if found.name.to_lowercase().ends_with(".toml") {
            return Err(refused(folder, format!("файл {} лежит не на месте", found.name)).hint(PLACES));
        } else {
            left_out.push(found.name);
        }
    }
    Ok(OfFolder { members, left_out })
}

/// Where the files of a pack lie.
pub(super) const PLACES: &str =
    "спецификации — в папке exams, профили форм — в папке forms, предметы — в subjects.toml рядом с ними";

/// Unfolds a ZIP in memory; `path` is its name, for messages.
///
/// # Errors
/// If it is no ZIP, cut short, encrypted, too large, or holds one name twice.
pub(super) fn of_archive(path: &Utf8Path, bytes: &[u8]) -> Result<Members> {
    let again = "скопируйте или скачайте пакет ещё раз";
    if !bytes.starts_with(b"PK") {
        return Err(refused(path, "это не архив ZIP")
            .hint("пакет собирает srez exam pack ПАПКА --out ИМЯ.zip; папку можно указать и без упаковки"));
    }
    let damaged = |_| refused(path, "архив обрезан или повреждён").hint(again);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.has_duplicate_names() || archive.has_overlapping_files().map_err(damaged)? {
        return Err(refused(path, "две части архива названы одинаково или наложены друг на друга").hint(again));
    }
    if MOST_MEMBERS < archive.len() {
        return Err(too_much(path));
    }
    let mut members = Members::new();
    let mut left = LARGEST;
    for place in 0..archive.len() {
        let (name, is_folder, is_closed) = {
            let raw = archive.by_index_raw(place).map_err(damaged)?;
            (String::from_utf8(raw.name_raw().to_vec()), raw.is_dir(), raw.encrypted() || raw.is_symlink())
        };
        let name = name.map_err(|_| refused(path, "имя файла в архиве не в кодировке UTF-8").hint(again))?;
        if is_folder {
            continue;
        }
        if is_closed {
            return Err(refused(path, format!("{} зашифрован или это ссылка", shown(&name))).hint(again));
        }
        let file = archive.by_index(place).map_err(damaged)?;
        let mut content = Vec::new();
        let read = file.take(left + 1).read_to_end(&mut content);
        read.map_err(|_| refused(path, format!("{} не распаковывается", shown(&name))).hint(again))?;
        left = left.checked_sub(content.len() as u64).ok_or_else(|| too_much(path))?;
        members.insert(name, content);
    }
    Ok(members)
}

/// A name for the screen, without signs that would be commands to the terminal or turn the line around.
pub(super) fn shown(name: &str) -> String {
    let is_command = |sign: char| {
        sign.is_control()
            || matches!(sign, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    format!("«{}»", name.chars().map(|sign| if is_command(sign) { '\u{fffd}' } else { sign }).collect::<String>())
}

fn too_much(path: &Utf8Path) -> Error {
    refused(path, format!("в нём больше {} МиБ или больше {MOST_MEMBERS} файлов", LARGEST >> 20))
        .hint("разделите пакет или уберите лишнее")
}

/// The ZIP of these files: sorted, with a fixed time and system, so that the same files give the same bytes.
///
/// # Errors
/// If it cannot be serialised, which is a bug.
pub(super) fn archive(members: &Members) -> Result<Vec<u8>> {
    let fail = || Error::run("пакет работ не записывается");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in members {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .system(System::Unix);
        writer.start_file(path.as_str(), options).map_err(|_| fail())?;
        writer.write_all(bytes).map_err(|_| fail())?;
    }
    Ok(writer.finish().map_err(|_| fail())?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_holds_files_of_three_places_only() {
        for path in ["subjects.toml", "forms/a.toml", "exams/a.toml", "exams/vpr/2027/a.toml"] {
            assert!(is_member(path), "{path}");
        }
        let others = [
            "../exams/a.toml",
            "exams/../../a.toml",
            "/exams/a.toml",
            "exams//a.toml",
            "exams/./a.toml",
            "exams/c:\\a.toml",
            "exams\\a.toml",
            "forms/deep/a.toml",
            "exams/a.csv",
            "thresholds.toml",
            "pack.toml",
            "exams",
        ];
        for path in others {
            assert!(!is_member(path), "{path}");
        }
    }

    #[test]
    fn a_bomb_is_not_unfolded() {
        let zeros = vec![0; (LARGEST + 1) as usize];
        let bytes = archive(&Members::from([("exams/a.toml".to_owned(), zeros)])).unwrap();
        assert!((bytes.len() as u64) < LARGEST / 100);
        let said = of_archive(Utf8Path::new("a.zip"), &bytes).unwrap_err().message;
        assert!(said.contains("больше 64 МиБ"), "{said}");
    }
}
