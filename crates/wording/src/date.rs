//! Dates: `2026-06-05` as `05.06.2026` or «5 июня 2026 г.».

use super::NBSP;

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
    parts(date).map_or_else(|| date.to_owned(), |(year, month, day)| format!("{day:02}.{month:02}.{year}"))
}

/// `2026-06-05` → «5 июня 2026 г.»; a text that is no such date is given back as it is.
pub fn long(date: &str) -> String {
    parts(date)
        .and_then(|(year, month, day)| {
            let name = MONTHS_GENITIVE.get(month.checked_sub(1)?)?;
            Some(format!("{day}{NBSP}{name} {year}{NBSP}г."))
        })
        .unwrap_or_else(|| date.to_owned())
}

/// `2026-05` → «май 2026 г.»; a text that is no such month is given back as it is.
pub fn month(period: &str) -> String {
    let name = |period: &str| {
        let (year, month) = period.split_once('-')?;
        let name = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
        Some(format!("{name} {year}{NBSP}г."))
    };
    name(period).unwrap_or_else(|| period.to_owned())
}

/// 2026 → «2025/26»: the school year that ends in a calendar year.
pub fn school_year(ends: u16) -> String {
    format!("{}/{:02}", ends.saturating_sub(1), ends % 100)
}

fn parts(date: &str) -> Option<(u16, usize, u8)> {
    let mut parts = date.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((year, month, day))
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
        assert_eq!(short("июнь"), "июнь");
    }
}
