//! A sheet as it was read: cells with addresses, strings shared.

use serde::{Deserialize, Serialize};

/// One cell. Text is an index into the sheet's strings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum RawCell {
    /// Nothing there.
    #[default]
    Empty,
    /// Text, an index into [`RawSheet::strings`].
    Text(u32),
    Number(f64),
    /// A number under a format of percent, as the sheet shows it: 7.5 where 0.075 is shown as «7,5 %».
    Percent(f64),
    /// A truth value.
    Bool(bool),
    /// A date or time, as days since 30 December 1899, whatever the epoch of the workbook.
    Date(f64),
    /// An error value such as `#N/A`.
    Error,
    /// A formula for which the file holds no value.
    FormulaWithoutValue,
}

/// A region of cells that the file declares merged; only the first cell holds a value. Counted from 0, both ends in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MergedRegion {
    /// First row.
    pub first_row: u32,
    /// First column.
    pub first_column: u32,
    /// Last row.
    pub last_row: u32,
    /// Last column.
    pub last_column: u32,
}

/// A sheet of a workbook or a delimited file.
///
/// Grain: one cell per row and column, dense, row by row, from A1.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RawSheet {
    /// Path of the file as listed in `files.csv`; members of an archive as `archive.zip/member.xlsx`.
    pub file: String,
    /// Name of the sheet; empty for delimited text.
    pub name: String,
    /// True where the workbook hides the sheet.
    pub hidden: bool,
    /// Number of columns.
    pub width: u32,
    /// Cells, `width` to a row.
    pub cells: Vec<RawCell>,
    /// Text of the cells, each string once.
    pub strings: Vec<String>,
    /// Merged regions that hold a value, by their first cell; empty for kinds of files that know none.
    pub merged: Vec<MergedRegion>,
    /// Cells that the file writes in each row, blank ones too; empty for workbooks, whose rows have no end of their
    /// own, unless they are lines of a text.
    pub row_lengths: Vec<u32>,
}

impl RawSheet {
    /// Number of rows.
    pub fn height(&self) -> u32 {
        if self.width == 0 { 0 } else { u32::try_from(self.cells.len() / self.width as usize).unwrap_or(u32::MAX) }
    }

    /// The cell at a row and column counted from 0; empty outside the sheet.
    pub fn cell(&self, row: u32, column: u32) -> RawCell {
        if self.width <= column {
            return RawCell::Empty;
        }
        let index = row as usize * self.width as usize + column as usize;
        self.cells.get(index).copied().unwrap_or_default()
    }

    /// A row of cells; empty outside the sheet.
    pub fn row(&self, row: u32) -> &[RawCell] {
        let start = row as usize * self.width as usize;
        self.cells.get(start..start + self.width as usize).unwrap_or_default()
    }

    /// Cells that the file writes in a row; none where the kind of file does not tell.
    pub fn row_length(&self, row: u32) -> Option<u32> {
        self.row_lengths.get(row as usize).copied()
    }

    /// The string of a text cell.
    pub fn string(&self, index: u32) -> &str {
        self.strings.get(index as usize).map_or("", String::as_str)
    }

    /// The cell as text, the way a spreadsheet shows it: whole numbers without a fraction.
    pub fn text(&self, row: u32, column: u32) -> String {
        self.show(self.cell(row, column))
    }

    /// A cell as text, the way a spreadsheet shows it.
    pub fn show(&self, cell: RawCell) -> String {
        match cell {
            RawCell::Empty | RawCell::FormulaWithoutValue => String::new(),
            RawCell::Text(index) => self.string(index).to_owned(),
            RawCell::Number(number) | RawCell::Percent(number) | RawCell::Date(number) => show_number(number),
            RawCell::Bool(true) => "ИСТИНА".to_owned(),
            RawCell::Bool(false) => "ЛОЖЬ".to_owned(),
            RawCell::Error => "#ОШИБКА".to_owned(),
        }
    }

    /// True where a cell holds nothing but spaces.
    pub fn is_blank(&self, cell: RawCell) -> bool {
        match cell {
            RawCell::Empty => true,
            RawCell::Text(index) => self.string(index).trim().is_empty(),
            _ => false,
        }
    }
}

/// The whole number that a float was meant to be, where it is off by no more than what arithmetic leaves behind:
/// 2.0000000000001 is 2. Any other number stays.
pub fn settled(number: f64) -> f64 {
    /// Far below any fraction that is entered, far above the noise of sums and quotients.
    const NOISE: f64 = 1e-9;
    let whole = number.round();
    if (number - whole).abs() <= NOISE { whole } else { number }
}

/// A number without a needless fraction.
fn show_number(number: f64) -> String {
    let number = settled(number);
    if number.fract() == 0.0 && number.abs() < 1e15 { format!("{number:.0}") } else { number.to_string() }
}

#[cfg(test)]
mod tests {
    use super::{RawCell, RawSheet, settled};

    #[test]
    fn noise_of_arithmetic_is_no_fraction() {
        assert_eq!(
            [2.000_000_000_000_1, 1.999_999_999_999_9, -1e-12, 2.5, 2.000_001].map(settled),
            [2.0, 2.0, 0.0, 2.5, 2.000_001]
        );
        assert_eq!(RawSheet::default().show(RawCell::Number(103_012.000_000_000_1)), "103012");
    }
}
