//! Dates: `2026-06-05` as `05.06.2026` or «5 июня 2026 г.».

use super::NBSP;
use jiff::civil::Date;

/// How a document prints a day.
const SHORT: &str = "%d.%m.%Y";

const MONTHS_GENITIVE: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];

const MONTHS: [&str; 12] = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
];

/// `2026-06-05` → `05.06.2026`; a text that is no such date is given back as it is.
pub fn short(date: &str) -> String {
    read(date).map_or_else(|| date.to_owned(), |day| day.strftime(SHORT).to_string())
}

/// The day that `short` printed; none for another text.
pub fn from_short(printed: &str) -> Option<Date> {
    Date::strptime(SHORT, printed.trim()).ok()
}

/// `2026-06-05` → «5 июня 2026 г.»; a text that is no such date is given back as it is.
pub fn long(date: &str) -> String {
    let long = |day: Date| {
        let name = named(MONTHS_GENITIVE, day)?;
        Some(format!("{}{NBSP}{name} {}{NBSP}г.", day.day(), day.year()))
    };
    read(date).and_then(long).unwrap_or_else(|| date.to_owned())
}

/// `2026-05` → «май 2026 г.»; a text that is no such month is given back as it is.
pub fn month(period: &str) -> String {
    let month = |first: Date| Some(format!("{} {}{NBSP}г.", named(MONTHS, first)?, first.year()));
    read(&format!("{period}-01")).and_then(month).unwrap_or_else(|| period.to_owned())
}

/// 2026 → «2025/26»: the school year that ends in a calendar year.
pub fn school_year(ends: u16) -> String {
    format!("{}/{:02}", ends.saturating_sub(1), ends % 100)
}

fn read(date: &str) -> Option<Date> {
    Date::strptime("%Y-%m-%d", date).ok()
}

fn named(months: [&'static str; 12], day: Date) -> Option<&'static str> {
    months.get(usize::try_from(day.month()).ok()?.checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_the_plan() {
        assert_eq!(short("2026-06-05"), "05.06.2026");
        assert_eq!((school_year(2026), school_year(2000)), ("2025/26".to_owned(), "1999/00".to_owned()));
        assert_eq!(long("2026-06-05"), "5\u{a0}июня 2026\u{a0}г.");
        assert_eq!(month("2026-05"), "май 2026\u{a0}г.");
        assert_eq!(long("2026-13-05"), "2026-13-05");
        assert_eq!((short("июнь"), short("2026-02-30")), ("июнь".to_owned(), "2026-02-30".to_owned()));
        assert_eq!(month("май-05"), "май-05");
    }

    #[test]
    fn only_a_printed_date_is_read_back() {
        let day = from_short("05.06.2026").unwrap();
        assert_eq!((day.day(), day.month(), day.year()), (5, 6, 2026));
        assert_eq!(short(&day.to_string()), "05.06.2026");
        for none in ["2026-06-05", "32.06.2026", "31.02.2026", "05.06.2026.1", "июнь", ""] {
            assert_eq!(from_short(none), None, "{none}");
        }
    }
}
