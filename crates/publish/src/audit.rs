//! The audit log: which edition was made for whom, under which rules, with which files and how many rows.
//!
//! One JSON line per edition, each with its own check sum and that of the line before, so that a line cannot be changed
//! or removed unnoticed. Lines are only added. An edition that is the same as the last one for the same recipient and
//! period gets no new line.

use crate::fault::Fault;
use camino::Utf8Path;
use serde::{Deserialize, Serialize};
use srez_model::error::Result;
use std::collections::BTreeMap;

/// Layout of a line.
const SCHEMA: u32 = 1;

/// One edition.
///
/// Grain: one per edition that was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditEntry {
    pub schema: u32,
    /// Number of the line, counted from 1.
    pub number: u64,
    /// Check sum of the line before; empty for the first.
    pub parent: String,
    /// Date of the plan.
    pub date: String,
    pub pipeline: String,
    pub period: String,
    /// Edition, the name of its folder: `association-math`.
    pub edition: String,
    /// Version of the history.
    pub version: u64,
    /// Id of the key of the pseudonyms.
    pub key: String,
    /// Rules in force: thresholds by id.
    pub profile: BTreeMap<String, f64>,
    /// Check sum of the package.
    pub package: String,
    /// Files by path inside the edition, with their check sums.
    pub files: BTreeMap<String, String>,
    /// Rows of its tables.
    pub rows: u64,
    /// Rows of participants among them.
    pub pupil_rows: u64,
    /// Exams that were held back at an earlier period.
    pub held: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    blake3: String,
    entry: AuditEntry,
}

/// All entries, oldest first, each with its check sum; empty if there is no log.
///
/// # Errors
/// If the log cannot be read, or a line was changed, removed or added by hand.
pub fn audit_log(path: &Utf8Path) -> Result<Vec<(AuditEntry, String)>> {
    if !srez_disk::exists(path) {
        return Ok(Vec::new());
    }
    let mut entries: Vec<(AuditEntry, String)> = Vec::new();
    for (place, text) in (1_u64..).zip(srez_disk::read_text(path)?.lines()) {
        let parent = entries.last().map_or("", |(_, sum)| sum.as_str());
        let whole = serde_json::from_str::<Line>(text).ok().filter(|line| {
            sum(&line.entry).is_some_and(|sum| sum == line.blake3)
                && line.entry.parent == parent
                && line.entry.number == place
        });
        let line = whole.ok_or(Fault::AuditChanged { log: path, line: place })?;
        entries.push((line.entry, line.blake3));
    }
    Ok(entries)
}

/// Appends the entries that differ from the last one for the same recipient and period, and fills in their numbers and
/// parents. Returns how many were added.
///
/// # Errors
/// If the log is damaged or cannot be written.
pub fn append_to_audit(path: &Utf8Path, entries: Vec<AuditEntry>) -> Result<usize> {
    let known = audit_log(path)?;
    let mut text = if known.is_empty() { String::new() } else { srez_disk::read_text(path)? };
    let mut parent = known.last().map_or_else(String::new, |(_, sum)| sum.clone());
    let mut number = known.len() as u64;
    let mut added = 0;
    for mut entry in entries {
        let last = known.iter().rev().map(|(known, _)| known).find(|known| {
            (&known.pipeline, &known.period, &known.edition) == (&entry.pipeline, &entry.period, &entry.edition)
        });
        if last.is_some_and(|last| last.package == entry.package && last.profile == entry.profile) {
            continue;
        }
        number += 1;
        (entry.schema, entry.number, entry.parent) = (SCHEMA, number, parent);
        let not_written = || Fault::NotWritten("журнал изданий".to_owned());
        let blake3 = sum(&entry).ok_or_else(not_written)?;
        parent = blake3.clone();
        let line = serde_json::to_string(&Line { blake3, entry });
        text.push_str(&line.map_err(|_| not_written())?);
        text.push('\n');
        added += 1;
    }
    if added > 0 {
        srez_disk::write_private(path, text.as_bytes())?;
    }
    Ok(added)
}

fn sum(entry: &AuditEntry) -> Option<String> {
    Some(blake3::hash(&serde_json::to_vec(entry).ok()?).to_hex().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use camino::Utf8PathBuf;

    fn entry(edition: &str, package: &str) -> AuditEntry {
        AuditEntry {
            schema: 0,
            number: 0,
            parent: String::new(),
            date: "2026-06-25".to_owned(),
            pipeline: "demo".to_owned(),
            period: "2026-06".to_owned(),
            edition: edition.to_owned(),
            version: 1,
            key: "k-00000000".to_owned(),
            profile: BTreeMap::new(),
            package: package.to_owned(),
            files: BTreeMap::new(),
            rows: 3,
            pupil_rows: 0,
            held: Vec::new(),
        }
    }

    #[test]
    fn lines_are_added_once_and_a_changed_or_missing_line_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8PathBuf::from_path_buf(folder.path().join("publications.jsonl")).unwrap();
        assert_eq!(append_to_audit(&path, vec![entry("public", "a"), entry("school-1", "b")]).unwrap(), 2);
        assert_eq!(append_to_audit(&path, vec![entry("public", "a"), entry("school-1", "c")]).unwrap(), 1);
        let log = audit_log(&path).unwrap();
        assert_eq!(log.iter().map(|(entry, _)| entry.package.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);

        let text = srez_disk::read_text(&path).unwrap();
        for wrong in [
            text.replace("\"rows\":3", "\"rows\":4"),
            text.lines().skip(1).map(|line| format!("{line}\n")).collect(),
            text.lines().rev().map(|line| format!("{line}\n")).collect(),
        ] {
            srez_disk::write(&path, wrong.as_bytes()).unwrap();
            assert!(audit_log(&path).unwrap_err().message.contains("изменён"));
            assert!(append_to_audit(&path, vec![entry("public", "d")]).is_err());
        }
    }
}
