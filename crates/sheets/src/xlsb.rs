//! Sheets of a binary workbook (`.xlsb`), each in one pass over its records while they unfold.
//!
//! The records are those of [MS-XLSB] 2.4. calamine reads such a workbook too, but it passes over formulas that give an
//! error, and it trusts the lengths that the file claims.

use super::biff12::{Records, real, short_number, wide_text};
use super::compound::word;
use super::container::Container;
use super::refusal::Refusal;
use super::sheet_builder::SheetBuilder;
use super::workbook::{Reading, damaged};
use super::xlsb_parts;
use super::xlsx_parts::WorkbookParts;
use srez_model::raw_sheet::{MergedRegion, RawCell};
use std::io::{self, BufReader, Read};

const ROW: u16 = 0;
const COLUMN: u16 = 60;
const RICH_TEXT: u16 = 62;
const BEGIN_ROWS: u16 = 145;
const END_ROWS: u16 = 146;
const MERGED: u16 = 176;
/// First and last kind of a cell that names its column.
const CELLS: (u16, u16) = (1, 11);
/// First and last kind of a cell that stands right after the one before; each holds what the kind eleven less holds.
const SHORT_CELLS: (u16, u16) = (12, 18);

/// Reads all sheets and hands them on.
pub(super) fn read(reading: &mut Reading<'_>, container: &mut Container<'_>) -> Result<(), Refusal> {
    let parts = xlsb_parts::read(container)?;
    for sheet in &parts.sheets {
        let Some(place) = sheet.place else { continue };
        let mut builder = SheetBuilder::new(reading.limits.cells);
        let mut scanned = Ok(());
        container.stream(place, &mut |source| {
            let mut buffered = BufReader::new(&mut *source);
            scanned = Scanner { parts: &parts, builder: &mut builder, row: 0, column: 0 }.scan(&mut buffered)?;
            io::copy(&mut buffered, &mut io::sink()).map(|_| ())
        })?;
        scanned
            .and_then(|()| reading.hand_on(builder, &sheet.name, sheet.hidden))
            .map_err(|refusal| if refusal.sheet.is_empty() { refusal.at_sheet(&sheet.name) } else { refusal })?;
    }
    Ok(())
}

/// A sheet on its way.
struct Scanner<'a> {
    parts: &'a WorkbookParts,
    builder: &'a mut SheetBuilder,
    row: u32,
    /// Column of the next cell that names none.
    column: u32,
}

impl Scanner<'_> {
    /// The outer result is the container's.
    fn scan(&mut self, source: &mut impl Read) -> io::Result<Result<(), Refusal>> {
        let mut records = Records::new(source);
        let mut within = false;
        while let Some((kind, body)) = records.next()? {
            match kind {
                BEGIN_ROWS => within = true,
                END_ROWS => within = false,
                COLUMN => self.hide_columns(body),
                MERGED => self.merge(body),
                _ if !within => {}
                ROW => self.start_row(body),
                _ => {
                    let put = self.cell(kind, body);
                    if put.is_err() {
                        return Ok(put);
                    }
                }
            }
        }
        Ok(Ok(()))
    }

    fn start_row(&mut self, body: &[u8]) {
        self.row = word(body, 0).unwrap_or(u32::MAX);
        self.column = 0;
        if body.get(11).is_some_and(|flags| flags & 0x10 != 0) {
            self.builder.odd.hide_rows(self.row, self.row);
        }
    }

    fn hide_columns(&mut self, body: &[u8]) {
        if let (Some(first), Some(last), true) =
            (word(body, 0), word(body, 4), body.get(16).is_some_and(|flags| flags & 1 != 0))
        {
            self.builder.odd.hide_columns(first, last);
        }
    }

    fn merge(&mut self, body: &[u8]) {
        let place = |at| word(body, at);
        if let (Some(first_row), Some(last_row), Some(first_column), Some(last_column)) =
            (place(0), place(4), place(8), place(12))
        {
            self.builder.odd.merge(MergedRegion { first_row, first_column, last_row, last_column });
        }
    }

    /// Puts the cell of a record; a record of another kind changes nothing.
    fn cell(&mut self, kind: u16, body: &[u8]) -> Result<(), Refusal> {
        let is_short = (SHORT_CELLS.0..=SHORT_CELLS.1).contains(&kind);
        if !is_short && kind != RICH_TEXT && !(CELLS.0..=CELLS.1).contains(&kind) {
            return Ok(());
        }
        let (kind, at) = if is_short { (kind - SHORT_CELLS.0 + CELLS.0, 4) } else { (kind, 8) };
        let column = if is_short { self.column } else { word(body, 0).ok_or_else(damaged)? };
        let style = word(body, at - 4).ok_or_else(damaged)? & 0x00FF_FFFF;
        self.column = column.saturating_add(1);
        let row = self.row;
        match kind {
            1 => Ok(()),
            2 | 5 | 9 => {
                let number = if kind == 2 { short_number(body, at) } else { real(body, at) }.ok_or_else(damaged)?;
                let look = self.parts.looks.get(style as usize).copied().unwrap_or_default();
                // Excel shows no endless number, and its own programs write none.
                let cell = if number.is_finite() { look.cell(number, self.parts.from_1904) } else { RawCell::Error };
                self.builder.put(row, column, cell)
            }
            3 | 11 => self.builder.put(row, column, RawCell::Error),
            4 | 10 => self.builder.put(row, column, RawCell::Bool(*body.get(at).ok_or_else(damaged)? != 0)),
            7 => {
                let place = word(body, at).and_then(|place| usize::try_from(place).ok());
                let text = place.and_then(|place| self.parts.strings.get(place)).ok_or_else(damaged)?;
                self.builder.put_text(row, column, text)
            }
            // Texts: of the cell itself, of a formula, and one whose fonts are told before it.
            _ => {
                let at = at + usize::from(kind == RICH_TEXT);
                let (text, _) = wide_text(body, at).ok_or_else(damaged)?;
                self.builder.put_text(row, column, &text)
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests;
