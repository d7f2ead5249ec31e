use super::{FileKind, Limits, Opening, ReadOutcome, ReadState, is_system_file, read, unpack};
use srez_model::note::Noted;
use srez_model::personal::KnownWords;
use srez_model::raw_sheet::{RawCell, RawSheet};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const RELS: &str = "<Relationships><Relationship Id=\"rId1\" Type=\"http://x/worksheet\" \
    Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"http://x/worksheet\" \
    Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>";
const PACKAGE_RELS: &str = "<Relationships><Relationship Id=\"rId1\" \
    Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
    Target=\"xl/workbook.xml\"/></Relationships>";

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn workbook(rows: &str, strings: &str) -> Vec<u8> {
    let sheet = |rows: &str| format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    package(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", PACKAGE_RELS),
        ("xl/_rels/workbook.xml.rels", RELS),
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name=\"Результаты &amp; итоги\" sheetId=\"1\" r:id=\"rId1\"/>\
             <sheet name=\"МА (старое)\" state=\"veryHidden\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>",
        ),
        ("xl/sharedStrings.xml", strings),
        (
            "xl/styles.xml",
            "<styleSheet><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"dd.mm.yyyy\"/></numFmts>\
             <cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>",
        ),
        ("xl/worksheets/sheet1.xml", &sheet(rows)),
        ("xl/worksheets/sheet2.xml", &sheet("<row r=\"1\"><c r=\"A1\"><v>2</v></c></row>")),
    ])
}

fn read_all(name: &str, bytes: &[u8]) -> (Noted<ReadOutcome>, Vec<RawSheet>) {
    let mut sheets = Vec::new();
    let noted = read(&Limits::default(), name, bytes, &mut |sheet| sheets.push(sheet));
    (noted, sheets)
}

fn codes(noted: &Noted<ReadOutcome>) -> Vec<&str> {
    noted.notes.iter().map(|note| note.code.as_str()).collect()
}

const STRINGS: &str =
    "<sst count=\"2\" uniqueCount=\"2\"><si><t>Класс</t></si><si><t xml:space=\"preserve\"> 5 А</t></si></sst>";
const ROWS: &str = "<row r=\"3\"><c r=\"B3\" t=\"s\"><v>0</v></c><c r=\"C3\" s=\"1\"><v>46127</v></c></row>\
    <row r=\"5\"><c r=\"B5\" t=\"s\"><v>1</v></c><c r=\"C5\"><f>SUM(A1:A2)</f></c><c r=\"D5\" t=\"e\"><v>#N/A</v></c>\
    <c r=\"E5\"><v>2.5</v></c></row>";

#[test]
fn a_workbook_is_read_alike_by_the_scanner_and_by_calamine() {
    let (noted, sheets) = read_all("ф.xlsx", &workbook(ROWS, STRINGS));
    assert_eq!((noted.value.state, noted.value.sheets, codes(&noted)), (ReadState::Read, 2, vec![]));
    let first = &sheets[0];
    assert_eq!((first.name.as_str(), first.hidden, first.width, first.height()), ("Результаты & итоги", false, 5, 5));
    assert_eq!((first.text(2, 1), first.cell(2, 2)), ("Класс".to_owned(), RawCell::Date(46_127.0)));
    assert_eq!((first.text(4, 1), first.cell(4, 2)), (" 5 А".to_owned(), RawCell::FormulaWithoutValue));
    assert_eq!((first.cell(4, 3), first.cell(4, 4)), (RawCell::Error, RawCell::Number(2.5)));
    assert!(sheets[1].hidden);
    let with_comment = ROWS.replacen("<row", "<!-- by hand --><row", 1);
    let (_, by_calamine) = read_all("ф.xlsx", &workbook(&with_comment, STRINGS));
    assert_eq!(by_calamine, sheets);
}

#[test]
fn sheets_before_an_unusual_one_are_not_handed_on_twice() {
    let second = "<worksheet><sheetData><!-- --><row r=\"1\"><c r=\"A1\"><v>2</v></c></row></sheetData></worksheet>";
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook(ROWS, STRINGS))).unwrap();
    let mut parts = Vec::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut file, &mut text).unwrap();
        parts.push((name.clone(), if name.ends_with("sheet2.xml") { second.to_owned() } else { text }));
    }
    let parts: Vec<_> = parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let (noted, sheets) = read_all("ф.xlsx", &package(&parts));
    assert_eq!((noted.value.sheets, sheets[1].name.as_str()), (2, "МА (старое)"));
}

#[test]
fn bombs_are_refused_before_memory_is_taken() {
    let corners =
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    let (noted, _) = read_all("ф.xlsx", &workbook(corners, STRINGS));
    assert_eq!((codes(&noted), noted.notes[0].cell().as_str()), (vec!["I08"], "XFD1048576"));
    assert_eq!(noted.notes[0].sheet, "Результаты & итоги");
    let strings = STRINGS.replace("uniqueCount=\"2\"", "uniqueCount=\"10000000000\"");
    let (noted, _) = read_all("ф.xlsx", &workbook(ROWS, &strings));
    assert_eq!(codes(&noted), ["I09"], "the scanner would reserve nothing, yet the file lies");
    let (noted, _) = read_all("ф.xlsx", &workbook(&ROWS.replacen("<row", "<!-- --><row", 1), &strings));
    assert_eq!(codes(&noted), ["I09"], "calamine would reserve it");
    let limits = Limits { inflated_bytes: 500, ..Limits::default() };
    let noted = read(&limits, "ф.xlsx", &workbook(ROWS, STRINGS), &mut |_| ());
    assert_eq!(codes(&noted), ["I09"]);
}

#[test]
fn every_bad_file_is_rejected_with_one_note_that_says_why() {
    let book = workbook(ROWS, STRINGS);
    let word = package(&[("[Content_Types].xml", ""), ("word/document.xml", "")]);
    let damaged = {
        let mut bytes = book.clone();
        let middle = bytes.len() / 2;
        bytes[middle - 200..middle + 200].fill(0x55);
        bytes
    };
    let cases: [(&str, &[u8], &str); 8] = [
        ("ф.xlsx", b"", "I01"),
        ("ф.xlsx", &book[..book.len() / 2], "I03"),
        ("ф.xlsx", &damaged, "I03"),
        ("ф.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 cut", "I03"),
        ("ф.csv", b"\x00\x01\x02\x03\x04\x05\x06\x07\x08", "I04"),
        ("ф.xls", b"<html><p>text</p></html>", "I05"),
        ("ф.xlsx", &word, "I05"),
        ("ф.pdf", b"%PDF-1.4", "I05"),
    ];
    for (name, bytes, code) in cases {
        let (noted, _) = read_all(name, bytes);
        assert_eq!(codes(&noted), [code], "{name}");
        assert_ne!(noted.value.state, ReadState::Read, "{name}");
        assert!(!noted.notes[0].hint.is_empty());
    }
    let limits = Limits { file_bytes: 10, ..Limits::default() };
    assert_eq!(codes(&read(&limits, "ф.xlsx", &book, &mut |_| ())), ["I07"]);
}

#[test]
fn names_only_warn_and_system_files_are_skipped() {
    let (noted, sheets) = read_all("папка/ф.xls", "а;б\n1;2\n".as_bytes());
    assert_eq!((noted.value.kind, codes(&noted), sheets.len()), (FileKind::Text, vec!["I06"], 1));
    let (noted, _) = read_all("папка/~$ф.xlsx", b"lock");
    assert_eq!((noted.value.state, noted.notes.len()), (ReadState::Skipped, 0));
    assert!(
        ["a/.DS_Store", "Thumbs.db", "x.TMP", "b.crdownload", "desktop.ini", "a.zip/__MACOSX/x.xlsx"]
            .iter()
            .all(|name| is_system_file(name))
    );
    assert!(!is_system_file("часть.xlsx"));
}

#[test]
fn an_archive_is_a_folder_and_a_workbook_is_not_an_archive() {
    let book = workbook(ROWS, STRINGS);
    let mut seen = Vec::new();
    let opening = Opening { limits: &Limits::default(), known: &KnownWords::default() };
    let noted = unpack(opening, "ф.xlsx", &book, &mut |name, _| seen.push(name.to_owned()));
    assert!(noted.value && noted.notes.is_empty());
    let archive = package(&[("5А.csv", "а;б\n"), ("../x.csv", "а")]);
    let noted = unpack(opening, "сдача.zip", &archive, &mut |name, _| seen.push(name.to_owned()));
    assert_eq!(seen, ["ф.xlsx", "сдача.zip/5А.csv"]);
    assert_eq!((noted.value, noted.notes[0].code.as_str()), (true, "I13"));
    let names = super::members(opening, "сдача.zip", &package(&[("б.csv", "1"), ("а.csv", "2")]));
    assert_eq!(names, ["сдача.zip/а.csv", "сдача.zip/б.csv"]);
    assert_eq!(super::members(opening, "ф.xlsx", &book), [""; 0]);
    let (noted, _) = read_all("сдача.zip/внутри.zip", &archive);
    assert_eq!(codes(&noted), ["I13"]);
}
