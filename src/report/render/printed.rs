//! Cells as printed: decimal comma, U+2212 minus, NBSP between thousands from 10 000.

use crate::model::assessment::Difficulty;
use crate::model::report::Cell;

/// What stands for «not applicable, hidden or not known».
pub(crate) const MISSING: &str = "—";

/// A whole number.
pub(crate) fn count(value: u64) -> String {
    grouped(&value.to_string())
}

/// A number with so many decimals.
pub(crate) fn number(value: f64, decimals: u8) -> String {
    if !value.is_finite() {
        return MISSING.to_owned();
    }
    let digits = format!("{:.*}", usize::from(decimals), value.abs());
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let minus = if value < 0.0 && digits.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) { "\u{2212}" } else { "" };
    let comma = if fraction.is_empty() { "" } else { "," };
    format!("{minus}{}{comma}{fraction}", grouped(whole))
}

/// A difference: its sign is printed unless it rounds to nothing.
pub(crate) fn difference(value: f64, decimals: u8) -> String {
    let printed = number(value, decimals);
    let nothing = !printed.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    if value > 0.0 && !nothing { format!("+{printed}") } else { printed }
}

/// A range without spaces: «18,7–23,9»; three dots where a minus would meet the dash.
pub(crate) fn interval(low: f64, high: f64, decimals: u8) -> String {
    if !low.is_finite() || !high.is_finite() {
        return MISSING.to_owned();
    }
    let joint = if low < 0.0 || high < 0.0 { "…" } else { "–" };
    format!("{}{joint}{}", number(low, decimals), number(high, decimals))
}

/// Level of a task, with its maximum where that is more than one point.
pub(crate) fn level(difficulty: Option<Difficulty>, maximum: Option<u16>) -> String {
    match (difficulty.map(Difficulty::letter), maximum.filter(|points| *points > 1)) {
        (Some(letter), Some(points)) => format!("{letter}, {points}"),
        (Some(letter), None) => letter.to_owned(),
        (None, Some(points)) => points.to_string(),
        (None, None) => MISSING.to_owned(),
    }
}

/// The words of a cell; those of a drawn cell are what a reader who sees no picture gets.
pub(crate) fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::Link(text, _) => text.clone(),
        Cell::Count(value) => count(*value),
        Cell::Number(value, decimals) => number(*value, *decimals),
        Cell::Difference(value, decimals) => difference(*value, *decimals),
        Cell::Interval(low, high, decimals) => interval(*low, *high, *decimals),
        Cell::Missing => MISSING.to_owned(),
        Cell::Level(difficulty, maximum) => level(*difficulty, *maximum),
        Cell::Verdict(verdict) => verdict.title().to_owned(),
        Cell::Bar(bar) => format!("{}\u{a0}%", number(bar.value, 1)),
        Cell::Parts(parts) => {
            let [full, partial, zero, skipped] = parts.map(|part| number(part, 1));
            format!("полный балл {full}\u{a0}%, частичный {partial}\u{a0}%, ноль {zero}\u{a0}%, не приступали {skipped}\u{a0}%")
        }
        Cell::Marks(shares) => {
            let [two, three, four, five] = shares.map(|share| number(share, 1));
            format!("«2» {two}\u{a0}%, «3» {three}\u{a0}%, «4» {four}\u{a0}%, «5» {five}\u{a0}%")
        }
    }
}

/// Digits in groups of three from five digits on.
fn grouped(digits: &str) -> String {
    if digits.len() < 5 {
        return digits.to_owned();
    }
    let mut out = String::with_capacity(digits.len() + 4);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_the_russian_way() {
        assert_eq!(number(-6.64, 1), "\u{2212}6,6");
        assert_eq!(number(-0.04, 1), "0,0");
        assert_eq!(number(14862.0, 0), "14\u{a0}862");
        assert_eq!(count(1028), "1028");
        assert_eq!(difference(0.04, 1), "0,0");
        assert_eq!(difference(2.0, 1), "+2,0");
        assert_eq!(interval(18.7, 23.9, 1), "18,7–23,9");
        assert_eq!(interval(-0.5, 0.9, 1), "\u{2212}0,5…0,9");
        assert_eq!(number(f64::NAN, 1), MISSING);
    }

    #[test]
    fn a_level_names_the_maximum_only_where_it_says_more() {
        assert_eq!(level(Some(Difficulty::Raised), Some(2)), "П, 2");
        assert_eq!(level(Some(Difficulty::Basic), Some(1)), "Б");
        assert_eq!(level(None, None), MISSING);
    }
}
