//! What people wrote into the fields of the documents, kept over runs and months.
//!
//! In: what a workbook or a document says now, and what was printed in it. Out: an append-only file of texts, and what
//! it holds for the fields of a run.
//!
//! Invariants:
//! - No text is ever removed, whatever is written after it (`no_sequence_of_writing_loses_a_text`).
//! - A damaged line costs itself alone, and is told (`a_damaged_line_costs_itself_alone`).
//! - What was taken once is not taken twice (`a_file_is_taken_once`).

mod changes;
mod fault;
mod field_list;
mod log;
mod of_run;
mod record;
mod words;

pub use changes::{Change, Found, Taken, changes};
pub use field_list::{FieldList, ListedField};
pub use log::{Texts, append, read};
pub use of_run::{FieldOfRun, Moved, OfRun, Standing};
pub use record::{Origin, Reach, Record, ShownThen, State, Way};
pub use words::tidy;
