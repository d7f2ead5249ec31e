//! srez: from a folder of spreadsheets with results of external school assessments to the subject analysis.
//!
//! The rooms stand in the order in which a run walks through them; see `pipeline`.
//! `model` holds what travels between rooms, and a room knows no other room.

pub mod disk;
pub mod error;
pub mod model;
pub mod reconcile;
pub mod report;
pub mod validate;
pub mod wording;
