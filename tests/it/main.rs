//! All tests that need more than one room or the program itself, in one binary.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::disallowed_methods, reason = "tests look at files from outside")]

mod sources;
mod trial;

mod bad_input;
mod canary;
mod cli;
mod configs;
mod corrections;
mod documents;
mod ground_truth;
mod house;
mod pipelines;
mod properties;
mod reports;
mod store;
