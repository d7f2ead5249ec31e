//! The container: parts in a fixed order with a fixed time, so that the same report gives the same bytes.

use super::xml::Xml;
use srez_model::error::{Error, Result};
use srez_model::figure::Figure;
use std::io::{Cursor, Write};
use std::sync::Arc;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// A file of the container.
pub(super) struct Part {
    /// Path inside the container.
    pub(super) path: String,
    /// Content.
    pub(super) bytes: Vec<u8>,
}

/// Parts of the word folder that the document refers to: path, relationship id, kind of relationship and of content.
pub(super) const REFERRED: [(&str, &str, &str, &str); 9] = [
    ("styles.xml", "rIdStyles", "styles", "styles"),
    ("numbering.xml", "rIdNumbering", "numbering", "numbering"),
    ("settings.xml", "rIdSettings", "settings", "settings"),
    ("fontTable.xml", "rIdFonts", "fontTable", "fontTable"),
    ("headerPortrait.xml", "rIdHeaderPortrait", "header", "header"),
    ("headerLandscape.xml", "rIdHeaderLandscape", "header", "header"),
    ("headerCover.xml", "rIdHeaderCover", "header", "header"),
    ("footerPortrait.xml", "rIdFooterPortrait", "footer", "footer"),
    ("footerLandscape.xml", "rIdFooterLandscape", "footer", "footer"),
];

/// Relationship id of the picture with this place among the pictures.
pub(super) fn picture_id(place: usize) -> String {
    format!("rIdPicture{}", place + 1)
}

/// What the container holds.
pub(super) fn content_types() -> Part {
    let mut xml = Xml::new();
    xml.element("Types", &[("xmlns", &format!("{PACKAGE}/content-types"))], |xml| {
        let rels = "application/vnd.openxmlformats-package.relationships+xml";
        xml.empty("Default", &[("Extension", "rels"), ("ContentType", rels)]);
        xml.empty("Default", &[("Extension", "xml"), ("ContentType", "application/xml")]);
        xml.empty("Default", &[("Extension", "png"), ("ContentType", "image/png")]);
        let mut part = |path: &str, kind: &str| {
            xml.empty("Override", &[("PartName", path), ("ContentType", kind)]);
        };
        part("/word/document.xml", &format!("{WORD}.document.main+xml"));
        for (path, _, _, kind) in REFERRED {
            part(&format!("/word/{path}"), &format!("{WORD}.{kind}+xml"));
        }
        part(&format!("/word/{}", super::theme::PATH), "application/vnd.openxmlformats-officedocument.theme+xml");
        part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
        part("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml");
    });
    Part { path: "[Content_Types].xml".to_owned(), bytes: xml.finish() }
}

/// Where a reader of the container starts.
pub(super) fn root_relationships() -> Part {
    let core = format!("{PACKAGE}/relationships/metadata/core-properties");
    let targets = [
        ("rId1".to_owned(), format!("{OFFICE}/officeDocument"), "word/document.xml".to_owned()),
        ("rId2".to_owned(), core, "docProps/core.xml".to_owned()),
        ("rId3".to_owned(), format!("{OFFICE}/extended-properties"), "docProps/app.xml".to_owned()),
    ];
    relationships("_rels/.rels", &targets)
}

/// What the document refers to.
pub(super) fn document_relationships(pictures: usize) -> Part {
    let mut targets: Vec<_> = REFERRED
        .iter()
        .map(|(path, id, kind, _)| ((*id).to_owned(), format!("{OFFICE}/{kind}"), (*path).to_owned()))
        .collect();
    targets.push(("rIdTheme".to_owned(), format!("{OFFICE}/theme"), super::theme::PATH.to_owned()));
    for place in 0..pictures {
        targets.push((picture_id(place), format!("{OFFICE}/image"), format!("media/figure{}.png", place + 1)));
    }
    relationships("word/_rels/document.xml.rels", &targets)
}

fn relationships(path: &str, targets: &[(String, String, String)]) -> Part {
    let mut xml = Xml::new();
    xml.element("Relationships", &[("xmlns", &format!("{PACKAGE}/relationships"))], |xml| {
        for (id, kind, target) in targets {
            xml.empty("Relationship", &[("Id", id), ("Type", kind), ("Target", target)]);
        }
    });
    Part { path: path.to_owned(), bytes: xml.finish() }
}

/// The container as bytes.
///
/// # Errors
/// Where the container cannot be packed, which means that the report is beyond its size limits.
pub(super) fn pack(parts: &[Part], pictures: &[Arc<Figure>]) -> Result<Vec<u8>> {
    let failed = |error: &dyn std::fmt::Display| Error::run(format!("документ DOCX не собирается: {error}"));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for part in parts {
        writer.start_file(part.path.as_str(), packed).map_err(|error| failed(&error))?;
        writer.write_all(&part.bytes).map_err(|error| failed(&error))?;
    }
    let stored = packed.compression_method(CompressionMethod::Stored);
    for (place, figure) in pictures.iter().enumerate() {
        writer.start_file(format!("word/media/figure{}.png", place + 1), stored).map_err(|error| failed(&error))?;
        writer.write_all(&figure.png).map_err(|error| failed(&error))?;
    }
    Ok(writer.finish().map_err(|error| failed(&error))?.into_inner())
}
