//! What a check remembers of the one before: addresses of errors, never what stands in the cells.

use super::data_quality::{Arrival, PastQuality, QualityCounts};
use super::note::{Severity, column_name};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Address of one error or warning of a school.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fault {
    /// Name of the exam; empty where the file told none.
    pub exam: String,
    /// Path of the file as listed.
    pub file: String,
    /// Sheet; empty for the file as a whole.
    pub sheet: String,
    /// Row counted from 1; 0 for the sheet or file.
    pub row: u32,
    /// Column counted from 1; 0 for the row, sheet or file.
    pub column: u32,
    /// Code of the note.
    pub code: String,
    /// How much it costs.
    pub severity: Severity,
}

impl Fault {
    /// The cell as a spreadsheet shows it; empty for a sheet or file.
    pub fn cell(&self) -> String {
        match (self.row, self.column) {
            (0, 0) => String::new(),
            (row, 0) => row.to_string(),
            (0, column) => column_name(column),
            (row, column) => format!("{}{row}", column_name(column)),
        }
    }
}

/// What one school had delivered at a check.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolDelivery {
    /// Hashes of its files by name.
    pub files: BTreeMap<String, String>,
    /// Content of its results by exam, as a hash; an exam is here only with rows that count.
    pub works: BTreeMap<String, String>,
    /// Its errors and warnings, sorted.
    pub faults: Vec<Fault>,
    /// What the score of its data is computed from; none where an earlier version of the program kept the record.
    #[serde(default)]
    pub quality: Option<QualityCounts>,
    /// When its works came, by exam.
    #[serde(default)]
    pub arrivals: BTreeMap<String, Arrival>,
}

/// What all schools had delivered at a check.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckRecord {
    /// Date of the documents as `YYYY-MM-DD`.
    pub date: String,
    /// School year by its second calendar year; none where all years are reported.
    pub year: Option<u16>,
    /// Hash over names and hashes of all inputs.
    pub inputs: String,
    /// True where warnings are among the faults; records of earlier versions of the program hold errors alone.
    #[serde(default)]
    pub with_warnings: bool,
    /// Version of the store with the results of the check; 0 where an earlier version of the program kept the record.
    #[serde(default)]
    pub version: u64,
    /// By id of the school.
    pub schools: BTreeMap<String, SchoolDelivery>,
    /// The checks before, the oldest first.
    #[serde(default)]
    pub past: Vec<PastQuality>,
}

/// What became of an error or warning since the former check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultState {
    /// It is still there.
    Remains,
    /// It was not there.
    Fresh,
    /// Neither the error nor accepted results: the file is gone or refused as a whole.
    Unclear,
    /// The results came again without it.
    Fixed,
}

impl FaultState {
    /// The word of `corrections.csv`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Remains => "remains",
            Self::Fresh => "new",
            Self::Unclear => "unclear",
            Self::Fixed => "fixed",
        }
    }

    /// The words for the reader.
    pub fn title(self) -> &'static str {
        match self {
            Self::Remains => "не исправлено",
            Self::Fresh => "новое",
            Self::Unclear => "проверить нельзя",
            Self::Fixed => "исправлено",
        }
    }
}

/// What became of the results of a school in one exam since the former check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WorkState {
    /// There were none before.
    Came,
    /// They are others now.
    Changed,
    /// They were there and are not now.
    Gone,
}

/// What a school has done since the former check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchoolCorrections {
    /// Id in the register, or the label of the files.
    pub school: String,
    /// True where a file is new or has other bytes.
    pub resent: bool,
    /// Results that came, changed or went, by exam.
    pub works: BTreeMap<String, WorkState>,
    /// Errors and warnings of then and now, sorted by state and place.
    pub faults: Vec<(FaultState, Fault)>,
}

impl SchoolCorrections {
    /// Number of errors in a state.
    pub fn count(&self, state: FaultState) -> u64 {
        self.faults.iter().filter(|(seen, fault)| *seen == state && fault.severity != Severity::Warning).count() as u64
    }

    /// Number of warnings in a state.
    pub fn count_warnings(&self, state: FaultState) -> u64 {
        self.faults.iter().filter(|(seen, fault)| *seen == state && fault.severity == Severity::Warning).count() as u64
    }
}

/// What has changed since the former check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrections {
    /// Date of the former check as `YYYY-MM-DD`.
    pub since: String,
    /// Schools with an error then or now, or with other results, by id.
    pub schools: Vec<SchoolCorrections>,
}

impl Corrections {
    /// Number of errors of all schools in a state.
    pub fn count(&self, state: FaultState) -> u64 {
        self.schools.iter().map(|school| school.count(state)).sum()
    }

    /// Number of warnings of all schools in a state.
    pub fn count_warnings(&self, state: FaultState) -> u64 {
        self.schools.iter().map(|school| school.count_warnings(state)).sum()
    }

    /// What a school has done.
    pub fn of_school(&self, school: &str) -> Option<&SchoolCorrections> {
        self.schools.iter().find(|of| of.school == school)
    }
}

/// Records that tell since when works are there, and how good the data were.
#[derive(Clone, Debug, Default)]
pub struct PastChecks {
    /// The check before.
    pub former: Option<CheckRecord>,
    /// The same inputs, checked before.
    pub own: Option<CheckRecord>,
}
