//! How a document looks: one renderer per format, all fed with the same blocks.

pub mod csv;
pub mod docx;
pub mod xlsx;

mod office;

#[cfg(test)]
mod office_sample;
