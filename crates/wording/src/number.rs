//! The one place that rounds and prints numbers.
//!
//! Half goes away from zero; decimal comma; minus U+2212; thousands apart from 10 000 on; a value that is not a number
//! prints as «—».

use super::NBSP;
use srez_model::measures::Interval;
use srez_model::unit::{MeanMark, MeanScore, Percent, PercentagePoints};

/// Below so many participants a share is printed whole: one of them is more than two percentage points there, and a
/// decimal would promise what the share cannot hold. A convention of print as the decimal comma is, no rule about data,
/// and so no threshold that an office sets.
pub(crate) const WHOLE_SHARES_BELOW: u64 = 50;

/// Printed in place of a missing value.
pub const MISSING: &str = "—";

/// A value rounded half away from zero, as a reader of decimals expects: 0.25 → 0.3, −2.5 → −3.
///
/// A share that is exact on paper (12.45) may be stored a hair below; the hair is forgiven.
pub fn rounded(value: f64, decimals: u8) -> f64 {
    let scale = 10_f64.powi(i32::from(decimals));
    let scaled = value * scale;
    if !scaled.is_finite() {
        return value;
    }
    let away = (scaled.abs() * (1.0 + 1e-12) + 0.5).floor() / scale;
    if away == 0.0 { 0.0 } else { away.copysign(value) }
}

/// Remark for a difference that is not that of the printed values: 63.26 and 62.93 print as 63,3 and 62,9, and differ
/// by 0,3.
pub const UNROUNDED: &str = "Разность посчитана по неокруглённым значениям.";

/// True if the printed values do not give the printed difference.
pub fn differs_in_print(now: f64, before: f64, difference: f64, decimals: u8) -> bool {
    let printed = rounded(now, decimals) - rounded(before, decimals);
    0.1 < 10_f64.powi(i32::from(decimals)) * (printed - rounded(difference, decimals)).abs()
}

/// A number with so many decimals: `−1,5`, `12 345,0`.
pub fn decimal(value: f64, decimals: u8) -> String {
    if !value.is_finite() {
        return MISSING.to_owned();
    }
    let value = rounded(value, decimals);
    let digits = format!("{:.*}", usize::from(decimals), value.abs());
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut text = String::new();
    if value < 0.0 {
        text.push('\u{2212}');
    }
    text.push_str(&grouped(whole));
    if !fraction.is_empty() {
        text.push(',');
        text.push_str(fraction);
    }
    text
}

/// A difference with its sign: `+1,2`, `−0,3`; zero has none.
pub fn signed(value: f64, decimals: u8) -> String {
    let text = decimal(value, decimals);
    if value.is_finite() && rounded(value, decimals) > 0.0 { format!("+{text}") } else { text }
}

/// A count: `9999`, `10 000`, `1 722 202`.
pub fn count(count: u64) -> String {
    grouped(&count.to_string())
}

/// Decimals of a share among `n` participants: whole below `WHOLE_SHARES_BELOW`, else one.
pub fn share_decimals(n: u64) -> u8 {
    u8::from(WHOLE_SHARES_BELOW <= n)
}

/// A share without its sign, for tables and charts: `62,5`; `n` is the number of participants behind it.
pub fn share(percent: Percent, n: u64) -> String {
    decimal(percent.0, share_decimals(n))
}

/// A share: `62,5 %`; `n` is the number of participants behind it.
pub fn percent(percent: Percent, n: u64) -> String {
    format!("{}{NBSP}%", share(percent, n))
}

/// A number of percent with so many decimals, for thresholds: `60 %`.
pub fn percent_exact(value: f64, decimals: u8) -> String {
    format!("{}{NBSP}%", decimal(value, decimals))
}

/// An interval of shares: `60–63 %`; `n` is the number of participants behind it.
pub fn percent_interval(interval: &Interval, n: u64) -> String {
    format!("{}{NBSP}%", range(interval.low.0, interval.high.0, share_decimals(n)))
}

/// A range: `60–63`; with a bound below zero in words, `от −0,5 до 0,9`, because a dash next to a minus misleads.
pub fn range(low: f64, high: f64, decimals: u8) -> String {
    let (from, to) = (decimal(low, decimals), decimal(high, decimals));
    if low < 0.0 || high < 0.0 { format!("от{NBSP}{from} до{NBSP}{to}") } else { format!("{from}–{to}") }
}

/// A difference of shares: `4,2 п.п.`, or `+4,2 п.п.` with its sign.
pub fn percentage_points(points: PercentagePoints, decimals: u8, with_sign: bool) -> String {
    let number = if with_sign { signed(points.0, decimals) } else { decimal(points.0.abs(), decimals) };
    format!("{number}{NBSP}п.п.")
}

/// «На 4,2 п.п.», the size of a difference of two shares with `n` and `n_other` participants behind them: the
/// precision is that of the coarser one.
pub fn by_percentage_points(points: PercentagePoints, n: u64, n_other: u64) -> String {
    format!("на{NBSP}{}", percentage_points(points, share_decimals(n.min(n_other)), false))
}

/// A mean mark: `3,47`.
pub fn mean_mark(mark: MeanMark) -> String {
    decimal(mark.0, 2)
}

/// A mean primary or test score: `57,3`.
pub fn test_score(score: MeanScore) -> String {
    decimal(score.0, 1)
}

/// A fraction of points with its noun, always genitive singular: `1,3 балла`.
pub fn points_fraction(value: f64) -> String {
    format!("{}{NBSP}балла", decimal(value, 1))
}

/// A probability: `0,03`; below 0,001 as `менее 0,001`.
pub fn probability(p: f64) -> String {
    if p < 0.001 { format!("менее{NBSP}0,001") } else { decimal(p, if p < 0.01 { 3 } else { 2 }) }
}

/// The same to follow its symbol: `= 0,03`; `< 0,001`.
pub fn compared(p: f64) -> String {
    if p < 0.001 { format!("<{NBSP}0,001") } else { format!("={NBSP}{}", probability(p)) }
}

/// Digits with a space every three from five digits on.
fn grouped(digits: &str) -> String {
    if digits.len() < 5 {
        return digits.to_owned();
    }
    let mut text = String::with_capacity(digits.len() + digits.len() / 2);
    for (place, digit) in digits.char_indices() {
        if place != 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(NBSP);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_that_the_printed_values_do_not_give_is_known() {
        assert!(differs_in_print(62.93, 63.26, -0.33, 1), "62,9 − 63,3 is no −0,3");
        assert!(differs_in_print(36.63, 34.76, 1.87, 1), "36,6 − 34,8 is no 1,9");
        assert!(!differs_in_print(40.0, 37.5, 2.5, 1));
        assert!(!differs_in_print(3.471, 3.462, 0.009, 2));
    }

    #[test]
    fn half_goes_away_from_zero() {
        assert_eq!(decimal(0.25, 1), "0,3");
        assert_eq!(decimal(-0.25, 1), "−0,3");
        assert_eq!(decimal(2.5, 0), "3");
        assert_eq!(decimal(12.45_f64.next_down(), 1), "12,5");
        assert_eq!(decimal(12.449, 1), "12,4");
        assert_eq!(decimal(-0.04, 1), "0,0");
        assert_eq!(decimal(1.005, 2), "1,01");
    }

    #[test]
    fn thousands_stand_apart_from_five_digits_on() {
        assert_eq!(count(9999), "9999");
        assert_eq!(count(10_000), "10\u{a0}000");
        assert_eq!(count(1_722_202), "1\u{a0}722\u{a0}202");
        assert_eq!(decimal(-12_345.67, 1), "−12\u{a0}345,7");
    }

    #[test]
    fn shares_of_few_are_whole() {
        assert_eq!(percent(Percent(100.0 * 12.0 / 98.0), 98), "12,2\u{a0}%");
        assert_eq!(percent(Percent(100.0 * 5.0 / 41.0), 41), "12\u{a0}%");
        assert_eq!(percent(Percent(100.0 * 7.0 / 42.0), 42), "17\u{a0}%");
        let difference = Percent(100.0 * 7.0 / 42.0).minus(Percent(100.0 * 5.0 / 41.0));
        assert_eq!(by_percentage_points(difference, 41, 42), "на\u{a0}4\u{a0}п.п.");
        assert_eq!(by_percentage_points(PercentagePoints(-4.24), 900, 902), "на\u{a0}4,2\u{a0}п.п.");
    }

    #[test]
    fn signs_and_ranges() {
        assert_eq!(signed(1.24, 1), "+1,2");
        assert_eq!(signed(0.04, 1), "0,0");
        assert_eq!(signed(-1.0, 1), "−1,0");
        let interval = Interval { value: Percent(61.0), low: Percent(60.04), high: Percent(63.0) };
        assert_eq!(percent_interval(&interval, 40), "60–63\u{a0}%");
        assert_eq!(percent_interval(&interval, 400), "60,0–63,0\u{a0}%");
        assert_eq!(range(-0.5, 0.9, 1), "от\u{a0}−0,5 до\u{a0}0,9");
    }

    #[test]
    fn what_is_no_number_is_a_dash() {
        assert_eq!(decimal(f64::NAN, 1), "—");
        assert_eq!(signed(f64::INFINITY, 1), "—");
        assert_eq!(probability(0.0004), "менее\u{a0}0,001");
        assert_eq!(probability(0.0312), "0,03");
    }
}
