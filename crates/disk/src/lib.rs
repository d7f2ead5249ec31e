//! The only door to the disk: bounded reading, listing, atomic writing, what differs by system.
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
    /// Path to open.
    pub path: Utf8PathBuf,
    /// Size in bytes.
    pub size: u64,
}

/// What a listing met beside regular files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Regular files, sorted by name.
    pub files: Vec<Found>,
    /// Links, devices, closed folders, and names that are not text or hold control characters: never opened; sorted.
    /// What cannot be shown in a name is replaced by «�».
    pub left_out: Vec<String>,
    folders: Vec<(Utf8PathBuf, String)>,
}

/// Lists a folder and all folders below it without following links.
///
/// # Errors
/// Where the folder cannot be read.
pub fn list(folder: &Utf8Path) -> Result<Listing> {
    let mut listing = Listing::default();
    list_into(folder, "", &mut listing).map_err(|error| unreadable(folder, &error))?;
    // Folders still to be looked through, so that no depth of them can exhaust the stack.
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

/// A name with a sign of replacement for each control character and each mark of writing direction: they would speak to
/// the terminal, or make one name look like another.
fn showable(name: &str) -> String {
    let is_control = |sign: char| {
        sign.is_control()
            || matches!(sign, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    name.chars().map(|sign| if is_control(sign) { '\u{fffd}' } else { sign }).collect()
}

/// Reads a regular file up to a limit; the bytes that are hashed are the bytes that are parsed.
///
/// # Errors
/// Where it cannot be read or is larger than `limit` bytes.
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

/// Reads a file that somebody delivered: a regular one, never through a link, up to a limit.
///
/// # Errors
/// Where it is no regular file, cannot be read or is larger than `limit` bytes.
pub fn read_delivered(path: &Utf8Path, limit: u64) -> Result<Vec<u8>> {
    let refuse = || Error::run(format!("{path} — не обычный файл"));
    let before = fs::symlink_metadata(path).map_err(|error| unreadable(path, &error))?;
    if !before.is_file() {
        return Err(refuse());
    }
    let bytes = read(path, limit)?;
    // A link that took the place of the file in between would have been followed.
    match fs::symlink_metadata(path) {
        Ok(after) if after.is_file() => Ok(bytes),
        _ => Err(refuse()),
    }
}

/// Reads a text file up to 16 MiB.
///
/// # Errors
/// Where it cannot be read or is not UTF-8.
pub fn read_text(path: &Utf8Path) -> Result<String> {
    let bytes = read(path, 16 << 20)?;
    String::from_utf8(bytes).map_err(|_| Error::run(format!("файл {path} не в кодировке UTF-8")))
}

/// True where something stands at the path.
pub fn exists(path: &Utf8Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// True where a folder stands at the path.
pub fn is_folder(path: &Utf8Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

/// Makes a folder and those above it, with the rights that the system gives.
///
/// # Errors
/// Where it cannot be made.
pub fn make_folder(path: &Utf8Path) -> Result<()> {
    before(Call::MakeFolder, path).and_then(|()| fs::create_dir_all(path)).map_err(|error| unwritable(path, &error))
}

/// Makes a folder that only its owner can enter (0700); one that is there keeps its rights. On Windows the rights come
/// from the folder above.
///
/// # Errors
/// Where it cannot be made.
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
    builder.create(path).map_err(|error| unwritable(path, &error))
}

/// Writes a file that only its owner can read (0600), durably, through a neighbour and a rename.
///
/// # Errors
/// Where it cannot be written.
pub fn write_private(path: &Utf8Path, bytes: &[u8]) -> Result<()> {
    let neighbour = path.with_file_name(format!("{}.tmp", path.file_name().unwrap_or("file")));
    remove_file(&neighbour)?;
    write_secret(&neighbour, bytes)?;
    rename(&neighbour, path)
}

/// Writes a file through a neighbour and a rename, so that it is there whole or not at all.
///
/// # Errors
/// Where it cannot be written.
pub fn write(path: &Utf8Path, bytes: &[u8]) -> Result<()> {
    let neighbour = path.with_file_name(format!("{}.tmp", path.file_name().unwrap_or("file")));
    write_plain(&neighbour, bytes)?;
    rename(&neighbour, path)
}

/// Writes a file and flushes it to the disk before returning.
///
/// # Errors
/// Where it cannot be written.
pub fn write_durable(path: &Utf8Path, bytes: &[u8]) -> Result<()> {
    let neighbour = write_neighbour(path, bytes)?;
    rename(&neighbour, path)
}

/// Writes a file in place; for folders that are published by a rename as a whole.
///
/// # Errors
/// Where it cannot be written.
pub fn write_plain(path: &Utf8Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    fs::write(path, bytes).map_err(|error| unwritable(path, &error))
}

/// Publishes a durable file under a name that must be free; false where the name is taken.
///
/// # Errors
/// Where it cannot be written.
pub fn publish_if_absent(path: &Utf8Path, bytes: &[u8]) -> Result<bool> {
    let neighbour = write_neighbour(path, bytes)?;
    let linked = before(Call::Link(&neighbour), path).and_then(|()| fs::hard_link(&neighbour, path));
    let published = match linked {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == IoErrorKind::AlreadyExists => Ok(false),
        // Some disks, memory sticks above all, know no second names: there a rename must do, and whoever publishes
        // holds the lock, so that nobody takes the name in between.
        Err(_) if !exists(path) => return rename(&neighbour, path).map(|()| true),
        Err(error) => Err(unwritable(path, &error)),
    };
    // The file is published or refused by now; a neighbour that stays is swept up later.
    let _ = remove_file(&neighbour);
    published
}

/// Writes and flushes a file that is about to get its name; what is left of one that failed takes no room.
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

/// Flushes a folder, so that the names in it survive a loss of power; nothing to do on Windows.
///
/// # Errors
/// Where it cannot be flushed.
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
///
/// # Errors
/// Where it cannot be moved.
pub fn rename(from: &Utf8Path, to: &Utf8Path) -> Result<()> {
    before(Call::Rename(from), to).and_then(|()| fs::rename(from, to)).map_err(|error| unwritable(to, &error))
}

/// Removes a folder with all that is in it; nothing to do where there is none.
///
/// # Errors
/// Where it cannot be removed.
pub fn remove_folder(path: &Utf8Path) -> Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != IoErrorKind::NotFound => Err(unwritable(path, &error)),
        _ => Ok(()),
    }
}

/// Removes a file; nothing to do where there is none.
///
/// # Errors
/// Where it cannot be removed.
pub fn remove_file(path: &Utf8Path) -> Result<()> {
    match before(Call::Remove, path).and_then(|()| fs::remove_file(path)) {
        Err(error) if error.kind() != IoErrorKind::NotFound => Err(unwritable(path, &error)),
        _ => Ok(()),
    }
}

/// A lock held as long as the value lives.
#[derive(Debug)]
pub struct Lock {
    file: fs::File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file would do, were it not for processes that are just being started and still share it.
        let _ = self.file.unlock();
    }
}

/// Takes the lock of a folder; none where another run holds it.
///
/// # Errors
/// Where the lock file cannot be made.
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
///
/// # Errors
/// Where it cannot be written.
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
    let mut file = options.open(path).map_err(|error| unwritable(path, &error))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|error| unwritable(path, &error))
}

/// True where group or others can read the file or enter the folder; always false on Windows, where this program cannot
/// tell: there the rights come from the folder above, and who set it up answers for them.
///
/// # Errors
/// Where it cannot be looked at.
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
