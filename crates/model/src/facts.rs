//! Facts of reference forms: what a table of a ministry or a centre says about schools, kept as it is.

use super::assessment::ExamKey;
use super::reference::ReferenceKind;
use serde::{Deserialize, Serialize};

/// Whom a row of facts describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FactLevel {
    /// A group of participants: country, region, municipality, school.
    Group(ReferenceKind),
    /// One participant, under a pseudonym; such rows are never published one by one.
    Participant,
}

impl FactLevel {
    /// The word of the data tables.
    pub fn id(self) -> &'static str {
        match self {
            Self::Group(ReferenceKind::Country) => "country",
            Self::Group(ReferenceKind::Region) => "region",
            Self::Group(ReferenceKind::Municipality) => "municipality",
            Self::Group(ReferenceKind::School) => "school",
            Self::Participant => "participant",
        }
    }
}

/// One item of a row: what the column says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactValue {
    /// Name of the item as the profile gives it.
    pub item: String,
    /// The value as a number; none where it is a text.
    pub number: Option<f64>,
    /// The value as the file shows it.
    pub text: String,
}

/// One row of facts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactRow {
    /// Row of the sheet, counted from 1.
    pub row: u32,
    /// Whom it describes.
    pub level: FactLevel,
    /// Name of the group as printed; for a participant the pseudonym.
    pub group: String,
    /// Login or code of the school in canonical form; empty where the group is none.
    pub school: String,
    /// The exam of which the row speaks; none where it speaks of none.
    pub exam: Option<ExamKey>,
    /// Slug of the subject; empty where the row names none.
    pub subject: String,
    /// Grade; 0 where the row names none.
    pub grade: u8,
    /// Calendar year as the row gives it; 0 where it gives none.
    pub year: u16,
    /// Class within the school; empty where the row names none.
    pub class: String,
    /// Values; a blank cell gives none.
    pub values: Vec<FactValue>,
}

impl FactRow {
    /// Text of an item; none where the cell was blank.
    pub fn text(&self, item: &str) -> Option<&str> {
        self.values.iter().find(|value| value.item == item).map(|value| value.text.as_str())
    }
}

/// All facts of one sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactTable {
    /// Topic as the profile names it: `journal-comparison`, `context` …
    pub topic: String,
    /// Path of the file.
    pub file: String,
    pub sheet: String,
    /// Rows in the order of the file.
    pub rows: Vec<FactRow>,
}
