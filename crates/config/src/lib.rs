//! Configuration: TOML as written → values as meant. Unknown keys are errors with the nearest known name.

pub mod actions;
mod calendar;
mod due;
pub mod exams;
pub mod faults;
pub mod forms;
pub mod pipeline_file;
pub mod plan;
pub mod recommendations;
pub mod subjects;
pub mod thresholds;
