//! The log: one entry per version, each with its own check sum and that of the entry before it.

use super::fault::Fault;
use super::{damaged, sealed};
use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use srez_model::assessment::{Exam, ExamKey};
use srez_model::error::{Error, Result};

/// Version of the layout of log and data files that this program writes.
///
/// 1: a unit is a school in an exam. 2: a unit is a class of a school in an exam, on one day where the exam has
/// attempts; entries can withdraw, readmit, return and convert. A store of layout 1 is read as it is and converted by
/// the first run that writes.
pub(super) const SCHEMA: u32 = 2;

/// What a version was written for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// A run delivered results.
    #[default]
    Delivery,
    /// The analyst withdrew units.
    Withdrawal,
    /// The analyst readmitted withdrawn units.
    Readmission,
    /// The state of an earlier version was restored.
    Return {
        /// That version; 0 for the empty store.
        to: u64,
    },
    /// The store was converted to the layout of this program; the results are the same.
    Conversion,
}

/// What one version changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Layout; comes first, so that a newer one is recognised before anything else is parsed.
    pub(super) schema: u32,
    /// Number of the version, counted from 1 without gaps.
    pub(super) version: u64,
    /// Check sum of the entry before; empty for the first.
    pub(super) parent: String,
    pub(super) program: String,
    /// What it was written for.
    #[serde(default)]
    pub(super) action: Action,
    /// Id of the key of the pseudonyms in what was delivered; empty where nothing was or the program did not tell.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) key: String,
    /// The reason, in the analyst's words; empty for deliveries.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) reason: String,
    /// Exams that changed, sorted.
    pub(super) exams: Vec<ExamEntry>,
}

/// What one version changed in one exam.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct ExamEntry {
    pub(super) key: ExamKey,
    /// Its specification, if new or changed.
    pub(super) exam: Option<Exam>,
    /// The file with the rows of the units below; none if only the specification or the units in force changed.
    pub(super) file: Option<DataFile>,
    /// Units that came, were replaced, withdrawn or readmitted, sorted.
    pub(super) units: Vec<UnitEntry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DataFile {
    /// Check sum, which is also its name.
    pub(super) blake3: String,
    /// Bytes.
    pub(super) size: u64,
    pub(super) rows: u64,
}

/// A unit that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct UnitEntry {
    /// School as the blocks name it.
    pub(super) school: String,
    /// Class; none in layout 1, in which the unit is a whole school.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) class: Option<String>,
    /// Day of the attempt; empty if the exam has no attempts.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) date: String,
    /// Hash of its content.
    pub(super) content: String,
    pub(super) rows: u32,
    /// Rows that differ from the content that it replaced; none if the unit is new.
    pub(super) rows_changed: Option<u32>,
    /// Earlier version that brought the rows, and the file that contains them; none if it is this version and its file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) since: Option<(u64, String)>,
}

#[derive(Deserialize)]
struct Schema {
    schema: u32,
}

pub(super) fn path(folder: &Utf8Path, version: u64) -> Utf8PathBuf {
    folder.join("log").join(format!("{version:08}.json"))
}

/// Bytes of an entry, and its check sum.
pub(super) fn bytes(entry: &Entry) -> Result<(Vec<u8>, String)> {
    let body = serde_json::to_string(entry).map_err(|_| Fault::NotWritten("запись журнала хранилища"))?;
    Ok(sealed::seal(&body))
}

/// All entries with their check sums, from the first version to the last.
///
/// # Errors
/// If an entry is missing, damaged, does not follow the one before it, or was written by a newer program.
pub(super) fn read(folder: &Utf8Path) -> Result<Vec<(Entry, String)>> {
    let listing = srez_disk::list(&folder.join("log"))?;
    let mut entries: Vec<(Entry, String)> = Vec::new();
    for found in listing.files.iter().filter(|found| is_entry(&found.name)) {
        let expected = entries.len() as u64 + 1;
        if found.path != path(folder, expected) {
            return Err(damaged(&path(folder, expected), "этой записи журнала нет, а следующая есть"));
        }
        let parent = entries.last().map_or("", |(_, sum)| sum.as_str());
        let read = parse(&srez_disk::read(&found.path, 1 << 30)?);
        let (entry, sum) = read.map_err(|problem| problem.at(&found.path))?;
        if entry.version != expected || entry.parent != parent {
            return Err(damaged(&found.path, "запись журнала не продолжает предыдущую"));
        }
        entries.push((entry, sum));
    }
    Ok(entries)
}

/// `00000042.json`; everything else in the folder is left over from an interrupted run.
pub(super) fn is_entry(name: &str) -> bool {
    name.strip_suffix(".json")
        .is_some_and(|number| number.len() >= 8 && number.bytes().all(|byte| byte.is_ascii_digit()))
}

enum Problem {
    Damaged,
    Newer(u32),
}

impl Problem {
    fn at(&self, path: &Utf8Path) -> Error {
        match self {
            Self::Damaged => damaged(path, "запись журнала искажена"),
            Self::Newer(schema) => Fault::Newer(path, *schema).into(),
        }
    }
}

fn parse(bytes: &[u8]) -> std::result::Result<(Entry, String), Problem> {
    let (sum, body) = sealed::open(bytes).ok_or(Problem::Damaged)?;
    let Schema { schema } = serde_json::from_str(body).map_err(|_| Problem::Damaged)?;
    if SCHEMA < schema {
        return Err(Problem::Newer(schema));
    }
    let entry = serde_json::from_str(body).map_err(|_| Problem::Damaged)?;
    Ok((entry, sum.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(schema: u32) -> Entry {
        Entry {
            schema,
            version: 1,
            parent: String::new(),
            program: "0".to_owned(),
            action: Action::Delivery,
            key: String::new(),
            reason: String::new(),
            exams: Vec::new(),
        }
    }

    #[test]
    fn every_flipped_byte_is_noticed() {
        let (whole, sum) = bytes(&entry(SCHEMA)).unwrap();
        assert!(matches!(parse(&whole), Ok((read, read_sum)) if read == entry(SCHEMA) && read_sum == sum));
        for place in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[place] ^= 1;
            assert!(matches!(parse(&flipped), Err(Problem::Damaged)), "byte {place}");
        }
    }

    #[test]
    fn a_newer_layout_is_named_as_such() {
        let (whole, _) = bytes(&entry(SCHEMA + 1)).unwrap();
        let Err(problem) = parse(&whole) else { panic!("a newer layout was read") };
        assert!(problem.at(Utf8Path::new("log/00000001.json")).message.contains("более новой версией"));
    }
}
