//! Cells of points: a small integer, a code, or unreadable; never a guess.

use super::spelling::fold;
use srez_model::block::{GREATEST_POINTS, GREATEST_SCORE, NOT_ATTEMPTED, NOT_OFFERED, PointCode};
use srez_model::form::CellCodes;
use srez_model::raw_sheet::{RawCell, RawSheet, settled};

/// What a cell of points says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Nothing there.
    Blank,
    /// Points, not attempted or not offered.
    Code(PointCode),
    /// Whole points written with a fraction, `1,0`: what was meant is not sure.
    WithFraction(PointCode),
    /// Text, an error, a fraction, a date: no points.
    Unreadable,
}

/// Reads cells of points; each string of the sheet is looked at once.
pub(crate) struct PointReader {
    not_attempted: Vec<String>,
    not_offered: Vec<String>,
    by_text: Vec<Option<Reading>>,
}

impl PointReader {
    /// A reader for one sheet.
    pub(crate) fn new(codes: &CellCodes, sheet: &RawSheet) -> Self {
        Self {
            not_attempted: codes.not_attempted.iter().map(|code| fold(code)).collect(),
            not_offered: codes.not_offered.iter().map(|code| fold(code)).collect(),
            by_text: vec![None; sheet.strings.len()],
        }
    }

    /// What a cell says.
    pub(crate) fn read(&mut self, sheet: &RawSheet, cell: RawCell) -> Reading {
        match cell {
            RawCell::Empty => Reading::Blank,
            RawCell::Number(number) => of_number(number),
            RawCell::Text(index) => {
                if let Some(Some(known)) = self.by_text.get(index as usize) {
                    return *known;
                }
                let reading = self.of_text(sheet.string(index));
                if let Some(slot) = self.by_text.get_mut(index as usize) {
                    *slot = Some(reading);
                }
                reading
            }
            // Whether a percent is points or a share, its column tells and no cell alone.
            RawCell::Percent(_)
            | RawCell::Bool(_)
            | RawCell::Date(_)
            | RawCell::Error
            | RawCell::FormulaWithoutValue => Reading::Unreadable,
        }
    }

    fn of_text(&self, text: &str) -> Reading {
        let folded = fold(text);
        if folded.is_empty() {
            return Reading::Blank;
        }
        if self.not_attempted.contains(&folded) {
            return Reading::Code(NOT_ATTEMPTED);
        }
        if self.not_offered.contains(&folded) {
            return Reading::Code(NOT_OFFERED);
        }
        match whole_number(&folded).and_then(|number| PointCode::try_from(number).ok()).map(within) {
            Some(Reading::Code(points)) if folded.contains([',', '.']) => Reading::WithFraction(points),
            reading => reading.unwrap_or(Reading::Unreadable),
        }
    }
}

fn within(points: PointCode) -> Reading {
    if points <= GREATEST_POINTS { Reading::Code(points) } else { Reading::Unreadable }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be a small whole number")]
fn of_number(number: f64) -> Reading {
    let number = settled(number);
    if (0.0..=f64::from(GREATEST_POINTS)).contains(&number) && number.fract() == 0.0 {
        Reading::Code(number as PointCode)
    } else {
        Reading::Unreadable
    }
}

/// A whole number written as `4`, `4,0` or `4.00`, or with the noise of arithmetic, `3.9999999999999996`.
pub(crate) fn whole_number(text: &str) -> Option<u32> {
    /// Digits after the point that noise has at least.
    const NOISE_DIGITS: usize = 9;
    let (whole, fraction) = text.split_once([',', '.']).unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    if fraction.bytes().all(|byte| byte == b'0') {
        return whole.parse().ok();
    }
    let number = (NOISE_DIGITS < fraction.len()).then(|| format!("{whole}.{fraction}").parse().ok())?;
    of_settled(number?)
}

/// A whole number in a cell; none where the cell is blank or holds something else.
pub(crate) fn whole_in_cell(sheet: &RawSheet, cell: RawCell) -> Option<u32> {
    match cell {
        RawCell::Number(number) => of_settled(number),
        // From «100%» on, the number may have been there before its format.
        RawCell::Percent(shown) if shown < 100.0 => of_settled(shown),
        RawCell::Text(index) => whole_number(&fold(sheet.string(index))),
        _ => None,
    }
}

/// The total, mark or test score that stands in a cell.
pub(crate) fn score_in_cell(sheet: &RawSheet, cell: RawCell) -> Option<u16> {
    whole_in_cell(sheet, cell).and_then(|number| u16::try_from(number).ok()).filter(|score| *score <= GREATEST_SCORE)
}

/// The whole number that a float is or was meant to be.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be a whole number in range")]
fn of_settled(number: f64) -> Option<u32> {
    let number = settled(number);
    ((0.0..=1e9).contains(&number) && number.fract() == 0.0).then_some(number as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Reading {
        let codes = CellCodes {
            not_attempted: vec!["X".to_owned(), "Х".to_owned()],
            not_offered: vec!["не пройд.".to_owned()],
            ..CellCodes::default()
        };
        let sheet = RawSheet { strings: vec![text.to_owned()], ..RawSheet::default() };
        PointReader::new(&codes, &sheet).read(&sheet, RawCell::Text(0))
    }

    #[test]
    fn numbers_are_read_in_every_spelling() {
        for text in ["2", " 2 ", "\u{a0}2", "２", "02"] {
            assert_eq!(read(text), Reading::Code(2), "{text}");
        }
        for text in ["2,0", "2.0", " 2,00"] {
            assert_eq!(read(text), Reading::WithFraction(2), "{text}");
        }
        assert_eq!(of_number(200.0), Reading::Code(200));
        for noisy in [2.000_000_000_001, 1.999_999_999_999] {
            assert_eq!(of_number(noisy), Reading::Code(2));
            assert_eq!(whole_in_cell(&RawSheet::default(), RawCell::Number(noisy)), Some(2));
        }
        assert_eq!(of_number(-1e-12), Reading::Code(0));
        assert_eq!([whole_number("2.000000000000001"), whole_number("1,9999999999999998")], [Some(2); 2]);
        assert_eq!([whole_number("2.000001"), whole_number("1.5")], [None; 2]);
    }

    #[test]
    fn four_spellings_of_not_attempted_are_one() {
        for text in ["X", "x", "Х", "х "] {
            assert_eq!(read(text), Reading::Code(NOT_ATTEMPTED), "{text}");
        }
        assert_eq!(read("Не пройд."), Reading::Code(NOT_OFFERED));
        assert_eq!(read(" \u{a0}"), Reading::Blank);
    }

    #[test]
    fn nothing_else_is_guessed() {
        for text in [
            "?",
            "*",
            "H",
            "-1",
            "1,5",
            "1/2",
            "201",
            "300",
            "н/д",
            "1.",
            ",0",
            "2 балла",
            "-",
            "ИСТИНА",
            "TRUE",
            "nan",
            "inf",
            "1e0",
            "+1",
            "0x1",
            "N/A",
            "NULL",
            "None",
            "NA",
            "½",
            "1²",
            "١",
            "--",
            "✓",
            "+",
            "1e",
            "Infinity",
            "-0",
        ] {
            assert_eq!(read(text), Reading::Unreadable, "{text}");
        }
        assert_eq!(of_number(1.5), Reading::Unreadable);
        assert_eq!(of_number(-1.0), Reading::Unreadable);
        assert_eq!(of_number(f64::NAN), Reading::Unreadable);
        let sheet = RawSheet::default();
        for cell in [
            RawCell::Error,
            RawCell::Date(45_000.0),
            RawCell::FormulaWithoutValue,
            RawCell::Bool(true),
            RawCell::Percent(1.0),
        ] {
            assert_eq!(PointReader::new(&CellCodes::default(), &sheet).read(&sheet, cell), Reading::Unreadable);
        }
    }
}
