//! How documents look: one folder per format, each reading the same blocks.

pub mod html;
pub mod pdf;

mod address;
mod numbering;
mod printed;

#[cfg(test)]
mod sample;
