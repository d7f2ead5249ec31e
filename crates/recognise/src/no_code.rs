//! Cells that hold no code and no name: a sign, a share, a truth value, an error, a sentence.

use super::points::whole_in_cell;
use super::spelling::fold;
use srez_model::raw_sheet::{RawCell, RawSheet};

/// Longest code or name of a participant, school or group in letters; what is longer is a sentence.
const LONGEST_NAME: usize = 160;

/// Words that programs and people write where nothing is known.
const NOTHING: &[&str] =
    &["true", "false", "истина", "ложь", "да", "нет", "null", "none", "nan", "nil", "n/a", "н/д", "нд", "x", "х"];

/// True for a cell that is filled and cannot name anybody.
pub(crate) fn is_no_code(sheet: &RawSheet, cell: RawCell) -> bool {
    match cell {
        RawCell::Empty | RawCell::Date(_) => false,
        RawCell::Percent(_) | RawCell::Bool(_) | RawCell::Error | RawCell::FormulaWithoutValue => true,
        RawCell::Number(number) => {
            // Codes of many digits are stored as numbers too.
            let is_long = 1e9 < number && number < 1e15 && number.fract() == 0.0;
            whole_in_cell(sheet, cell).is_none() && !is_long
        }
        RawCell::Text(text) => {
            let text = fold(sheet.string(text));
            let speaks = text.chars().any(|sign| sign.is_alphabetic() || sign.is_ascii_digit());
            let means_nothing = text.ends_with('%') || text.starts_with('#') || NOTHING.contains(&text.as_str());
            !text.is_empty() && (!speaks || means_nothing || LONGEST_NAME < text.chars().count())
        }
    }
}
