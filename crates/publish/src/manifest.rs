//! `manifest.json`: what the folder was made from, hash by hash.

use crate::fault::Fault;
use crate::published::TextsUsed;
use crate::staging::Prepared;
use serde::Serialize;
use srez_model::artifact::Artifact;
use srez_model::compared_with::ComparedWith;
use srez_model::delivery::{FileEntry, RowCounts};
use srez_model::error::Result;
use srez_model::note::Note;
use srez_model::threshold::Thresholds;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Manifest<'a> {
    program: &'static str,
    version: &'static str,
    pipeline: &'a str,
    plan_blake3: &'a str,
    period: &'a str,
    date: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    works: Option<Works<'a>>,
    history_version: u64,
    pseudonym_key: &'a str,
    compared_with: &'a ComparedWith,
    #[serde(skip_serializing_if = "Option::is_none")]
    texts: Option<&'a TextsUsed>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    kept: &'a [String],
    rows: RowCounts,
    inputs: Vec<Input<'a>>,
    outputs: BTreeMap<&'a str, &'a str>,
    thresholds: BTreeMap<&'a str, f64>,
    codes: BTreeMap<&'a str, u64>,
}

#[derive(Serialize)]
struct Input<'a> {
    file: &'a str,
    blake3: &'a str,
    status: &'static str,
}

/// The pack that the works of a run came from.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Works<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its version, as its makers count.
    pub version: &'a str,
    /// Hash of its file.
    pub blake3: &'a str,
}

/// What the documents of a run were made from.
pub struct Provenance<'a> {
    /// Name of the pipeline.
    pub pipeline: &'a str,
    /// Hash of its plan.
    pub plan_blake3: &'a str,
    /// Period of the folder.
    pub period: &'a str,
    /// Date as `YYYY-MM-DD`.
    pub date: &'a str,
    /// Pack of works; none where the built-in ones and the pipeline's own are all.
    pub works: Option<Works<'a>>,
    /// Thresholds in force.
    pub thresholds: &'a Thresholds,
    /// Version of the history.
    pub history_version: u64,
    /// Id of the key of the pseudonyms, never the key.
    pub pseudonym_key: &'a str,
    /// Records of earlier runs that this one was compared with.
    pub compared_with: &'a ComparedWith,
    /// What of the file of texts the documents print; none where there is none.
    pub texts: Option<&'a TextsUsed>,
    /// What of the user's lies beside the period, as the start page tells it.
    pub kept: &'a [String],
    /// What became of each file.
    pub files: &'a [FileEntry],
    /// What was noticed.
    pub notes: &'a [Note],
}

/// The manifest of a run, of all other files.
///
/// # Errors
/// Where it cannot be written down, which is a bug.
pub fn manifest(made_from: &Provenance<'_>, others: &[Prepared]) -> Result<Artifact> {
    let &Provenance { files, notes, .. } = made_from;
    let mut codes = BTreeMap::new();
    for note in notes {
        *codes.entry(note.code.as_str()).or_default() += 1;
    }
    let manifest = Manifest {
        program: "srez",
        version: env!("CARGO_PKG_VERSION"),
        pipeline: made_from.pipeline,
        plan_blake3: made_from.plan_blake3,
        period: made_from.period,
        date: made_from.date,
        works: made_from.works,
        history_version: made_from.history_version,
        pseudonym_key: made_from.pseudonym_key,
        compared_with: made_from.compared_with,
        texts: made_from.texts,
        kept: made_from.kept,
        rows: RowCounts::of_files(files),
        inputs: files
            .iter()
            .map(|entry| Input { file: &entry.file.name, blake3: &entry.file.blake3, status: entry.status.id() })
            .collect(),
        outputs: others.iter().map(|file| (file.path.as_str(), file.blake3.as_str())).collect(),
        thresholds: made_from.thresholds.entries.iter().map(|(id, entry)| (id.as_str(), entry.value)).collect(),
        codes,
    };
    let mut bytes = serde_json::to_vec_pretty(&manifest).map_err(|_| Fault::NotWritten("манифест".to_owned()))?;
    bytes.push(b'\n');
    Ok(Artifact { path: "manifest.json".to_owned(), bytes })
}
