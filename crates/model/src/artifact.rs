//! What a run leaves: files as bytes, before anything is written.

/// One file of the report folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Artifact {
    /// Path below the period's folder, with `/`, ASCII.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}
