//! Configuration: TOML as written becomes values as meant.
//!
//! In: a pipeline file and the built-in, packed or own exams, forms, subjects, thresholds and recommendations. Out: a
//! [`Plan`](plan::Plan) with every name resolved.
//!
//! Invariants:
//! - An unknown key, name or value is an error that shows the line and the nearest known word (`tests/it/configs.rs`).
//! - The date comes from the plan; the clock is never read (clippy, `cargo xtask tidy`).
//! - A pack of works is taken whole or not at all (`works::trials`).
//! - `pipelines/README.md` names every key (tests beside the written forms).

pub mod actions;
mod apart;
mod calendar;
mod catalogue;
pub mod decisions;
mod due;
pub mod edit;
mod exam_checks;
pub mod exams;
pub mod faults;
pub mod forms;
pub mod pipeline_file;
pub mod plan;
pub mod recommendations;
pub mod subjects;
pub mod thresholds;
#[cfg(test)]
mod trial_folder;
pub mod works;
