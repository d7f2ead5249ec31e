//! What is asked without a run.

use super::watcher::Watcher;
use super::{compose, pseudonym_key, receive};
use srez_config::plan::Plan;
use srez_model::error::Result;
use srez_model::note::NoteDefinition;
use srez_publish::AuditEntry;

/// Reads the files of a plan and nothing more: what each of them holds, and what was noticed.
///
/// # Errors
/// Where a folder cannot be listed or no reader can be started.
pub fn read(plan: &Plan, watcher: &dyn Watcher) -> Result<receive::Received> {
    let received = receive::receive(plan, &pseudonym_key::throwaway()?, watcher)?;
    watcher.finish();
    Ok(received)
}

/// The audit log of the editions of a plan, with the check sum of each line.
///
/// # Errors
/// Where the log cannot be read or was changed.
pub fn audit_log(plan: &Plan) -> Result<Vec<(AuditEntry, String)>> {
    srez_publish::audit_log(&compose::editions::audit_path(plan))
}

/// Every code of every room, for explanations.
pub fn codes() -> impl Iterator<Item = &'static NoteDefinition> {
    let later = srez_validate::CODES.iter().chain(srez_reconcile::CODES).copied();
    srez_sheets::CODES.iter().chain(srez_recognise::CODES).chain(later)
}
