//! A sheet that no profile fits, as far as it can be told: what a profile for it may look like.

use super::field::Field;
use serde::{Deserialize, Serialize};

/// What the values of a column look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ColumnKind {
    /// Nothing below the header.
    Blank,
    /// Whole numbers.
    Whole,
    /// Numbers with fractions.
    Fraction,
    Date,
    /// Text, or text and numbers.
    Text,
}

impl ColumnKind {
    /// The words for the reader.
    pub fn title(self) -> &'static str {
        match self {
            Self::Blank => "пусто",
            Self::Whole => "целые числа",
            Self::Fraction => "дробные числа",
            Self::Date => "даты",
            Self::Text => "текст",
        }
    }
}

/// A column of the sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SketchColumn {
    /// Column counted from 1.
    pub column: u32,
    /// Header, on one line.
    pub header: String,
    /// What it may mean, by the headers that other profiles know; none where nothing is known.
    pub guess: Option<Field>,
    /// True where the header is a number of a task.
    pub is_task: bool,
    /// What its values look like.
    pub kind: ColumnKind,
    /// A few values; never of columns that may hold names.
    pub samples: Vec<String>,
}

/// The profile that comes nearest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NearestForm {
    pub id: String,
    pub title: String,
    /// Headers that it needs and the sheet does not have.
    pub missing: Vec<String>,
    /// Columns, counted from 1, with headers that it does not know.
    pub unknown: Vec<u32>,
}

/// The sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sketch {
    /// Name of the sheet; empty for delimited text.
    pub sheet: String,
    /// Row of the header, counted from 1.
    pub header_row: u32,
    /// Columns with a header.
    pub columns: Vec<SketchColumn>,
    /// What stands before the number in the headers of tasks: «Задание »; empty where nothing does.
    pub task_prefix: String,
    /// True where something stands above the header.
    pub has_title: bool,
    /// True where that names the ВПР.
    pub names_vpr: bool,
    /// The nearest profile; none where no header is known.
    pub nearest: Option<NearestForm>,
}
