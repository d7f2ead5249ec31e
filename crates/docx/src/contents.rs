//! The contents: a live field whose entries already stand, so that it is not empty before Word works it out anew.
//!
//! Entries lead to their headings; page numbers come when the field is updated, for only Word knows its pages and a
//! wrong number would be worse than none.

use super::text::{Look, field_end, field_start, paragraph, run, tab};
use super::xml::Xml;
use srez_model::report::Report;
use srez_render::numbering::{Heading, headings};

/// Name of the bookmark around a heading.
pub(super) fn bookmark(place: usize) -> String {
    format!("_Toc{:08}", place + 1)
}

/// Writes the contents; nothing for a document of fewer than two sections.
pub(super) fn write(xml: &mut Xml, report: &Report) {
    let headings = headings(&report.sections);
    let sections = report.sections.iter().zip(&headings).enumerate();
    let entries: Vec<(usize, &Heading)> =
        sections.filter(|(_, (section, _))| section.depth <= 1).map(|(place, (_, heading))| (place, heading)).collect();
    if entries.len() < 2 {
        return;
    }
    xml.element("w:sdt", &[], |xml| {
        xml.element("w:sdtPr", &[], |xml| {
            xml.element("w:docPartObj", &[], |xml| {
                xml.value("w:docPartGallery", "Table of Contents");
                xml.empty("w:docPartUnique", &[]);
            });
        });
        xml.element("w:sdtContent", &[], |xml| {
            paragraph(xml, "TOCHeading", |xml| run(xml, "Содержание"));
            for (line, (place, heading)) in entries.iter().enumerate() {
                paragraph(xml, "TOC1", |xml| {
                    if line == 0 {
                        field_start(xml, "TOC \\o \"1-1\" \\h \\z", Look::default(), true);
                    }
                    entry(xml, heading, *place);
                    if line + 1 == entries.len() {
                        field_end(xml, Look::default());
                    }
                });
            }
        });
    });
}

fn entry(xml: &mut Xml, heading: &Heading, place: usize) {
    let mark = bookmark(place);
    xml.element("w:hyperlink", &[("w:anchor", &mark), ("w:history", "1")], |xml| {
        if !heading.number.is_empty() {
            run(xml, &heading.number);
            tab(xml);
        }
        run(xml, &heading.title);
    });
}
