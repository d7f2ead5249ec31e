//! Documents: which sections each kind has, in which order.

mod association_analysis;
mod association_deck;
mod association_packet;
pub(crate) mod data_quality;
mod draft_order;
mod draft_protocol;
mod edition_tables;
mod effectiveness;
mod indicators;
mod interview_sheet;
mod municipal_summary;
mod particulars;
mod return_letter;
mod road_map;
mod school_edition;
mod school_profile;
mod subject_analysis;
mod subject_note;

pub use association_analysis::compose as association_analysis;
pub use association_deck::compose as association_deck;
pub use association_packet::compose as association_packet;
pub use data_quality::compose as protocol;
pub use draft_order::compose as draft_order;
pub use draft_protocol::compose as draft_protocol;
pub use edition_tables::compose as edition_tables;
pub use effectiveness::{compose as effectiveness, compose_workbook as effectiveness_workbook};
pub use indicators::compose as indicators;
pub use interview_sheet::compose as interview_sheet;
pub use municipal_summary::compose as municipal_summary;
pub use particulars::compose as particulars;
pub use return_letter::{Letter, LetterFile, compose as return_letter};
pub use road_map::{compose as road_map, compose_workbook as road_map_workbook};
pub use school_edition::{SchoolEdition, compose as school_edition};
pub use school_profile::compose as school_profile;
pub use subject_analysis::{compose as subject_analysis, workbook as analysis_workbook};
pub use subject_note::compose as subject_note;
