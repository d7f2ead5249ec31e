//! Where the numbers of a document come from: what the drawer of the offline page shows.

use serde::Serialize;
use std::collections::BTreeMap;

/// Explanations of the numbers of one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Whence {
    /// Explanations, in the order of the document.
    pub explanations: Vec<Explanation>,
    /// Which explanation belongs to a cell: name of the table, row and column counted from 0.
    pub cells: BTreeMap<(String, usize, usize), usize>,
    /// Which explanation belongs to a conclusion, by its place among the conclusions of the document.
    pub conclusions: BTreeMap<usize, usize>,
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
    /// Place of its list in [`Whence::files`].
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
