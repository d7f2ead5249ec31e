//! The nouns of the house: every type that travels from one crate to another, and the error that stops a run.
//!
//! In: nothing. Out: types, with the few rules that belong to a type itself, such as the mark for a score.
//!
//! Invariants:
//! - It depends on no other crate of the workspace (Cargo).
//! - It reads no file, no clock and no environment (`cargo xtask tidy`).

pub mod action;
pub mod appeal;
pub mod artifact;
pub mod assessment;
pub mod band;
pub mod block;
pub mod boundary;
pub mod calendar;
pub mod check;
pub mod circle;
pub mod class_scores;
pub mod compared;
pub mod compared_with;
pub mod comparison;
pub mod container;
pub mod corrections;
pub mod data_quality;
pub mod data_table;
pub mod decision;
pub mod deck;
pub mod delivery;
pub mod delta;
pub mod descriptor;
pub mod dynamics;
pub mod edition;
pub mod error;
mod exam_key;
pub mod facts;
pub mod family;
pub mod field;
pub mod field_id;
pub mod figure;
pub mod filter_page;
pub mod finding;
pub mod form;
pub mod house_style;
pub mod item_measures;
pub mod level;
pub mod measure_definition;
pub mod measures;
mod native_chart;
pub mod note;
mod note_code;
mod of_group;
pub mod official_list;
pub mod personal;
pub mod place;
pub mod place_words;
pub mod provenance;
mod quotable;
pub mod raw_sheet;
pub mod recommendations;
pub mod reference;
pub mod report;
pub mod row_patterns;
mod said;
pub mod school_words;
pub mod sign;
pub mod sketch;
pub mod skill;
pub mod start_page;
pub mod tally;
pub mod target;
pub mod text_book;
pub mod threshold;
pub mod unit;
mod unspecified_exam;
pub mod version_change;
