//! The contents: a live field whose entries already stand, so that it is not empty before Word works it out anew.
//!
//! Entries lead to their headings; page numbers come when the field is updated, for only Word knows its pages and a
//! wrong number would be worse than none.

use super::text::{Look, field_end, field_start, paragraph, run, tab};
use super::xml::Xml;
use srez_model::report::{Report, Section};

/// Letters by which Word counts annexes.
const LETTERS: [char; 28] = [
    'А', 'Б', 'В', 'Г', 'Д', 'Е', 'Ж', 'З', 'И', 'К', 'Л', 'М', 'Н', 'О', 'П', 'Р', 'С', 'Т', 'У', 'Ф', 'Х', 'Ц', 'Ч',
    'Ш', 'Щ', 'Э', 'Ю', 'Я',
];

/// Name of the bookmark around a heading.
pub(super) fn bookmark(place: usize) -> String {
    format!("_Toc{:08}", place + 1)
}

/// Writes the contents; nothing for a document of fewer than two sections.
pub(super) fn write(xml: &mut Xml, report: &Report) {
    let entries = entries(report);
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
            for (place, (section, label)) in entries.iter().enumerate() {
                paragraph(xml, "TOC1", |xml| {
                    if place == 0 {
                        field_start(xml, "TOC \\o \"1-1\" \\h \\z", Look::default(), true);
                    }
                    entry(xml, label, &report.sections, *section);
                    if place + 1 == entries.len() {
                        field_end(xml, Look::default());
                    }
                });
            }
        });
    });
}

fn entry(xml: &mut Xml, label: &str, sections: &[Section], place: usize) {
    let mark = bookmark(place);
    xml.element("w:hyperlink", &[("w:anchor", &mark), ("w:history", "1")], |xml| {
        run(xml, label);
        if label.starts_with("Приложение") {
            run(xml, " ");
        } else {
            tab(xml);
        }
        run(xml, sections.get(place).map_or("", |section| section.title.as_str()));
    });
}

/// Places of the sections that the contents list, with their numbers or letters.
fn entries(report: &Report) -> Vec<(usize, String)> {
    let (mut number, mut letter) = (0_usize, 0_usize);
    let mut entries = Vec::new();
    for (place, section) in report.sections.iter().enumerate().filter(|(_, section)| section.depth <= 1) {
        let label = if section.annex {
            letter += 1;
            format!("Приложение\u{a0}{}.", LETTERS.get(letter - 1).copied().unwrap_or('…'))
        } else {
            number += 1;
            number.to_string()
        };
        entries.push((place, label));
    }
    entries
}
