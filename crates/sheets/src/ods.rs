//! Sheets of an ods or fods workbook, in one pass over its content: cells, repeats, hidden rows and columns, merged
//! regions. The first has its content packed, the second is that content with all else in one text.
//!
//! Repeats are counted, never unrolled before they are known to fit: the last cell of a repeat is put first.

mod cell;

use super::codes::{EMPTY_FILE, ENCRYPTED};
use super::container::Container;
use super::delimited::text_of;
use super::refusal::Refusal;
use super::sheet_builder::SheetBuilder;
use super::workbook::{Reading, damaged};
use super::xlsx_parts::Stop;
use super::xml::{Piece, Pieces, Unusual, attribute, push_text};
use cell::{Open, Value, number, open_cell, value_of};
use rustc_hash::FxHashSet;
use srez_model::raw_sheet::MergedRegion;

/// Style of sheets that LibreOffice keeps as copies of other files, for formulas; it shows them to nobody.
const COPY_OF_OTHER_FILE: &[u8] = b"ta_extref";
/// Spaces that one element may stand for.
const MOST_SPACES: u32 = 1_000;

/// Reads all sheets and hands them on.
pub(super) fn read(reading: &mut Reading<'_>, container: &mut Container<'_>, done: &mut usize) -> Result<(), Stop> {
    let manifest = container.part("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.windows(15).any(|window| window == b"encryption-data") {
        return Err(Refusal::new(&ENCRYPTED, "книга зашифрована паролем").into());
    }
    let content = container.part("content.xml")?.ok_or(Stop::Unusual)?;
    scan(reading, Pieces::new(&content), done)
}

/// Reads all sheets of a workbook that is one XML text and hands them on. No other reader takes it, so what programs do
/// not write is passed over.
pub(super) fn read_flat(reading: &mut Reading<'_>, bytes: &[u8]) -> Result<(), Refusal> {
    let text = text_of(reading.name, bytes, &mut reading.notes)?;
    if !text.contains("</office:document>") {
        return Err(damaged());
    }
    scan(reading, Pieces::lenient(&text), &mut 0).map_err(|stop| match stop {
        Stop::Refused(refusal) => refusal,
        Stop::Unusual => damaged(),
    })?;
    if reading.handed == 0 {
        return Err(Refusal::new(&EMPTY_FILE, "в книге нет ни одной заполненной ячейки"));
    }
    Ok(())
}

fn scan(reading: &mut Reading<'_>, mut pieces: Pieces<'_>, done: &mut usize) -> Result<(), Stop> {
    let mut scanner = Scanner::default();
    while let Some(piece) = pieces.next()? {
        match piece {
            Piece::Open { name, attributes, closed } => scanner.open(reading, name, attributes, closed)?,
            Piece::Close(name) => scanner.close(reading, name, done)?,
            Piece::Text(text) if scanner.takes_text() => push_text(text, &mut scanner.text),
            Piece::Text(_) => {}
        }
    }
    if scanner.sheet.is_some() { Err(Stop::Unusual) } else { Ok(()) }
}

/// A sheet on its way.
struct Sheet {
    name: String,
    hidden: bool,
    builder: SheetBuilder,
    row: u32,
    /// Column of the next column declaration.
    declared: u32,
}

/// A row on its way: cells with their columns and repeats.
#[derive(Default)]
struct Row {
    repeated: u32,
    column: u32,
    cells: Vec<(u32, u32, Value)>,
}

#[derive(Default)]
struct Scanner {
    /// Styles of sheets that are not displayed.
    hidden_styles: FxHashSet<Vec<u8>>,
    style: Vec<u8>,
    sheet: Option<Sheet>,
    row: Option<Row>,
    cell: Option<Open>,
    /// Paragraphs begun in the cell.
    paragraphs: u32,
    in_paragraph: bool,
    text: String,
    /// Depth inside something whose cells and texts are not the sheet's: a remark, a tracked change, an inner table.
    aside: u32,
    aside_name: Vec<u8>,
}

impl Scanner {
    fn takes_text(&self) -> bool {
        self.aside == 0 && self.in_paragraph && self.cell.is_some()
    }

    fn open(&mut self, reading: &Reading<'_>, name: &[u8], given: &[u8], closed: bool) -> Result<(), Stop> {
        if self.aside > 0 {
            self.aside += u32::from(!closed && *name == *self.aside_name);
            return Ok(());
        }
        match name {
            b"office:annotation" | b"table:tracked-changes" | b"table:shapes" | b"table:dde-links" if !closed => {
                self.step_aside(name);
            }
            // A picture, a shape or a chart lies over the cell: its words are not those of the cell.
            _ if self.cell.is_some() && !closed && name.starts_with(b"draw:") => self.step_aside(name),
            b"table:table" if !closed && (self.sheet.is_some() || is_copy_of_other_file(given)) => {
                self.step_aside(name);
            }
            b"style:style" => self.style = attribute(given, b"style:name").unwrap_or_default().to_vec(),
            b"style:table-properties" if attribute(given, b"table:display") == Some(b"false") => {
                self.hidden_styles.insert(self.style.clone());
            }
            b"table:table" if !closed => self.start_sheet(reading, given)?,
            b"table:table-column" => self.column(given)?,
            b"table:table-row" => {
                self.start_row(given)?;
                if closed {
                    self.end_row()?;
                }
            }
            b"table:table-cell" | b"table:covered-table-cell" => {
                self.cell = Some(open_cell(given)?);
                (self.paragraphs, self.in_paragraph) = (0, false);
                self.text.clear();
                if closed {
                    self.end_cell();
                }
            }
            b"text:p" | b"text:h" => {
                if self.paragraphs > 0 {
                    self.text.push('\n');
                }
                self.paragraphs += 1;
                self.in_paragraph = !closed;
            }
            b"text:s" if self.in_paragraph => {
                let spaces = number(given, b"text:c")?.unwrap_or(1).min(MOST_SPACES);
                self.text.extend(std::iter::repeat_n(' ', spaces as usize));
            }
            b"text:tab" if self.in_paragraph => self.text.push('\t'),
            b"text:line-break" if self.in_paragraph => self.text.push('\n'),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, reading: &mut Reading<'_>, name: &[u8], done: &mut usize) -> Result<(), Stop> {
        if self.aside > 0 {
            self.aside -= u32::from(*name == *self.aside_name);
            return Ok(());
        }
        match name {
            b"text:p" | b"text:h" => self.in_paragraph = false,
            b"table:table-cell" | b"table:covered-table-cell" => self.end_cell(),
            b"table:table-row" => self.end_row()?,
            b"table:table" => {
                if let Some(sheet) = self.sheet.take() {
                    reading.hand_on(sheet.builder, &sheet.name, sheet.hidden)?;
                    *done += 1;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn step_aside(&mut self, name: &[u8]) {
        self.aside = 1;
        self.aside_name = name.to_vec();
    }

    fn start_sheet(&mut self, reading: &Reading<'_>, given: &[u8]) -> Result<(), Unusual> {
        let mut name = String::new();
        push_text(attribute(given, b"table:name").ok_or(Unusual)?, &mut name);
        let hidden = attribute(given, b"table:style-name").is_some_and(|style| self.hidden_styles.contains(style));
        let builder = SheetBuilder::new(reading.limits.cells);
        self.sheet = Some(Sheet { name, hidden, builder, row: 0, declared: 0 });
        Ok(())
    }

    fn column(&mut self, given: &[u8]) -> Result<(), Unusual> {
        let repeated = number(given, b"table:number-columns-repeated")?.unwrap_or(1).max(1);
        let Some(sheet) = &mut self.sheet else { return Ok(()) };
        let first = sheet.declared;
        sheet.declared = first.saturating_add(repeated);
        if is_hidden(given) {
            sheet.builder.odd.hide_columns(first, sheet.declared - 1);
        }
        Ok(())
    }

    fn start_row(&mut self, given: &[u8]) -> Result<(), Unusual> {
        let repeated = number(given, b"table:number-rows-repeated")?.unwrap_or(1).max(1);
        if let (true, Some(sheet)) = (is_hidden(given), &mut self.sheet) {
            sheet.builder.odd.hide_rows(sheet.row, sheet.row.saturating_add(repeated - 1));
        }
        self.row = Some(Row { repeated, ..Row::default() });
        Ok(())
    }

    fn end_cell(&mut self) {
        let (Some(open), Some(row)) = (self.cell.take(), &mut self.row) else { return };
        self.in_paragraph = false;
        let column = row.column;
        row.column = column.saturating_add(open.repeated);
        if let Some(sheet) = &mut self.sheet {
            let (first_row, first_column) = (sheet.row, column);
            let last = |first: u32, span: u32| first.saturating_add(span.max(1) - 1);
            let (last_row, last_column) = (last(first_row, open.down), last(first_column, open.across));
            sheet.builder.odd.merge(MergedRegion { first_row, first_column, last_row, last_column });
        }
        if let Some(value) = value_of(&open, std::mem::take(&mut self.text)) {
            row.cells.push((column, open.repeated, value));
        }
    }

    fn end_row(&mut self) -> Result<(), Refusal> {
        let (Some(row), Some(sheet)) = (self.row.take(), &mut self.sheet) else { return Ok(()) };
        let first = sheet.row;
        sheet.row = first.saturating_add(row.repeated);
        let name = sheet.name.clone();
        put_row(&mut sheet.builder, first, &row).map_err(|refusal| refusal.at_sheet(&name))
    }
}

/// Puts the cells of a row and of its repeats, the last ones first, so that what does not fit is refused at once.
fn put_row(builder: &mut SheetBuilder, first: u32, row: &Row) -> Result<(), Refusal> {
    if row.cells.is_empty() {
        return Ok(());
    }
    for place in (first..first.saturating_add(row.repeated)).rev() {
        for (column, repeated, value) in row.cells.iter().rev() {
            for column in (*column..column.saturating_add(*repeated)).rev() {
                match value {
                    Value::Cell(cell) => builder.put(place, column, *cell)?,
                    Value::Text(text) => builder.put_text(place, column, text)?,
                }
            }
        }
    }
    Ok(())
}

fn is_copy_of_other_file(given: &[u8]) -> bool {
    attribute(given, b"table:style-name") == Some(COPY_OF_OTHER_FILE)
}

/// True where a row or column is collapsed by hand or by a filter.
fn is_hidden(given: &[u8]) -> bool {
    matches!(attribute(given, b"table:visibility"), Some(b"collapse" | b"filter"))
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::container::Container;
    use crate::kind::FileKind;
    use crate::limits::Limits;
    use crate::workbook::Reading;
    use crate::xlsx_parts::Stop;
    use srez_model::note::Note;
    use srez_model::raw_sheet::{MergedRegion, RawCell, RawSheet};
    use std::io::{Cursor, Write};

    fn sheets(styles: &str, tables: &str) -> Result<(Vec<RawSheet>, Vec<Note>), Stop> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("content.xml", zip::write::SimpleFileOptions::default()).unwrap();
        write!(writer, "<office:document-content>{styles}{tables}</office:document-content>").unwrap();
        let bytes = writer.finish().unwrap().into_inner();
        let (limits, mut sheets) = (Limits::default(), Vec::new());
        let mut each = |sheet| sheets.push(sheet);
        let mut reading = Reading { limits: &limits, name: "ф.ods", each: &mut each, notes: Vec::new(), handed: 0 };
        read(&mut reading, &mut Container::open(&limits, &bytes)?, &mut 0)?;
        let notes = reading.notes;
        Ok((sheets, notes))
    }

    #[test]
    fn every_kind_of_cell_comes_to_its_place() {
        let (sheets, notes) = sheets(
            "<style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style>",
            "<table:table table:name=\"МА &amp; 6\"><table:table-column table:number-columns-repeated=\"2\"/>\
             <table:table-column table:visibility=\"collapse\"/>\
             <table:table-row><table:table-cell office:value-type=\"string\" table:number-columns-spanned=\"1\" \
             table:number-rows-spanned=\"2\"><office:annotation><text:p>нет</text:p></office:annotation>\
             <text:p>5<text:s text:c=\"2\"/><text:span>А</text:span></text:p><text:p>б</text:p></table:table-cell>\
             <table:table-cell office:value-type=\"float\" office:value=\"3.5\"><text:p>3,5</text:p></table:table-cell>\
             <table:table-cell office:value-type=\"percentage\" \
             office:value=\"0.075\"><text:p>8%</text:p></table:table-cell><table:table-cell office:value-type=\"date\" \
             office:date-value=\"2026-04-15\"/></table:table-row><table:table-row table:visibility=\"filter\" \
             table:number-rows-repeated=\"2\"><table:covered-table-cell/><table:table-cell \
             table:formula=\"of:=[.A1]\"/><table:table-cell table:formula=\"of:=1/0\" office:value-type=\"string\" \
             calcext:value-type=\"error\"><text:p>#ДЕЛ/0!</text:p></table:table-cell><table:table-cell \
             office:value-type=\"boolean\" office:boolean-value=\"true\" \
             table:number-columns-repeated=\"2\"/><table:table-cell \
             table:number-columns-repeated=\"16000\"/></table:table-row><table:table-row \
             table:number-rows-repeated=\"1048000\"><table:table-cell/></table:table-row></table:table><table:table \
             table:name=\"старое\" table:style-name=\"ta2\"><table:table-row><table:table-cell \
             office:value-type=\"string\"><text:p>а</text:p></table:table-cell></table:table-row></table:table>",
        )
        .unwrap();
        let sheet = &sheets[0];
        assert_eq!((sheet.name.as_str(), sheet.width, sheet.height()), ("МА & 6", 5, 3));
        assert_eq!(sheet.text(0, 0), "5  А\nб");
        assert_eq!(sheet.row(0)[1..4], [RawCell::Number(3.5), RawCell::Percent(7.5), RawCell::Date(46_127.0)]);
        let (formula, error, truth) = (RawCell::FormulaWithoutValue, RawCell::Error, RawCell::Bool(true));
        assert_eq!(sheet.row(1), [RawCell::Empty, formula, error, truth, truth]);
        assert_eq!(sheet.row(1), sheet.row(2));
        let merged = MergedRegion { first_row: 0, first_column: 0, last_row: 1, last_column: 0 };
        assert_eq!((sheet.merged.as_slice(), sheets[1].hidden), (&[merged][..], true));
        let told: Vec<_> = notes.iter().map(|note| (note.code.as_str(), note.cell())).collect();
        let expected = [("I19", "2"), ("I19", "C"), ("I20", "C1")];
        assert_eq!(told, expected.map(|(code, cell)| (code, cell.to_owned())));
    }

    #[test]
    fn a_flat_workbook_is_read_as_the_packed_one_and_what_lies_over_the_cells_is_not_theirs() {
        let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
        let chart = "<draw:frame><draw:object><office:document><chart:title><text:p>нет</text:p></chart:title>\
            <table:table table:name=\"local-table\"><table:table-row><table:table-cell><text:p>нет</text:p>\
            </table:table-cell></table:table-row></table:table></office:document></draw:object></draw:frame>";
        let tables = format!(
            "<table:table table:name=\"МА\"><table:shapes><draw:frame/></table:shapes><table:table-row>{}\
             <table:table-cell>{chart}<draw:custom-shape><text:p>нет</text:p></draw:custom-shape><text:p>4</text:p>\
             </table:table-cell></table:table-row></table:table><table:table table:name=\"'file:///x'#$А\" \
             table:style-name=\"ta_extref\"><table:table-row>{}</table:table-row></table:table>",
            cell("5А"),
            cell("нет")
        );
        let (packed, _) = sheets("", &tables).unwrap();
        let names = "xmlns:x=\"http://x/y\" ".repeat(300);
        let flat = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document {names}office:mimetype=\"\
             application/vnd.oasis.opendocument.spreadsheet\"><!-- --><office:binary-data>AA==</office:binary-data>\
             <office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document>\n"
        );
        let mut found = Vec::new();
        let noted = crate::read(&Limits::default(), "ф.fods", flat.as_bytes(), &mut |sheet| found.push(sheet));
        assert_eq!((noted.value.kind, noted.notes.len()), (FileKind::FlatOds, 0));
        assert_eq!((found.len(), found[0].text(0, 0), found[0].text(0, 1)), (1, "5А".to_owned(), "4".to_owned()));
        assert_eq!(found[0].cells, packed[0].cells);
        let half = flat.get(..flat.len() - 60).unwrap();
        let noted = crate::read(&Limits::default(), "ф.fods", half.as_bytes(), &mut |_| ());
        assert_eq!(noted.notes.iter().map(|note| note.code.as_str()).collect::<Vec<_>>(), ["I03"]);
    }

    #[test]
    fn endless_repeats_are_refused_at_their_last_cell() {
        let cell = "<table:table-cell office:value-type=\"float\" office:value=\"1\" \
            table:number-columns-repeated=\"16384\"/>";
        let row = format!("<table:table-row table:number-rows-repeated=\"1048576\">{cell}</table:table-row>");
        let Err(Stop::Refused(refusal)) = sheets("", &format!("<table:table table:name=\"а\">{row}</table:table>"))
        else {
            panic!("accepted")
        };
        assert_eq!(
            (refusal.code.id.as_str(), refusal.place, refusal.sheet.as_str()),
            ("I08", (1_048_576, 16_384), "а")
        );
        let endless = "99999999999999999999";
        let row = format!("<table:table-row table:number-rows-repeated=\"{endless}\">{cell}</table:table-row>");
        let refused = sheets("", &format!("<table:table table:name=\"а\">{row}</table:table>"));
        assert!(matches!(refused, Err(Stop::Refused(refusal)) if refusal.code.id.as_str() == "I08"));
    }
}
