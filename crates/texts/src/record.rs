//! One text as it is kept.

use serde::{Deserialize, Serialize};
use srez_model::field_id::FieldId;
use srez_model::report::Shown;

/// What somebody wrote, and where it belongs.
///
/// Grain: one each time that something was written, confirmed or withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub schema: u32,
    /// Number of the line, counted from 1.
    pub number: u64,
    /// Check sum of the line before; empty for the first.
    pub parent: String,
    /// Address of the field, as [`FieldId`] prints it.
    pub address: String,
    /// What was written; empty where it was taken back.
    pub text: String,
    /// Who wrote it; empty where nobody told.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// Day, `YYYY-MM-DD`.
    pub date: String,
    /// Period of the issue in which it was written.
    pub period: String,
    /// Numbers beside the field at that time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shown: Vec<ShownThen>,
    /// Where it came from.
    pub origin: Origin,
    /// How far it may go.
    #[serde(default)]
    pub reach: Reach,
    pub state: State,
}

impl Record {
    /// Its address; none where another version of the program wrote it.
    pub fn field(&self) -> Option<FieldId> {
        self.address.parse().ok()
    }
}

/// A number as it stood beside the field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownThen {
    pub name: String,
    /// As printed.
    pub printed: String,
}

impl From<&Shown> for ShownThen {
    fn from(shown: &Shown) -> Self {
        Self { name: shown.name.clone(), printed: shown.printed.clone() }
    }
}

/// Where a text came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    pub way: Way,
    /// Name of the file; empty for the desk.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// Hash of the file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub blake3: String,
}

/// By what a text came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// The page of the desk.
    #[default]
    Desk,
    /// The workbook of texts.
    Book,
    /// A document that was edited.
    Document,
}

/// How far a text may go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// It stays in the office.
    #[default]
    Office,
    /// Also into the edition of an association.
    Association,
    /// Also into those of schools.
    School,
}

impl Reach {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Office, Self::Association, Self::School];

    /// The word in the workbook of texts; empty for the office.
    pub fn word(self) -> &'static str {
        match self {
            Self::Office => "",
            Self::Association => "объединению",
            Self::School => "школам",
        }
    }

    /// The reach of a word; the office where it is not one of them.
    pub fn of_word(word: &str) -> Self {
        let word = word.trim().to_lowercase();
        Self::ALL.into_iter().find(|reach| reach.word() == word).unwrap_or_default()
    }
}

/// What became of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It was written.
    Written,
    /// It was found true with the numbers as they are now.
    Confirmed,
    /// It was taken back: the field is empty.
    Withdrawn,
}
