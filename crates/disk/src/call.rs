//! Calls to the disk as values, so that tests can make any of them fail or be the last.

use camino::Utf8Path;
use std::io;
use std::sync::OnceLock;

/// One call to the disk.
#[derive(Clone, Copy, Debug)]
pub enum Call<'a> {
    /// Lists a folder.
    List,
    /// Reads a file.
    Read,
    /// Makes a folder.
    MakeFolder,
    /// Makes a new file, empty as yet.
    Create,
    /// Writes these bytes.
    Write(&'a [u8]),
    /// Flushes a file to the device.
    Flush,
    /// Renames what has this path.
    Rename(&'a Utf8Path),
    /// Gives the file with this path one more name.
    Link(&'a Utf8Path),
    /// Removes a file or a folder.
    Remove,
    /// Flushes the list of names of a folder.
    FlushFolder,
    /// Takes a lock.
    Lock,
}

/// Is asked before every call and may refuse it.
pub type Guard = fn(Call<'_>, &Utf8Path) -> io::Result<()>;

static GUARD: OnceLock<Guard> = OnceLock::new();

/// Puts a guard before all later calls of this process, for tests in which the disk fails; the first one stays.
pub fn guard_calls(guard: Guard) {
    let _ = GUARD.set(guard);
}

/// Comes before every call.
pub(crate) fn before(call: Call<'_>, path: &Utf8Path) -> io::Result<()> {
    GUARD.get().map_or(Ok(()), |guard| guard(call, path))
}
