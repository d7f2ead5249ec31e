//! Documents: which sections each kind has, in which order.

mod association_deck;
mod association_packet;
mod data_quality;
mod return_letter;
mod subject_analysis;

pub use association_deck::compose as association_deck;
pub use association_packet::compose as association_packet;
pub use data_quality::compose as data_quality;
pub use return_letter::{Letter, LetterFile, compose as return_letter};
pub use subject_analysis::compose as subject_analysis;
