//! Thresholds: every number that turns a measure into a word, with its source.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How far a rule or number may be called official.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SourceTag {
    /// Official document, transcribed.
    #[serde(rename = "OFF-TR")]
    OfficialTranscript,
    /// Official text, read.
    #[serde(rename = "OFF-TXT")]
    OfficialText,
    /// Rule of a product, region or centre.
    #[serde(rename = "PRACT")]
    Practice,
    /// Literature.
    #[serde(rename = "LIT")]
    Literature,
    /// Our own constant.
    #[serde(rename = "OWN")]
    Own,
    /// Not checked.
    #[serde(rename = "UNVER")]
    Unverified,
}

impl SourceTag {
    /// The tag itself.
    pub fn id(self) -> &'static str {
        match self {
            Self::OfficialTranscript => "OFF-TR",
            Self::OfficialText => "OFF-TXT",
            Self::Practice => "PRACT",
            Self::Literature => "LIT",
            Self::Own => "OWN",
            Self::Unverified => "UNVER",
        }
    }

    /// The words printed beside a number.
    pub fn title(self) -> &'static str {
        match self {
            Self::OfficialTranscript => "официально в пересказе, сверить с документом",
            Self::OfficialText => "официальный текст",
            Self::Practice => "практика",
            Self::Literature => "статистический метод",
            Self::Own => "правило программы",
            Self::Unverified => "не проверено",
        }
    }
}

/// One entry of the registry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Threshold {
    /// Id, sign and name: `F01.sufficient`.
    pub id: String,
    /// What it limits, for the reader.
    pub title: String,
    pub value: f64,
    /// Unit for the reader: `%`, `п.п.`, `чел.`
    pub unit: String,
    /// How far it is official.
    pub tag: SourceTag,
    /// Document; empty for our own.
    pub document: String,
    /// Page; empty where there is none.
    pub page: String,
    /// Why the municipality changed it; empty where it did not.
    pub reason: String,
}

impl Threshold {
    /// «официально в пересказе, сверить с документом: ФИОКО 2026, с. 6, 17».
    pub fn source(&self) -> String {
        let mut words = self.tag.title().to_owned();
        if !self.document.is_empty() {
            words.push_str(": ");
            words.push_str(&self.document);
        }
        if !self.page.is_empty() {
            words.push_str(", с.\u{a0}");
            words.push_str(&self.page);
        }
        if !self.reason.is_empty() {
            words.push_str("; изменено: ");
            words.push_str(&self.reason);
        }
        words
    }
}

/// The thresholds in force, by id.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Thresholds {
    /// Entries by id.
    pub entries: BTreeMap<String, Threshold>,
}

impl Thresholds {
    /// Value of an id that the registry is known to hold.
    ///
    /// # Panics
    /// Where the id is not in the registry: the built-in one is checked by a test, so this is a bug.
    pub fn value(&self, id: &str) -> f64 {
        self.get(id).value
    }

    /// Entry of an id that the registry is known to hold.
    ///
    /// # Panics
    /// As [`Thresholds::value`].
    pub fn get(&self, id: &str) -> &Threshold {
        self.entries.get(id).unwrap_or_else(|| panic!("the registry of thresholds lacks {id}"))
    }
}
