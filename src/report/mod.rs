//! Documents: what they say (`documents`, made of `sections`) and how they look (`render`).

pub mod context;
pub mod delta;
pub mod documents;
mod facts;
pub mod native_charts;
pub mod render;
mod sections;
pub mod whence;
