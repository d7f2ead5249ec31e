//! Running head and foot: a torn-out page still says what it is.

use super::package::Part;
use super::page::{LANDSCAPE, PORTRAIT, Page};
use super::settings::SPACE;
use super::text::{Look, field, paragraph_with, run, tab};
use super::xml::{Xml, hex};
use srez_model::report::Report;
use srez_render::office::RULE;

/// Heads and feet for both ways a page can lie, and the empty head of the cover.
pub(super) fn parts(report: &Report) -> Vec<Part> {
    let mut cover = Xml::of_words();
    cover.element("w:hdr", &[SPACE], |xml| paragraph_with(xml, "Header", |_| {}, |_| {}));
    vec![
        Part { path: "word/headerPortrait.xml".to_owned(), bytes: head(report, &PORTRAIT) },
        Part { path: "word/headerLandscape.xml".to_owned(), bytes: head(report, &LANDSCAPE) },
        Part { path: "word/headerCover.xml".to_owned(), bytes: cover.finish() },
        Part { path: "word/footerPortrait.xml".to_owned(), bytes: foot(report, &PORTRAIT) },
        Part { path: "word/footerLandscape.xml".to_owned(), bytes: foot(report, &LANDSCAPE) },
    ]
}

fn head(report: &Report, page: &Page) -> Vec<u8> {
    let mut xml = Xml::of_words();
    let properties = |xml: &mut Xml| {
        xml.element("w:pBdr", &[], |xml| {
            let colour = hex(RULE);
            xml.empty("w:bottom", &[("w:val", "single"), ("w:sz", "4"), ("w:space", "5"), ("w:color", &colour)]);
        });
        right_edge(xml, page);
    };
    xml.element("w:hdr", &[SPACE], |xml| {
        paragraph_with(xml, "Header", properties, |xml| {
            run(xml, &report.running_head);
            tab(xml);
            run(xml, &report.municipality);
        });
    });
    xml.finish()
}

fn foot(report: &Report, page: &Page) -> Vec<u8> {
    let mut xml = Xml::of_words();
    xml.element("w:ftr", &[SPACE], |xml| {
        paragraph_with(
            xml,
            "Footer",
            |xml| right_edge(xml, page),
            |xml| {
                run(xml, &report.footer);
                tab(xml);
                field(xml, "PAGE", "1", Look::default());
                run(xml, " из\u{a0}");
                field(xml, "NUMPAGES", "1", Look::default());
            },
        );
    });
    xml.finish()
}

fn right_edge(xml: &mut Xml, page: &Page) {
    xml.element("w:tabs", &[], |xml| {
        xml.empty("w:tab", &[("w:val", "right"), ("w:pos", &page.text_width().to_string())]);
    });
}
