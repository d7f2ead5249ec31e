//! Russian: numbers, plurals, cases, quotes, dates, and the sentences that contain counts.
//!
//! Nothing here knows a measure or a document: values become words, and other crates decide what to say.
//!
//! In: values. Out: Russian text.
//!
//! Invariants:
//! - Every sentence agrees with every number (`every_sentence_is_read_with_every_number`), and nouns in the documents
//!   do (`numbers_and_nouns_agree_in_every_document`).
//! - Of the workspace it depends on `model` only (Cargo).

pub mod date;
pub mod file_name;
pub mod grade;
pub mod number;
pub mod plural;
pub mod quantity;
pub mod rule;
pub mod school_name;
pub mod sentence;
pub mod slug;
pub mod text;
pub mod unknown;

/// No-break space: between number and unit, after № and short prepositions.
pub const NBSP: char = '\u{a0}';
