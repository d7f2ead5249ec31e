//! Changing single values of a pipeline file; comments and everything else stay as they were written.

use srez_model::error::{Error, Result};
use toml_edit::{DocumentMut, InlineTable, Item, Table, value};

/// Texts of the keys, «style.place» for the key of a section; empty where a key is missing or no text.
///
/// # Errors
/// If the text is no TOML.
pub fn values(text: &str, keys: &[&str]) -> Result<Vec<String>> {
    let document = parsed(text)?;
    let of = |key: &&str| {
        let item = key.split('.').try_fold(document.as_item(), |item, part| item.get(part));
        item.and_then(Item::as_str).unwrap_or_default().to_owned()
    };
    Ok(keys.iter().map(of).collect())
}

/// The file with other texts at some keys. An empty text takes a key away that is there.
///
/// # Errors
/// If the text is no TOML, or a section of a key is none.
pub fn with_values(text: &str, changes: &[(&str, &str)]) -> Result<String> {
    let mut document = parsed(text)?;
    for (key, changed) in changes {
        let (section, name) = key.rsplit_once('.').unwrap_or(("", key));
        let table = match section {
            "" => document.as_table_mut(),
            section => {
                let item = document.entry(section).or_insert(Item::Table(Table::new()));
                item.as_table_mut().ok_or_else(|| Error::usage(format!("«{section}» в настройках — не раздел")))?
            }
        };
        match (table.get_mut(name), changed.is_empty()) {
            (Some(_), true) => {
                table.remove(name);
            }
            (None, true) => {}
            (Some(item), false) => {
                let decor = item.as_value().map(|old| old.decor().clone());
                *item = value(*changed);
                if let (Some(new), Some(decor)) = (item.as_value_mut(), decor) {
                    *new.decor_mut() = decor;
                }
            }
            (None, false) => {
                table.insert(name, value(*changed));
            }
        }
    }
    Ok(document.to_string())
}

/// The file with an own value of a threshold and its reason, or without it.
///
/// # Errors
/// If the text is no TOML, or `thresholds` is no section.
pub fn with_threshold(text: &str, id: &str, own: Option<(f64, &str)>) -> Result<String> {
    let mut document = parsed(text)?;
    let item = document.entry("thresholds").or_insert(Item::Table(Table::new()));
    let table = item.as_table_mut().ok_or_else(|| Error::usage("«thresholds» в настройках — не раздел"))?;
    match own {
        Some((number, reason)) => {
            let mut written = InlineTable::new();
            written.insert("value", number.into());
            written.insert("reason", reason.into());
            table.insert(id, value(written));
        }
        None => _ = table.remove(id),
    }
    Ok(document.to_string())
}

fn parsed(text: &str) -> Result<DocumentMut> {
    text.parse().map_err(|error: toml_edit::TomlError| {
        Error::usage(format!("настройки не читаются: {}", error.message())).hint("исправьте файл настроек")
    })
}

#[cfg(test)]
mod tests {
    use super::{values, with_threshold, with_values};

    const TEXT: &str =
        "# шапка\ntitle = \"А\"   # название\nhome = \"Д\"\n\n[period]\nschool-year = \"2025/26\" # год\n";

    #[test]
    fn a_change_keeps_every_comment() {
        let changed = with_values(TEXT, &[("title", "Б"), ("period.school-year", "2026/27"), ("style.place", "город")]);
        let changed = changed.unwrap();
        assert!(changed.starts_with("# шапка\ntitle = \"Б\"   # название\nhome = \"Д\"\n"), "{changed}");
        assert!(changed.contains("school-year = \"2026/27\" # год") && changed.contains("[style]\nplace = \"город\""));
        let keys = ["title", "style.place", "style.region"];
        assert_eq!(values(&changed, &keys).unwrap(), ["Б", "город", ""]);
        let without = with_values(&changed, &[("style.place", ""), ("style.region", "")]).unwrap();
        assert_eq!(values(&without, &keys).unwrap(), ["Б", "", ""]);
    }

    #[test]
    fn a_threshold_is_written_with_its_reason_and_taken_away_again() {
        let changed = with_threshold(TEXT, "F01.sufficient", Some((55.0, "решение методсовета"))).unwrap();
        assert!(changed.starts_with(TEXT), "{changed}");
        let whole = format!("date = \"2026-06-05\"\n{changed}\n[inputs]\nfolders = []\n");
        let own = crate::pipeline_file::parse("х.toml", &whole).unwrap().thresholds;
        assert_eq!((own["F01.sufficient"].value, own["F01.sufficient"].reason.as_str()), (55.0, "решение методсовета"));
        let again = with_threshold(&changed, "F01.sufficient", None).unwrap();
        assert!(!again.contains("F01.sufficient") && again.starts_with(TEXT));
    }

    #[test]
    fn what_is_no_settings_file_is_refused() {
        assert!(values("title = ", &["title"]).is_err() && with_values("style = 3", &[("style.place", "г")]).is_err());
    }
}
