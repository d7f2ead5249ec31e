//! What a run did, for who called it.

use super::guarded::Failure;
use super::texts::TextsOutcome;
use camino::Utf8PathBuf;
use srez_model::corrections::Corrections;
use srez_model::delivery::{FileEntry, FileStatus, RowCounts};
use srez_model::error::Error;
use srez_model::note::{Note, Severity};
use srez_store::CommitSummary;

/// What a run did.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Where the documents lie; none for a check.
    pub folder: Option<Utf8PathBuf>,
    /// What somebody had written into the former folder of the period, and where it lies now.
    pub kept: Vec<srez_publish::Kept>,
    /// What became of each file.
    pub files: Vec<FileEntry>,
    /// Rows of all files.
    pub rows: RowCounts,
    /// What was noticed, sorted by place.
    pub notes: Vec<Note>,
    /// Titles of the works that were reported.
    pub exams: Vec<String>,
    /// Titles of the exams whose tables for others are held back: the earlier ones stay in force.
    pub held_back: Vec<String>,
    /// Findings with a sentence that are no part of another.
    pub findings: usize,
    /// Documents and data files written.
    pub artifacts: usize,
    /// Version of the history.
    pub version: u64,
    /// What the commit changed.
    pub commit: Option<CommitSummary>,
    /// What was mended since the check before; none where there was none.
    pub corrections: Option<Corrections>,
    /// Schools that got no documents of their own, because no home is named and they are too many.
    pub schools_without_documents: u64,
    /// Documents that could not be made.
    pub failures: Vec<Failure>,
    /// What became of her texts.
    pub texts: TextsOutcome,
    /// True where the store had an older layout and was converted.
    pub was_converted: bool,
    /// Later records of checks and of issues that another version of the program wrote in a layout of its own.
    pub passed_over: (u64, u64),
    /// Records of earlier checks and issues that are damaged: there was no comparison with them.
    pub damaged_records: Vec<Error>,
}

impl Outcome {
    /// True where a file, a row, a value of a row or a document was left out.
    pub fn left_something_out(&self) -> bool {
        self.rows.rejected > 0
            || self.notes.iter().any(|note| note.severity == Severity::UnreadableCell)
            || !self.failures.is_empty()
            || self.files.iter().any(|entry| entry.status == FileStatus::Rejected)
    }
}
