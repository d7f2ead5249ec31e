//! Making, moving and removing folders and files.

use crate::call::{Call, before};
use crate::held::patiently;
use crate::reasons::unwritable;
use camino::Utf8Path;
use srez_model::error::Result;
use std::fs;
use std::io::ErrorKind;

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

/// Moves a file or folder; waits up to two seconds for one that another program holds.
pub fn rename(from: &Utf8Path, to: &Utf8Path) -> Result<()> {
    before(Call::Rename(from), to)
        .and_then(|()| patiently(|| fs::rename(from, to)))
        .map_err(|error| unwritable(to, &error))
}

/// Removes a folder with everything in it, if it exists.
pub fn remove_folder(path: &Utf8Path) -> Result<()> {
    match before(Call::RemoveFolder, path).and_then(|()| patiently(|| fs::remove_dir_all(path))) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(unwritable(path, &error)),
        _ => Ok(()),
    }
}

/// Removes a file, if it exists.
pub fn remove_file(path: &Utf8Path) -> Result<()> {
    match before(Call::Remove, path).and_then(|()| patiently(|| fs::remove_file(path))) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(unwritable(path, &error)),
        _ => Ok(()),
    }
}
