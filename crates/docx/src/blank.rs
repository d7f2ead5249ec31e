//! Fields to be filled in: ruled lines, the first of them a content control that carries the address of the field, so
//! that what is typed into it can be read back.

use super::table::{cell_frame, frame};
use super::text::{paragraph, run};
use super::xml::{Xml, hex};
use srez_model::report::Blank;
use srez_render::office::RULE;

/// Letters of a title that Word takes.
const LONGEST_TITLE: usize = 64;

/// What an empty control shows: something to click at that prints as nothing.
const ROOM: &str = "\u{2003}\u{2003}\u{2003}\u{2003}\u{2003}\u{2003}\u{2003}\u{2003}\u{2003}\u{2003}\u{2003}\u{2003}";

/// Writes a field with its label above: a table of one column, so that typing into it moves nothing.
pub(super) fn write(xml: &mut Xml, blank: &Blank, width: i64) {
    paragraph(xml, "FieldLabel", |xml| run(xml, &blank.label));
    frame(xml, "PlainTable", &[width], &blank.label, |xml| lines(xml, std::slice::from_ref(blank), &[width], 425));
    paragraph(xml, "Remark", |_| {});
}

/// Ruled rows of fields side by side, of a height in twentieths of a point: the controls, then the lines that stay
/// empty.
pub(super) fn lines(xml: &mut Xml, blanks: &[Blank], widths: &[i64], height: u32) {
    row(xml, widths, height, |xml, place| {
        paragraph(xml, "CellText", |xml| blanks.get(place).into_iter().for_each(|blank| control(xml, blank)));
    });
    let left = blanks.iter().filter(|blank| blank.text.is_empty()).map(|blank| blank.lines).max().unwrap_or(0);
    for _ in 1..left.max(1) {
        row(xml, widths, height, |xml, _| paragraph(xml, "CellText", |_| {}));
    }
}

/// A ruled row that does not part from the next.
pub(super) fn row(xml: &mut Xml, widths: &[i64], height: u32, content: impl Fn(&mut Xml, usize)) {
    xml.element("w:tr", &[], |xml| {
        xml.element("w:trPr", &[], |xml| {
            xml.empty("w:cantSplit", &[]);
            xml.empty("w:trHeight", &[("w:val", &height.to_string()), ("w:hRule", "atLeast")]);
        });
        let rule = |xml: &mut Xml| {
            xml.element("w:tcBorders", &[], |xml| {
                let colour = hex(RULE);
                let line = [("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", colour.as_str())];
                xml.empty("w:bottom", &line);
            });
            xml.value("w:vAlign", "bottom");
        };
        for (place, width) in widths.iter().enumerate() {
            cell_frame(xml, *width, rule, |xml| content(xml, place));
        }
    });
}

/// A control for plain text of several lines. It cannot be deleted by mistake; what is in it can.
fn control(xml: &mut Xml, blank: &Blank) {
    let tag = blank.id.tag();
    // A number that tells the controls of a document apart.
    let id = tag.bytes().fold(7_i32, |id, byte| id.wrapping_mul(31).wrapping_add(i32::from(byte)));
    let title: String = blank.label.chars().take(LONGEST_TITLE).collect();
    xml.element("w:sdt", &[], |xml| {
        xml.element("w:sdtPr", &[], |xml| {
            xml.value("w:alias", &title);
            xml.value("w:tag", &tag);
            xml.value("w:id", &id.to_string());
            xml.value("w:lock", "sdtLocked");
            if blank.text.is_empty() {
                xml.empty("w:showingPlcHdr", &[]);
            }
            xml.empty("w:text", &[("w:multiLine", "1")]);
        });
        xml.element("w:sdtContent", &[], |xml| run(xml, if blank.text.is_empty() { ROOM } else { &blank.text }));
    });
}
