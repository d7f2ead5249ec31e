//! XML of a text document, with its unit of length.

pub(super) use srez_render::ooxml::xml::{Xml, emu, hex};

/// Millimetres as twentieths of a point.
pub(super) fn twips(millimetres: f64) -> i64 {
    srez_render::ooxml::xml::whole(millimetres * 1440.0 / 25.4)
}
