//! A task to be worked on: its numbers and sentences, then fields side by side to be typed into.

use super::blank;
use super::table::frame;
use super::text::{paragraph, run, spans};
use super::xml::Xml;
use srez_model::report::TaskCard;

/// Height of a ruled line in twentieths of a point.
const HEIGHT: u32 = 380;

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
        blank::row(xml, &widths, HEIGHT, |xml, place| {
            let label = card.fields.get(place).map_or("", |blank| blank.label.as_str());
            paragraph(xml, "FieldLabel", |xml| run(xml, label));
        });
        blank::lines(xml, &card.fields, &widths, HEIGHT);
    });
    paragraph(xml, "Remark", |_| {});
}
