//! Writes `.xls` of BIFF8: one sheet of texts, numbers and merged cells in a compound file.
//!
//! Records as in [MS-XLS]: the globals name the sheet and its offset, the sheet holds LABEL, NUMBER, MERGEDCELLS.

use super::grid::{Grid, Value};
use srez_model::error::{Error, Result};
use std::io::{Cursor, Write};
use std::time::SystemTime;

const WORKBOOK_GLOBALS: u16 = 0x0005;
const WORKSHEET: u16 = 0x0010;
/// The only cell format of the file; the formats before it belong to styles.
const CELL_FORMAT: u16 = 15;
/// Merged ranges that one record may hold.
const MERGED_IN_A_RECORD: usize = 1_026;

/// The bytes of an `.xls` with one sheet.
pub(crate) fn workbook(grid: &Grid) -> Result<Vec<u8>> {
    let failed = |error: std::io::Error| Error::run(format!("не собрана книга xls примера: {error}"));
    let stream = workbook_stream(grid)?;
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).map_err(failed)?;
    fix_date(&mut file)?;
    file.create_stream("/Workbook").and_then(|mut target| target.write_all(&stream)).map_err(failed)?;
    file.flush().map_err(failed)?;
    Ok(file.into_inner().into_inner())
}

/// Replaces the timestamps of a compound file by a fixed date.
pub(crate) fn fix_date(file: &mut cfb::CompoundFile<Cursor<Vec<u8>>>) -> Result<()> {
    let failed = |error: std::io::Error| Error::run(format!("не собрана книга xls примера: {error}"));
    file.set_created_time("/", SystemTime::UNIX_EPOCH).map_err(failed)?;
    file.set_modified_time("/", SystemTime::UNIX_EPOCH).map_err(failed)
}

fn workbook_stream(grid: &Grid) -> Result<Vec<u8>> {
    let sheet = sheet_stream(grid)?;
    let mut stream = begin(WORKBOOK_GLOBALS);
    record(&mut stream, 0x0042, &1200_u16.to_le_bytes());
    record(&mut stream, 0x003d, &[0, 0, 0, 0, 0x80, 0x3e, 0x80, 0x25, 0x38, 0, 0, 0, 0, 0, 1, 0, 0x58, 2]);
    for _ in 0..4 {
        record(&mut stream, 0x0031, &font());
    }
    for at in 0..=CELL_FORMAT {
        record(&mut stream, 0x00e0, &cell_format(at < CELL_FORMAT));
    }
    record(&mut stream, 0x0293, &[0, 0x80, 0, 0xff]);
    let name: Vec<u16> = grid.name.encode_utf16().collect();
    let body_length = 8 + 2 * name.len();
    let offset = stream.len() + 4 + body_length + 4;
    let mut body = little(offset)?.to_le_bytes().to_vec();
    body.extend([0, 0, u8::try_from(name.len()).unwrap_or(u8::MAX), 1]);
    body.extend(name.iter().flat_map(|unit| unit.to_le_bytes()));
    record(&mut stream, 0x0085, &body);
    record(&mut stream, 0x000a, &[]);
    stream.extend(sheet);
    Ok(stream)
}

fn sheet_stream(grid: &Grid) -> Result<Vec<u8>> {
    let mut stream = begin(WORKSHEET);
    let width = grid.rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut dimensions = Vec::new();
    dimensions.extend(0_u32.to_le_bytes());
    dimensions.extend(little(grid.rows.len())?.to_le_bytes());
    dimensions.extend(0_u16.to_le_bytes());
    dimensions.extend(short(width)?.to_le_bytes());
    dimensions.extend([0, 0]);
    record(&mut stream, 0x0200, &dimensions);
    for (row, values) in grid.rows.iter().enumerate() {
        for (column, value) in values.iter().enumerate() {
            let mut body = Vec::new();
            body.extend(short(row)?.to_le_bytes());
            body.extend(short(column)?.to_le_bytes());
            body.extend(CELL_FORMAT.to_le_bytes());
            match value {
                Value::Empty => {}
                Value::Number(number) => {
                    body.extend(number.to_le_bytes());
                    record(&mut stream, 0x0203, &body);
                }
                Value::Text(text) | Value::Formula(_, text) => {
                    body.extend(unicode_string(text)?);
                    record(&mut stream, 0x0204, &body);
                }
            }
        }
    }
    record(&mut stream, 0x023e, &[0xb6, 6, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for merged in grid.merged.chunks(MERGED_IN_A_RECORD) {
        let mut body = short(merged.len())?.to_le_bytes().to_vec();
        for (first_row, first_column, last_row, last_column) in merged {
            body.extend(short(*first_row as usize)?.to_le_bytes());
            body.extend(short(*last_row as usize)?.to_le_bytes());
            body.extend(first_column.to_le_bytes());
            body.extend(last_column.to_le_bytes());
        }
        record(&mut stream, 0x00e5, &body);
    }
    record(&mut stream, 0x000a, &[]);
    Ok(stream)
}

/// Opens a part of the stream: BOF of BIFF8, written by Excel 97.
fn begin(kind: u16) -> Vec<u8> {
    let mut stream = Vec::new();
    let mut body = 0x0600_u16.to_le_bytes().to_vec();
    body.extend(kind.to_le_bytes());
    body.extend([0xbb, 0x0d, 0xcc, 0x07, 0x41, 0, 0, 0, 6, 0, 0, 0]);
    record(&mut stream, 0x0809, &body);
    stream
}

fn record(stream: &mut Vec<u8>, kind: u16, body: &[u8]) {
    let length = u16::try_from(body.len()).unwrap_or(u16::MAX);
    stream.extend(kind.to_le_bytes());
    stream.extend(length.to_le_bytes());
    stream.extend(body);
}

/// Arial, 10 points.
fn font() -> Vec<u8> {
    let mut body = vec![200, 0, 0, 0, 0xff, 0x7f, 0x90, 1, 0, 0, 0, 2, 0xcc, 0, 5, 0];
    body.extend(b"Arial");
    body
}

fn cell_format(is_style: bool) -> [u8; 20] {
    let kind = if is_style { 0xfff5_u16 } else { 0x0001 };
    let mut body = [0; 20];
    body[4..6].copy_from_slice(&kind.to_le_bytes());
    body[6] = 0x20;
    body[18..20].copy_from_slice(&0x20c0_u16.to_le_bytes());
    body
}

/// Length, width of characters, characters: one byte each where all are ASCII.
fn unicode_string(text: &str) -> Result<Vec<u8>> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut body = short(units.len())?.to_le_bytes().to_vec();
    if text.is_ascii() {
        body.push(0);
        body.extend(text.bytes());
    } else {
        body.push(1);
        body.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    }
    Ok(body)
}

fn short(number: usize) -> Result<u16> {
    u16::try_from(number).map_err(|_| Error::run("лист примера не помещается в xls"))
}

fn little(number: usize) -> Result<u32> {
    u32::try_from(number).map_err(|_| Error::run("лист примера не помещается в xls"))
}

#[cfg(test)]
mod tests {
    use super::workbook;
    use crate::grid::{Grid, Value};
    use calamine::{Data, Reader, Xls};
    use std::io::Cursor;

    #[test]
    fn reader_finds_texts_numbers_and_merged_cells() {
        let mut grid = Grid::new("Page 1");
        grid.push_texts(&["Протокол проверки результатов"]);
        grid.push(vec![Value::from(1.0), Value::Empty, Value::from("9А"), Value::from("++-2")]);
        grid.merged.push((1, 0, 1, 1));
        let bytes = workbook(&grid).unwrap();
        let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).unwrap();
        let range = book.worksheet_range("Page 1").unwrap();
        assert_eq!(range.get_value((0, 0)), Some(&Data::String("Протокол проверки результатов".into())));
        assert_eq!(range.get_value((1, 0)), Some(&Data::Float(1.0)));
        assert_eq!(range.get_value((1, 2)), Some(&Data::String("9А".into())));
        assert_eq!(range.get_value((1, 3)), Some(&Data::String("++-2".into())));
        let merged = book.merge_cells_by_sheet_name("Page 1").unwrap();
        assert_eq!((merged[0].start, merged[0].end), ((1, 0), (1, 1)));
    }

    #[test]
    fn reader_finds_the_last_row_of_a_long_sheet() {
        let mut grid = Grid::new("Page 1");
        for at in 0..900_u32 {
            grid.push(vec![Value::from(at), Value::from("Канарейкин")]);
        }
        let mut book: Xls<_> = Xls::new(Cursor::new(workbook(&grid).unwrap())).unwrap();
        let range = book.worksheet_range("Page 1").unwrap();
        assert_eq!(range.get_value((899, 0)), Some(&Data::Float(899.0)));
    }

    #[test]
    fn same_sheet_same_bytes() {
        let mut grid = Grid::new("Page 1");
        grid.push_texts(&["а"]);
        assert_eq!(workbook(&grid).unwrap(), workbook(&grid).unwrap());
    }
}
