//! Texts that carry their own check sum, so that a flipped byte anywhere in the file is noticed.

use super::kept;
use camino::Utf8Path;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use srez_model::error::{Error, Result};

/// Layout of the records of checks and issues that this program writes; a record without a number is of the first.
const RECORD_LAYOUT: u32 = 1;

const HEAD: &str = "{\"blake3\":\"";
const MIDDLE: &str = "\",\"entry\":";
const TAIL: &str = "}\n";
const HASH_LENGTH: usize = 64;

/// Bytes of the file for a JSON text, and its check sum.
pub(super) fn seal(body: &str) -> (Vec<u8>, String) {
    let sum = blake3::hash(body.as_bytes()).to_hex().to_string();
    (format!("{HEAD}{sum}{MIDDLE}{body}{TAIL}").into_bytes(), sum)
}

/// Check sum and text; none if a byte differs from what was sealed.
pub(super) fn open(bytes: &[u8]) -> Option<(&str, &str)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (sum, rest) = text.strip_prefix(HEAD)?.split_at_checked(HASH_LENGTH)?;
    let body = rest.strip_prefix(MIDDLE)?.strip_suffix(TAIL)?;
    (blake3::hash(body.as_bytes()).to_hex().as_str() == sum).then_some((sum, body))
}

/// A record of a check or an issue, as it was found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Record<T> {
    /// Whole and understood.
    Known(T),
    /// Intact, but another version of the program wrote it in its own layout.
    OtherLayout,
    /// Not as sealed.
    Damaged,
}

/// The last record that can be understood, and how many later ones cannot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Former<T> {
    /// The record; none if none can be understood.
    pub record: Option<T>,
    /// Hash of the file of the record; empty if there is none.
    pub blake3: String,
    /// Number of later records that were skipped, because another version of the program wrote them in its own layout.
    pub passed_over: u64,
    /// Records that are damaged: there is no comparison with them.
    pub damaged: Vec<Error>,
}

impl<T> Former<T> {
    /// Nothing found yet.
    pub(super) fn none() -> Self {
        Self { record: None, blake3: String::new(), passed_over: 0, damaged: Vec::new() }
    }
}

/// How many records of one kind a store has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordCounts {
    /// All of them.
    pub all: u64,
    /// Those that another version of the program wrote in its own layout.
    pub foreign: u64,
    /// Those that are damaged.
    pub damaged: Vec<Error>,
}

impl<T: DeserializeOwned> Former<T> {
    /// Replaces the record found by the one that a manifest names by its hash, replaced since or not. If the folder
    /// lacks that one or it cannot be understood, the record found stays. An empty hash names none.
    pub(super) fn or_named(self, folder: &Utf8Path, hash: Option<&str>) -> Result<Self> {
        let Some(hash) = hash.filter(|hash| *hash != self.blake3) else { return Ok(self) };
        if hash.is_empty() {
            return Ok(Self { record: None, blake3: String::new(), ..self });
        }
        let named = kept::record_by_hash(folder, hash)?.map(|bytes| open_record(&bytes));
        Ok(match named {
            Some(Record::Known(record)) => Self { record: Some(record), blake3: hash.to_owned(), ..self },
            _ => self,
        })
    }
}

#[derive(Deserialize)]
struct Layout {
    schema: Option<u32>,
}

/// Bytes of the file for a record, with the number of its layout; none if it cannot be serialised.
pub(super) fn seal_record<T: Serialize>(record: &T) -> Option<Vec<u8>> {
    let text = serde_json::to_string(record).ok()?;
    let fields = text.strip_prefix('{')?;
    Some(seal(&format!("{{\"schema\":{RECORD_LAYOUT},{fields}")).0)
}

/// The record in a file.
pub(super) fn open_record<T: DeserializeOwned>(bytes: &[u8]) -> Record<T> {
    let Some(body) = open(bytes).map(|(_, body)| body).or_else(|| unsealed(bytes)) else { return Record::Damaged };
    let known = serde_json::from_str(body).is_ok_and(|layout: Layout| layout.schema.unwrap_or(1) == RECORD_LAYOUT);
    match serde_json::from_str(body) {
        Ok(record) if known => Record::Known(record),
        _ => Record::OtherLayout,
    }
}

/// Text of a record from before records were sealed; none for a sealed file that was changed.
fn unsealed(bytes: &[u8]) -> Option<&str> {
    let fields: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(bytes).ok()?;
    let of_seal = ["blake3", "entry"].iter().any(|key| fields.contains_key(*key));
    if of_seal { None } else { std::str::from_utf8(bytes).ok() }
}
