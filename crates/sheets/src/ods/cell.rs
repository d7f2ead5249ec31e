//! A cell of an ods sheet: what its attributes say, and what it holds.

use crate::dates::days_of_iso;
use crate::oddities::as_percent;
use crate::xml::{Unusual, attribute, attributes, push_text};
use srez_model::raw_sheet::RawCell;

/// What a cell holds, before its text gets an index.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Cell(RawCell),
    Text(String),
}

/// A cell whose end is awaited.
#[derive(Default)]
pub(super) struct Open {
    pub(super) kind: Vec<u8>,
    pub(super) value: Vec<u8>,
    pub(super) formula: bool,
    pub(super) error: bool,
    pub(super) repeated: u32,
    pub(super) across: u32,
    pub(super) down: u32,
}

pub(super) fn open_cell(given: &[u8]) -> Result<Open, Unusual> {
    let mut open = Open { repeated: 1, across: 1, down: 1, ..Open::default() };
    for named in attributes(given) {
        let (name, value) = named?;
        match name {
            b"office:value-type" => open.kind = value.to_vec(),
            b"calcext:value-type" => open.error = value == b"error",
            b"office:value" | b"office:date-value" | b"office:boolean-value" | b"office:string-value" => {
                open.value = value.to_vec();
            }
            b"table:formula" => open.formula = true,
            b"table:number-columns-repeated" => open.repeated = whole(value)?.max(1),
            b"table:number-columns-spanned" => open.across = whole(value)?,
            b"table:number-rows-spanned" => open.down = whole(value)?,
            _ => {}
        }
    }
    Ok(open)
}

/// What a cell holds; none where it is empty.
pub(super) fn value_of(open: &Open, shown: String) -> Option<Value> {
    let number = || text(&open.value).ok()?.parse::<f64>().ok().filter(|number| number.is_finite());
    let is_error = || open.formula && (shown.starts_with('#') || shown.starts_with("Err:"));
    let words = |shown: String| if shown.is_empty() { None } else { Some(Value::Text(shown)) };
    if open.error || is_error() {
        return Some(Value::Cell(RawCell::Error));
    }
    match open.kind.as_slice() {
        b"float" | b"currency" => number().map(|number| Value::Cell(RawCell::Number(number))).or_else(|| words(shown)),
        b"percentage" => {
            number().map(|number| Value::Cell(RawCell::Percent(as_percent(number)))).or_else(|| words(shown))
        }
        b"boolean" => Some(Value::Cell(RawCell::Bool(open.value == b"true"))),
        b"date" => {
            let days = text(&open.value).ok().and_then(days_of_iso);
            days.map(|days| Value::Cell(RawCell::Date(days))).or_else(|| words(shown))
        }
        b"string" if shown.is_empty() => {
            let mut given = String::new();
            push_text(&open.value, &mut given);
            words(given)
        }
        b"" if open.formula && shown.is_empty() => Some(Value::Cell(RawCell::FormulaWithoutValue)),
        _ => words(shown),
    }
}

pub(super) fn number(given: &[u8], name: &[u8]) -> Result<Option<u32>, Unusual> {
    attribute(given, name).map(whole).transpose()
}

/// A whole number; one too large for us is as large as can be.
fn whole(digits: &[u8]) -> Result<u32, Unusual> {
    let digits = text(digits)?.trim();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Unusual);
    }
    Ok(digits.parse().unwrap_or(u32::MAX))
}

fn text(bytes: &[u8]) -> Result<&str, Unusual> {
    std::str::from_utf8(bytes).map_err(|_| Unusual)
}
