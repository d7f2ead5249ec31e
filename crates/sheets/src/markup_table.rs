//! HTML tables and XML tables of Excel 2003 → sheets.

use super::codes::{EMPTY_FILE, TOO_MANY_CELLS};
use super::delimited::text_of;
use super::markup::{self, Page};
use super::oddities::as_percent;
use super::refusal::Refusal;
use super::sheet_builder::SheetBuilder;
use super::workbook::Reading;
use super::xlsx_parts::{Look, look_of_code};
use super::xml::{Piece, Pieces, local_attribute, local_name, push_text};
use rustc_hash::FxHashSet;
use srez_model::raw_sheet::{MergedRegion, RawCell};

/// Columns of a sheet of Excel.
const MAX_COLUMNS: u32 = 16_384;

/// Reads the tables of a web page, one sheet per table; a table inside a cell is text of the cell.
pub(super) fn read_html(reading: &mut Reading<'_>, bytes: &[u8]) -> Result<(), Refusal> {
    let text = text_of(reading.name, bytes, &mut reading.notes)?;
    let mut builder = SheetBuilder::new(reading.limits.cells);
    let mut grid = Grid::default();
    let mut depth = 0_u32;
    let mut tables = 0_u32;
    for piece in Page::new(&text) {
        match piece {
            markup::Piece::Open(tag) => match tag.name.as_str() {
                "table" => {
                    depth += 1;
                    if depth == 1 {
                        grid = Grid::default();
                    }
                }
                "tr" if depth <= 1 => {
                    grid.next_row(&mut builder)?;
                    if tag.attribute("style").is_some_and(is_not_displayed) {
                        builder.odd.hide_rows(grid.row, grid.row);
                    }
                }
                "td" | "th" if depth <= 1 => {
                    grid.end_cell(&mut builder)?;
                    let span = |name| tag.attribute(name).and_then(whole).unwrap_or(1);
                    let (across, down) = (span("colspan"), span("rowspan"));
                    grid.start_cell(across, down)?;
                    builder.odd.merge(grid.region(down));
                }
                "br" | "p" | "div" | "td" | "th" | "tr" | "li" => grid.text.push(' '),
                _ => {}
            },
            markup::Piece::Close(name) => match name.as_str() {
                "table" => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        grid.end_cell(&mut builder)?;
                        tables += 1;
                        let done = std::mem::replace(&mut builder, SheetBuilder::new(reading.limits.cells));
                        reading.hand_on(done, &name_of(tables), false)?;
                    }
                }
                "td" | "th" | "tr" if depth <= 1 => grid.end_cell(&mut builder)?,
                _ => {}
            },
            markup::Piece::Text(text) => grid.text.push_str(&text),
        }
    }
    grid.end_cell(&mut builder)?;
    reading.hand_on(builder, &name_of(tables + 1), false)?;
    if reading.handed == 0 {
        Err(Refusal::new(&EMPTY_FILE, "в таблицах веб-страницы ничего нет"))
    } else {
        Ok(())
    }
}

/// Name of a table of a page: none for the first, and never one that reads like a subject or grade.
pub(super) fn name_of(table: u32) -> String {
    if table == 1 { String::new() } else { format!("{table}-я таблица") }
}

/// Reads an XML table of Excel 2003, as far as it is XML.
pub(super) fn read_xml(reading: &mut Reading<'_>, bytes: &[u8]) -> Result<(), Refusal> {
    let text = text_of(reading.name, bytes, &mut reading.notes)?;
    let mut builder = SheetBuilder::new(reading.limits.cells);
    let mut grid = Grid::default();
    let (mut sheet, mut hidden) = (String::new(), false);
    let (mut kind, mut in_data, mut in_comment, mut in_visible) = ("", false, false, false);
    let (mut style, mut percents, mut percent) = ("", FxHashSet::default(), false);
    let mut pieces = Pieces::lenient(&text);
    while let Ok(Some(piece)) = pieces.next() {
        match piece {
            Piece::Open { name, attributes, closed } => match local_name(name) {
                b"Worksheet" => {
                    sheet.clear();
                    push_text(local_attribute(attributes, "name").unwrap_or_default().as_bytes(), &mut sheet);
                    (grid, hidden) = (Grid::default(), false);
                }
                b"Style" => style = local_attribute(attributes, "id").unwrap_or_default(),
                b"NumberFormat" if local_attribute(attributes, "format").is_some_and(shows_percent) => {
                    percents.insert(style);
                }
                b"Column" => grid.xml_column(attributes, &mut builder),
                b"Row" => grid.start_xml_row(attributes, &mut builder),
                b"Cell" => {
                    grid.start_xml_cell(attributes, closed, &mut builder)?;
                    percent = local_attribute(attributes, "styleid").is_some_and(|style| percents.contains(style));
                }
                b"Comment" => in_comment = !closed,
                b"Data" if !in_comment && !closed => {
                    (in_data, kind) = (true, local_attribute(attributes, "type").unwrap_or_default());
                    grid.text.clear();
                }
                b"Visible" => in_visible = !closed,
                _ => {}
            },
            Piece::Close(name) => match local_name(name) {
                b"Worksheet" => {
                    let done = std::mem::replace(&mut builder, SheetBuilder::new(reading.limits.cells));
                    reading.hand_on(done, &sheet, hidden)?;
                }
                b"Data" if in_data => {
                    in_data = false;
                    put(&mut builder, &grid, if percent { "Percent" } else { kind })?;
                }
                b"Cell" => grid.column = grid.column.saturating_add(grid.across),
                b"Comment" => in_comment = false,
                b"Visible" => in_visible = false,
                _ => {}
            },
            Piece::Text(text) if in_data => push_text(text, &mut grid.text),
            Piece::Text(text) if in_visible => hidden = text.trim_ascii() != b"SheetVisible",
            Piece::Text(_) => {}
        }
    }
    if reading.handed == 0 {
        Err(Refusal::new(&EMPTY_FILE, "в книге нет ни одной заполненной ячейки"))
    } else {
        Ok(())
    }
}

fn put(builder: &mut SheetBuilder, grid: &Grid, kind: &str) -> Result<(), Refusal> {
    let (row, column) = (grid.row, grid.column);
    match (kind, grid.text.trim().parse::<f64>()) {
        ("Number", Ok(number)) if number.is_finite() => builder.put(row, column, RawCell::Number(number)),
        ("Percent", Ok(number)) if number.is_finite() => builder.put(row, column, RawCell::Percent(as_percent(number))),
        ("Boolean", Ok(number)) => builder.put(row, column, RawCell::Bool(number != 0.0)),
        ("Error", _) => builder.put(row, column, RawCell::Error),
        _ => builder.put_text(row, column, &grid.text),
    }
}

/// True for a format of percent by its English name or its code.
fn shows_percent(format: &str) -> bool {
    format == "Percent" || look_of_code(format) == Look::Percent
}

/// True for a style by which a browser shows nothing.
fn is_not_displayed(style: &str) -> bool {
    style.to_ascii_lowercase().split(';').any(|rule| {
        rule.split_once(':').is_some_and(|(name, value)| name.trim() == "display" && value.trim() == "none")
    })
}

fn whole(digits: &str) -> Option<u32> {
    digits.trim().parse().ok()
}

/// A whole number in an attribute of an XML table.
fn number(attributes: &[u8], name: &str) -> Option<u32> {
    local_attribute(attributes, name).and_then(whole)
}

/// Where the next cell stands; cells that reach down keep their columns taken.
#[derive(Debug, Default)]
struct Grid {
    row: u32,
    below: u32,
    /// Column of the next column declaration.
    declared: u32,
    column: u32,
    across: u32,
    open: bool,
    text: String,
    taken: Vec<u32>,
}

impl Grid {
    fn next_row(&mut self, builder: &mut SheetBuilder) -> Result<(), Refusal> {
        self.end_cell(builder)?;
        if self.below > 0 {
            for rows in &mut self.taken {
                *rows = rows.saturating_sub(1);
            }
        }
        self.row = self.below;
        self.below = self.below.saturating_add(1);
        self.column = 0;
        Ok(())
    }

    /// A row of an XML table: at its index, else below the one before.
    fn start_xml_row(&mut self, attributes: &[u8], builder: &mut SheetBuilder) {
        self.row = number(attributes, "index").map_or(self.below, |index| index.saturating_sub(1));
        self.below = self.row.saturating_add(1).saturating_add(number(attributes, "span").unwrap_or(0));
        self.column = 0;
        if local_attribute(attributes, "hidden") == Some("1") {
            builder.odd.hide_rows(self.row, self.below.saturating_sub(1));
        }
    }

    /// Columns that an XML table hides, at their index, else after those before.
    fn xml_column(&mut self, attributes: &[u8], builder: &mut SheetBuilder) {
        let first = number(attributes, "index").map_or(self.declared, |index| index.saturating_sub(1));
        let last = first.saturating_add(number(attributes, "span").unwrap_or(0));
        self.declared = last.saturating_add(1);
        if local_attribute(attributes, "hidden") == Some("1") {
            builder.odd.hide_columns(first, last);
        }
    }

    /// The region of the cell that was begun, so many rows high.
    fn region(&self, down: u32) -> MergedRegion {
        let (first_row, first_column) = (self.row, self.column);
        let last = |first: u32, span: u32| first.saturating_add(span.max(1) - 1);
        MergedRegion {
            first_row,
            first_column,
            last_row: last(first_row, down),
            last_column: last(first_column, self.across),
        }
    }

    fn start_xml_cell(&mut self, attributes: &[u8], closed: bool, builder: &mut SheetBuilder) -> Result<(), Refusal> {
        if let Some(index) = number(attributes, "index") {
            self.column = index.saturating_sub(1);
        }
        self.across = number(attributes, "mergeacross").unwrap_or(0).saturating_add(1);
        builder.odd.merge(self.region(number(attributes, "mergedown").unwrap_or(0).saturating_add(1)));
        if local_attribute(attributes, "formula").is_some() {
            builder.put(self.row, self.column, RawCell::FormulaWithoutValue)?;
        }
        if closed {
            self.column = self.column.saturating_add(self.across);
        }
        Ok(())
    }

    fn start_cell(&mut self, across: u32, down: u32) -> Result<(), Refusal> {
        while self.taken.get(self.column as usize).is_some_and(|rows| *rows > 0) {
            self.column += 1;
        }
        let end = self.column.saturating_add(across.max(1));
        if MAX_COLUMNS < end {
            let message = "в строке таблицы больше столбцов, чем бывает на листе";
            return Err(Refusal::new(&TOO_MANY_CELLS, message).at(self.row.saturating_add(1), 0));
        }
        if self.taken.len() < end as usize {
            self.taken.resize(end as usize, 0);
        }
        for rows in self.taken.iter_mut().take(end as usize).skip(self.column as usize) {
            *rows = down.max(1);
        }
        self.across = across.max(1);
        self.open = true;
        self.text.clear();
        Ok(())
    }

    /// Puts the text of the open cell, spaces as a browser shows them.
    fn end_cell(&mut self, builder: &mut SheetBuilder) -> Result<(), Refusal> {
        if self.open {
            let words: Vec<&str> = self.text.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()).collect();
            builder.put_text(self.row, self.column, &words.join(" "))?;
            self.column += self.across;
            self.open = false;
        }
        self.text.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{read_html, read_xml};
    use crate::limits::Limits;
    use crate::refusal::Refusal;
    use crate::workbook::Reading;
    use srez_model::raw_sheet::{RawCell, RawSheet};

    fn read(text: &str, read: fn(&mut Reading<'_>, &[u8]) -> Result<(), Refusal>) -> Result<Vec<RawSheet>, Refusal> {
        let (limits, mut sheets) = (Limits::default(), Vec::new());
        let mut each = |sheet| sheets.push(sheet);
        let mut reading = Reading { limits: &limits, name: "ф.xls", each: &mut each, notes: Vec::new(), handed: 0 };
        read(&mut reading, text.as_bytes())?;
        Ok(sheets)
    }

    #[test]
    fn an_html_table_keeps_its_places_over_merged_cells_and_lost_end_tags() {
        let text = "<html><body>До<table><tr><th rowspan=2>ОО<th colspan=\"2\">Баллы</tr><tr><td>1<br>(2б)<td>2</tr>\
                    <tr><td>&laquo;СОШ&raquo;</td><td> 1 </td><td><table><tr><td>X</td></tr></table></td></tr></table>\
                    <table><tr><td>вторая</td></tr></table></body></html>";
        let sheets = read(text, read_html).unwrap();
        let show = |row, column| sheets[0].text(row, column);
        assert_eq!(
            (show(0, 0), show(0, 1), show(1, 0), show(1, 1)),
            ("ОО".into(), "Баллы".into(), String::new(), "1 (2б)".into())
        );
        assert_eq!(
            (show(1, 2), show(2, 0), show(2, 1), show(2, 2)),
            ("2".into(), "«СОШ»".into(), "1".into(), "X".into())
        );
        assert_eq!(
            (sheets.len(), sheets[1].name.as_str(), sheets[1].text(0, 0).as_str()),
            (2, "2-я таблица", "вторая")
        );
    }

    #[test]
    fn an_xml_table_keeps_indices_and_types() {
        let text = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">\
            <Worksheet ss:Name=\"МА 6\"><Table><Row ss:Index=\"2\"><Cell ss:MergeAcross=\"1\"><Data \
            ss:Type=\"String\">а &amp; б</Data><Comment><Data>нет</Data></Comment></Cell><Cell><Data \
            ss:Type=\"Number\">3</Data></Cell></Row><Row><Cell/><Cell ss:Index=\"4\"><ss:Data \
            ss:Type=\"Error\">#N/A</ss:Data></Cell></Row></Table><WorksheetOptions>\
            <Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>";
        let sheets = read(text, read_xml).unwrap();
        let sheet = &sheets[0];
        assert_eq!((sheet.name.as_str(), sheet.hidden, sheet.text(1, 0).as_str()), ("МА 6", true, "а & б"));
        assert_eq!((sheet.cell(1, 2), sheet.cell(2, 3)), (RawCell::Number(3.0), RawCell::Error));
    }

    #[test]
    fn hidden_merged_and_percent_come_with_an_xml_table() {
        let text = "<Workbook><Styles><Style ss:ID=\"s1\"><NumberFormat ss:Format=\"0.0%\"/></Style></Styles>\
            <Worksheet ss:Name=\"а\"><Table><Column ss:Index=\"2\" ss:Hidden=\"1\"/><Row ss:Hidden=\"1\"><Cell \
            ss:MergeDown=\"1\"><Data ss:Type=\"String\">б</Data></Cell><Cell ss:StyleID=\"s1\"><Data \
            ss:Type=\"Number\">0.075</Data></Cell></Row><Row><Cell ss:Index=\"2\" \
            ss:Formula=\"=R[-1]C\"/></Row></Table></Worksheet></Workbook>";
        let (limits, mut sheets) = (Limits::default(), Vec::new());
        let mut each = |sheet| sheets.push(sheet);
        let mut reading = Reading { limits: &limits, name: "ф.xls", each: &mut each, notes: Vec::new(), handed: 0 };
        read_xml(&mut reading, text.as_bytes()).unwrap();
        let told: Vec<_> = reading.notes.iter().map(|note| (note.code.as_str(), note.cell())).collect();
        assert_eq!(told, [("I19", "1".to_owned()), ("I19", "B".to_owned()), ("I20", "B1".to_owned())]);
        let sheet: &RawSheet = &sheets[0];
        assert_eq!((sheet.cell(0, 1), sheet.cell(1, 1)), (RawCell::Percent(7.5), RawCell::FormulaWithoutValue));
        assert_eq!((sheet.merged[0].first_row, sheet.merged[0].last_row), (0, 1));
    }

    #[test]
    fn lying_sizes_cost_nothing() {
        let wide = "<table><tr><td colspan=4000000000>1</table>";
        assert_eq!(read(wide, read_html).unwrap_err().code.id.as_str(), "I08");
        let far = "<Worksheet><Row ss:Index=\"4294967295\"><Cell ss:Index=\"4294967295\"><Data \
            ss:Type=\"Number\">1</Data></Cell></Row></Worksheet>";
        assert_eq!(read(far, read_xml).unwrap_err().code.id.as_str(), "I08");
        assert_eq!(read("<table><tr><td></table>", read_html).unwrap_err().code.id.as_str(), "I01");
    }
}
