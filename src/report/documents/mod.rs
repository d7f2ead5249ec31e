//! Documents: which sections each kind has, in which order.

mod association_packet;
mod data_quality;
mod subject_analysis;

pub use association_packet::compose as association_packet;
pub use data_quality::compose as data_quality;
pub use subject_analysis::compose as subject_analysis;
