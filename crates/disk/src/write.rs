//! Writing files whole or not at all, durably or secretly where that is wanted.

use crate::call::{Call, before};
use crate::reasons::unwritable;
use crate::{exists, make_folder, remove_file, rename};
use camino::{Utf8Path, Utf8PathBuf};
use srez_model::error::Result;
use std::fs;
use std::io::{self, ErrorKind, Write};

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
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
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
