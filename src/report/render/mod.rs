//! How documents look: one renderer per format, all fed with the same blocks.

pub mod csv;
pub mod docx;
pub mod html;
pub mod pdf;
pub mod xlsx;

mod address;
mod numbering;
mod office;
pub(in crate::report) mod printed;

#[cfg(test)]
mod injection;
#[cfg(test)]
mod office_sample;
#[cfg(test)]
pub(crate) mod sample;
