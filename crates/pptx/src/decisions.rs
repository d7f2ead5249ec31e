//! Points of a decision as a table: number, what and how, until when.

use super::shape::{Ids, Look, Place, named, paragraph, place};
use srez_model::deck::Decision;
use srez_render::office::{INK, INK_2, OWN};
use srez_render::ooxml::Xml;
use srez_render::ooxml::xml::emu;

/// Widths of number, words and term, in millimetres.
const WIDTHS: [f64; 3] = [20.0, 200.67, 80.0];
/// Height of a row.
const ROW: f64 = 39.0;

/// Writes the table.
pub(super) fn write(xml: &mut Xml, ids: &mut Ids, points: &[Decision], alt: &str, room: Place) {
    let rows = u32::try_from(points.len()).map_or(0.0, f64::from);
    xml.element("p:graphicFrame", &[], |xml| {
        xml.element("p:nvGraphicFramePr", &[], |xml| {
            named(xml, ids, "Решения", alt);
            xml.element("p:cNvGraphicFramePr", &[], |xml| xml.empty("a:graphicFrameLocks", &[("noGrp", "1")]));
            xml.empty("p:nvPr", &[]);
        });
        place(xml, "p:xfrm", Place { height: ROW * rows, ..room }, |_| {});
        xml.element("a:graphic", &[], |xml| {
            let uri = "http://schemas.openxmlformats.org/drawingml/2006/table";
            xml.element("a:graphicData", &[("uri", uri)], |xml| xml.element("a:tbl", &[], |xml| table(xml, points)));
        });
    });
}

fn table(xml: &mut Xml, points: &[Decision]) {
    xml.empty("a:tblPr", &[]);
    xml.element("a:tblGrid", &[], |xml| {
        for width in WIDTHS {
            xml.empty("a:gridCol", &[("w", &emu(width).to_string())]);
        }
    });
    for (number, point) in (1..).zip(points) {
        xml.element("a:tr", &[("h", &emu(ROW).to_string())], |xml| {
            let number = number.to_string();
            cell(xml, &[&[(&number, Look { size: 44, bold: true, colour: OWN })]]);
            let what = (point.what.as_str(), Look { size: 28, bold: true, colour: INK });
            let how = (point.how.as_str(), Look { size: 22, bold: false, colour: INK_2 });
            cell(xml, &[&[what], &[how]]);
            cell(xml, &[&[(&point.term, Look { size: 24, bold: false, colour: INK })]]);
        });
    }
}

fn cell(xml: &mut Xml, paragraphs: &[&[(&str, Look)]]) {
    xml.element("a:tc", &[], |xml| {
        xml.element("a:txBody", &[], |xml| {
            xml.empty("a:bodyPr", &[]);
            xml.empty("a:lstStyle", &[]);
            for runs in paragraphs {
                paragraph(xml, runs);
            }
        });
        let margins = [("marL", "0"), ("marR", "108000"), ("marT", "0"), ("marB", "0")];
        xml.element("a:tcPr", &margins, |xml| xml.empty("a:noFill", &[]));
    });
}
