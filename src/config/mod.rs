//! What users write in TOML, read strictly: an unknown key is an error with the nearest name.

pub mod forms;
pub mod subjects;
