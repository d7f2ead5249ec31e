//! Dates in cells and titles as sortable text.

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};
use srez_model::raw_sheet::{RawCell, RawSheet};
use std::fmt;

/// A day, and its time where one stands; printed as `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`.
#[derive(Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) day: Date,
    time: Option<Time>,
}

impl fmt::Display for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.day)?;
        self.time.map_or(Ok(()), |time| write!(formatter, " {time}"))
    }
}

/// Day 0 of the numbers by which sheets count days.
const EPOCH: DateTime = jiff::civil::date(1899, 12, 30).at(0, 0, 0, 0);

/// A cell with a date or time as `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`; empty where it holds none.
pub(crate) fn in_cell(sheet: &RawSheet, cell: RawCell) -> String {
    moment(sheet, cell).map(|moment| moment.to_string()).unwrap_or_default()
}

/// The day of a cell as it is printed, `05.05.2026`; empty where it holds none.
pub(crate) fn shown(sheet: &RawSheet, cell: RawCell) -> String {
    moment(sheet, cell).map(|moment| moment.day.strftime("%d.%m.%Y").to_string()).unwrap_or_default()
}

fn moment(sheet: &RawSheet, cell: RawCell) -> Option<Moment> {
    match cell {
        RawCell::Text(index) => in_text(sheet.string(index)),
        RawCell::Date(days) | RawCell::Number(days) => of_serial(days),
        _ => None,
    }
}

/// The first date of a text: `20.04.2026`, `2026.04.20` or `2026-04-20`, with a time after it where there is one.
pub(crate) fn in_text(text: &str) -> Option<Moment> {
    let mut words = text.split(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '.' | '-' | ':')));
    while let Some(word) = words.next() {
        let Some(day) = day(word.trim_matches(['.', ':', '-'])) else { continue };
        return Some(Moment { day, time: words.next().and_then(time) });
    }
    None
}

fn day(word: &str) -> Option<Date> {
    let parts: Vec<&str> = word.rsplit(':').next()?.split(['.', '-']).collect();
    let [first, month, last] = parts.as_slice() else { return None };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    (2000..2100).contains(&date.year()).then_some(date)
}

fn time(word: &str) -> Option<Time> {
    let parts: Vec<i8> = word.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [hour, minute, seconds @ ..] = parts.as_slice() else { return None };
    Time::new(*hour, *minute, seconds.first().copied().unwrap_or(0), 0).ok()
}

/// A serial day of the 1900 epoch between 2000 and 2099; midnight is no time of day.
#[expect(clippy::cast_possible_truncation, reason = "checked to lie in a century of days")]
fn of_serial(days: f64) -> Option<Moment> {
    if !(36_526.0..73_051.0).contains(&days) {
        return None;
    }
    let seconds = ((days.fract() * 86_400.0).round() as i64).min(86_399);
    let moment = EPOCH.checked_add(SignedDuration::from_secs(days.trunc() as i64 * 86_400 + seconds)).ok()?;
    Some(Moment { day: moment.date(), time: (seconds != 0).then(|| moment.time()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        in_text(text).map(|moment| moment.to_string())
    }

    fn counted(days: f64) -> Option<String> {
        of_serial(days).map(|moment| moment.to_string())
    }

    #[test]
    fn dates_are_read_in_every_spelling() {
        assert_eq!(read("20.04.2026").as_deref(), Some("2026-04-20"));
        assert_eq!(read("17.03.2022 18:28:07").as_deref(), Some("2022-03-17 18:28:07"));
        assert_eq!(read("04 - Химия 2026.06.01").as_deref(), Some("2026-06-01"));
        assert_eq!(read("Английский язык п:2022.06.14; у:2022.06.16").as_deref(), Some("2022-06-14"));
        assert_eq!(read("Английский язык п.: 2021.06.18, у.: 2021.06.21").as_deref(), Some("2021-06-18"));
        assert_eq!(read("версия 1.2.3"), None);
        assert_eq!((read("31.02.2026"), read("29.02.2024").as_deref()), (None, Some("2024-02-29")));
        assert_eq!(counted(46_132.0).as_deref(), Some("2026-04-20"));
        assert_eq!(counted(44_637.769_525_463).as_deref(), Some("2022-03-17 18:28:07"));
        assert_eq!(
            (counted(36_526.0).as_deref(), counted(73_050.5).as_deref()),
            (Some("2000-01-01"), Some("2099-12-31 12:00:00"))
        );
    }

    #[test]
    fn only_a_time_of_day_is_a_time() {
        assert_eq!(read("17.03.2022 9:05").as_deref(), Some("2022-03-17 09:05:00"));
        assert_eq!(read("17.03.2022 00:00").as_deref(), Some("2022-03-17 00:00:00"));
        for none in ["17.03.2022 99:99", "17.03.2022 24:00", "17.03.2022 18:60:00", "17.03.2022 18"] {
            assert_eq!(read(none).as_deref(), Some("2022-03-17"), "{none}");
        }
    }
}
