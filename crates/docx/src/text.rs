//! Paragraphs and runs of text.

use super::xml::{Xml, hex};
use srez_model::report::Text;

/// How a run differs from the style of its paragraph.
#[derive(Clone, Copy, Default)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) colour: Option<u32>,
    pub(super) ground: Option<u32>,
    /// Size in halves of a point.
    pub(super) size: Option<u32>,
}

/// A paragraph of a style.
pub(super) fn paragraph(xml: &mut Xml, style: &str, content: impl FnOnce(&mut Xml)) {
    paragraph_with(xml, style, |_| {}, content);
}

/// A paragraph of a style with properties of its own, written after the name of the style.
pub(super) fn paragraph_with(
    xml: &mut Xml,
    style: &str,
    properties: impl FnOnce(&mut Xml),
    content: impl FnOnce(&mut Xml),
) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            if style != "Normal" {
                xml.value("w:pStyle", style);
            }
            properties(xml);
        });
        content(xml);
    });
}

/// A run that looks as its paragraph does.
pub(super) fn run(xml: &mut Xml, text: &str) {
    run_with(xml, text, Look::default());
}

/// A run that looks in its own way.
pub(super) fn run_with(xml: &mut Xml, text: &str, look: Look) {
    xml.element("w:r", &[], |xml| {
        properties(xml, look);
        words(xml, text);
    });
}

fn properties(xml: &mut Xml, look: Look) {
    if !look.bold && look.colour.is_none() && look.ground.is_none() && look.size.is_none() {
        return;
    }
    xml.element("w:rPr", &[], |xml| {
        if look.bold {
            xml.empty("w:b", &[]);
        }
        if let Some(colour) = look.colour {
            xml.value("w:color", &hex(colour));
        }
        if let Some(size) = look.size {
            xml.value("w:sz", &size.to_string());
            xml.value("w:szCs", &size.to_string());
        }
        if let Some(ground) = look.ground {
            xml.empty("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", &hex(ground))]);
        }
    });
}

/// The runs of a text, parts of it bold.
pub(super) fn spans(xml: &mut Xml, text: &Text) {
    for span in &text.0 {
        run_with(xml, &span.text, Look { bold: span.bold, ..Look::default() });
    }
}

pub(super) fn tab(xml: &mut Xml) {
    xml.element("w:r", &[], |xml| xml.empty("w:tab", &[]));
}

/// A live field with the result that stands until it is worked out anew.
pub(super) fn field(xml: &mut Xml, instruction: &str, result: &str, look: Look) {
    field_start(xml, instruction, look, false);
    run_with(xml, result, look);
    field_end(xml, look);
}

/// Start of a field; a stale one is worked out when Word opens the document.
pub(super) fn field_start(xml: &mut Xml, instruction: &str, look: Look, stale: bool) {
    xml.element("w:r", &[], |xml| {
        properties(xml, look);
        let mut attributes = vec![("w:fldCharType", "begin")];
        if stale {
            attributes.push(("w:dirty", "true"));
        }
        xml.empty("w:fldChar", &attributes);
    });
    xml.element("w:r", &[], |xml| {
        properties(xml, look);
        xml.element("w:instrText", &[("xml:space", "preserve")], |xml| xml.text(&format!(" {instruction} ")));
    });
    sign(xml, "separate", look);
}

/// End of a field.
pub(super) fn field_end(xml: &mut Xml, look: Look) {
    sign(xml, "end", look);
}

fn sign(xml: &mut Xml, kind: &str, look: Look) {
    xml.element("w:r", &[], |xml| {
        properties(xml, look);
        xml.empty("w:fldChar", &[("w:fldCharType", kind)]);
    });
}

fn words(xml: &mut Xml, text: &str) {
    for (place, line) in srez_wording::text::unparted(text).split('\n').enumerate() {
        if place != 0 {
            xml.empty("w:br", &[]);
        }
        xml.element("w:t", &[("xml:space", "preserve")], |xml| xml.text(line));
    }
}
