//! Documents: what they say, and how they look.

pub mod render;
