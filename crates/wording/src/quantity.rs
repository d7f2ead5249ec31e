//! Sizes and times for the command line: «1,5 МиБ», «2 мин 05 с».

use super::NBSP;
use super::number::{count, decimal};
use srez_model::unit::as_f64;
use std::time::Duration;

/// A size in bytes: «512 Б», «1,5 КиБ», «12 МиБ».
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 3] = ["КиБ", "МиБ", "ГиБ"];
    if bytes < 1024 {
        return format!("{}{NBSP}Б", count(bytes));
    }
    let mut value = as_f64(bytes) / 1024.0;
    let mut unit = 0;
    while value >= 1023.5 && unit + 1 < UNITS.len() {
        value /= 1024.0;
        unit += 1;
    }
    let decimals = u8::from(value < 9.95);
    format!("{}{NBSP}{}", decimal(value, decimals), UNITS.get(unit).copied().unwrap_or_default())
}

/// A time: «40 мс», «3,2 с», «2 мин 05 с», «1 ч 03 мин».
pub fn duration(duration: Duration) -> String {
    let milliseconds = duration.as_millis();
    let seconds = (milliseconds + 500) / 1000;
    match milliseconds {
        0..1000 => format!("{milliseconds}{NBSP}мс"),
        1000..59_950 => format!("{}{NBSP}с", decimal(duration.as_secs_f64(), 1)),
        59_950..3_599_500 => format!("{}{NBSP}мин {:02}{NBSP}с", seconds / 60, seconds % 60),
        _ => format!("{}{NBSP}ч {:02}{NBSP}мин", seconds / 3600, seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        assert_eq!(size(512), "512\u{a0}Б");
        assert_eq!(size(1536), "1,5\u{a0}КиБ");
        assert_eq!(size(12 << 20), "12\u{a0}МиБ");
        assert_eq!(size(1 << 30), "1,0\u{a0}ГиБ");
    }

    #[test]
    fn times() {
        assert_eq!(duration(Duration::from_millis(40)), "40\u{a0}мс");
        assert_eq!(duration(Duration::from_millis(3_240)), "3,2\u{a0}с");
        assert_eq!(duration(Duration::from_millis(59_970)), "1\u{a0}мин 00\u{a0}с");
        assert_eq!(duration(Duration::from_secs(125)), "2\u{a0}мин 05\u{a0}с");
        assert_eq!(duration(Duration::from_secs(3_780)), "1\u{a0}ч 03\u{a0}мин");
    }
}
