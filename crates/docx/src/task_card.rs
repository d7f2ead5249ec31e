//! A task to be worked on: its numbers and sentences, then fields side by side to be typed into.

use super::table::{frame, ruled_row};
use super::text::{paragraph, run, spans};
use super::xml::Xml;
use srez_model::report::TaskCard;

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
        ruled_row(xml, &widths, 380, |xml, place| {
            let label = card.fields.get(place).map_or("", String::as_str);
            paragraph(xml, "FieldLabel", |xml| run(xml, label));
        });
        for _ in 0..LINES {
            ruled_row(xml, &widths, 380, |xml, _| paragraph(xml, "CellText", |_| {}));
        }
    });
    paragraph(xml, "Remark", |_| {});
}
