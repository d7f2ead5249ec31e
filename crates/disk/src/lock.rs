//! The lock that keeps two runs out of one folder.

use crate::call::{Call, before};
use crate::reasons::unwritable;
use camino::Utf8Path;
use srez_model::error::Result;
use std::fs;

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
