//! Disk calls as values, so that tests can make any of them fail or be the last one.

use camino::Utf8Path;
use std::io;
use std::sync::OnceLock;

#[derive(Clone, Copy, Debug)]
pub enum Call<'a> {
    List,
    Read,
    MakeFolder,
    /// Makes a new, empty file.
    Create,
    /// Writes these bytes.
    Write(&'a [u8]),
    /// Flushes a file to the device.
    Flush,
    /// Renames the file or folder at this path.
    Rename(&'a Utf8Path),
    /// Makes a hard link to the file at this path.
    Link(&'a Utf8Path),
    /// Removes a file.
    Remove,
    /// Removes a folder with all that is in it.
    RemoveFolder,
    /// Flushes the entries of a folder.
    FlushFolder,
    Lock,
}

/// Called before every disk call; may refuse it.
pub type Guard = fn(Call<'_>, &Utf8Path) -> io::Result<()>;

static GUARD: OnceLock<Guard> = OnceLock::new();

/// Installs a guard for all later disk calls of this process, for tests in which the disk fails. Only the first guard
/// is installed.
pub fn guard_calls(guard: Guard) {
    let _ = GUARD.set(guard);
}

/// Comes before every call.
pub(crate) fn before(call: Call<'_>, path: &Utf8Path) -> io::Result<()> {
    GUARD.get().map_or(Ok(()), |guard| guard(call, path))
}
