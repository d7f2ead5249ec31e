//! Tables of a Word document → sheets, where the caller asks for them: text around the tables is not looked at.

use super::codes::{EMPTY_FILE, UNSUPPORTED_KIND};
use super::container::Container;
use super::kind::Unsupported;
use super::markup_table::name_of;
use super::refusal::Refusal;
use super::sheet_builder::SheetBuilder;
use super::workbook::Reading;
use super::xml::{Piece, Pieces, local_attribute, local_name, push_text};
use srez_model::raw_sheet::MergedRegion;
use std::collections::BTreeMap;

/// Most columns of a table in Word.
const MAX_COLUMNS: u32 = 63;

/// Where the text of a document stands.
const DOCUMENT: &str = "word/document.xml";

/// How a cell belongs to the one above it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Down {
    Alone,
    First,
    Goes,
}

/// The table that is being read; a table inside a cell is text of the cell.
struct Table {
    row: u32,
    column: u32,
    across: u32,
    down: Down,
    text: String,
    /// Merged regions that may go on in the next row, by their first column.
    open: BTreeMap<u32, MergedRegion>,
}

impl Table {
    fn new() -> Self {
        Self { row: 0, column: 0, across: 1, down: Down::Alone, text: String::new(), open: BTreeMap::new() }
    }

    fn start_cell(&mut self) {
        (self.across, self.down) = (1, Down::Alone);
        self.text.clear();
    }

    fn end_cell(&mut self, builder: &mut SheetBuilder) -> Result<(), Refusal> {
        let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            builder.put_text(self.row, self.column, &text)?;
        }
        let last_column = self.column.saturating_add(self.across - 1);
        match (self.down, self.open.get_mut(&self.column)) {
            (Down::Goes, Some(region)) => region.last_row = self.row,
            _ => {
                let region =
                    MergedRegion { first_row: self.row, first_column: self.column, last_row: self.row, last_column };
                let before = self.open.insert(self.column, region);
                before.into_iter().for_each(|region| builder.odd.merge(region));
            }
        }
        self.column = self.column.saturating_add(self.across);
        Ok(())
    }

    fn end(&mut self, builder: &mut SheetBuilder) {
        std::mem::take(&mut self.open).into_values().for_each(|region| builder.odd.merge(region));
    }
}

/// Reads the tables, one sheet per table.
pub(super) fn read(reading: &mut Reading<'_>, bytes: &[u8]) -> Result<(), Refusal> {
    let other = || Refusal::new(&UNSUPPORTED_KIND, format!("это {}", Unsupported::TextDocument.title()));
    if !bytes.starts_with(b"PK") {
        return Err(other());
    }
    let document = Container::open(reading.limits, bytes)?.part(DOCUMENT)?.ok_or_else(other)?;
    let document = String::from_utf8_lossy(&document);
    let mut pieces = Pieces::lenient(&document);
    let mut builder = SheetBuilder::new(reading.limits.cells);
    let (mut table, mut depth, mut tables, mut in_text) = (Table::new(), 0_u32, 0_u32, false);
    while let Ok(Some(piece)) = pieces.next() {
        match piece {
            Piece::Open { name, closed: false, .. } if local_name(name) == b"tbl" => {
                depth += 1;
                if depth == 1 {
                    table = Table::new();
                }
            }
            Piece::Open { name, attributes, closed } if depth > 0 => match local_name(name) {
                b"tr" if depth == 1 && !closed => table.column = 0,
                b"tc" if depth == 1 && !closed => table.start_cell(),
                b"gridSpan" if depth == 1 => table.across = span(attributes).max(1),
                b"gridBefore" if depth == 1 => table.column = span(attributes),
                b"vMerge" if depth == 1 => {
                    let is_first = local_attribute(attributes, "val") == Some("restart");
                    table.down = if is_first { Down::First } else { Down::Goes };
                }
                b"t" => in_text = !closed,
                b"p" | b"br" | b"cr" | b"tab" => table.text.push(' '),
                b"noBreakHyphen" => table.text.push('-'),
                _ => {}
            },
            Piece::Close(name) if depth > 0 => match local_name(name) {
                b"tc" if depth == 1 => table.end_cell(&mut builder)?,
                b"tr" if depth == 1 => table.row = table.row.saturating_add(1),
                b"t" => in_text = false,
                b"tbl" => {
                    depth -= 1;
                    if depth == 0 {
                        table.end(&mut builder);
                        tables += 1;
                        let done = std::mem::replace(&mut builder, SheetBuilder::new(reading.limits.cells));
                        reading.hand_on(done, &name_of(tables), false)?;
                    }
                }
                _ => {}
            },
            Piece::Text(text) if in_text && depth > 0 => push_text(text, &mut table.text),
            _ => {}
        }
    }
    if reading.handed == 0 || depth > 0 {
        return Err(Refusal::new(&EMPTY_FILE, "в документе нет целых таблиц"));
    }
    Ok(())
}

fn span(attributes: &[u8]) -> u32 {
    let written = local_attribute(attributes, "val").and_then(|value| value.parse().ok());
    written.unwrap_or(0_u32).min(MAX_COLUMNS)
}
