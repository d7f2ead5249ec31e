//! Dates in cells and titles as sortable text.

use srez_model::raw_sheet::{RawCell, RawSheet};

/// A cell with a date or time as `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`; empty where it holds none.
pub(crate) fn in_cell(sheet: &RawSheet, cell: RawCell) -> String {
    match cell {
        RawCell::Text(index) => in_text(sheet.string(index)).unwrap_or_default(),
        RawCell::Date(days) | RawCell::Number(days) => of_serial(days).unwrap_or_default(),
        _ => String::new(),
    }
}

/// The day of a cell as it is printed, `05.05.2026`; empty where it holds none.
pub(crate) fn shown(sheet: &RawSheet, cell: RawCell) -> String {
    let date = in_cell(sheet, cell);
    let parts: Vec<&str> = date.get(..10).unwrap_or_default().split('-').collect();
    match parts.as_slice() {
        [year, month, day] => format!("{day}.{month}.{year}"),
        _ => date,
    }
}

/// The first date of a text: `20.04.2026`, `2026.04.20` or `2026-04-20`, with a time after it where there is one.
pub(crate) fn in_text(text: &str) -> Option<String> {
    let mut words = text.split(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '.' | '-' | ':')));
    while let Some(word) = words.next() {
        let Some(date) = date(word.trim_matches(['.', ':', '-'])) else { continue };
        return Some(match words.next().map(time) {
            Some(Some(time)) => format!("{date} {time}"),
            _ => date,
        });
    }
    None
}

fn date(word: &str) -> Option<String> {
    let parts: Vec<&str> = word.rsplit(':').next()?.split(['.', '-']).collect();
    let [first, month, last] = parts.as_slice() else { return None };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    let (year, month, day) = (year.parse::<u16>().ok()?, month.parse::<u8>().ok()?, day.parse::<u8>().ok()?);
    let right = (2000..2100).contains(&year) && (1..=last_day(year, month)).contains(&day);
    right.then(|| format!("{year}-{month:02}-{day:02}"))
}

/// Days of a month; 0 for a month that does not exist.
pub(crate) fn last_day(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

fn time(word: &str) -> Option<String> {
    let parts: Vec<u8> = word.split(':').map(|part| part.parse::<u8>().ok()).collect::<Option<_>>()?;
    let [hour, minute, seconds @ ..] = parts.as_slice() else { return None };
    Some(format!("{hour:02}:{minute:02}:{:02}", seconds.first().copied().unwrap_or(0)))
}

/// A serial day of the 1900 epoch between 2000 and 2099.
#[expect(clippy::cast_possible_truncation, reason = "checked to lie in a century of days")]
fn of_serial(days: f64) -> Option<String> {
    if !(36_526.0..73_051.0).contains(&days) {
        return None;
    }
    let seconds = ((days.fract() * 86_400.0).round() as i64).min(86_399);
    let (year, month, day) = civil(days.trunc() as i64 - 25_569);
    let date = format!("{year}-{month:02}-{day:02}");
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    Some(if seconds == 0 { date } else { format!("{date} {hour:02}:{minute:02}:{second:02}") })
}

/// Year, month and day of a number of days since 1970-01-01.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_every_spelling() {
        assert_eq!(in_text("20.04.2026").as_deref(), Some("2026-04-20"));
        assert_eq!(in_text("17.03.2022 18:28:07").as_deref(), Some("2022-03-17 18:28:07"));
        assert_eq!(in_text("04 - Химия 2026.06.01").as_deref(), Some("2026-06-01"));
        assert_eq!(in_text("Английский язык п:2022.06.14; у:2022.06.16").as_deref(), Some("2022-06-14"));
        assert_eq!(in_text("Английский язык п.: 2021.06.18, у.: 2021.06.21").as_deref(), Some("2021-06-18"));
        assert_eq!(in_text("версия 1.2.3"), None);
        assert_eq!((in_text("31.02.2026"), in_text("29.02.2024").as_deref()), (None, Some("2024-02-29")));
        assert_eq!(of_serial(46_132.0).as_deref(), Some("2026-04-20"));
        assert_eq!(of_serial(44_637.769_525_463).as_deref(), Some("2022-03-17 18:28:07"));
    }
}
