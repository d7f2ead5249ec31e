//! What the tests of several crates share: reports with every kind of block, hostile strings, a disk that fails,
//! numbers drawn from a seed; and the sources as text, for tests and `xtask`.
//!
//! In: nothing. Out: made-up things.
//!
//! Invariants:
//! - No part of the program depends on this crate: outside `xtask` it is a dev-dependency only (Cargo).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::disallowed_methods, reason = "a disk that fails must itself write, and sources are read as files")]

pub mod chance;
pub mod faults;
pub mod injection;
pub mod office_sample;
pub mod sample;
pub mod sample_deck;
pub mod sources;
