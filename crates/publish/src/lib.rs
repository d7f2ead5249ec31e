//! Publishing: files that are made become the period's folder, in one piece.
//!
//! In: artifacts, rejected files, the account of a run. Out: the folder with its manifest, the quarantine, the audit
//! log.
//!
//! Invariants:
//! - No name leads outside the folder, whatever the data say
//!   (`hostile_names_stay_text_from_the_inputs_to_the_documents`).
//! - What contains results is closed to others (`what_holds_results_is_closed_to_others`).
//! - What somebody wrote is never removed, whatever fails and whenever the run is killed
//!   (`no_sequence_of_runs_edits_and_failures_loses_a_byte`, `a_kill_at_any_call_loses_nothing`).
//! - A changed line of the audit log stops the next run
//!   (`the_audit_log_names_every_edition_once_and_a_changed_line_stops_the_next_run`).

mod audit;
mod delta_table;
mod facts_table;
mod fault;
mod kept;
mod manifest;
mod owner;
mod package;
mod publication;
mod published;
mod quarantine;
mod run_tables;
mod staging;

pub use audit::{AuditEntry, append_to_audit, audit_log};
pub use delta_table::delta_table;
pub use facts_table::facts_table;
pub use kept::{KEPT_FOLDER, Kept, kept_of_period};
pub use manifest::{Provenance, Works, manifest};
pub use owner::refuse_another;
pub use package::package;
pub use publication::{Publication, publish, to_be_kept, written_into};
pub use published::{Comparison, Published, TextsUsed};
pub use quarantine::{Rejected, quarantine};
pub use run_tables::{corrections_table, files_table, notes_table};
pub use staging::{Prepared, Staging};
