//! What the formats of a document share: printed numbers, numbering, addresses, office properties; and the CSV tables.
//!
//! In: cells and tables. Out: text, and the containers of Word and PowerPoint.
//!
//! Invariants:
//! - No text of the data becomes a formula in CSV (`no_text_becomes_a_formula`).
//! - A number in CSV keeps its full precision, and a missing one is empty
//!   (`numbers_keep_their_full_precision_and_missing_is_empty`).

pub mod address;
pub mod csv;
pub mod look;
pub mod numbering;
pub mod office;
pub mod ooxml;
pub mod printed;
pub mod slides;
