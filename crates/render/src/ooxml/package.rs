//! The container: parts in a fixed order with a fixed time, so that the same document gives the same bytes.

use super::Xml;
use srez_model::error::{Error, Result};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// Name space of the relationships of office documents; kinds of relationships begin with it.
pub const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Kind of content of a part of relationships.
pub const RELATIONSHIPS: &str = "application/vnd.openxmlformats-package.relationships+xml";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// A file of the container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Path inside the container.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}

impl Part {
    /// A part of that path.
    pub fn new(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self { path: path.into(), bytes }
    }
}

/// A relationship: id, kind below [`OFFICE`], target as seen from the folder of the part that has it.
pub type Relationship = (String, &'static str, String);

/// What the container holds: kinds of content by extension and by path.
pub fn content_types(by_extension: &[(&str, &str)], by_path: &[(String, String)]) -> Part {
    let mut xml = Xml::of_drawings();
    xml.element("Types", &[("xmlns", &format!("{PACKAGE}/content-types"))], |xml| {
        for (extension, kind) in by_extension {
            xml.empty("Default", &[("Extension", extension), ("ContentType", kind)]);
        }
        for (path, kind) in by_path {
            xml.empty("Override", &[("PartName", path), ("ContentType", kind)]);
        }
    });
    Part::new("[Content_Types].xml", xml.finish())
}

/// Where a reader of the container starts.
pub fn root_relationships(document: &str) -> Part {
    let core = format!("{PACKAGE}/relationships/metadata/core-properties");
    let targets = [
        ("rId1".to_owned(), format!("{OFFICE}/officeDocument"), document.to_owned()),
        ("rId2".to_owned(), core, "docProps/core.xml".to_owned()),
        ("rId3".to_owned(), format!("{OFFICE}/extended-properties"), "docProps/app.xml".to_owned()),
    ];
    written("_rels/.rels".to_owned(), &targets)
}

/// What the part of that path refers to.
pub fn relationships(path: &str, targets: &[Relationship]) -> Part {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let of_office = |(id, kind, target): &Relationship| (id.clone(), format!("{OFFICE}/{kind}"), target.clone());
    let targets: Vec<_> = targets.iter().map(of_office).collect();
    written(format!("{folder}/_rels/{name}.rels"), &targets)
}

fn written(path: String, targets: &[(String, String, String)]) -> Part {
    let mut xml = Xml::of_drawings();
    xml.element("Relationships", &[("xmlns", &format!("{PACKAGE}/relationships"))], |xml| {
        for (id, kind, target) in targets {
            xml.empty("Relationship", &[("Id", id), ("Type", kind), ("Target", target)]);
        }
    });
    Part { path, bytes: xml.finish() }
}

/// The container as bytes; `format` is its name for a person.
///
/// # Errors
/// Where the container cannot be packed, which means that the document is beyond the size limits of the format.
pub fn pack(format: &str, parts: &[Part]) -> Result<Vec<u8>> {
    let failed = |error: &dyn std::fmt::Display| Error::run(format!("документ {format} не собирается: {error}"));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .system(System::Unix)
        .unix_permissions(0o644);
    let stored = packed.compression_method(CompressionMethod::Stored);
    // Pictures and workbooks are compressed already.
    let is_compressed = |path: &str| [".png", ".xlsx"].iter().any(|extension| path.ends_with(extension));
    for Part { path, bytes } in parts {
        let options = if is_compressed(path) { stored } else { packed };
        writer.start_file(path.as_str(), options).map_err(|error| failed(&error))?;
        writer.write_all(bytes).map_err(|error| failed(&error))?;
    }
    Ok(writer.finish().map_err(|error| failed(&error))?.into_inner())
}
