//! How documents look, format by format: every block of a report is drawn by each renderer.

pub mod csv;
pub mod docx;
pub mod html;
pub mod pdf;
pub mod xlsx;
