//! What became of each file: its form, its rows, its state.

use super::action::Action;
use super::appeal::Appeal;
use super::block::Block;
use super::descriptor::Descriptors;
use super::facts::FactTable;
use super::place::{NamedSchool, School};
use super::reference::ReferenceTable;
use super::sketch::Sketch;
use serde::{Deserialize, Serialize};

/// A file of the input folders.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct InputFile {
    /// Path as listed: relative to the pipeline's folder, members of an archive as `archive.zip/member.xlsx`.
    pub name: String,
    /// BLAKE3 of the bytes, hexadecimal.
    pub blake3: String,
    /// Size in bytes.
    pub size: u64,
}

/// How a file ended: exactly one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FileStatus {
    /// Read and accepted.
    Accepted,
    /// Accepted, some rows or cells left out.
    AcceptedWithNotes,
    /// Replaced as a whole by a later delivery.
    Superseded,
    /// Holds nothing that another file does not hold: the same bytes or the same rows.
    Repeated,
    /// Left out: in quarantine.
    Rejected,
    /// A system file such as `~$x.xlsx`: not data.
    Skipped,
    /// A person decided that it holds no results.
    SetAside,
}

impl FileStatus {
    /// The word of `files.csv`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::AcceptedWithNotes => "accepted-with-notes",
            Self::Superseded => "superseded",
            Self::Repeated => "repeated",
            Self::Rejected => "rejected",
            Self::Skipped => "skipped",
            Self::SetAside => "set-aside",
        }
    }

    /// The words for the reader.
    pub fn title(self) -> &'static str {
        match self {
            Self::Accepted => "принят",
            Self::AcceptedWithNotes => "принят с замечаниями",
            Self::Superseded => "заменён более поздним",
            Self::Repeated => "повтор другого файла",
            Self::Rejected => "не принят",
            Self::Skipped => "пропущен: служебный файл",
            Self::SetAside => "не учитывается по решению",
        }
    }
}

/// Rows of a file. Identity: `read = accepted + superseded + rejected + blank + structural`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowCounts {
    /// Rows read.
    pub read: u32,
    /// Rows accepted, absent pupils among them.
    pub accepted: u32,
    /// Rows replaced by a later delivery or attempt.
    pub superseded: u32,
    /// Rows left out.
    pub rejected: u32,
    /// Rows with nothing in them.
    pub blank: u32,
    /// Titles, headers, totals and group rows.
    pub structural: u32,
    /// Absent pupils, a part of `accepted`.
    pub absent: u32,
}

impl RowCounts {
    /// Adds the rows of another file or sheet.
    pub fn add(&mut self, other: Self) {
        self.read += other.read;
        self.accepted += other.accepted;
        self.superseded += other.superseded;
        self.rejected += other.rejected;
        self.blank += other.blank;
        self.structural += other.structural;
        self.absent += other.absent;
    }

    /// Rows of all files.
    pub fn of_files(files: &[FileEntry]) -> Self {
        let mut total = Self::default();
        for entry in files {
            total.add(entry.rows);
        }
        total
    }

    /// True where no row is lost and none is counted twice.
    pub fn closes(&self) -> bool {
        self.read == self.accepted + self.superseded + self.rejected + self.blank + self.structural
    }
}

/// What one file turned out to hold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Recognised {
    /// Id of the layout profile; empty where none fits.
    pub form: String,
    /// How sure, 0 to 1.
    pub form_score: f64,
    /// Why this profile was chosen, for `check`.
    pub reasons: Vec<String>,
    /// Results.
    pub blocks: Vec<Block>,
    /// Aggregates of region and country.
    pub references: Vec<ReferenceTable>,
    /// Facts of reference forms.
    pub facts: Vec<FactTable>,
    pub appeals: Vec<Appeal>,
    /// Descriptors of tasks.
    pub descriptors: Vec<Descriptors>,
    /// What an unknown file may be; none where the form is known.
    pub sketch: Option<Sketch>,
    /// Schools of a register.
    pub schools: Vec<School>,
    /// Schools as the rows of forms of any other kind name them.
    pub named: Vec<NamedSchool>,
    /// Measures of a register.
    pub actions: Vec<Action>,
    /// Rows that are in no block: `read`, `blank` and `structural` are final here; `accepted` and `rejected` count
    /// only rows of references, registers and rows refused before they came into a block.
    pub rows: RowCounts,
}

/// One line of `files.csv`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileEntry {
    pub file: InputFile,
    /// Id of the layout profile; empty where none fits.
    pub form: String,
    /// How sure, 0 to 1.
    pub form_score: f64,
    /// Exams found in it, by name, sorted.
    pub exams: Vec<String>,
    /// Schools found in it, by register id, sorted.
    pub schools: Vec<String>,
    pub rows: RowCounts,
    /// How it ended.
    pub status: FileStatus,
}
