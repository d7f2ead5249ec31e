//! Properties of the file: title, who made it, language, and the date of the report (never the clock).

use super::{Part, Xml};
use srez_wording::date;

/// What a file says of itself.
#[derive(Clone, Copy, Debug)]
pub struct Properties<'a> {
    pub title: &'a str,
    /// What it is about.
    pub subject: &'a str,
    /// Who issues it.
    pub centre: &'a str,
    /// Date as printed, `05.06.2026`.
    pub date: &'a str,
}

const CORE: &str = "docProps/core.xml";
const EXTENDED: &str = "docProps/app.xml";

/// Paths of the two parts with the kinds of their content.
pub fn kinds() -> [(String, String); 2] {
    [
        (format!("/{CORE}"), "application/vnd.openxmlformats-package.core-properties+xml".to_owned()),
        (format!("/{EXTENDED}"), "application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned()),
    ]
}

/// Title, author, language, date.
pub fn core(of: &Properties<'_>) -> Part {
    let mut xml = Xml::of_drawings();
    let spaces = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    xml.element("cp:coreProperties", &spaces, |xml| {
        xml.element("dc:title", &[], |xml| xml.text(of.title));
        xml.element("dc:subject", &[], |xml| xml.text(of.subject));
        xml.element("dc:creator", &[], |xml| xml.text(of.centre));
        xml.element("dc:language", &[], |xml| xml.text("ru-RU"));
        if let Some(day) = date::from_short(of.date) {
            let stamp = format!("{day}T00:00:00Z");
            for name in ["dcterms:created", "dcterms:modified"] {
                xml.element(name, &[("xsi:type", "dcterms:W3CDTF")], |xml| xml.text(&stamp));
            }
        }
    });
    Part::new(CORE, xml.finish())
}

/// Which program wrote the file and for whom.
pub fn extended(of: &Properties<'_>) -> Part {
    let mut xml = Xml::of_drawings();
    let space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    xml.element("Properties", &[("xmlns", space)], |xml| {
        xml.element("Application", &[], |xml| xml.text("srez"));
        xml.element("Company", &[], |xml| xml.text(of.centre));
    });
    Part::new(EXTENDED, xml.finish())
}
