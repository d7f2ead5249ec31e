//! PPTX: the slides that a speaker edits: titles in placeholders, charts with their workbooks, tables, speaker notes.
//!
//! In: a deck. Out: the bytes of a presentation. There is no picture in it: squares are shapes, columns are charts.
//!
//! Invariants:
//! - Every relationship leads to a part, every part has a kind and is led to (`no_part_is_missing_and_none_is_idle`).
//! - Every part is well-formed, and the same deck gives the same bytes
//!   (`every_part_is_well_formed_and_the_same_twice`).
//! - A workbook behind a chart holds what the chart shows (`behind_a_chart_stands_the_workbook_with_its_numbers`).
//! - Nothing but the foot is smaller than can be read from the last row
//!   (`nothing_is_smaller_than_the_last_row_can_read`).
//! - LibreOffice opens it (`libreoffice_opens_the_slides_and_draws_a_page_of_each`).

mod bars;
mod chart;
mod columns;
mod decisions;
mod master;
mod notes;
mod package;
mod pictogram;
mod shape;
mod slide;
mod workbook;

use srez_model::deck::Deck;
use srez_model::error::Result;
use srez_render::ooxml::package::pack;

/// The deck as the bytes of its PPTX file; the same deck gives the same bytes.
///
/// # Errors
/// Where a workbook behind a chart cannot be made or the container cannot be packed.
pub fn render(deck: &Deck) -> Result<Vec<u8>> {
    pack("PPTX", &package::parts(deck)?)
}

#[cfg(test)]
mod tests;
