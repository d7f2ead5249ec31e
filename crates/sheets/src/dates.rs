//! Dates written as text in workbooks (ISO 8601) → days since the epoch of Excel.

/// Days from 30 December 1899 to 1 January 1904, from which old Macintosh workbooks count.
pub(super) const DAYS_TO_1904: f64 = 1462.0;

/// Days from 30 December 1899 to 1 January 1970.
const UNIX_EPOCH: i64 = 25_569;

/// Days since 30 December 1899 of `2026-04-15` or `2026-04-15T10:30:00`; none where the text is no date.
pub(super) fn days_of_iso(text: &str) -> Option<f64> {
    let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !(1900..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let days = days_from_unix_epoch(year, month, day) + UNIX_EPOCH;
    Some(f64::from(i32::try_from(days).ok()?) + share_of_day(time))
}

/// Days of a proleptic Gregorian date, years counted from March so that the leap day comes last.
fn days_from_unix_epoch(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - 719_468
}

fn share_of_day(time: &str) -> f64 {
    let mut parts = time.trim_end_matches('Z').splitn(3, ':').map(|part| part.parse::<f64>().unwrap_or(0.0));
    let mut part = || parts.next().unwrap_or(0.0);
    (part() * 3600.0 + part() * 60.0 + part()) / 86_400.0
}

#[cfg(test)]
mod tests {
    use super::days_of_iso;

    #[test]
    fn days_agree_with_excel() {
        assert_eq!(days_of_iso("1970-01-01"), Some(25_569.0));
        assert_eq!(days_of_iso("2026-04-15"), Some(46_127.0));
        assert_eq!(days_of_iso("2024-02-29T12:00:00"), Some(45_351.5));
        assert_eq!((days_of_iso("2026-13-01"), days_of_iso("2,5")), (None, None));
    }
}
