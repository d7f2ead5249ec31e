//! Documents: what they say, in `documents` made of `sections`. How they look is decided by the crates of the formats.
//!
//! In: names, measures, findings and figures. Out: a [`Report`](srez_model::report::Report) per document, still without
//! a format.
//!
//! Invariants:
//! - All formats of a document say the same (`tests/it/same_numbers.rs`).
//! - Documents print the numbers of the tables of `data/` (`analyses_tell_the_numbers_of_the_tables`).
//! - A noun after a number is written in `wording` only (`nobody_counts_in_words_outside_the_list`).
//! - It depends on no library outside the workspace (Cargo).

mod as_printed;
pub mod context;
pub mod delta;
pub mod documents;
pub mod edition_files;
pub mod edition_text;
mod facts;
pub mod filter_page;
pub mod provenance;
mod sections;
pub mod start_page;
mod table;

pub use as_printed::as_printed;
