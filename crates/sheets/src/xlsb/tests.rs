//! Binary workbooks written record by record.

use crate::kind::FileKind;
use crate::{Limits, ReadState, read};
use calamine::{Data, Reader, Xlsb};
use srez_model::note::Note;
use srez_model::raw_sheet::{MergedRegion, RawCell, RawSheet};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const RELS: &str = "<Relationships><Relationship Id=\"rId1\" Type=\"http://x/worksheet\" \
    Target=\"worksheets/sheet1.bin\"/><Relationship Id=\"rId2\" Type=\"http://x/worksheet\" \
    Target=\"worksheets/sheet2.bin\"/><Relationship Id=\"rId3\" Type=\"http://x/chartsheet\" \
    Target=\"chartsheets/sheet3.bin\"/></Relationships>";

/// A cell with its column.
fn cell(kind: u16, column: u32, style: u32, value: &[u8]) -> Vec<u8> {
    record(kind, &[&column.to_le_bytes()[..], &style.to_le_bytes(), value].concat())
}

/// A record of a kind.
pub(crate) fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    let [low, high] = [kind & 0x7F, kind >> 7].map(|part| u8::try_from(part).unwrap());
    let mut bytes = if kind < 0x80 { vec![low] } else { vec![low | 0x80, high] };
    let mut length = body.len();
    while length >= 0x80 {
        bytes.push(u8::try_from(length & 0x7F).unwrap() | 0x80);
        length >>= 7;
    }
    bytes.push(u8::try_from(length).unwrap());
    bytes.extend_from_slice(body);
    bytes
}

/// A text with its length.
pub(crate) fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u32::try_from(units.len()).unwrap().to_le_bytes();
    length.into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
}

fn row(number: u32, flags: u8) -> Vec<u8> {
    record(0, &[&number.to_le_bytes()[..], &[0; 7], &[flags, 0], &[0; 4]].concat())
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn sheet(before: &[u8], rows: &[u8], after: &[u8]) -> Vec<u8> {
    let dimensions = record(148, &words(&[0, 9, 0, 9]));
    [&record(129, &[]), &dimensions, before, &record(145, &[]), rows, &record(146, &[]), after, &record(130, &[])]
        .concat()
}

fn named(state: u32, link: &str, name: &str) -> Vec<u8> {
    record(156, &[&words(&[state, 1])[..], &wide(link), &wide(name)].concat())
}

fn book(from_1904: bool, first: &[u8], second: &[u8]) -> Vec<u8> {
    package(&parts(from_1904, first, second))
}

fn package(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn parts(from_1904: bool, first: &[u8], second: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let workbook = [
        record(153, &[u8::from(from_1904), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        record(143, &[]),
        named(0, "rId1", "МА 6"),
        named(0, "rId3", "График"),
        named(2, "rId2", "старое"),
        record(144, &[]),
        record(157, &[]),
    ];
    let string = |text: &str| record(19, &[&[0][..], &wide(text)].concat());
    let strings = [record(159, &words(&[2, 2])), string("Класс"), string("5\u{a0}А"), record(160, &[])];
    let format = |id: u16| record(47, &[&[0, 0][..], &id.to_le_bytes(), &[0; 12]].concat());
    let styles = [
        record(615, &words(&[1])),
        record(44, &[&164_u16.to_le_bytes()[..], &wide("dd.mm.yyyy")].concat()),
        record(616, &[]),
        record(617, &words(&[3])),
        [format(0), format(164), format(10)].concat(),
        record(618, &[]),
    ];
    vec![
        ("[Content_Types].xml", b"<Types/>".to_vec()),
        ("xl/workbook.bin", workbook.concat()),
        ("xl/_rels/workbook.bin.rels", RELS.as_bytes().to_vec()),
        ("xl/sharedStrings.bin", strings.concat()),
        ("xl/styles.bin", styles.concat()),
        ("xl/worksheets/sheet1.bin", first.to_vec()),
        ("xl/worksheets/sheet2.bin", second.to_vec()),
        ("xl/chartsheets/sheet3.bin", Vec::new()),
    ]
}

/// A sheet with every kind of cell.
fn full_sheet() -> Vec<u8> {
    let number = |number: f64| number.to_le_bytes();
    let formula = [0_u8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let rows = [
        row(1, 0),
        cell(7, 0, 0, &words(&[0])),
        cell(6, 1, 0, &wide("балл")),
        cell(62, 2, 0, &[&[1][..], &wide("итог"), &words(&[1, 0])].concat()),
        cell(1, 3, 1, &[]),
        row(2, 0x10),
        cell(2, 0, 0, &((7 << 2) | 2_u32).to_le_bytes()),
        cell(2, 1, 1, &((46_127 << 2) | 2_u32).to_le_bytes()),
        cell(5, 2, 2, &number(0.075)),
        cell(3, 3, 0, &[0x2A]),
        cell(4, 4, 0, &[1]),
        row(4, 0),
        cell(8, 0, 0, &[&wide("5А")[..], &formula].concat()),
        cell(9, 1, 0, &[&number(2.5)[..], &formula].concat()),
        cell(10, 2, 0, &[&[0][..], &formula].concat()),
        cell(11, 3, 0, &[&[0x07][..], &formula].concat()),
        record(18, &[0, 0, 0, 0, 1, 0, 0, 0]),
        record(13, &[&[0, 0, 0, 0][..], &((350 << 2) | 3_u32).to_le_bytes()].concat()),
        cell(5, 6, 0, &number(f64::INFINITY)),
        record(7_000, b"a record of a program to come"),
    ];
    let columns = record(60, &[&words(&[2, 2, 0, 0])[..], &[1, 0]].concat());
    sheet(&columns, &rows.concat(), &[record(177, &words(&[1])), record(176, &words(&[2, 3, 0, 1]))].concat())
}

fn read_all(bytes: &[u8]) -> (ReadState, Vec<RawSheet>, Vec<Note>) {
    let mut sheets = Vec::new();
    let noted = read(&Limits::default(), "ф.xlsb", bytes, &mut |sheet| sheets.push(sheet));
    assert_eq!(noted.value.kind, FileKind::Xlsb);
    (noted.value.state, sheets, noted.notes)
}

fn told(notes: &[Note]) -> Vec<(&str, String)> {
    notes.iter().map(|note| (note.code.as_str(), note.cell())).collect()
}

#[test]
fn every_kind_of_cell_comes_to_its_place() {
    let second = sheet(&[], &[row(0, 0), cell(2, 0, 0, &((3 << 2) | 2_u32).to_le_bytes())].concat(), &[]);
    let (state, sheets, notes) = read_all(&book(false, &full_sheet(), &second));
    assert_eq!((state, sheets.len(), sheets[1].name.as_str(), sheets[1].hidden), (ReadState::Read, 2, "старое", true));
    let first = &sheets[0];
    assert_eq!((first.name.as_str(), first.hidden, first.width, first.height()), ("МА 6", false, 7, 5));
    assert_eq!([first.text(1, 0), first.text(1, 1), first.text(1, 2)], ["Класс", "балл", "итог"]);
    let expected = [
        RawCell::Number(7.0),
        RawCell::Date(46_127.0),
        RawCell::Percent(7.5),
        RawCell::Error,
        RawCell::Bool(true),
        RawCell::Empty,
        RawCell::Empty,
    ];
    assert_eq!(first.row(2), expected);
    assert_eq!([first.text(4, 0), first.text(4, 4)], ["5А", "5\u{a0}А"]);
    let of_formulas = [RawCell::Number(2.5), RawCell::Bool(false), RawCell::Error];
    assert_eq!(first.row(4)[1..4], of_formulas);
    assert_eq!(first.row(4)[5..], [RawCell::Number(3.5), RawCell::Error]);
    assert_eq!(first.merged, [MergedRegion { first_row: 2, first_column: 0, last_row: 3, last_column: 1 }]);
    let expected = [("I19", "3"), ("I19", "C"), ("I20", "C3")].map(|(code, cell)| (code, cell.to_owned()));
    assert_eq!(told(&notes), expected);
    let (_, sheets, _) = read_all(&book(true, &full_sheet(), &second));
    assert_eq!(sheets[0].cell(2, 1), RawCell::Date(46_127.0 + 1_462.0));
}

/// What calamine passes over, texts with fonts and formulas that give an error, is ours alone.
#[test]
fn calamine_finds_the_same_cells() {
    let bytes = book(false, &full_sheet(), &sheet(&[], &[], &[]));
    let (_, sheets, _) = read_all(&bytes);
    let range = Xlsb::new(Cursor::new(&bytes)).unwrap().worksheet_range("МА 6").unwrap();
    let mut compared = 0;
    for (row, column) in (0..5).flat_map(|row| (0..4).map(move |column| (row, column))) {
        let ours = sheets[0].cell(row, column);
        let found = range.get_value((row, column)).unwrap_or(&Data::Empty);
        let same = match (ours, found) {
            (RawCell::Text(index), Data::String(text)) => sheets[0].string(index) == text,
            (RawCell::Number(number), Data::Int(other)) => number.to_string() == other.to_string(),
            (RawCell::Number(number), Data::Float(other)) => number.to_bits() == other.to_bits(),
            (RawCell::Percent(number), Data::Float(other)) => number.to_bits() == (other * 100.0).to_bits(),
            (RawCell::Date(days), Data::DateTime(date)) => days.to_bits() == date.as_f64().to_bits(),
            (RawCell::Bool(truth), Data::Bool(other)) => truth == *other,
            (RawCell::Error, Data::Error(_)) | (RawCell::Empty, Data::Empty) => true,
            (_, Data::Empty) => (row, column) == (1, 2) || (row, column) == (4, 3),
            _ => false,
        };
        assert!(same, "{row} {column}: {ours:?} {found:?}");
        compared += usize::from(*found != Data::Empty);
    }
    assert_eq!(compared, 9);
}

#[test]
fn what_is_too_far_too_long_or_cut_is_refused_and_told() {
    let far = [row(1_048_575, 0), cell(2, 16_383, 0, &[0; 4])].concat();
    let (state, _, notes) = read_all(&book(false, &sheet(&[], &far, &[]), &[]));
    assert_eq!((state, told(&notes)), (ReadState::Rejected, vec![("I08", "XFD1048576".to_owned())]));
    assert_eq!(notes[0].sheet, "МА 6");
    let bad = [
        [row(u32::MAX, 0), cell(2, u32::MAX, 0, &[0; 4])].concat(),
        [row(0, 0), record(2, &[0; 8])].concat(),
        [row(0, 0), record(5, &[0; 8])].concat(),
        [row(0, 0), cell(7, 0, 0, &words(&[2]))].concat(),
        [row(0, 0), cell(6, 0, 0, &words(&[u32::MAX - 1]))].concat(),
        [row(0, 0), vec![0x06, 0xFF, 0xFF, 0xFF, 0x7F]].concat(),
        [row(0, 0), vec![0x06, 0x20, 1]].concat(),
    ];
    let codes = bad.map(|rows| {
        let (state, sheets, notes) = read_all(&book(false, &sheet(&[], &rows, &[]), &[]));
        assert_eq!((state, sheets.len(), notes.len()), (ReadState::Rejected, 0, 1));
        notes[0].code.to_string()
    });
    assert_eq!(codes, ["I08", "I03", "I03", "I03", "I03", "I03", "I03"]);
    let (_, _, notes) = read_all(&book(false, &sheet(&[], &[], &[]), &[]));
    assert_eq!(told(&notes), [("I01", String::new())]);
    let limits = Limits { inflated_bytes: 500, ..Limits::default() };
    let noted = read(&limits, "ф.xlsb", &book(false, &full_sheet(), &[]), &mut |_| ());
    assert_eq!(told(&noted.notes), [("I09", String::new())]);
}

#[test]
fn every_damaged_workbook_gets_an_answer() {
    let whole = parts(false, &full_sheet(), &sheet(&[], &[], &[]));
    let (mut read_alike, mut refused) = (0, 0);
    for part in (0..whole.len()).filter(|part| whole[*part].0.ends_with(".bin")) {
        for place in (0..whole[part].1.len()).step_by(3) {
            for damage in [0xFF, 0x00, 0x80] {
                let mut parts = whole.clone();
                if damage == 0x80 {
                    parts[part].1.truncate(place);
                } else {
                    parts[part].1[place] = damage;
                }
                let (state, sheets, notes) = read_all(&package(&parts));
                assert!(!(sheets.is_empty() && notes.is_empty()), "{} {place}", parts[part].0);
                read_alike += u32::from(state == ReadState::Read);
                refused += u32::from(state == ReadState::Rejected);
            }
        }
    }
    assert!(read_alike > 100 && refused > 100, "{read_alike} {refused}");
}
