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
    let bytes = read(path, 16 << 20)?;
    String::from_utf8(bytes).map_err(|_| Error::run(format!("файл {path} не в кодировке UTF-8")))
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
