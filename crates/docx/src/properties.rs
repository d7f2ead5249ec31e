//! Properties of the file: title, who made it, language, and the date of the report (never the clock).

use super::package::Part;
use super::xml::Xml;
use srez_model::report::Report;
use srez_wording::date;

/// Title, author, language, date.
pub(super) fn core(report: &Report) -> Part {
    let mut xml = Xml::new();
    let spaces = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    xml.element("cp:coreProperties", &spaces, |xml| {
        xml.element("dc:title", &[], |xml| xml.text(&report.title));
        xml.element("dc:subject", &[], |xml| xml.text(&format!("{}. {}", report.subtitle, report.municipality)));
        xml.element("dc:creator", &[], |xml| xml.text(&report.centre));
        xml.element("dc:language", &[], |xml| xml.text("ru-RU"));
        if let Some(day) = date::from_short(&report.date) {
            let stamp = format!("{day}T00:00:00Z");
            for name in ["dcterms:created", "dcterms:modified"] {
                xml.element(name, &[("xsi:type", "dcterms:W3CDTF")], |xml| xml.text(&stamp));
            }
        }
    });
    Part { path: "docProps/core.xml".to_owned(), bytes: xml.finish() }
}

/// Which program wrote the file and for whom.
pub(super) fn extended(report: &Report) -> Part {
    let mut xml = Xml::new();
    let space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    xml.element("Properties", &[("xmlns", space)], |xml| {
        xml.element("Application", &[], |xml| xml.text("srez"));
        xml.element("Company", &[], |xml| xml.text(&report.centre));
    });
    Part { path: "docProps/app.xml".to_owned(), bytes: xml.finish() }
}
