//! Dates written as text in workbooks (ISO 8601) → days since the epoch of Excel.
//!
//! Excel counts a 29 February 1900 that never was, so its own days and these agree from 1 March 1900 on.

use jiff::civil::{Date, Time, date};

/// The day before day 1 of Excel, as it falls for every date after February 1900.
const EPOCH: Date = date(1899, 12, 30);

/// Days from [`EPOCH`] to 1 January 1904, from which old Macintosh workbooks count.
pub(super) const DAYS_TO_1904: f64 = 1462.0;

/// Days since 30 December 1899 of `2026-04-15` or `2026-04-15T10:30:00`; none where the text is no date.
pub(super) fn days_of_iso(text: &str) -> Option<f64> {
    let (day, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let day = Date::strptime("%Y-%m-%d", day).ok().filter(|day| day.year() >= 1900)?;
    // A time that is none costs the day nothing.
    let time: Time = time.trim_end_matches('Z').parse().unwrap_or_default();
    Some(whole_days(EPOCH, day) + time.duration_since(Time::midnight()).as_secs_f64() / 86_400.0)
}

fn whole_days(from: Date, to: Date) -> f64 {
    to.duration_since(from).as_secs_f64() / 86_400.0
}

#[cfg(test)]
mod tests {
    use super::{DAYS_TO_1904, EPOCH, days_of_iso, whole_days};
    use jiff::civil::date;

    #[test]
    fn days_agree_with_excel() {
        assert_eq!(days_of_iso("1970-01-01"), Some(25_569.0));
        assert_eq!(days_of_iso("2026-04-15"), Some(46_127.0));
        assert_eq!(days_of_iso("2024-02-29T12:00:00"), Some(45_351.5));
        assert_eq!((days_of_iso("2026-13-01"), days_of_iso("2,5")), (None, None));
        assert_eq!((days_of_iso("1900-03-01"), whole_days(EPOCH, date(1904, 1, 1))), (Some(61.0), DAYS_TO_1904));
    }

    #[test]
    fn times_are_shares_of_the_day_and_days_that_never_were_are_no_dates() {
        assert_eq!(days_of_iso("2026-4-5 06:00"), Some(46_117.25));
        assert_eq!(days_of_iso("2026-04-15T18:00:00.000Z"), Some(46_127.75));
        assert_eq!(days_of_iso("2026-04-15T"), Some(46_127.0));
        assert_eq!((days_of_iso("2026-02-30"), days_of_iso("1899-12-31"), days_of_iso("20260415")), (None, None, None));
    }
}
