//! Numbers of sections, bullets and steps, as live lists of Word.

use super::package::Part;
use super::settings::SPACE;
use super::xml::{Xml, hex};
use srez_render::office::INK_3;

/// List of the sections.
pub(super) const SECTIONS: usize = 1;
pub(super) const BULLETS: usize = 2;
const STEPS: usize = 3;

/// List of the steps with this place among the lists of steps; each counts from 1.
pub(super) fn steps(place: usize) -> usize {
    STEPS + place
}

/// The lists; `lists_of_steps` is how many lists of steps the document has.
pub(super) fn numbering(lists_of_steps: usize) -> Part {
    let mut xml = Xml::of_words();
    xml.element("w:numbering", &[SPACE], |xml| {
        list(xml, SECTIONS, &List { format: "decimal", text: "%1", indent: 425 });
        list(xml, BULLETS, &List { format: "bullet", text: "–", indent: 284 });
        list(xml, STEPS, &List { format: "decimal", text: "%1.", indent: 340 });
        for id in [SECTIONS, BULLETS] {
            xml.element("w:num", &[("w:numId", &id.to_string())], |xml| xml.value("w:abstractNumId", &id.to_string()));
        }
        for place in 0..lists_of_steps {
            xml.element("w:num", &[("w:numId", &steps(place).to_string())], |xml| {
                xml.value("w:abstractNumId", &STEPS.to_string());
                xml.element("w:lvlOverride", &[("w:ilvl", "0")], |xml| xml.value("w:startOverride", "1"));
            });
        }
    });
    Part { path: "word/numbering.xml".to_owned(), bytes: xml.finish() }
}

struct List {
    format: &'static str,
    text: &'static str,
    indent: u32,
}

fn list(xml: &mut Xml, id: usize, list: &List) {
    xml.element("w:abstractNum", &[("w:abstractNumId", &id.to_string())], |xml| {
        xml.value("w:multiLevelType", "singleLevel");
        xml.element("w:lvl", &[("w:ilvl", "0")], |xml| {
            xml.value("w:start", "1");
            xml.value("w:numFmt", list.format);
            if id == SECTIONS {
                xml.value("w:pStyle", "Heading1");
            }
            xml.value("w:suff", "tab");
            xml.value("w:lvlText", list.text);
            xml.value("w:lvlJc", "left");
            let indent = list.indent.to_string();
            xml.element("w:pPr", &[], |xml| {
                xml.element("w:tabs", &[], |xml| xml.empty("w:tab", &[("w:val", "num"), ("w:pos", &indent)]));
                xml.empty("w:ind", &[("w:left", &indent), ("w:hanging", &indent)]);
            });
            xml.element("w:rPr", &[], |xml| {
                xml.value("w:b", "0");
                xml.value("w:color", &hex(INK_3));
            });
        });
    });
}
