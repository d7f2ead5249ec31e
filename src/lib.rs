//! srez: from a folder of spreadsheets with results of external school assessments to the subject analysis.
//!
//! ```text
//! files ─sheets▶ raw sheets ─recognise▶ blocks ─validate▶ ─reconcile▶ ─store▶ history
//! history ─tally▶ counts ─measure▶ numbers ─flag▶ findings ─chart▶ figures ─report▶ documents ─publish▶ reports/
//! ```
//!
//! Each verb is a crate of its own under `crates/`, and so is each format of a document; the nouns that travel between
//! them are `srez-model`, and [`srez_pipeline`] is the page to read second. `docs/architecture.md` has the map.
//!
//! In: a pipeline file. Out: a folder of documents, and the history behind them. What another program needs is here:
//!
//! ```no_run
//! # fn main() -> srez::Result<()> {
//! let plan = srez::Plan::load("pipelines/demo.toml".into(), None)?;
//! let outcome = srez::run(&plan, &srez::Silent)?;
//! println!("{} documents, {} findings", outcome.artifacts, outcome.findings);
//! # Ok(())
//! # }
//! ```

#![warn(missing_docs)]

pub mod cli;

pub use srez_config::plan::Plan;
pub use srez_generate::generate;
pub use srez_model::artifact::Artifact;
pub use srez_model::error::{Error, ErrorKind, Result};
pub use srez_pipeline::{Checked, Outcome, Silent, Watcher, check, rerun, run};
