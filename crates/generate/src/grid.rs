//! Sheets as grids of values, and workbooks with fixed dates made of them.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};
use srez_model::container::of_no_system;
use srez_model::error::{Error, Result};

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Empty,
    Text(String),
    Number(f64),
    /// A formula with its last calculated value.
    Formula(String, String),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(f64::from(number))
    }
}

impl From<u16> for Value {
    fn from(number: u16) -> Self {
        Self::Number(f64::from(number))
    }
}

impl From<u8> for Value {
    fn from(number: u8) -> Self {
        Self::Number(f64::from(number))
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl Value {
    /// The same as text: as in a school that formats its columns as text.
    pub(crate) fn as_text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Formula(_, text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }
}

/// A sheet: rows of values, merged cells, width of columns.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    /// Name of the sheet, at most 31 characters.
    pub(crate) name: String,
    /// Rows; they may differ in length.
    pub(crate) rows: Vec<Vec<Value>>,
    /// Merged cells: first row, first column, last row, last column, counted from 0.
    pub(crate) merged: Vec<(u32, u16, u32, u16)>,
    /// Rows that are set bold, counted from 0.
    pub(crate) bold: Vec<usize>,
    /// Columns that are wide, with their width in characters.
    pub(crate) wide: Vec<(u16, f64)>,
}

impl Grid {
    /// An empty sheet; the name is cut at the 31 characters that Excel allows.
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.chars().take(31).collect(), ..Self::default() }
    }

    pub(crate) fn push(&mut self, row: Vec<Value>) {
        self.rows.push(row);
    }

    /// Adds a row of texts; an empty text is an empty cell.
    pub(crate) fn push_texts(&mut self, texts: &[&str]) {
        self.push(texts.iter().map(|text| if text.is_empty() { Value::Empty } else { Value::from(*text) }).collect());
    }
}

/// The bytes of a workbook last saved on the given day; the clock plays no part.
pub(crate) fn workbook(grids: &[Grid], (year, month, day): (u16, u8, u8)) -> Result<Vec<u8>> {
    let failed = |error: XlsxError| Error::run(format!("не собрана книга примера: {error}"));
    let mut book = Workbook::new();
    let saved = ExcelDateTime::from_ymd(year, month, day).map_err(failed)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&saved));
    for grid in grids {
        let sheet = book.add_worksheet();
        fill(sheet, grid).map_err(failed)?;
    }
    book.save_to_buffer().map(of_no_system).map_err(failed)
}

fn fill(sheet: &mut Worksheet, grid: &Grid) -> std::result::Result<(), XlsxError> {
    sheet.set_name(&grid.name)?;
    let plain = Format::new();
    let (title, header) = (Format::new().set_bold(), Format::new().set_bold().set_text_wrap());
    for (column, width) in &grid.wide {
        sheet.set_column_width(*column, *width)?;
    }
    for (first_row, first_column, last_row, last_column) in &grid.merged {
        sheet.merge_range(*first_row, *first_column, *last_row, *last_column, "", &plain)?;
    }
    for (row, values) in grid.rows.iter().enumerate() {
        let format = match values.len() {
            _ if !grid.bold.contains(&row) => &plain,
            0 | 1 => &title,
            _ => &header,
        };
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        for (column, value) in values.iter().enumerate() {
            let column = u16::try_from(column).unwrap_or(u16::MAX);
            match value {
                Value::Empty => {}
                Value::Text(text) => {
                    sheet.write_string_with_format(row, column, text, format)?;
                }
                Value::Number(number) => {
                    sheet.write_number_with_format(row, column, *number, format)?;
                }
                Value::Formula(formula, cached) => {
                    sheet.write_formula(row, column, Formula::new(formula).set_result(cached))?;
                }
            }
        }
    }
    Ok(())
}
