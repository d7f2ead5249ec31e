//! DOCX: the document that the analyst edits and signs, with live headings, contents, captions and lists.
//!
//! Our own writer on top of what `render` has for containers, one file per part. Of the existing crates docx-rs lacks
//! repeated header rows and alternative text; docx-rust lacks substitute fonts and titles of tables, and brings a
//! second zip.
//!
//! In: a report. Out: the bytes of a document.
//!
//! Invariants:
//! - Every part is well-formed, and the same report gives the same bytes
//!   (`every_part_is_well_formed_and_the_same_twice`).
//! - Text from the data stays text (`a_text_document_shows_every_string_and_obeys_none`).
//! - No number is computed here: there is no dependency on `measure` or `flag` (Cargo).

mod bar;
mod blank;
mod cell;
mod contents;
mod cover;
mod figure;
mod flow;
mod numbering;
mod package;
mod page;
mod running;
mod section;
mod settings;
mod styles;
mod table;
mod task_card;
mod text;
mod xml;

use flow::Flow;
use package::Part;
use srez_model::error::Result;
use srez_model::report::Report;
use srez_render::numbering::headings;
use srez_render::ooxml::properties::{self, Properties};
use xml::Xml;

/// A document as the bytes of its DOCX file; the same report gives the same bytes.
///
/// # Errors
/// Where the container cannot be packed.
pub fn render(report: &Report) -> Result<Vec<u8>> {
    let spaces = [
        settings::SPACE,
        ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
        ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
        ("xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
    ];
    let mut flow = Flow::new(Xml::of_words());
    flow.xml.open("w:document", &spaces);
    flow.xml.open("w:body", &[]);
    if report.kind.is_short() && report.sections.first().is_some_and(section::begins_wide) {
        flow.begin_turned();
    }
    cover::write(&mut flow, report);
    let headings = headings(&report.sections);
    for (place, (section, heading)) in report.sections.iter().zip(&headings).enumerate() {
        section::write(&mut flow, section, heading, place);
    }
    flow.end();
    flow.xml.close("w:body");
    flow.xml.close("w:document");
    let Flow { xml, lists_of_steps, pictures, .. } = flow;
    let subject = format!("{}. {}", report.subtitle, report.municipality);
    let of_file = Properties { title: &report.title, subject: &subject, centre: &report.centre, date: &report.date };
    let mut parts = vec![
        package::content_types(),
        package::root_relationships(),
        Part::new(package::DOCUMENT, xml.finish()),
        package::document_relationships(pictures.len()),
        package::theme(),
        styles::styles(),
        numbering::numbering(lists_of_steps),
        settings::settings(),
        settings::fonts(),
        properties::core(&of_file),
        properties::extended(&of_file),
    ];
    parts.extend(running::parts(report));
    parts.extend(package::pictures(&pictures));
    srez_render::ooxml::package::pack("DOCX", &parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::report::Section;
    use srez_testkit::office_sample as sample;
    use std::io::{Cursor, Read};

    fn parts(bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts = Vec::new();
        for place in 0..archive.len() {
            let mut file = archive.by_index(place).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            parts.push((file.name().unwrap().into_owned(), bytes));
        }
        parts
    }

    #[test]
    fn every_part_is_well_formed_and_the_same_twice() {
        let bytes = render(&sample::report()).unwrap();
        assert_eq!(bytes, render(&sample::report()).unwrap());
        for (name, bytes) in parts(bytes).into_iter().filter(|(name, _)| !name.ends_with(".png")) {
            let text = String::from_utf8(bytes).unwrap();
            let mut reader = quick_xml::Reader::from_str(&text);
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => panic!("{name}: {error}"),
                }
            }
            assert!(!text.contains(|sign: char| sign.is_control() && sign != '\n'), "{name}");
        }
    }

    #[test]
    fn the_document_is_live() {
        let parts = parts(render(&sample::report()).unwrap());
        let text = |path: &str| {
            let (_, bytes) = parts.iter().find(|(name, _)| name == path).unwrap();
            String::from_utf8(bytes.clone()).unwrap()
        };
        let document = text("word/document.xml");
        for wanted in [
            "<w:pStyle w:val=\"Heading1\"/>",
            "<w:pStyle w:val=\"Heading2\"/>",
            "<w:tblHeader/>",
            " TOC \\o &quot;1-1&quot;",
            " SEQ Таблица \\* ARABIC ",
            " SEQ Рисунок \\* ARABIC ",
            "descr=\"Доля отметок «2» — 21,2 %, в регионе 20,0 %\"",
            "w:orient=\"landscape\"",
            "Рассчитано программой.",
            "&lt;w:t&gt;]]&gt;&lt;/w:t&gt;",
        ] {
            assert!(document.contains(wanted), "{wanted}");
        }
        assert!(!document.contains("insideV"));
        assert!(text("word/styles.xml").contains("<w:lang w:val=\"ru-RU\""));
        assert!(text("word/footerPortrait.xml").contains(" NUMPAGES "));
        assert!(text("docProps/core.xml").contains("2026-06-05T00:00:00Z"));
    }

    /// What stands in the paragraphs of a style.
    fn printed(document: &str, style: &str) -> Vec<String> {
        let paragraphs = document.split("<w:p>").filter(|it| it.contains(&format!("<w:pStyle w:val=\"{style}\"/>")));
        let words = |paragraph: &str| -> String {
            let runs = paragraph.split("<w:t").skip(1).filter_map(|it| it.split_once('>')?.1.split_once("</w:t>"));
            runs.map(|(words, _)| words).collect()
        };
        paragraphs.map(words).collect()
    }

    #[test]
    fn a_block_of_a_part_has_headings_of_the_third_level() {
        let section = |title: &str, depth| Section {
            id: "",
            title: title.to_owned(),
            depth,
            new_page: false,
            annex: false,
            blocks: Vec::new(),
        };
        let sections = vec![section("8 класс", 1), section("Алгебра", 2), section("Задания", 3)];
        let parts = parts(render(&Report { sections, ..sample::report() }).unwrap());
        let text = |path: &str| {
            let (_, bytes) = parts.iter().find(|(name, _)| name == path).unwrap();
            String::from_utf8(bytes.clone()).unwrap()
        };
        let document = text("word/document.xml");
        let headings = ["Heading1", "Heading2", "Heading3"].map(|style| printed(&document, style));
        assert_eq!(headings, [["8\u{a0}класс"], ["Алгебра"], ["Задания"]]);
        let styles = text("word/styles.xml");
        let (_, style) = styles.split_once("w:styleId=\"Heading3\"").unwrap();
        assert!(style.split("</w:style>").next().unwrap().contains("<w:outlineLvl w:val=\"2\"/>"));
    }

    #[test]
    fn annexes_have_the_letters_of_every_format() {
        let annex = |n: usize| Section {
            id: "",
            title: format!("Таблица {n}"),
            depth: 1,
            new_page: false,
            annex: true,
            blocks: Vec::new(),
        };
        let report = Report { sections: (1..=12).map(annex).collect(), ..sample::report() };
        let parts = parts(render(&report).unwrap());
        let (_, document) = parts.into_iter().find(|(name, _)| name == "word/document.xml").unwrap();
        let document = String::from_utf8(document).unwrap();
        let titles: Vec<String> = headings(&report.sections).into_iter().map(|heading| heading.title).collect();
        assert_eq!(titles[7], "Приложение И. Таблица 8");
        assert_eq!(printed(&document, "Heading1"), titles);
        assert_eq!(document.matches("<w:numId w:val=\"0\"/>").count(), 12, "Word numbers no annex");
        assert_eq!(printed(&document, "TOC1"), titles);
    }
}
