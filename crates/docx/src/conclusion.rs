//! Conclusions of the first page: the big number at the left, the sentence at the right.

use super::table::{cell_frame, frame, line, row};
use super::text::{Look, paragraph, run, run_with, spans, tag};
use super::xml::{Xml, twips};
use srez_model::report::Conclusion;
use srez_render::office::{HAIR, INK};

const NUMBER_MILLIMETRES: f64 = 33.0;
const GAP_MILLIMETRES: f64 = 7.0;

/// Writes conclusions that stand one after another, as one table of the given width.
pub(super) fn write(xml: &mut Xml, conclusions: &[&Conclusion], width: i64) {
    let (number, gap) = (twips(NUMBER_MILLIMETRES), twips(GAP_MILLIMETRES));
    let widths = [number, gap, width - number - gap];
    frame(xml, "PlainTable", &widths, "Главные выводы", |xml| {
        for (place, conclusion) in conclusions.iter().enumerate() {
            let lines = |xml: &mut Xml| lines(xml, place == 0, place + 1 == conclusions.len());
            row(xml, false, |xml| {
                cell_frame(xml, widths[0], lines, |xml| {
                    paragraph(xml, "BigNumber", |xml| big_number(xml, &conclusion.value));
                    paragraph(xml, "BigUnit", |xml| run(xml, &conclusion.unit));
                });
                cell_frame(xml, widths[1], lines, |xml| paragraph(xml, "Gap", |_| {}));
                cell_frame(xml, widths[2], lines, |xml| {
                    paragraph(xml, "Normal", |xml| {
                        tag(xml, conclusion.status);
                        spans(xml, &conclusion.text);
                    });
                    if !conclusion.source.is_empty() {
                        paragraph(xml, "Source", |xml| run(xml, &conclusion.source));
                    }
                });
            });
        }
    });
    paragraph(xml, "Remark", |_| {});
}

/// A long number is printed smaller, so that it stays on one line.
fn big_number(xml: &mut Xml, value: &str) {
    let size = match value.chars().count() {
        0..=8 => None,
        9..=11 => Some(32),
        12..=16 => Some(24),
        _ => Some(18),
    };
    run_with(xml, value, Look { size, ..Look::default() });
}

fn lines(xml: &mut Xml, first: bool, last: bool) {
    xml.element("w:tcBorders", &[], |xml| {
        line(xml, "top", if first { 8 } else { 4 }, if first { INK } else { HAIR });
        line(xml, "bottom", if last { 8 } else { 4 }, if last { INK } else { HAIR });
    });
    xml.element("w:tcMar", &[], |xml| {
        xml.empty("w:top", &[("w:w", "70"), ("w:type", "dxa")]);
        xml.empty("w:bottom", &[("w:w", "40"), ("w:type", "dxa")]);
    });
}
