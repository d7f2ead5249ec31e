//! Bounded reading, and what can be asked of a path.

use crate::call::{Call, before};
use crate::reasons::unreadable;
use camino::{Utf8Path, Utf8PathBuf};
use srez_model::error::{Error, Result};
use std::fs;
use std::io::Read;

/// Reads a regular file up to a limit; the bytes that are hashed are also the bytes that are parsed.
///
/// # Errors
/// If it cannot be read or is larger than `limit` bytes.
pub fn read(path: &Utf8Path, limit: u64) -> Result<Vec<u8>> {
    let file =
        before(Call::Read, path).and_then(|()| fs::File::open(path)).map_err(|error| unreadable(path, &error))?;
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    if limit < bytes.len() as u64 {
        return Err(Error::run(format!("файл {path} больше {} МиБ", limit >> 20)));
    }
    Ok(bytes)
}

/// Reads a delivered file up to a limit: a regular file only, never through a link.
///
/// # Errors
/// If it is not a regular file, cannot be read or is larger than `limit` bytes.
pub fn read_delivered(path: &Utf8Path, limit: u64) -> Result<Vec<u8>> {
    let refuse = || Error::run(format!("{path} — не обычный файл"));
    let before = fs::symlink_metadata(path).map_err(|error| unreadable(path, &error))?;
    if !before.is_file() {
        return Err(refuse());
    }
    let bytes = read(path, limit)?;
    // A link put in the file's place since the first look would have been followed.
    match fs::symlink_metadata(path) {
        Ok(after) if after.is_file() => Ok(bytes),
        _ => Err(refuse()),
    }
}

/// Reads a text file up to 16 MiB.
///
/// # Errors
/// If it cannot be read or is not UTF-8.
pub fn read_text(path: &Utf8Path) -> Result<String> {
    String::from_utf8(read(path, 16 << 20)?).map_err(|error| not_utf8(path, error.as_bytes()))
}

/// Names the encoding as Notepad does, in which such a file is usually written.
fn not_utf8(path: &Utf8Path, bytes: &[u8]) -> Error {
    let is_wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || bytes.contains(&0);
    let found = if is_wide { "UTF-16" } else { "ANSI (Windows-1251)" };
    Error::run(format!("файл {path} сохранён не в кодировке UTF-8, а, видимо, в {found}")).hint(
        "откройте его в Блокноте, «Файл» → «Сохранить как», выберите кодировку UTF-8, сохраните и запустите ещё раз",
    )
}

/// True if anything exists at the path.
pub fn exists(path: &Utf8Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// The path without links and `..`, as the system sees it.
///
/// # Errors
/// Where there is nothing at the path, or its name is not text.
pub fn resolve(path: &Utf8Path) -> Result<Utf8PathBuf> {
    path.canonicalize_utf8().map_err(|error| unreadable(path, &error))
}

/// True if the path is a folder.
pub fn is_folder(path: &Utf8Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

/// True if group or others can read the file or enter the folder. Always false on Windows, where permissions are
/// inherited from the parent folder and this program cannot tell.
pub fn is_open_to_others(path: &Utf8Path) -> Result<bool> {
    let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        Ok(metadata.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::read_text;
    use camino::Utf8Path;

    #[test]
    fn text_in_another_encoding_is_told_how_to_save_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8Path::from_path(folder.path()).unwrap().join("план.toml");
        let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain("title".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for (bytes, found) in [(wide.as_slice(), "UTF-16"), (b"title = \"\xd1\xf0\xe5\xe7\"", "ANSI")] {
            crate::write_plain(&path, bytes).unwrap();
            let told = read_text(&path).unwrap_err();
            assert!(told.message.contains(found) && told.hint.contains("Блокноте"), "{} {}", told.message, told.hint);
        }
    }
}
