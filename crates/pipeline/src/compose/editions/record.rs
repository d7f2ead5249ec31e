//! What is written down about the editions of a run.

use super::{Base, Edition, folder, memory};
use camino::Utf8PathBuf;
use srez_config::plan::Plan;
use srez_model::artifact::Artifact;
use srez_model::error::Result;
use srez_privacy::Decision;
use srez_publish::AuditEntry;

/// Where the audit log of a plan lies.
pub(crate) fn audit_path(plan: &Plan) -> Utf8PathBuf {
    plan.store.join("publications.jsonl")
}

/// What is to be written down about the editions of a run: the memory of the school year and lines of the audit log.
#[derive(Default)]
pub(crate) struct Record {
    pub(super) memory: Option<memory::Memory>,
    pub(super) entries: Vec<AuditEntry>,
    /// Hashes of the memories that it was compared with.
    pub(crate) compared_with: String,
    /// Titles of the exams whose tables are held back, so that the difference to earlier ones reveals nobody.
    pub(crate) held: Vec<String>,
}

impl Record {
    /// Writes it into the store, before the editions are published: a run that is cut off leaves an edition too many in
    /// the log, never one too few.
    ///
    /// # Errors
    /// Where the store cannot be written or the log was changed.
    pub(crate) fn write_down(&self, plan: &Plan) -> Result<()> {
        if let Some(memory) = &self.memory {
            memory::write(plan, memory)?;
            srez_publish::append_to_audit(&audit_path(plan), self.entries.clone())?;
        }
        Ok(())
    }
}

/// The line of an edition in the audit log.
pub(super) fn entry(base: &Base<'_>, key: &str, edition: &Edition, package: &Artifact) -> AuditEntry {
    let Base { scene, cleared, .. } = *base;
    let plan = scene.plan;
    let hash = |artifact: &Artifact| blake3::hash(&artifact.bytes).to_hex().to_string();
    let inside = format!("{}/", folder(&edition.name));
    let file = |artifact: &Artifact| {
        (artifact.path.strip_prefix(&inside).unwrap_or(&artifact.path).to_owned(), hash(artifact))
    };
    let in_edition = |exam: &&super::Cleared<'_>| match edition.name.strip_prefix("association-") {
        Some(subject) => exam.measures.exam.key.subject == subject,
        None => edition.name == "public",
    };
    let held = cleared.iter().filter(in_edition).filter(|exam| matches!(exam.decision, Decision::Hold(_)));
    let thresholds = plan.thresholds.entries.iter().filter(|(id, _)| id.starts_with("privacy."));
    AuditEntry {
        schema: 0,
        number: 0,
        parent: String::new(),
        date: plan.date.clone(),
        pipeline: plan.name.clone(),
        period: plan.period.clone(),
        edition: edition.name.clone(),
        version: scene.names.version,
        key: key.to_owned(),
        profile: thresholds.map(|(id, threshold)| (id.clone(), threshold.value)).collect(),
        package: hash(package),
        files: edition.files.iter().map(file).collect(),
        rows: edition.rows,
        pupil_rows: edition.pupil_rows,
        held: held.map(|exam| exam.measures.exam.id()).collect(),
    }
}
