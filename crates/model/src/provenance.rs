//! Where the numbers of a document come from: what the drawer of the offline page shows.

use super::level::Level;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::{self, Display};

/// A number of the data: what `srez explain` takes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NumberRef {
    /// Id of the exam.
    pub exam: String,
    /// Level of the group.
    pub level: Level,
    pub group: String,
    /// Table and column of the data.
    pub column: &'static str,
}

impl Display for NumberRef {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}/{}/{}", self.exam, self.level.id(), self.group, self.column)
    }
}

/// Where the number of a cell comes from, as told by whoever wrote the cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellSource {
    pub number: NumberRef,
    /// Id of the task or title of the skill that the number is about; empty for none.
    pub part: String,
    /// Of whom and of what it speaks: «№ 5. СОШ № 1, ВПР-2026. Математика, 8 класс».
    pub subject: String,
    /// The formula with the counts in it.
    pub counts: String,
    /// Threshold with its source; empty where the number is compared with none.
    pub threshold: String,
    /// Ids of the exams whose files it comes from.
    pub exams: Vec<String>,
}

/// Explanations of the numbers of one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Provenance {
    /// Explanations, in the order of the document.
    pub explanations: Vec<Explanation>,
    /// Which explanation belongs to a cell: name of the table, row and column counted from 0.
    pub cells: BTreeMap<(String, usize, usize), usize>,
    /// Lists of files that explanations refer to by their place.
    pub files: Vec<Vec<SourceFile>>,
}

/// From a printed number back to its counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// What the number is and of whom: «Качество. СОШ № 1, ВПР-2026. Математика, 8 класс».
    pub title: String,
    /// The number as printed.
    pub value: String,
    /// Formula in words or letters.
    pub formula: String,
    /// The same with the counts in it.
    pub counts: String,
    /// Who defines the formula.
    pub source: String,
    /// Threshold with its source; empty where the number is compared with none.
    pub threshold: String,
    /// Address for `srez explain`, which shows the cells of the sheets.
    pub address: String,
    /// Place of its list in [`Provenance::files`].
    pub files: usize,
}

/// A file behind a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceFile {
    /// Path as listed in `files.csv`.
    pub file: String,
    /// Rows accepted from it, absent pupils among them.
    pub rows: u64,
    /// First 16 signs of its hash.
    pub hash: String,
}
