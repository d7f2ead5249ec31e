//! Shapes with text: what every slide is made of.

use srez_render::ooxml::Xml;
use srez_render::ooxml::xml::{emu, hex};

/// Where something stands, in millimetres from the upper left corner.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// How letters look.
#[derive(Clone, Copy)]
pub(super) struct Look {
    /// Points.
    pub(super) size: u32,
    pub(super) bold: bool,
    pub(super) colour: u32,
}

/// The name spaces of a part with slides.
pub(super) const SPACES: [(&str, &str); 3] = [
    ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("xmlns:r", srez_render::ooxml::package::OFFICE),
    ("xmlns:p", "http://schemas.openxmlformats.org/presentationml/2006/main"),
];

/// Ids of the shapes of a slide; the tree itself has the first.
pub(super) struct Ids(u32);

impl Ids {
    pub(super) fn new() -> Self {
        Self(1)
    }

    fn next(&mut self) -> String {
        self.0 += 1;
        self.0.to_string()
    }
}

/// The tree of shapes of a slide, layout or master.
pub(super) fn tree(xml: &mut Xml, content: impl FnOnce(&mut Xml)) {
    xml.element("p:spTree", &[], |xml| {
        xml.element("p:nvGrpSpPr", &[], |xml| {
            xml.empty("p:cNvPr", &[("id", "1"), ("name", "")]);
            xml.empty("p:cNvGrpSpPr", &[]);
            xml.empty("p:nvPr", &[]);
        });
        xml.element("p:grpSpPr", &[], |_| {});
        content(xml);
    });
}

/// Name and alternative text of a shape.
pub(super) fn named(xml: &mut Xml, ids: &mut Ids, name: &str, alt: &str) {
    let id = ids.next();
    let mut attributes = vec![("id", id.as_str()), ("name", name)];
    if !alt.is_empty() {
        attributes.push(("descr", alt));
    }
    xml.empty("p:cNvPr", &attributes);
}

/// Position and size; `frame` is `a:xfrm` or `p:xfrm`.
pub(super) fn place(xml: &mut Xml, frame: &str, place: Place, content: impl FnOnce(&mut Xml)) {
    let [x, y, width, height] = [place.x, place.y, place.width, place.height].map(|length| emu(length).to_string());
    xml.element(frame, &[], |xml| {
        xml.empty("a:off", &[("x", &x), ("y", &y)]);
        xml.empty("a:ext", &[("cx", &width), ("cy", &height)]);
        content(xml);
    });
}

/// A fill of one colour.
pub(super) fn solid(xml: &mut Xml, colour: u32) {
    xml.element("a:solidFill", &[], |xml| xml.value("a:srgbClr", &hex(colour)));
}

/// A line of that width in points.
pub(super) fn line(xml: &mut Xml, points: f64, colour: u32) {
    let width = emu(points * 25.4 / 72.0).to_string();
    xml.element("a:ln", &[("w", &width)], |xml| solid(xml, colour));
}

/// No line.
pub(super) fn no_line(xml: &mut Xml) {
    xml.element("a:ln", &[], |xml| xml.empty("a:noFill", &[]));
}

/// A rectangle; `paint` writes its fill and its line.
pub(super) fn rectangle(xml: &mut Xml, ids: &mut Ids, name: &str, at: Place, paint: impl FnOnce(&mut Xml)) {
    xml.element("p:sp", &[], |xml| {
        xml.element("p:nvSpPr", &[], |xml| {
            named(xml, ids, name, "");
            xml.empty("p:cNvSpPr", &[]);
            xml.empty("p:nvPr", &[]);
        });
        xml.element("p:spPr", &[], |xml| {
            place(xml, "a:xfrm", at, |_| {});
            geometry(xml);
            paint(xml);
        });
    });
}

/// A box with paragraphs.
pub(super) fn text_box(xml: &mut Xml, ids: &mut Ids, name: &str, at: Place, content: impl FnOnce(&mut Xml)) {
    xml.element("p:sp", &[], |xml| {
        xml.element("p:nvSpPr", &[], |xml| {
            named(xml, ids, name, "");
            xml.empty("p:cNvSpPr", &[("txBox", "1")]);
            xml.empty("p:nvPr", &[]);
        });
        xml.element("p:spPr", &[], |xml| {
            place(xml, "a:xfrm", at, |_| {});
            geometry(xml);
            xml.empty("a:noFill", &[]);
        });
        xml.element("p:txBody", &[], |xml| {
            body(xml, "t");
            content(xml);
        });
    });
}

/// A placeholder of the layout; `kind` are its attributes.
pub(super) fn placeholder(
    xml: &mut Xml,
    ids: &mut Ids,
    name: &str,
    kind: &[(&str, &str)],
    at: Option<Place>,
    content: impl FnOnce(&mut Xml),
) {
    xml.element("p:sp", &[], |xml| {
        xml.element("p:nvSpPr", &[], |xml| {
            named(xml, ids, name, "");
            xml.element("p:cNvSpPr", &[], |xml| xml.empty("a:spLocks", &[("noGrp", "1")]));
            xml.element("p:nvPr", &[], |xml| xml.empty("p:ph", kind));
        });
        xml.element("p:spPr", &[], |xml| {
            if let Some(at) = at {
                place(xml, "a:xfrm", at, |_| {});
                geometry(xml);
            }
        });
        xml.element("p:txBody", &[], content);
    });
}

/// Properties of a body of text without margins of its own; `anchor` is where it stands.
pub(super) fn body(xml: &mut Xml, anchor: &str) {
    let inset = [("lIns", "0"), ("tIns", "0"), ("rIns", "0"), ("bIns", "0")];
    let attributes = [&[("wrap", "square")][..], &inset[..], &[("anchor", anchor)][..]].concat();
    xml.element("a:bodyPr", &attributes, |xml| xml.empty("a:normAutofit", &[]));
    xml.empty("a:lstStyle", &[]);
}

/// A paragraph of runs.
pub(super) fn paragraph(xml: &mut Xml, runs: &[(&str, Look)]) {
    xml.element("a:p", &[], |xml| {
        for (text, look) in runs.iter().filter(|(text, _)| !text.is_empty()) {
            run(xml, text, *look);
        }
    });
}

/// A run of letters in Russian; numbers and their units are not parted.
pub(super) fn run(xml: &mut Xml, text: &str, look: Look) {
    let size = (look.size * 100).to_string();
    let bold = if look.bold { "1" } else { "0" };
    for (place, line) in srez_wording::text::unparted(text).split('\n').enumerate() {
        if place != 0 {
            xml.empty("a:br", &[]);
        }
        xml.element("a:r", &[], |xml| {
            xml.element("a:rPr", &[("lang", "ru-RU"), ("sz", &size), ("b", bold)], |xml| {
                solid(xml, look.colour);
                xml.empty("a:latin", &[("typeface", "+mn-lt")]);
            });
            xml.element("a:t", &[], |xml| xml.text(line));
        });
    }
}

fn geometry(xml: &mut Xml) {
    xml.element("a:prstGeom", &[("prst", "rect")], |xml| xml.empty("a:avLst", &[]));
}
