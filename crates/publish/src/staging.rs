//! Where the files of an issue wait until all are made: with a hundred schools they have gigabytes.

use camino::{Utf8Path, Utf8PathBuf};
use srez_model::artifact::Artifact;
use srez_model::error::Result;
use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};

/// Its place in the store, which is closed to others and locked by the run.
const FOLDER: &str = "staging";

/// Smaller files wait in memory: together they have little, and a file for each would cost more.
const LEAST: usize = 1 << 16;

/// A file that is made.
#[derive(Debug)]
pub struct Prepared {
    /// As of the [`Artifact`].
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// BLAKE3 of the content, in hexadecimal digits.
    pub blake3: String,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Held(Vec<u8>),
    Waiting(Utf8PathBuf),
    /// Only its hash is wanted.
    Gone,
}

impl Prepared {
    /// The content.
    ///
    /// # Errors
    /// Where the disk does not give it back.
    pub(crate) fn bytes(&self) -> Result<Cow<'_, [u8]>> {
        match &self.content {
            Content::Held(bytes) => Ok(Cow::Borrowed(bytes)),
            Content::Waiting(path) => srez_disk::read(path, self.size).map(Cow::Owned),
            Content::Gone => Ok(Cow::Borrowed(&[])),
        }
    }
}

impl From<Artifact> for Prepared {
    fn from(artifact: Artifact) -> Self {
        let Artifact { path, bytes } = artifact;
        let blake3 = blake3::hash(&bytes).to_hex().to_string();
        Self { path, size: bytes.len() as u64, blake3, content: Content::Held(bytes) }
    }
}

/// The place where they wait; it goes with its last file.
#[derive(Debug)]
pub struct Staging {
    place: Place,
}

#[derive(Debug)]
enum Place {
    Disk { folder: Utf8PathBuf, next: AtomicU64 },
    Nowhere,
}

impl Staging {
    /// In the store, without what a run left there that was killed.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn in_store(store: &Utf8Path) -> Result<Self> {
        let folder = store.join(FOLDER);
        if srez_disk::exists(&folder) {
            srez_disk::remove_folder(&folder)?;
        }
        srez_disk::make_private_folder(&folder)?;
        Ok(Self { place: Place::Disk { folder, next: AtomicU64::new(0) } })
    }

    /// For files that are only compared: large ones are forgotten once their hash is known.
    pub fn for_comparison() -> Self {
        Self { place: Place::Nowhere }
    }

    /// Takes a file out of memory.
    ///
    /// # Errors
    /// Where the disk refuses: there may be no room.
    pub fn set_aside(&self, artifact: Artifact) -> Result<Prepared> {
        let mut prepared = Prepared::from(artifact);
        let Content::Held(bytes) = &prepared.content else { return Ok(prepared) };
        if bytes.len() < LEAST {
            return Ok(prepared);
        }
        prepared.content = match &self.place {
            Place::Disk { folder, next } => {
                let file = folder.join(next.fetch_add(1, Ordering::Relaxed).to_string());
                srez_disk::write_plain(&file, bytes)?;
                Content::Waiting(file)
            }
            Place::Nowhere => Content::Gone,
        };
        Ok(prepared)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if let Place::Disk { folder, .. } = &self.place {
            // What stays is removed by the next run.
            let _ = srez_disk::remove_folder(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(size: usize) -> Artifact {
        Artifact { path: format!("{size}.pdf"), bytes: vec![7; size] }
    }

    #[test]
    fn large_files_wait_on_the_disk_and_are_gone_afterwards() {
        let folder = tempfile::tempdir().unwrap();
        let store = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        let place = store.join(FOLDER);
        srez_disk::write_plain(&place.join("7"), b"of a run that was killed").unwrap();
        let staging = Staging::in_store(&store).unwrap();
        let waiting = || srez_disk::files(&place).unwrap().len();
        assert_eq!(waiting(), 0);
        let made: Vec<Prepared> =
            [LEAST - 1, LEAST, LEAST + 1].map(|size| staging.set_aside(file(size)).unwrap()).into();
        assert_eq!(waiting(), 2);
        for prepared in &made {
            let bytes = prepared.bytes().unwrap();
            assert_eq!(bytes.len() as u64, prepared.size);
            assert_eq!(prepared.blake3, blake3::hash(&bytes).to_hex().as_str());
        }
        drop(staging);
        assert!(!srez_disk::exists(&place));
        assert!(made.last().unwrap().bytes().is_err(), "what is lost is told");
    }

    #[test]
    fn what_is_only_compared_keeps_its_hash() {
        let prepared = Staging::for_comparison().set_aside(file(LEAST)).unwrap();
        assert_eq!((prepared.bytes().unwrap().len(), prepared.size), (0, LEAST as u64));
        assert_eq!(prepared.blake3, Prepared::from(file(LEAST)).blake3);
    }
}
