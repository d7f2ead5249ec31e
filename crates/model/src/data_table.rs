//! A table of `data/`: rows with typed columns that describe themselves.

/// Type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
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

impl DataColumn {
    /// A column of text.
    pub const fn text(name: &'static str, label: &'static str, missing: &'static str) -> Self {
        Self { name, label, kind: ColumnType::Text, unit: "", decimals: 0, missing }
    }

    /// A column of whole numbers.
    pub const fn integer(name: &'static str, label: &'static str, unit: &'static str, missing: &'static str) -> Self {
        Self { name, label, kind: ColumnType::Integer, unit, decimals: 0, missing }
    }

    /// A column of numbers with a fraction.
    pub const fn real(
        name: &'static str,
        label: &'static str,
        unit: &'static str,
        decimals: u8,
        missing: &'static str,
    ) -> Self {
        Self { name, label, kind: ColumnType::Real, unit, decimals, missing }
    }

    /// The column with the value that a row has in it; `C` is what all rows have in common.
    pub const fn value<C, R>(self, value: fn(&C, &R) -> Value) -> Column<C, R> {
        Column { head: self, value }
    }
}

/// Beside the exam in every key: the slug of the part of a work that ends in several marks. Missing: a whole work, or a
/// row of no work.
pub const PART: DataColumn =
    DataColumn::text("part", "Часть работы со своей отметкой, как в имени работы", "работа с одной отметкой");

/// A column with the value that a row has in it.
pub struct Column<C, R> {
    head: DataColumn,
    value: fn(&C, &R) -> Value,
}

/// The values of a row, in the order of the columns.
pub fn row<C, R>(columns: &[Column<C, R>], context: &C, row: &R) -> Vec<Value> {
    columns.iter().map(|column| (column.value)(context, row)).collect()
}

/// The columns without the values of their rows.
pub fn heads<C, R>(columns: &[Column<C, R>]) -> Vec<DataColumn> {
    columns.iter().map(|column| column.head).collect()
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
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

impl Value {
    /// Text; none where it is empty.
    pub fn words(text: &str) -> Self {
        if text.is_empty() { Self::Missing } else { Self::Text(text.to_owned()) }
    }

    pub fn count(n: u64) -> Self {
        Self::Integer(i64::try_from(n).unwrap_or(i64::MAX))
    }

    /// A number that may be missing.
    pub fn number(value: Option<f64>) -> Self {
        value.map_or(Self::Missing, Self::Real)
    }
}

/// A table of `data/`, sorted by its key.
#[derive(Clone, Debug, PartialEq)]
pub struct DataTable {
    /// Name of the file without extension.
    pub name: &'static str,
    pub columns: Vec<DataColumn>,
    /// Rows, one value per column.
    pub rows: Vec<Vec<Value>>,
}

impl DataTable {
    /// A table of rows that have a context in common.
    pub fn new<'a, C, R: 'a>(
        name: &'static str,
        columns: &[Column<C, R>],
        context: &C,
        rows: impl IntoIterator<Item = &'a R>,
    ) -> Self {
        let rows = rows.into_iter().map(|of| row(columns, context, of)).collect();
        Self { name, columns: heads(columns), rows }
    }
}
