//! Strings that try to be more than text, through every renderer: each is shown letter by letter and does nothing.

use calamine::{Data, Reader, Xlsx};
use srez_model::data_table::{ColumnType, DataColumn, DataTable, Value};
use srez_model::report::Report;
use srez_testkit::injection::report_of;
use srez_testkit::sample::hostile::{hostile_strings, literal};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// The same report with a harmless word in place of each string.
fn harmless(strings: &[String]) -> Report {
    report_of(&vec!["слово".to_owned(); strings.len()])
}

fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for place in 0..archive.len() {
        let mut member = archive.by_index(place).unwrap();
        let mut inside = Vec::new();
        member.read_to_end(&mut inside).unwrap();
        parts.insert(member.name().unwrap().into_owned(), String::from_utf8_lossy(&inside).into_owned());
    }
    parts
}

/// Text between tags, entities resolved by the parser; a fault of the markup fails.
fn text_of(name: &str, xml: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut text = String::new();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
            quick_xml::events::Event::Eof => return text,
            quick_xml::events::Event::Text(piece) => text.push_str(&piece),
            quick_xml::events::Event::GeneralRef(entity) => text.push_str(match &*entity {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                "apos" => "'",
                other => panic!("{name}: entity {other}"),
            }),
            _ => {}
        }
    }
}

/// Names of tags and how often each is opened.
fn tags(markup: &str) -> BTreeMap<String, usize> {
    let mut tags = BTreeMap::new();
    for after in markup.split('<').skip(1) {
        let name: String =
            after.chars().take_while(|sign| !sign.is_whitespace() && !matches!(sign, '>' | '/')).collect();
        *tags.entry(name).or_default() += 1;
    }
    tags
}

#[test]
fn the_list_is_long_and_has_no_doubles() {
    let strings = hostile_strings();
    let unique: std::collections::BTreeSet<&String> = strings.iter().collect();
    assert!(unique.len() > 500 && unique.len() == strings.len(), "{}", strings.len());
}

#[test]
fn a_text_document_shows_every_string_and_obeys_none() {
    let strings = hostile_strings();
    let parts_of = |report: &Report| parts(&srez_docx::render(report).unwrap());
    let (hostile, plain) = (parts_of(&report_of(&strings)), parts_of(&harmless(&strings)));
    assert_eq!(hostile.keys().collect::<Vec<_>>(), plain.keys().collect::<Vec<_>>());
    for (name, xml) in hostile.iter().filter(|(name, _)| name.ends_with(".xml") || name.ends_with(".rels")) {
        text_of(name, xml);
        let fields = |xml: &str| xml.matches("<w:instrText").count() + xml.matches("<w:fldSimple").count();
        assert_eq!(fields(xml), fields(&plain[name]), "{name}: a text became a field");
        assert!(!xml.contains("TargetMode=\"External\""), "{name} leads outside");
    }
    let shown = literal(&text_of("document", &hostile["word/document.xml"]));
    for text in &strings {
        assert!(shown.contains(&literal(text)), "{text:?} is not shown");
    }
}

#[test]
fn a_workbook_holds_every_string_as_text() {
    let strings = hostile_strings();
    let bytes = srez_xlsx::render(&report_of(&strings)).unwrap();
    let plain = parts(&srez_xlsx::render(&harmless(&strings)).unwrap());
    for (name, xml) in parts(&bytes).iter().filter(|(name, _)| name.ends_with(".xml") || name.ends_with(".rels")) {
        text_of(name, xml);
        assert!(!xml.contains("TargetMode=\"External\""), "{name} leads outside");
        let plain = plain.get(name).unwrap_or_else(|| panic!("{name} is new"));
        assert_eq!(xml.matches("<f>").count(), plain.matches("<f>").count(), "{name}: a text became a formula");
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let mut held = std::collections::BTreeSet::new();
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).unwrap();
        held.extend(range.used_cells().filter_map(|(_, _, cell)| match cell {
            Data::String(text) => Some(literal(text)),
            _ => None,
        }));
    }
    for text in strings.iter().filter(|text| !literal(text).is_empty()) {
        assert!(held.contains(&literal(text)), "{text:?} is in no cell");
    }
}

#[test]
fn a_page_shows_every_string_and_obeys_none() {
    let strings = hostile_strings();
    let (page, plain) = (srez_html::render(&report_of(&strings), &[]), srez_html::render(&harmless(&strings), &[]));
    assert_eq!(tags(&page), tags(&plain), "a text became a tag");
    let text = page.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    let text =
        ["&#34;", "&#60;", "&#62;"].iter().zip(["\"", "<", ">"]).fold(text, |text, (from, to)| text.replace(from, to));
    let shown = literal(&text.replace("&#38;", "&").replace("&amp;", "&"));
    for text in strings.iter().filter(|text| !text.contains('&')) {
        assert!(shown.contains(&literal(text)), "{text:?} is not shown");
    }
}

#[test]
fn a_table_of_data_starts_no_formula() {
    const COLUMNS: &[DataColumn] =
        &[DataColumn { name: "group", label: "", kind: ColumnType::Text, unit: "", decimals: 0, missing: "" }];
    let strings = hostile_strings();
    let rows = strings.iter().map(|text| vec![Value::Text(text.clone())]).collect();
    let bytes = srez_render::csv::render(&DataTable { name: "strings", columns: COLUMNS.to_vec(), rows });
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes.as_slice());
    let cells: Vec<String> =
        reader.records().map(|record| record.unwrap().get(0).unwrap_or_default().to_owned()).collect();
    assert_eq!(cells.len(), strings.len());
    for (cell, text) in cells.iter().zip(&strings) {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']), "{cell:?}");
        assert!(cell.ends_with(text.replace('\0', "").as_str()), "{text:?} became {cell:?}");
    }
}
