//! A table of `data/`: rows with typed columns that describe themselves.

/// Type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// Text.
    Text,
    /// Whole number.
    Integer,
    /// Number with a fraction.
    Real,
    /// true or false.
    Flag,
}

impl ColumnType {
    /// The word of `metadata.csv`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Real => "real",
            Self::Flag => "flag",
        }
    }
}

/// A column: one row of `metadata.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DataColumn {
    /// Name in snake_case.
    pub name: &'static str,
    /// Label for the reader.
    pub label: &'static str,
    /// Type.
    pub kind: ColumnType,
    /// Unit for the reader; empty where there is none.
    pub unit: &'static str,
    /// Decimals in which it is usually shown.
    pub decimals: u8,
    /// What an empty cell means.
    pub missing: &'static str,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// Whole number.
    Integer(i64),
    /// Number with a fraction.
    Real(f64),
    /// true or false.
    Flag(bool),
    /// Nothing, with the meaning that the column gives it.
    Missing,
}

/// A table of `data/`, sorted by its key.
#[derive(Clone, Debug, PartialEq)]
pub struct DataTable {
    /// Name of the file without extension.
    pub name: &'static str,
    /// Columns.
    pub columns: &'static [DataColumn],
    /// Rows, one value per column.
    pub rows: Vec<Vec<Value>>,
}
