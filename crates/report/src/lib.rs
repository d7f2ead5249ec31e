//! Documents: what they say (`documents`, made of `sections`) and how they look (`render`).

mod as_printed;
pub mod context;
pub mod delta;
pub mod documents;
mod facts;
pub mod provenance;
mod sections;
mod table;

pub use as_printed::as_printed;
