//! What the tests of several rooms share: reports with every kind of block, strings that attack, a disk that fails,
//! numbers drawn from a seed.
//!
//! In: nothing. Out: made-up things. No part of the program depends on this crate; only tests do.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::disallowed_methods, reason = "a disk that fails must itself write, and sources are read as files")]

pub mod chance;
pub mod faults;
pub mod injection;
pub mod office_sample;
pub mod sample;
pub mod sources;
