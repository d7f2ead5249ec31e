//! Numbered figures: the picture with its alternative text, the caption below.

use super::flow::Flow;
use super::package::picture_id;
use super::text::{Look, field, paragraph, run, run_with};
use super::xml::{Xml, emu};
use srez_model::figure::Figure;
use srez_render::office::INK;
use std::sync::Arc;

/// Writes a figure; one without a raster picture leaves its conclusion in words.
pub(super) fn write(flow: &mut Flow, figure: &Arc<Figure>) {
    flow.figures += 1;
    let number = flow.figures;
    if figure.png.is_empty() {
        paragraph(&mut flow.xml, "Picture", |xml| run(xml, &figure.alt));
    } else {
        flow.picture(figure);
    }
    let bold = Look { bold: true, colour: Some(INK), ..Look::default() };
    paragraph(&mut flow.xml, "Caption", |xml| {
        run_with(xml, "Рисунок\u{a0}", bold);
        field(xml, "SEQ Рисунок \\* ARABIC", &number.to_string(), bold);
        run_with(xml, ".", bold);
        run(xml, &format!(" {}", figure.caption));
    });
}

pub(super) fn picture(xml: &mut Xml, figure: &Figure, place: usize, widest: f64) {
    let shrink = if widest < figure.width_mm { widest / figure.width_mm } else { 1.0 };
    let (width, height) = (emu(figure.width_mm * shrink).to_string(), emu(figure.height_mm * shrink).to_string());
    let (id, name) = ((place + 1).to_string(), format!("Рисунок: {}", figure.name));
    let size = [("cx", width.as_str()), ("cy", height.as_str())];
    let zero = [("x", "0"), ("y", "0")];
    xml.element("w:r", &[], |xml| {
        xml.element("w:drawing", &[], |xml| {
            xml.element("wp:inline", &[("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")], |xml| {
                xml.empty("wp:extent", &size);
                xml.empty("wp:docPr", &[("id", &id), ("name", &name), ("descr", &figure.alt)]);
                let uri = "http://schemas.openxmlformats.org/drawingml/2006/picture";
                xml.element("a:graphic", &[], |xml| {
                    xml.element("a:graphicData", &[("uri", uri)], |xml| {
                        xml.element("pic:pic", &[], |xml| {
                            xml.element("pic:nvPicPr", &[], |xml| {
                                xml.empty("pic:cNvPr", &[("id", &id), ("name", &name), ("descr", &figure.alt)]);
                                xml.empty("pic:cNvPicPr", &[]);
                            });
                            xml.element("pic:blipFill", &[], |xml| {
                                xml.empty("a:blip", &[("r:embed", &picture_id(place))]);
                                xml.element("a:stretch", &[], |xml| xml.empty("a:fillRect", &[]));
                            });
                            xml.element("pic:spPr", &[], |xml| {
                                xml.element("a:xfrm", &[], |xml| {
                                    xml.empty("a:off", &zero);
                                    xml.empty("a:ext", &size);
                                });
                                xml.element("a:prstGeom", &[("prst", "rect")], |xml| xml.empty("a:avLst", &[]));
                            });
                        });
                    });
                });
            });
        });
    });
}
