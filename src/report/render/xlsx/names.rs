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

/// A name for the copy of a foreign sheet: allowed, short, and unlike those in `taken` (lower case), which it joins.
pub(super) fn printable_name(name: &str, taken: &mut std::collections::BTreeSet<String>) -> String {
    let allowed = |sign: &char| !matches!(sign, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'' | '\n');
    let clean: String = printable(name).chars().filter(allowed).collect();
    let clean = if clean.trim().is_empty() { "Лист" } else { clean.trim() };
    let cut = |limit: usize| {
        let mut cut = String::new();
        for sign in clean.chars() {
            if limit < units(&cut) + sign.len_utf16() {
                break;
            }
            cut.push(sign);
        }
        cut.trim_end().to_owned()
    };
    let mut found = cut(LIMIT);
    let mut number = 2;
    while !taken.insert(found.to_lowercase()) {
        let ending = format!(" {number}");
        found = format!("{}{ending}", cut(LIMIT - units(&ending)));
        number += 1;
    }
    found
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
    fn copies_of_foreign_sheets_have_names_of_their_own() {
        let mut taken = std::collections::BTreeSet::from(["ошибки".to_owned()]);
        let names = ["Ошибки", "МА 6 / [итог]", "", &"ж".repeat(40), &"ж".repeat(40)]
            .map(|name| printable_name(name, &mut taken));
        let long = ["ж".repeat(31), format!("{} 2", "ж".repeat(29))];
        assert_eq!(names[..3], ["Ошибки 2", "МА 6  итог", "Лист"]);
        assert_eq!(names[3..], long);
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
