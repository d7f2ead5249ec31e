//! Documents: what they say (`documents`, made of `sections`) and how they look (`render`).

mod as_printed;
pub mod context;
pub mod delta;
pub mod documents;
pub mod edition_files;
mod facts;
pub mod native_charts;
mod sections;
pub mod start_page;
pub mod whence;

pub use as_printed::as_printed;
