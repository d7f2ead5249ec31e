//! Cells of one xlsx sheet, scanned row by row while its part unfolds.
//!
//! On top of quick-xml stand two things of our own. The part comes in stretches that end with a row, so that a sheet
//! never lies in memory as a whole; and plain cells, which are most of what this program reads, are taken by
//! [`take_plain_cell`] in one pass, where a reader of XML makes five events and three attributes of each.

mod address;

use super::plain_cell::{PlainCell, take_plain_cell};
use super::sheet_builder::SheetBuilder;
use super::xlsx_parts::{Look, Stop, WorkbookParts, is_true, rich_text};
use super::xml::{Piece, Pieces, Unusual, attribute, attributes, unescape};
use address::{address, no_place, number, region, whole};
use srez_model::raw_sheet::RawCell;
use std::io::Read;

/// Bytes that are unfolded at a time.
const CHUNK: usize = 256 << 10;
/// Longest stretch without the end of a row; Excel's longest row is shorter.
const LONGEST_ROW: usize = 32 << 20;
/// No local index yet.
const UNSEEN: u32 = u32::MAX;

/// Where the scanner stands in the part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Before,
    Within,
    After,
    /// What is left holds nothing for us.
    Done,
}

/// Scanner of one sheet.
pub(super) struct SheetScanner<'a> {
    parts: &'a WorkbookParts,
    builder: &'a mut SheetBuilder,
    /// Index in the sheet's own strings, by shared index.
    local: Vec<u32>,
    phase: Phase,
    row: u32,
    column: u32,
}

/// Attributes of a cell that matter.
#[derive(Clone, Copy, Debug, Default)]
struct CellHead<'b> {
    row: u32,
    column: u32,
    kind: &'b [u8],
    look: Look,
}

impl<'a> SheetScanner<'a> {
    /// A scanner that fills a sheet.
    pub(super) fn new(parts: &'a WorkbookParts, builder: &'a mut SheetBuilder) -> Self {
        let local = vec![UNSEEN; parts.strings.len()];
        Self { parts, builder, local, phase: Phase::Before, row: 0, column: 0 }
    }

    /// Scans a part while it unfolds; the outer result is the container's.
    pub(super) fn scan(&mut self, source: &mut dyn Read) -> std::io::Result<Result<(), Stop>> {
        let mut buffer = vec![0; CHUNK];
        let mut filled = 0;
        loop {
            if buffer.len() < filled + CHUNK / 2 {
                if LONGEST_ROW < filled {
                    return Ok(Err(Stop::Unusual));
                }
                buffer.resize(filled + CHUNK, 0);
            }
            let got = source.read(buffer.get_mut(filled..).unwrap_or_default())?;
            let unread = buffer.get(..filled + got).unwrap_or_default();
            let end = match self.phase {
                Phase::After | Phase::Done => {
                    unread.iter().rposition(|byte| *byte == b'>').map_or(0, |place| place + 1)
                }
                _ => end_of_last_row(unread, filled),
            };
            let end = if got == 0 { unread.len() } else { end };
            if let Err(stop) = self.scan_rows(unread.get(..end).unwrap_or_default()) {
                return Ok(Err(stop));
            }
            if got == 0 {
                return Ok(if self.phase == Phase::Before { Err(Stop::Unusual) } else { Ok(()) });
            }
            filled += got;
            buffer.copy_within(end..filled, 0);
            filled -= end;
        }
    }

    fn scan_rows(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        let mut pieces = Pieces::new(bytes);
        if matches!(self.phase, Phase::After | Phase::Done) {
            self.after_rows(&mut pieces);
            return Ok(());
        }
        loop {
            if self.phase == Phase::Within {
                self.plain_cells(&mut pieces)?;
            }
            let Some(piece) = pieces.next()? else { return Ok(()) };
            match piece {
                Piece::Open { name: b"c", attributes, closed } if self.phase == Phase::Within => {
                    let head = self.head(attributes)?;
                    self.column = head.column + 1;
                    if !closed {
                        self.cell(&mut pieces, head)?;
                    }
                }
                Piece::Open { name: b"row", attributes, closed } if self.phase == Phase::Within => {
                    self.start_row(attributes, closed)?;
                }
                Piece::Close(b"row") if self.phase == Phase::Within => self.row += 1,
                Piece::Open { name: b"sheetData", closed, .. } => {
                    self.phase = if closed { Phase::After } else { Phase::Within };
                }
                Piece::Close(b"sheetData") => {
                    self.phase = Phase::After;
                    self.after_rows(&mut pieces);
                    return Ok(());
                }
                Piece::Open { name: b"col", attributes, .. } if self.phase == Phase::Before => self.column(attributes),
                Piece::Open { .. } | Piece::Close(_) if self.phase == Phase::Within => return Err(Stop::Unusual),
                Piece::Text(text) if self.phase == Phase::Within && !text.trim_ascii().is_empty() => {
                    return Err(Stop::Unusual);
                }
                _ => {}
            }
        }
    }

    /// Merged regions stand after the rows; what else stands there is not for us, however it is written.
    fn after_rows(&mut self, pieces: &mut Pieces<'_>) {
        while self.phase == Phase::After {
            match pieces.next() {
                Ok(Some(Piece::Open { name: b"mergeCell", attributes, .. })) => {
                    let corners = attribute(attributes, b"ref").and_then(region);
                    corners.into_iter().for_each(|region| self.builder.odd.merge(region));
                }
                Ok(Some(_)) => {}
                Ok(None) => return,
                Err(Unusual) => self.phase = Phase::Done,
            }
        }
    }

    /// Columns that the sheet hides.
    fn column(&mut self, bytes: &[u8]) {
        let place = |name: &[u8]| attribute(bytes, name).and_then(whole)?.checked_sub(1);
        if let (true, Some(first), Some(last)) = (is_true(attribute(bytes, b"hidden")), place(b"min"), place(b"max")) {
            self.builder.odd.hide_columns(first, last);
        }
    }

    /// Takes plain cells as long as they come.
    fn plain_cells(&mut self, pieces: &mut Pieces<'_>) -> Result<(), Stop> {
        let mut rest = pieces.rest();
        let before = rest.len();
        while let Some(PlainCell { row, column, style, shared, value }) = take_plain_cell(&mut rest) {
            self.column = column + 1;
            if shared && !value.is_empty() {
                self.put_shared(row, column, value)?;
            } else if !value.is_empty() {
                self.put_number(row, column, value, self.look(style))?;
            }
        }
        if rest.len() < before {
            pieces.go_on_at(rest);
        }
        Ok(())
    }

    fn look(&self, style: u32) -> Look {
        self.parts.looks.get(style as usize).copied().unwrap_or_default()
    }

    #[inline]
    fn put_number(&mut self, row: u32, column: u32, value: &[u8], look: Look) -> Result<(), Stop> {
        let number = number(value).ok_or(Stop::Unusual)?;
        Ok(self.builder.put(row, column, look.cell(number, self.parts.from_1904))?)
    }

    fn start_row(&mut self, bytes: &[u8], closed: bool) -> Result<(), Stop> {
        self.column = 0;
        if let Some(number) = attribute(bytes, b"r") {
            self.row = whole(number).and_then(|number| number.checked_sub(1)).ok_or_else(|| no_place(number))?;
        }
        if is_true(attribute(bytes, b"hidden")) {
            self.builder.odd.hide_rows(self.row, self.row);
        }
        if closed {
            self.row += 1;
        }
        Ok(())
    }

    #[inline]
    fn head<'b>(&self, bytes: &'b [u8]) -> Result<CellHead<'b>, Stop> {
        let mut head = CellHead { row: self.row, column: self.column, ..CellHead::default() };
        for named in attributes(bytes) {
            let (name, value) = named?;
            match name {
                b"r" => (head.row, head.column) = address(value).ok_or_else(|| no_place(value))?,
                b"t" => head.kind = value,
                b"s" => {
                    head.look = self.look(whole(value).ok_or(Unusual)?);
                }
                _ => {}
            }
        }
        Ok(head)
    }

    fn cell(&mut self, pieces: &mut Pieces<'_>, head: CellHead<'_>) -> Result<(), Stop> {
        let mut formula = false;
        let mut value: &[u8] = b"";
        loop {
            match pieces.next()?.ok_or(Stop::Unusual)? {
                Piece::Open { name: b"v", closed, .. } => value = if closed { b"" } else { pieces.text_until(b"v")? },
                Piece::Open { name: b"f", closed, .. } => {
                    formula = true;
                    if !closed {
                        pieces.text_until(b"f")?;
                    }
                }
                Piece::Open { name: b"is", closed: false, .. } => {
                    let mut text = String::new();
                    rich_text(pieces, b"is", &mut text)?;
                    self.builder.put_text(head.row, head.column, &text)?;
                }
                Piece::Close(b"c") => break,
                Piece::Text(text) if text.trim_ascii().is_empty() => {}
                _ => return Err(Stop::Unusual),
            }
        }
        self.put(head, value, formula)
    }

    fn put(&mut self, head: CellHead<'_>, value: &[u8], formula: bool) -> Result<(), Stop> {
        let cell = match head.kind {
            b"inlineStr" => return Ok(()),
            b"str" => {
                let text = unescape(value)?;
                return Ok(self.builder.put_text(head.row, head.column, &text)?);
            }
            _ if value.is_empty() && formula => RawCell::FormulaWithoutValue,
            _ if value.is_empty() => return Ok(()),
            b"s" => return self.put_shared(head.row, head.column, value),
            b"" | b"n" => return self.put_number(head.row, head.column, value, head.look),
            b"b" if matches!(value, b"0" | b"1") => RawCell::Bool(value == b"1"),
            b"e" => RawCell::Error,
            _ => return Err(Stop::Unusual),
        };
        Ok(self.builder.put(head.row, head.column, cell)?)
    }

    #[inline]
    fn put_shared(&mut self, row: u32, column: u32, value: &[u8]) -> Result<(), Stop> {
        let index = whole(value).ok_or(Stop::Unusual)? as usize;
        let local = self.local.get_mut(index).ok_or(Stop::Unusual)?;
        if *local == UNSEEN {
            let text = self.parts.strings.get(index).ok_or(Stop::Unusual)?;
            if text.is_empty() {
                return Ok(());
            }
            match self.builder.intern(row, column, text)? {
                Some(index) => *local = index,
                None => return Ok(()),
            }
        }
        Ok(self.builder.put(row, column, RawCell::Text(*local))?)
    }
}

/// End of the last whole row among the unread bytes; the bytes before `known` were looked at before.
fn end_of_last_row(bytes: &[u8], known: usize) -> usize {
    const END: &[u8] = b"</row>";
    let start = known.saturating_sub(END.len());
    let fresh = bytes.get(start..).unwrap_or_default();
    fresh.windows(END.len()).rposition(|window| window == END).map_or(0, |place| start + place + END.len())
}

#[cfg(test)]
mod tests {
    use super::{SheetScanner, address};
    use crate::sheet_builder::SheetBuilder;
    use crate::xlsx_parts::{Look, Stop, WorkbookParts};
    use srez_model::raw_sheet::{RawCell, RawSheet};

    fn scan(rows: &str) -> Result<RawSheet, Stop> {
        let parts = WorkbookParts { looks: vec![Look::Number, Look::Date, Look::Percent], ..WorkbookParts::default() };
        let mut builder = SheetBuilder::new(1_000);
        let xml = format!("<worksheet><dimension ref=\"A1:ZZZZZZ1\"/><sheetData>{rows}</sheetData><x/></worksheet>");
        SheetScanner::new(&parts, &mut builder).scan(&mut xml.as_bytes()).unwrap()?;
        Ok(builder.finish("f", "s", false))
    }

    #[test]
    fn every_kind_of_cell_comes_to_its_place() {
        let sheet = scan(
            "<row r=\"2\"><c r=\"B2\"><v>3.5</v></c><c r=\"C2\" s=\"1\"><v>45000</v></c><c t=\"b\"><v>1</v></c>\
             <c t=\"e\"><v>#N/A</v></c><c t=\"str\"><f>A1</f><v>да &amp; нет</v></c></row><row/>\
             <row><c t=\"inlineStr\"><is><t>в</t></is></c><c><f>A1</f></c><c><f>A1</f><v/></c>\
             <c t=\"str\"><f>A1</f><v></v></c><c s=\"1\"/></row>",
        )
        .unwrap();
        assert_eq!((sheet.width, sheet.height()), (6, 4));
        assert_eq!(
            sheet.row(1)[1..5],
            [RawCell::Number(3.5), RawCell::Date(45_000.0), RawCell::Bool(true), RawCell::Error]
        );
        assert_eq!((sheet.text(1, 5), sheet.text(3, 0)), ("да & нет".into(), "в".into()));
        assert_eq!(
            sheet.row(3)[1..],
            [
                RawCell::FormulaWithoutValue,
                RawCell::FormulaWithoutValue,
                RawCell::Empty,
                RawCell::Empty,
                RawCell::Empty
            ]
        );
    }

    #[test]
    fn what_is_not_written_so_goes_to_the_general_reader() {
        for rows in [
            "<row><c t=\"d\"><v>2026-01-01</v></c></row>",
            "<row><c><v>x</v></c></row>",
            "<row><c t=\"s\"><v>0</v></c></row>",
            "<row><!-- --></row>",
            "<row><c r=\"A1\" tA\"s\"><v>0</v></c></row>",
        ] {
            assert!(matches!(scan(rows), Err(Stop::Unusual)), "{rows}");
        }
        assert_eq!(
            (address(b"XFD1048576"), address(b"A0"), address(b"AAAA1")),
            (Some((1_048_575, 16_383)), None, None)
        );
    }

    #[test]
    fn hidden_merged_and_percent_come_with_the_cells() {
        let parts =
            WorkbookParts { looks: vec![Look::Percent, Look::Date], from_1904: true, ..WorkbookParts::default() };
        let mut builder = SheetBuilder::new(1_000);
        let tail = format!(
            "</sheetData>{}<mergeCells><mergeCell ref=\"A2:A9\"/><mergeCell ref=\"B1\"/></mergeCells>",
            "<x/>".repeat(200_000)
        );
        let xml = format!(
            "<worksheet><cols><col min=\"2\" max=\"3\" hidden=\"1\"/></cols><sheetData><row r=\"1\" hidden=\"1\"><c \
             r=\"A1\" s=\"0\"><v>0.075</v></c><c r=\"B1\" s=\"1\"><v>1</v></c></row><row><c r=\"A2\" s=\"0\" \
             t=\"n\"><v>0.5</v></c></row>{tail}<!-- -->"
        );
        SheetScanner::new(&parts, &mut builder).scan(&mut xml.as_bytes()).unwrap().unwrap();
        let notes = crate::oddities::notes(&builder, "f", "s");
        let told: Vec<_> = notes.iter().map(|note| (note.code.as_str(), note.found.as_str(), note.cell())).collect();
        assert_eq!(told, [("I19", "1", "1".into()), ("I19", "B", "B".into()), ("I20", "2", "A1".to_owned())]);
        let sheet = builder.finish("f", "s", false);
        assert_eq!((sheet.cell(0, 0), sheet.cell(0, 1)), (RawCell::Percent(7.5), RawCell::Date(1463.0)));
        assert_eq!(sheet.merged, [], "cut to the sheet it is a single cell");
    }

    #[test]
    fn a_sheet_longer_than_a_chunk_is_read_whole() {
        let rows: String = (0..300).map(|_| format!("<row><c><v>7</v><!--{}--></c></row>", "")).collect();
        assert!(scan(&rows).is_err());
        let rows = format!("<row spans=\"{}\"><c><v>7</v></c></row>", "1".repeat(2_000)).repeat(400);
        let sheet = scan(&rows).unwrap();
        assert_eq!((sheet.height(), sheet.cell(399, 0)), (400, RawCell::Number(7.0)));
    }
}
