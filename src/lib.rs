//! srez: from a folder of spreadsheets with results of external school assessments to the subject analysis.
//!
//! The rooms stand in the order in which a run walks through them; [`pipeline`] is the page to read second.
//! [`model`] holds what travels between rooms, and a room knows no other room.

pub mod model;

pub mod error;

pub mod disk;

pub mod config;

pub mod ingest;
pub mod recognise;
pub mod validate;

pub mod reconcile;
pub mod store;
pub mod tally;

pub mod statistics;
pub mod wording;

pub mod measure;

pub mod flag;

pub mod privacy;

pub mod chart;
pub mod report;

pub mod publish;

pub mod pipeline;

pub mod generate;

pub mod cli;
