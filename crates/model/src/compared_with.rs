//! With which records of earlier runs a run was compared.

use serde::{Deserialize, Serialize};

/// Hashes of the records, as they lay in the store; empty where there was none. A period that is made again is compared
/// with these and no others, whatever was run since.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ComparedWith {
    /// The check before.
    pub check: String,
    /// The issue before.
    pub issue: String,
    /// What was published before in the same school year.
    pub editions: String,
    /// Lists that had come by then, those of the run among them.
    pub lists: String,
}
