//! A task to be worked on: its numbers and sentences, then fields side by side to be typed into.

use super::table::{cell_frame, frame};
use super::text::{paragraph, run, spans};
use super::xml::{Xml, hex};
use srez_model::report::TaskCard;
use srez_render::office::RULE;

/// Ruled lines of a field.
const LINES: usize = 2;

/// Writes a card of the given width.
pub(super) fn write(xml: &mut Xml, card: &TaskCard, width: i64) {
    paragraph(xml, "FieldLabel", |xml| run(xml, &card.title));
    let words: Vec<&str> =
        [&card.matter, &card.words].into_iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
    paragraph(xml, "Remark", |xml| run(xml, &words.join(" · ")));
    for words in &card.numbers {
        paragraph(xml, "Remark", |xml| run(xml, words));
    }
    paragraph(xml, "Normal", |xml| spans(xml, &card.text));
    let columns = i64::try_from(card.fields.len()).unwrap_or(1).max(1);
    let widths = vec![width / columns; card.fields.len()];
    frame(xml, "PlainTable", &widths, &card.title, |xml| {
        row(xml, &widths, |xml, place| {
            let label = card.fields.get(place).map_or("", String::as_str);
            paragraph(xml, "FieldLabel", |xml| run(xml, label));
        });
        for _ in 0..LINES {
            row(xml, &widths, |xml, _| paragraph(xml, "CellText", |_| {}));
        }
    });
    paragraph(xml, "Remark", |_| {});
}

/// A ruled row that does not part from the next.
fn row(xml: &mut Xml, widths: &[i64], content: impl Fn(&mut Xml, usize)) {
    xml.element("w:tr", &[], |xml| {
        xml.element("w:trPr", &[], |xml| {
            xml.empty("w:cantSplit", &[]);
            xml.empty("w:trHeight", &[("w:val", "380"), ("w:hRule", "atLeast")]);
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
