//! The only door to the disk: bounded reading, listing, atomic writing, and what differs between systems.
//!
//! In: paths and bytes. Out: bytes, listings, locks.
//!
//! Invariants:
//! - No other crate of the program uses `std::fs` (`cargo xtask tidy`, clippy).
//! - After a crash or a power loss a durably written file is there whole or not at all (`store::trials`).
//! - A delivered file is never opened through a link (`a_link_is_not_followed`).
#![expect(clippy::disallowed_methods, reason = "this is the door")]

mod call;

pub use call::{Call, Guard, guard_calls};

use call::before;
use camino::{Utf8Path, Utf8PathBuf};
use srez_model::error::{Error, Result};
use std::fs;
use std::io::{self, ErrorKind as IoErrorKind, Read, Write};

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
    if !is_folder(folder) {
        return Ok(Vec::new());
    }
    let entries = before(Call::List, folder).and_then(|()| fs::read_dir(folder));
    let entries = entries.map_err(|error| unreadable(folder, &error))?;
    let name = |entry: std::io::Result<fs::DirEntry>| {
        let entry = entry.ok().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))?;
        entry.file_name().into_string().ok()
    };
    let mut names: Vec<String> = entries.filter_map(name).collect();
    names.sort();
    Ok(names)
}

fn list_into(folder: &Utf8Path, prefix: &str, listing: &mut Listing) -> std::io::Result<()> {
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

/// Makes a folder and its parents, with the permissions that the system gives.
pub fn make_folder(path: &Utf8Path) -> Result<()> {
    before(Call::MakeFolder, path).and_then(|()| fs::create_dir_all(path)).map_err(|error| unwritable(path, &error))
}

/// Makes a folder that only its owner can enter (0700); an existing one keeps its permissions. On Windows permissions
/// are inherited from the parent folder.
pub fn make_private_folder(path: &Utf8Path) -> Result<()> {
    if let Some(above) = path.parent() {
        make_folder(above)?;
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    before(Call::MakeFolder, path).and_then(|()| builder.create(path)).map_err(|error| unwritable(path, &error))
}

/// Writes a file that only its owner can read (0600), durably, by way of a temporary file and a rename.
pub fn write_private(path: &Utf8Path, bytes: &[u8]) -> Result<()> {
    let neighbour = path.with_file_name(format!("{}.tmp", path.file_name().unwrap_or("file")));
    remove_file(&neighbour)?;
    write_secret(&neighbour, bytes)?;
    rename(&neighbour, path)
}

/// Writes a file by way of a temporary file and a rename, so that it is there whole or not at all.
pub fn write(path: &Utf8Path, bytes: &[u8]) -> Result<()> {
    let neighbour = path.with_file_name(format!("{}.tmp", path.file_name().unwrap_or("file")));
    write_plain(&neighbour, bytes)?;
    rename(&neighbour, path)
}

/// Writes a file and flushes it to the disk before returning.
pub fn write_durable(path: &Utf8Path, bytes: &[u8]) -> Result<()> {
    let neighbour = write_neighbour(path, bytes)?;
    rename(&neighbour, path)
}

/// Writes a file in place; for folders that are published as a whole by a rename.
pub fn write_plain(path: &Utf8Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    before(Call::Create, path)
        .and_then(|()| fs::File::create(path))
        .and_then(|mut file| {
            before(Call::Write(bytes), path)?;
            file.write_all(bytes)
        })
        .map_err(|error| unwritable(path, &error))
}

/// Publishes a durable file under a name that must be free; false if the name is taken.
pub fn publish_if_absent(path: &Utf8Path, bytes: &[u8]) -> Result<bool> {
    let neighbour = write_neighbour(path, bytes)?;
    link(&neighbour, path)
}

/// Publishes a file that only its owner can read under a name that must be free; false if the name is taken. The
/// neighbour is a name beside it that nobody else uses.
pub fn publish_secret_if_absent(neighbour: &Utf8Path, path: &Utf8Path, bytes: &[u8]) -> Result<bool> {
    write_secret(neighbour, bytes)?;
    link(neighbour, path)
}

/// Gives a file its final name, if that is free; the neighbour is gone afterwards.
fn link(neighbour: &Utf8Path, path: &Utf8Path) -> Result<bool> {
    let linked = before(Call::Link(neighbour), path).and_then(|()| fs::hard_link(neighbour, path));
    let published = match linked {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == IoErrorKind::AlreadyExists => Ok(false),
        // Some file systems, on memory sticks above all, have no hard links: there a rename must do. The publisher
        // holds the lock, so nobody can take the name in between.
        Err(_) if !exists(path) => return rename(neighbour, path).map(|()| true),
        Err(error) => Err(unwritable(path, &error)),
    };
    // The file is published or refused by now; a temporary file that remains is swept up later.
    let _ = remove_file(neighbour);
    published
}

/// Writes and flushes a file that is about to get its final name; after a failure nothing of it remains.
fn write_neighbour(path: &Utf8Path, bytes: &[u8]) -> Result<Utf8PathBuf> {
    let neighbour = path.with_file_name(format!("{}.tmp", path.file_name().unwrap_or("file")));
    let write = || -> io::Result<()> {
        before(Call::Create, &neighbour)?;
        let mut file = fs::File::create(&neighbour)?;
        before(Call::Write(bytes), &neighbour)?;
        file.write_all(bytes)?;
        before(Call::Flush, &neighbour)?;
        file.sync_all()
    };
    write().map_err(|error| {
        let _ = remove_file(&neighbour);
        unwritable(path, &error)
    })?;
    Ok(neighbour)
}

/// Flushes a folder, so that the names in it survive a power loss; does nothing on Windows.
pub fn flush_folder(path: &Utf8Path) -> Result<()> {
    if cfg!(unix) {
        before(Call::FlushFolder, path)
            .and_then(|()| fs::File::open(path))
            .and_then(|folder| folder.sync_all())
            .map_err(|error| unwritable(path, &error))?;
    }
    Ok(())
}

/// Moves a file or folder.
pub fn rename(from: &Utf8Path, to: &Utf8Path) -> Result<()> {
    before(Call::Rename(from), to).and_then(|()| fs::rename(from, to)).map_err(|error| unwritable(to, &error))
}

/// Removes a folder with everything in it, if it exists.
pub fn remove_folder(path: &Utf8Path) -> Result<()> {
    match before(Call::RemoveFolder, path).and_then(|()| fs::remove_dir_all(path)) {
        Err(error) if error.kind() != IoErrorKind::NotFound => Err(unwritable(path, &error)),
        _ => Ok(()),
    }
}

/// Removes a file, if it exists.
pub fn remove_file(path: &Utf8Path) -> Result<()> {
    match before(Call::Remove, path).and_then(|()| fs::remove_file(path)) {
        Err(error) if error.kind() != IoErrorKind::NotFound => Err(unwritable(path, &error)),
        _ => Ok(()),
    }
}

/// A lock, held for as long as the value lives.
#[derive(Debug)]
pub struct Lock {
    file: fs::File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file would do, if it were not for child processes just being started that still share it.
        let _ = self.file.unlock();
    }
}

/// Takes the lock of a folder; none if another run holds it.
pub fn lock(path: &Utf8Path) -> Result<Option<Lock>> {
    let file = before(Call::Lock, path)
        .and_then(|()| fs::OpenOptions::new().create(true).truncate(false).write(true).open(path))
        .map_err(|error| unwritable(path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Lock { file })),
        Err(fs::TryLockError::WouldBlock) => Ok(None),
        Err(fs::TryLockError::Error(error)) => Err(unwritable(path, &error)),
    }
}

/// Writes a secret that only its owner can read; the name must be free.
pub fn write_secret(path: &Utf8Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let write = || -> io::Result<()> {
        before(Call::Create, path)?;
        let mut file = options.open(path)?;
        before(Call::Write(bytes), path)?;
        file.write_all(bytes)?;
        before(Call::Flush, path)?;
        file.sync_all()
    };
    write().map_err(|error| unwritable(path, &error))
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

fn unreadable(path: &Utf8Path, error: &std::io::Error) -> Error {
    let hint = match error.kind() {
        IoErrorKind::NotFound => "проверьте имя и папку",
        IoErrorKind::PermissionDenied => "проверьте права на файл и папку и запустите ещё раз",
        _ => "проверьте, что диск на месте и исправен, и запустите ещё раз",
    };
    Error::run(format!("не читается {path}: {}", reason(error))).hint(hint)
}

fn unwritable(path: &Utf8Path, error: &std::io::Error) -> Error {
    let hint = match error.kind() {
        IoErrorKind::PermissionDenied => "закройте файл в Excel или Word, проверьте права на папку и запустите ещё раз",
        IoErrorKind::StorageFull | IoErrorKind::QuotaExceeded => "освободите место на диске и запустите ещё раз",
        IoErrorKind::ReadOnlyFilesystem => "диск защищён от записи: выберите другой или снимите защиту",
        _ => "проверьте папку и запустите ещё раз",
    };
    Error::run(format!("не записывается {path}: {}", reason(error))).hint(hint)
}

fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        IoErrorKind::NotFound => "нет такого файла или папки".to_owned(),
        IoErrorKind::PermissionDenied => "нет доступа".to_owned(),
        IoErrorKind::StorageFull => "нет места на диске".to_owned(),
        IoErrorKind::QuotaExceeded => "исчерпана квота на диске".to_owned(),
        IoErrorKind::ReadOnlyFilesystem => "диск защищён от записи".to_owned(),
        IoErrorKind::AlreadyExists => "имя уже занято".to_owned(),
        kind => format!("ошибка системы ({kind})"),
    }
}

#[cfg(test)]
mod tests {
    use super::{list, read_delivered};
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
