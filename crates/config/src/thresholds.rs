//! The registry of thresholds: built in, and the municipality's own values with their reasons.

use super::faults;
use serde::Deserialize;
use srez_model::error::{Error, Result};
use srez_model::threshold::{SourceTag, Threshold, Thresholds};
use std::collections::BTreeMap;

const BUILT_IN: &str = include_str!("../../../pipelines/thresholds.toml");

/// An entry as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenThreshold {
    title: String,
    value: f64,
    unit: String,
    tag: SourceTag,
    #[serde(default)]
    document: String,
    #[serde(default)]
    page: String,
}

/// A municipality's own value.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    pub value: f64,
    /// Who decided it and when; must not be empty.
    pub reason: String,
}

/// The built-in registry.
///
/// # Errors
/// If it cannot be read, which is a bug that a test finds.
pub fn built_in() -> Result<Thresholds> {
    let written: BTreeMap<String, WrittenThreshold> = toml::from_str(BUILT_IN).map_err(|error| {
        faults::in_toml("thresholds.toml", BUILT_IN, &error, &["title", "value", "unit", "tag", "document", "page"])
    })?;
    let entries = written.into_iter().map(|(id, entry)| {
        let WrittenThreshold { title, value, unit, tag, document, page } = entry;
        (id.clone(), Threshold { id, title, value, unit, tag, document, page, reason: String::new() })
    });
    Ok(Thresholds { entries: entries.collect() })
}

/// The registry with a municipality's own values.
///
/// # Errors
/// If an id is unknown or a reason is missing.
pub fn with_overrides(mut thresholds: Thresholds, overrides: &BTreeMap<String, Override>) -> Result<Thresholds> {
    for (id, own) in overrides {
        let known: Vec<String> = thresholds.entries.keys().cloned().collect();
        let Some(entry) = thresholds.entries.get_mut(id) else {
            let near = faults::nearest(id, known.iter().map(String::as_str));
            let hint = near
                .map_or_else(|| "смотрите `srez list thresholds`".to_owned(), |near| format!("ближайший — «{near}»"));
            return Err(Error::usage(format!("порога «{id}» в реестре нет")).hint(hint));
        };
        if own.reason.trim().is_empty() {
            return Err(Error::usage(format!("порог «{id}» изменён без причины"))
                .hint("укажите reason: кто и когда решил, например «решение методсовета от 12.01.2026»"));
        }
        entry.value = own.value;
        own.reason.clone_into(&mut entry.reason);
    }
    Ok(thresholds)
}

#[cfg(test)]
mod tests {
    use super::built_in;

    #[test]
    fn the_registry_loads_and_names_its_sources() {
        let thresholds = built_in().unwrap();
        assert_eq!(thresholds.value("F01.sufficient"), 60.0);
        assert!(thresholds.get("F01.sufficient").source().contains("ФИОКО 2026"));
    }
}
