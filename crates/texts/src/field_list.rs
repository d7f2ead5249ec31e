//! The fields of an issue, as its folder lists them: what stood in which document, beside which numbers.

use crate::record::ShownThen;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Layout of the list.
const SCHEMA: u32 = 1;

/// Where the list lies in the folder of a period.
const PATH: &str = "data/fields.json";

/// The fields of an issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldList {
    schema: u32,
    /// Sorted by address.
    pub fields: Vec<ListedField>,
    /// Addresses in the order of the document, by path without extension.
    pub documents: BTreeMap<String, Vec<String>>,
}

/// A field of an issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedField {
    pub address: String,
    /// What a document names it by.
    pub tag: String,
    /// What to write, as the first document prints it.
    pub label: String,
    /// Title of the first document, and the section.
    pub place: String,
    /// Numbers beside it.
    pub shown: Vec<ShownThen>,
    /// What was printed in it; empty for lines to be filled by hand.
    pub text: String,
}

impl FieldList {
    /// Path below the folder of a period.
    pub const PATH: &str = PATH;

    /// The list of the fields of a run.
    pub(crate) fn new(fields: Vec<ListedField>, documents: BTreeMap<String, Vec<String>>) -> Self {
        Self { schema: SCHEMA, fields, documents }
    }

    /// The list as it was written; none where it is not one of ours.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().filter(|list: &Self| list.schema == SCHEMA)
    }

    /// The list as it is written.
    pub fn bytes(&self) -> Vec<u8> {
        // A list of strings cannot fail to be written.
        serde_json::to_vec_pretty(self).unwrap_or_default()
    }

    /// A field by its address.
    pub fn field(&self, address: &str) -> Option<&ListedField> {
        let place = self.fields.binary_search_by(|field| field.address.as_str().cmp(address)).ok()?;
        self.fields.get(place)
    }

    /// A field by what a document names it.
    pub fn by_tag(&self, tag: &str) -> Option<&ListedField> {
        self.fields.iter().find(|field| field.tag == tag)
    }
}
