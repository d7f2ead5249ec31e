//! Months and days of a plan.

use srez_model::error::{Error, Result};

/// Calendar year in which the school year of a month ends; it begins in August.
pub(super) fn year_of(month: &str) -> Option<u16> {
    let (year, month) = month.split_once('-')?;
    let (year, month): (u16, u8) = (year.parse().ok()?, month.parse().ok()?);
    Some(if month < 8 { year } else { year.checked_add(1)? })
}

/// The date `days` days later; the date itself if it is not a valid one.
pub(super) fn days_after(date: &str, days: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "a number of days, rounded")]
    let days = days.round() as i64;
    let counted = date
        .parse::<jiff::civil::Date>()
        .ok()
        .and_then(|day| day.checked_add(jiff::Span::new().try_days(days).ok()?).ok());
    counted.map_or_else(|| date.to_owned(), |day| day.to_string())
}

/// True for a year and a month: `2026-05`.
fn is_month(text: &str) -> bool {
    format!("{text}-01").parse::<jiff::civil::Date>().is_ok() && text.len() == 7
}

/// The month asked for, or that of the date.
pub(super) fn period_of(asked: Option<&str>, date: &str) -> Result<String> {
    match asked {
        Some(period) if is_month(period) => Ok(period.to_owned()),
        Some(period) => Err(Error::usage(format!("период «{period}» не прочитан")).hint("пишите год и месяц: 2026-05")),
        None => Ok(date.get(..7).unwrap_or_default().to_owned()),
    }
}
