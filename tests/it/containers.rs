//! Workbooks of every kind, made by hand part by part and record by record, so that each can be broken in one place.

use calamine::{Reader, Xlsx, open_workbook};
use srez_testkit::sources::root;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const RELS: &str = "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/\
    2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
const PACKAGE_RELS: &str = "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/\
    officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
const WORKBOOK: &str = "<workbook><sheets><sheet name=\"Лист1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";

/// A zip container of these parts.
pub(crate) fn package<N: AsRef<str>, B: AsRef<[u8]>>(parts: &[(N, B)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(name.as_ref(), SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes.as_ref()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Parts of a container.
pub(crate) fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for place in 0..archive.len() {
        let mut member = archive.by_index(place).unwrap();
        let mut inside = Vec::new();
        std::io::Read::read_to_end(&mut member, &mut inside).unwrap();
        parts.push((member.name().unwrap().into_owned(), inside));
    }
    parts
}

/// Parts of an xlsx with one sheet of these rows and these shared strings; more parts may follow.
pub(crate) fn xlsx_parts(rows: &str, strings: &str) -> Vec<(String, Vec<u8>)> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    [
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", PACKAGE_RELS),
        ("xl/_rels/workbook.xml.rels", RELS),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", &sheet),
    ]
    .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
    .to_vec()
}

/// An xlsx with one sheet of these rows.
pub(crate) fn xlsx(rows: &str) -> Vec<u8> {
    package(&xlsx_parts(rows, "<sst/>"))
}

/// An ods of these tables.
pub(crate) fn ods(tables: &str, manifest: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content><office:body><office:spreadsheet>{tables}</office:spreadsheet>\
         </office:body></office:document-content>"
    );
    package(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
        ("META-INF/manifest.xml", &format!("<manifest:manifest>{manifest}</manifest:manifest>")),
    ])
}

/// An ods with one table of texts; what reads as a number is one.
pub(crate) fn ods_of(grid: &[Vec<String>]) -> Vec<u8> {
    let mut table = "<table:table table:name=\"Лист1\">".to_owned();
    for row in grid {
        table.push_str("<table:table-row>");
        for cell in row {
            let text = escaped(cell);
            table.push_str(&match cell.parse::<f64>() {
                Ok(number) => format!(
                    "<table:table-cell office:value-type=\"float\" \
                     office:value=\"{number}\"><text:p>{text}</text:p></table:table-cell>"
                ),
                Err(_) if cell.is_empty() => "<table:table-cell/>".to_owned(),
                Err(_) => format!(
                    "<table:table-cell \
                    office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
                ),
            });
        }
        table.push_str("</table:table-row>");
    }
    ods(&format!("{table}</table:table>"), "")
}

/// An xlsx with one table of texts; what reads as a number is one.
pub(crate) fn xlsx_of(grid: &[Vec<String>]) -> Vec<u8> {
    let mut rows = String::new();
    for (row, cells) in (1..).zip(grid) {
        rows.push_str(&format!("<row r=\"{row}\">"));
        for (column, cell) in (0..).zip(cells) {
            let address = format!("{}{row}", column_name(column));
            rows.push_str(&match cell.parse::<f64>() {
                Ok(number) => format!("<c r=\"{address}\"><v>{number}</v></c>"),
                Err(_) if cell.is_empty() => String::new(),
                Err(_) => {
                    let text = escaped(cell);
                    format!("<c r=\"{address}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
                }
            });
        }
        rows.push_str("</row>");
    }
    xlsx(&rows)
}

/// Text escaped for use between tags.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Letters of a column counted from 0.
pub(crate) fn column_name(column: u32) -> String {
    srez_model::note::column_name(column + 1)
}

/// Cells of the first sheet of a sample workbook, as text.
pub(crate) fn grid(path: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(root().join("sample-data").join(path)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let (rows, columns) = range.end().unwrap();
    let cell = |row, column| range.get_value((row, column)).map(ToString::to_string).unwrap_or_default();
    (0..=rows).map(|row| (0..=columns).map(|column| cell(row, column)).collect()).collect()
}

/// A record of an xls.
pub(crate) fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len()).unwrap();
    [kind.to_le_bytes().to_vec(), length.to_le_bytes().to_vec(), body.to_vec()].concat()
}

/// A cell with a number, row and column counted from 0.
pub(crate) fn number_record(row: u16, column: u16, number: f64) -> Vec<u8> {
    let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
    record(0x0203, &[place, number.to_le_bytes().to_vec()].concat())
}

/// A cell with a text, row and column counted from 0.
pub(crate) fn text_record(row: u16, column: u16, text: &str) -> Vec<u8> {
    let letters: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = u16::try_from(letters.len() / 2).unwrap();
    let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0], length.to_le_bytes()].concat();
    record(0x0204, &[place, vec![1], letters].concat())
}

/// A formula «1+1» that was never calculated, row and column counted from 0.
pub(crate) fn unvalued_record(row: u16, column: u16) -> Vec<u8> {
    let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
    let tokens = [0x1e, 1, 0, 0x1e, 1, 0, 3];
    record(0x0006, &[place, vec![3, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 7, 0], tokens.to_vec()].concat())
}

/// A row of an xls that is hidden.
pub(crate) fn hidden_row_record(row: u16) -> Vec<u8> {
    record(0x0208, &[row.to_le_bytes().to_vec(), vec![0, 0, 9, 0, 0xff, 0, 0, 0, 0, 0, 0x20, 0, 0, 0]].concat())
}

/// The beginning of a workbook (5) or a sheet (0x10).
fn begin(version: u8, kind: u8) -> Vec<u8> {
    record(0x0809, &[0, version, kind, 0, 0xbb, 0x0d, 0xcc, 0x07, 0, 0, 0, 0, 6, 0, 0, 0])
}

/// An xls whose only sheet has these records; more records of the workbook may precede it.
pub(crate) fn xls(globals: &[u8], sheet: &[u8]) -> Vec<u8> {
    let head = [begin(6, 5), globals.to_vec()].concat();
    let name: Vec<u8> = "Page".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let offset = u32::try_from(head.len() + 4 + 8 + name.len() + 4).unwrap();
    let bound = record(0x0085, &[offset.to_le_bytes().to_vec(), vec![0, 0, 4, 1], name].concat());
    let stream = [head, bound, record(0x000a, &[]), begin(6, 0x10), sheet.to_vec(), record(0x000a, &[])].concat();
    compound(&[("/Workbook", &stream)])
}

/// An xls of Excel 95 with one table of texts in the code page of Windows, which the book may declare.
pub(crate) fn xls_of_95(grid: &[Vec<String>], declared: Option<u16>) -> Vec<u8> {
    let globals = declared.map_or_else(Vec::new, |code_page| record(0x0042, &code_page.to_le_bytes()));
    let head = [begin(5, 5), globals].concat();
    let offset = u32::try_from(head.len() + 4 + 7 + 4 + 4).unwrap();
    let bound = record(0x0085, &[offset.to_le_bytes().to_vec(), vec![0, 0, 4], b"Page".to_vec()].concat());
    let mut sheet = Vec::new();
    for (row, cells) in (0_u16..).zip(grid) {
        for (column, cell) in (0_u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.extend(match cell.parse() {
                Ok(number) => number_record(row, column, number),
                Err(_) => {
                    let letters = encoding_rs::WINDOWS_1251.encode(cell).0;
                    let length = u16::try_from(letters.len()).unwrap();
                    let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0], length.to_le_bytes()].concat();
                    record(0x0204, &[place, letters.into_owned()].concat())
                }
            });
        }
    }
    let stream = [head, bound, record(0x000a, &[]), begin(5, 0x10), sheet, record(0x000a, &[])].concat();
    compound(&[("/Book", &stream)])
}

/// A compound file of these streams.
pub(crate) fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        file.create_stream(name).unwrap().write_all(bytes).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}
