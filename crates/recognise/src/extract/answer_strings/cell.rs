//! What a spreadsheet made of the cell in which a string of answers stood.

use crate::spelling::tidy;
use srez_model::raw_sheet::{RawCell, RawSheet};

/// Digits of a number that a spreadsheet keeps; what stands after them becomes zeros.
const KEPT_DIGITS: usize = 15;

/// A string of answers, or what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum AnswerCell {
    /// The string as it stands; empty where the cell is.
    Text(String),
    /// Nothing that could be read, and why.
    Lost(&'static str),
}

impl AnswerCell {
    /// Reads a cell that should hold so many answers, where their number is known.
    pub(super) fn of(sheet: &RawSheet, cell: RawCell, answers: Option<usize>) -> Self {
        let shown = tidy(&sheet.show(cell));
        match cell {
            RawCell::Error => Self::Lost(
                "вместо строки ответов ошибка формулы: Excel принял «+» или «-» в начале строки за начало формулы",
            ),
            RawCell::Text(_) if is_error(&shown) => Self::Lost(
                "вместо строки ответов ошибка формулы: Excel принял «+» или «-» в начале строки за начало формулы",
            ),
            RawCell::Text(_) if is_shortened(&shown) => {
                Self::Lost("строка ответов записана сокращённым числом: знаки после первых потеряны")
            }
            RawCell::FormulaWithoutValue => Self::Lost("вместо строки ответов формула без значения"),
            RawCell::Bool(_) | RawCell::Date(_) => {
                Self::Lost("вместо строки ответов дата или логическое значение: Excel превратил строку в него")
            }
            RawCell::Percent(_) => Self::Lost("вместо строки ответов число в процентах"),
            RawCell::Number(number) => of_number(number, shown, answers),
            RawCell::Empty | RawCell::Text(_) => Self::Text(shown),
        }
    }
}

/// A string of digits stored as a number: what is left of it is the string only where none of its signs can be lost.
fn of_number(number: f64, shown: String, answers: Option<usize>) -> AnswerCell {
    let digits = shown.chars().filter(char::is_ascii_digit).count();
    if number.fract() != 0.0 {
        AnswerCell::Lost("вместо строки ответов дробное число")
    } else if KEPT_DIGITS < digits {
        AnswerCell::Lost("строка ответов хранится как число: знаки после пятнадцатого потеряны")
    } else if answers.is_some_and(|answers| shown.chars().count() < answers) {
        AnswerCell::Lost("строка ответов хранится как число: нули или «+» в её начале потеряны")
    } else {
        AnswerCell::Text(shown)
    }
}

/// The text of an error: `#ИМЯ?`, `#VALUE!`.
fn is_error(text: &str) -> bool {
    text.starts_with('#') && text.chars().any(char::is_alphabetic)
}

/// `1,11E+18`: how a spreadsheet shows a long number, kept as text.
fn is_shortened(text: &str) -> bool {
    let folded = text.to_lowercase().replace('е', "e");
    let Some((digits, power)) = folded.split_once("e+") else { return false };
    let is_number =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    is_number(digits) && is_number(power)
}

#[cfg(test)]
mod tests {
    use super::AnswerCell;
    use srez_model::raw_sheet::{RawCell, RawSheet};

    fn of_text(text: &str) -> AnswerCell {
        let sheet = RawSheet { strings: vec![text.to_owned()], ..RawSheet::default() };
        AnswerCell::of(&sheet, RawCell::Text(0), Some(4))
    }

    #[test]
    fn a_string_that_became_something_else_is_lost_with_its_reason() {
        let sheet = RawSheet::default();
        let of = |cell, answers| AnswerCell::of(&sheet, cell, Some(answers));
        let lost = |cell, answers| match of(cell, answers) {
            AnswerCell::Lost(why) => why,
            AnswerCell::Text(text) => panic!("{text}"),
        };
        assert!(lost(RawCell::Number(1.111_111_111_111_11e18), 19).contains("после пятнадцатого"));
        assert!(lost(RawCell::Number(111_111_111_111_111.0), 19).contains("в её начале"));
        assert!(lost(RawCell::Number(1.5), 3).contains("дробное"));
        assert!(lost(RawCell::Error, 4).contains("ошибка формулы"));
        assert!(lost(RawCell::FormulaWithoutValue, 4).contains("без значения"));
        assert!(lost(RawCell::Date(46_000.0), 4).contains("дата"));
        assert_eq!(of(RawCell::Number(1011.0), 4), AnswerCell::Text("1011".to_owned()), "nothing can be lost");
        assert!(matches!(of_text("#NAME?"), AnswerCell::Lost(_)));
        assert!(matches!(of_text("#ЗНАЧ!"), AnswerCell::Lost(_)));
        assert!(matches!(of_text("1,11E+18"), AnswerCell::Lost(_)));
        assert!(matches!(of_text("1.11Е+18"), AnswerCell::Lost(_)), "a Cyrillic letter");
        assert_eq!(of_text(" ++-2 "), AnswerCell::Text("++-2".to_owned()));
    }
}
