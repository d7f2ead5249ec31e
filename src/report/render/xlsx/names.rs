//! Names of sheets and of table objects: short, unique, without signs that Excel forbids.

use crate::model::report::Table;
use crate::report::render::office::printable;

/// Longest name of a sheet, in UTF-16 units.
const LIMIT: usize = 31;
/// Name of the table with the sources, which has a sheet name of its own.
pub(super) const SOURCES: &str = "sources";

/// First sheet.
pub(super) const MAIN: &str = "Главное";
/// Sheet with the charts.
pub(super) const CHARTS: &str = "Диаграммы";
/// Sheet that explains the signs.
pub(super) const LEGEND: &str = "Обозначения";
/// Sheet that tells the sources.
pub(super) const WHENCE: &str = "Откуда";

/// Name of the sheet of the table with this number: «3. Выполнение заданий»; the number makes it unique.
pub(super) fn sheet(table: &Table, number: usize) -> String {
    if table.name == SOURCES {
        return WHENCE.to_owned();
    }
    let allowed =
        |sign: &char| !matches!(sign, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'' | '\n') && !sign.is_control();
    let words: String = printable(&table.caption).chars().filter(allowed).collect();
    let words = words.split([',', '(', ';']).next().unwrap_or_default().trim();
    let mut name = format!("{number}.");
    for word in words.split_whitespace() {
        if LIMIT < units(&name) + 1 + units(word) {
            break;
        }
        name.push(' ');
        name.push_str(word);
    }
    let is_short = name.ends_with('.');
    if is_short { format!("Таблица {number}") } else { name.trim_end_matches(['.', ' ']).to_owned() }
}

/// Name of the table object.
pub(super) fn object(table: &Table, number: usize) -> String {
    let name: String =
        table.name.chars().filter(|sign| sign.is_ascii_alphanumeric() || *sign == '_').take(60).collect();
    format!("t{number}_{name}")
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(caption: &str) -> Table {
        Table {
            name: "tasks-8'".to_owned(),
            caption: caption.to_owned(),
            columns: Vec::new(),
            rows: Vec::new(),
            note: String::new(),
            wide: false,
        }
    }

    #[test]
    fn names_are_short_and_clean() {
        assert_eq!(sheet(&named("Выполнение заданий, муниципальный округ (n = 950)"), 3), "3. Выполнение заданий");
        assert_eq!(
            sheet(&named("Задания с недостаточным уровнем: из чего складывается"), 2),
            "2. Задания с недостаточным"
        );
        assert_eq!(sheet(&named(&"ж".repeat(300)), 12), "Таблица 12");
        assert_eq!(sheet(&named("[]:*?/\\'"), 1), "Таблица 1");
        assert_eq!(object(&named(""), 4), "t4_tasks8");
    }
}
