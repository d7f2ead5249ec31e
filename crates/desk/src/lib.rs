//! The desk: pages in the browser of this computer, on which she receives files, makes an issue and opens it.
//!
//! In: the folder of a workspace. Out: what the same verbs write on the command line; the desk itself keeps nothing but
//! what she drops and what she sets.
//!
//! Invariants:
//! - Only this computer, and on it only a browser that was let in by the program, gets an answer
//!   (`what_is_forged_gets_its_code_and_changes_nothing`).
//! - A page names files by ids; no path of a request leads out of the workspace
//!   (`no_address_leads_out_of_the_issue`).
//! - Nothing is computed into the history without a click: receiving is a check, only making an issue writes.
//! - One piece of work at a time; it goes on while no page is open, and stops within a piece when asked.

mod another;
mod answers;
mod decisions;
mod events;
mod guard;
mod intake;
mod issue;
mod jobs;
mod open;
mod pages;
mod past;
mod routes;
mod secrets;
mod serve;
mod settings;
mod state;
mod texts;
mod thresholds;
mod why;
mod workspace;

pub use serve::{Opening, serve};
pub use workspace::{create, proposed, set};
