//! Documents: what they say and how each format shows it.

pub mod render;
