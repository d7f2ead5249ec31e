//! Aggregates of region and country, against which a municipality is read.

use super::assessment::ExamKey;
use serde::{Deserialize, Serialize};

/// Whom a row of a reference table describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ReferenceKind {
    /// «Вся выборка».
    Country,
    Region,
    Municipality,
    School,
}

impl ReferenceKind {
    /// The words for the reader.
    pub fn title(self) -> &'static str {
        match self {
            Self::Country => "вся выборка",
            Self::Region => "регион",
            Self::Municipality => "муниципалитет",
            Self::School => "школа",
        }
    }
}

/// Marks of one group as a report of the region gives them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReferenceMarks {
    /// Whom it describes.
    pub kind: ReferenceKind,
    /// Name as printed.
    pub name: String,
    /// Login or code from the suffix of the name; empty for region and country.
    pub code: String,
    /// Participants.
    pub n: u64,
    /// Percent of the marks 2, 3, 4, 5 as printed.
    pub percent: [f64; 4],
    /// Counts recovered from the percents; none where they do not sum to `n`.
    pub counts: Option<[u64; 4]>,
    /// Row of the sheet, counted from 1.
    pub row: u32,
}

/// Completion of one task in region or country.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReferenceTask {
    /// Whom it describes.
    pub kind: ReferenceKind,
    /// Number of the task as printed.
    pub task: String,
    /// Participants.
    pub n: u64,
    /// Points in percent of the greatest possible.
    pub percent: f64,
}

/// What a report gives of one exam: «Статистика по отметкам», or the completion of the tasks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReferenceTable {
    /// Procedure, year, subject, grade.
    pub exam: ExamKey,
    /// Path of the file.
    pub file: String,
    pub sheet: String,
    /// Marks, in the order of the file.
    pub rows: Vec<ReferenceMarks>,
    /// Tasks, in the order of the file.
    #[serde(default)]
    pub tasks: Vec<ReferenceTask>,
}

impl ReferenceMarks {
    /// Counts of the marks from percents with two decimals: `round(p·n/100)`, none where they do not sum to `n`.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded shares of a count are counts")]
    pub fn recover(percent: [f64; 4], n: u64) -> Option<[u64; 4]> {
        let counts = percent.map(|share| (share * super::unit::as_f64(n) / 100.0).round().max(0.0) as u64);
        (counts.iter().sum::<u64>() == n).then_some(counts)
    }
}
