//! How much a file may cost before it is refused.

use serde::{Deserialize, Serialize};

/// Limits of reading, for the program and for its reader processes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Bytes of one file.
    pub file_bytes: u64,
    /// Bytes that one container may unfold into, counted while it unfolds.
    pub inflated_bytes: u64,
    /// Parts of one container.
    pub entries: u64,
    /// Cells of one sheet: rows times columns from A1 to the last filled cell.
    pub cells: u64,
    /// Files of one archive.
    pub archive_members: u64,
    /// Memory of one reader process, in bytes.
    pub reader_memory_bytes: u64,
    /// Seconds that one file may take.
    pub reader_seconds: u64,
    /// True where tables of Word documents are read too; results never come in them.
    pub word_tables: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 64 << 20,
            inflated_bytes: 256 << 20,
            entries: 1_000,
            cells: 4_000_000,
            archive_members: 10_000,
            reader_memory_bytes: 384 << 20,
            reader_seconds: 30,
            word_tables: false,
        }
    }
}
