//! Russian: numbers, plurals, cases, quotes, dates. Every other room prints through this one.
//!
//! Nothing here knows a measure or a document: values become words, and other crates decide what to say.

pub mod date;
pub mod number;
pub mod plural;
pub mod quantity;
pub mod rule;
pub mod school_name;
pub mod sentence;
pub mod slug;
pub mod text;

/// No-break space: between number and unit, after № and short prepositions.
pub const NBSP: char = '\u{a0}';
