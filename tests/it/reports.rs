//! Documents of the demo: containers are whole, every character can be drawn, numbers are those of the tables.

use crate::trial::{Row, demo, has_documents};
use quick_xml::events::Event;
use srez_model::assessment::ExamKey;
use srez_model::report::{Block, DocumentKind, Report, Section, Text};
use srez_model::unit::{MeanScore, Percent};
use srez_testkit::sources::files_below;
use srez_wording::number;
use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

/// The municipality that the documents of the demo are about.
const HOME: &str = "Северная Долина";

/// Documents of the demo with one of the extensions.
fn documents(extensions: &[&str]) -> Vec<String> {
    let paths = files_below(&demo().0.period());
    let wanted = |path: &String| extensions.iter().any(|extension| path.ends_with(extension));
    let documents: Vec<String> = paths.into_iter().filter(wanted).collect();
    assert!(documents.len() > 5);
    documents
}

pub(crate) fn bytes(path: &str) -> Vec<u8> {
    std::fs::read(demo().0.period().join(path)).unwrap()
}

/// The folder with the analysis of an exam: all its grades and papers stand in one.
pub(crate) fn folder_of(exam: &str) -> String {
    let ExamKey { procedure, year, subject, .. } = exam.parse().unwrap();
    format!("subjects/{}-{year}-{subject}", procedure.id())
}

/// XML parts of a container.
pub(crate) fn parts(path: &str) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes(path))).unwrap();
    let mut parts = Vec::new();
    for place in 0..archive.len() {
        let mut member = archive.by_index(place).unwrap();
        let name = member.name().unwrap().into_owned();
        let mut inside = Vec::new();
        member.read_to_end(&mut inside).unwrap_or_else(|error| panic!("{path} {name}: {error}"));
        if name.ends_with(".xml") || name.ends_with(".rels") {
            parts.push((name, String::from_utf8(inside).unwrap()));
        }
    }
    parts
}

/// Texts between the tags; a fault of the XML fails.
pub(crate) fn texts(name: &str, xml: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let (mut texts, mut depth) = (vec![String::new()], 0);
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
            Event::Eof => break,
            Event::Start(_) => {
                depth += 1;
                texts.push(String::new());
            }
            Event::End(_) => {
                depth -= 1;
                texts.push(String::new());
            }
            Event::Text(text) => texts.last_mut().unwrap().push_str(&text),
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{name} breaks off");
    texts.retain(|text| !text.trim().is_empty());
    texts
}

/// Texts of a page without style, script and drawings.
fn page(path: &str) -> Vec<String> {
    let mut html = String::from_utf8(bytes(path)).unwrap();
    for tag in ["script", "style", "svg"] {
        while let Some(from) = html.find(&format!("<{tag}")) {
            let end = format!("</{tag}>");
            let to = html[from..].find(&end).unwrap_or_else(|| panic!("{path}: <{tag}> is left open"));
            html.replace_range(from..from + to + end.len(), "");
        }
    }
    let after_tags = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    after_tags.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

#[test]
fn containers_are_whole_and_their_xml_is_well_formed() {
    for path in documents(&[".docx", ".pptx", ".xlsx"]) {
        let parts = parts(&path);
        let main = match path.rsplit('.').next().unwrap() {
            "docx" => "word/document.xml",
            "pptx" => "ppt/presentation.xml",
            _ => "xl/workbook.xml",
        };
        for needed in [main, "[Content_Types].xml", "_rels/.rels"] {
            assert!(parts.iter().any(|(name, _)| name == needed), "{path} lacks {needed}");
        }
        for (name, xml) in parts {
            texts(&format!("{path} {name}"), &xml);
        }
    }
}

#[test]
fn pages_are_closed_and_need_no_network() {
    for path in documents(&[".html"]) {
        let html = String::from_utf8(bytes(&path)).unwrap();
        assert!(html.trim_end().ends_with("</html>"), "{path} breaks off");
        for wrong in ["src=\"http", "href=\"http", "@import", "url(http"] {
            assert!(!html.contains(wrong), "{path}: {wrong}");
        }
        let folder = Path::new(&path).parent().unwrap();
        for link in html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            if file.starts_with("data:") {
                continue;
            }
            let target = demo().0.period().join(folder).join(file);
            assert!(file.is_empty() || target.exists(), "{path} leads to {link}");
            if !anchor.is_empty() {
                let read = || String::from_utf8(std::fs::read(&target).unwrap()).unwrap();
                let page = if file.is_empty() { html.clone() } else { read() };
                assert!(page.contains(&format!(" id=\"{anchor}\"")), "{path} leads to {link}");
            }
        }
    }
}

#[test]
fn every_character_of_every_document_can_be_drawn() {
    let mut characters: BTreeSet<char> = BTreeSet::new();
    for path in documents(&[".docx"]) {
        for (name, xml) in parts(&path) {
            characters.extend(texts(&name, &xml).iter().flat_map(|text| text.chars()));
        }
    }
    assert!(characters.len() > 100);
    let text = characters.into_iter().collect::<String>();
    let section = Section {
        id: "",
        title: String::new(),
        depth: 1,
        new_page: false,
        annex: false,
        blocks: vec![Block::Paragraph(Text::plain(text))],
    };
    let report = Report {
        kind: DocumentKind::SubjectAnalysis,
        title: String::new(),
        subtitle: String::new(),
        centre: String::new(),
        style: std::sync::Arc::default(),
        municipality: String::new(),
        date: String::new(),
        running_head: String::new(),
        footer: String::new(),
        key_figures: Vec::new(),
        passport: Vec::new(),
        sections: vec![section],
    };
    assert_eq!(srez_pdf::missing_glyphs(&report), BTreeSet::new());
}

/// Rows of a table about the home municipality.
fn at_home(table: &str) -> Vec<Row> {
    let rows = demo().0.table(table);
    rows.into_iter().filter(|row| row["level"] == "municipality" && row["group"] == HOME).collect()
}

pub(crate) fn integer(row: &Row, column: &str) -> u64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?}"))
}

pub(crate) fn real(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?}"))
}

pub(crate) fn marked(row: &Row) -> u64 {
    ["n2", "n3", "n4", "n5"].iter().map(|column| integer(row, column)).sum()
}

/// Share of a mark among those with a mark.
pub(crate) fn share(row: &Row, column: &str) -> Percent {
    Percent(100.0 * integer(row, column) as f64 / marked(row) as f64)
}

#[test]
fn the_start_page_tells_the_numbers_of_the_tables() {
    let mut expected: Vec<String> = at_home("marks")
        .iter()
        .filter(|row| !row["n2"].is_empty() && has_documents(row))
        .map(|row| {
            format!(
                "«2» — {}, «4» и «5» — {}",
                number::percent(share(row, "n2"), marked(row)),
                number::percent(Percent(real(row, "quality_pct")), marked(row)),
            )
        })
        .collect();
    expected.extend(at_home("bands").iter().map(|row| {
        let mean = number::test_score(MeanScore(real(row, "mean_test")));
        let below = number::percent(Percent(real(row, "below_min_pct")), integer(row, "n"));
        format!("средний балл {mean}, ниже минимума {below}")
    }));
    let page = page("index.html");
    let mut printed: Vec<String> =
        page.iter().filter(|text| text.starts_with("«2» — ") || text.starts_with("средний балл ")).cloned().collect();
    for row in at_home("marks") {
        let n = number::count(integer(&row, "n"));
        assert!(page.contains(&n), "{n} participants of {} stand on the page", row["exam"]);
    }
    expected.sort();
    printed.sort();
    assert_eq!(printed, expected);
}

#[test]
fn analyses_tell_the_numbers_of_the_tables() {
    let mut compared = 0;
    for row in at_home("marks").iter().filter(|row| !row["n2"].is_empty() && has_documents(row)) {
        let exam = row["exam"].as_str();
        let marked = marked(row);
        let mut cells = vec![HOME.to_owned(), number::count(integer(row, "n"))];
        cells.extend(["n2", "n3", "n4", "n5"].map(|column| number::share(share(row, column), marked)));
        cells.push(number::decimal(real(row, "mean_mark"), 2));
        cells.extend(["pass_pct", "quality_pct"].map(|column| number::share(Percent(real(row, column)), marked)));
        let folder = folder_of(exam);
        let (_, document) = parts(&format!("{folder}/analysis.docx"))
            .into_iter()
            .find(|(name, _)| name == "word/document.xml")
            .unwrap();
        for texts in [page(&format!("{folder}/analysis.html")), texts(exam, &document)] {
            assert!(texts.windows(cells.len()).any(|window| window == cells), "{exam}: no row {cells:?}");
            compared += cells.len();
        }
    }
    assert!(compared > 100, "only {compared} cells");
}
