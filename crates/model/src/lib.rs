//! The nouns of the house: everything that travels from one room to the next.
//!
//! Nothing here reads a file, knows a library of another room or decides anything about data.
//! A room may use this one and `error`; this one uses nobody.

pub mod action;
pub mod appeal;
pub mod artifact;
pub mod assessment;
pub mod block;
pub mod compared;
pub mod compared_with;
pub mod comparison;
pub mod corrections;
pub mod data_quality;
pub mod data_table;
pub mod delivery;
pub mod delta;
pub mod descriptor;
pub mod dynamics;
pub mod edition;
pub mod error;
pub mod facts;
pub mod field;
pub mod figure;
pub mod finding;
pub mod form;
pub mod house_style;
pub mod item_measures;
pub mod level;
pub mod measure_definition;
pub mod measures;
pub mod note;
mod of_group;
pub mod official_list;
pub mod place;
pub mod provenance;
pub mod raw_sheet;
pub mod recommendations;
pub mod reference;
pub mod report;
pub mod row_patterns;
pub mod sketch;
pub mod tally;
pub mod threshold;
pub mod unit;
mod unspecified_exam;
pub mod version_change;
