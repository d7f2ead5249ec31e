//! A folder that tests fill and that vanishes after them.

use camino::{Utf8Path, Utf8PathBuf};

pub(crate) struct TrialFolder {
    _folder: tempfile::TempDir,
    pub(crate) base: Utf8PathBuf,
}

impl TrialFolder {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let base = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        Self { _folder: folder, base }
    }

    /// Writes a file and the folders above it.
    pub(crate) fn write(&self, path: impl AsRef<Utf8Path>, text: &str) {
        srez_disk::write_plain(&self.base.join(path), text.as_bytes()).unwrap();
    }
}
