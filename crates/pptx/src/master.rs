//! Master and layout of the slides: ground, band under the title, places of title and foot, letters.

use super::shape::{Ids, Place, SPACES, body, no_line, paragraph, placeholder, rectangle, solid, tree};
use super::slide::{OF_FOOT, colours_of_the_master, slide_number};
use srez_render::office::MARKS;
use srez_render::ooxml::package::relationships;
use srez_render::ooxml::{Part, Xml};

/// Path of the master.
pub(super) const MASTER: &str = "ppt/slideMasters/slideMaster1.xml";
/// Path of the layout.
pub(super) const LAYOUT: &str = "ppt/slideLayouts/slideLayout1.xml";

const TITLE: Place = Place { x: 20.0, y: 12.0, width: 300.67, height: 20.0 };
/// The band of the four colours of marks, and the gap between its parts.
const BAND: Place = Place { x: 20.0, y: 35.0, width: 300.67, height: 1.6 };
const BAND_GAP: f64 = 0.5;
const FOOT: Place = Place { x: 20.0, y: 173.0, width: 250.0, height: 8.0 };
const NUMBER: Place = Place { x: 280.67, y: 173.0, width: 40.0, height: 8.0 };

/// Master and layout with what they refer to.
pub(super) fn parts() -> [Part; 4] {
    let to = |id: &str, kind, target: &str| (id.to_owned(), kind, target.to_owned());
    let of_master =
        [to("rId1", "slideLayout", "../slideLayouts/slideLayout1.xml"), to("rId2", "theme", "../theme/theme1.xml")];
    let of_layout = [to("rId1", "slideMaster", "../slideMasters/slideMaster1.xml")];
    [master(), relationships(MASTER, &of_master), layout(), relationships(LAYOUT, &of_layout)]
}

/// White ground.
pub(super) fn background(xml: &mut Xml) {
    xml.element("p:bg", &[], |xml| {
        xml.element("p:bgPr", &[], |xml| {
            xml.element("a:solidFill", &[], |xml| xml.value("a:schemeClr", "bg1"));
            xml.empty("a:effectLst", &[]);
        });
    });
}

/// Which colour of the theme is ground and which is text.
pub(super) fn colour_map(xml: &mut Xml) {
    let same = ["accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink"];
    let mut attributes = vec![("bg1", "lt1"), ("tx1", "dk1"), ("bg2", "lt2"), ("tx2", "dk2")];
    attributes.extend(same.map(|name| (name, name)));
    xml.empty("p:clrMap", &attributes);
}

fn master() -> Part {
    let mut xml = Xml::of_drawings();
    let mut ids = Ids::new();
    xml.element("p:sldMaster", &SPACES, |xml| {
        xml.element("p:cSld", &[], |xml| {
            background(xml);
            tree(xml, |xml| {
                let width = (BAND.width - 3.0 * BAND_GAP) / 4.0;
                for (place, colour) in (0_u32..).zip(MARKS) {
                    let at = Place { x: BAND.x + f64::from(place) * (width + BAND_GAP), width, ..BAND };
                    rectangle(xml, &mut ids, "Лента", at, |xml| {
                        solid(xml, colour);
                        no_line(xml);
                    });
                }
                frames(xml, &mut ids, true);
            });
        });
        colour_map(xml);
        xml.element("p:sldLayoutIdLst", &[], |xml| {
            xml.empty("p:sldLayoutId", &[("id", "2147483649"), ("r:id", "rId1")]);
        });
        styles(xml);
    });
    Part::new(MASTER, xml.finish())
}

fn layout() -> Part {
    let mut xml = Xml::of_drawings();
    let mut ids = Ids::new();
    let attributes = [&SPACES[..], &[("type", "titleOnly"), ("preserve", "1")][..]].concat();
    xml.element("p:sldLayout", &attributes, |xml| {
        xml.element("p:cSld", &[("name", "Заголовок и место")], |xml| {
            tree(xml, |xml| frames(xml, &mut ids, false));
        });
        colours_of_the_master(xml);
    });
    Part::new(LAYOUT, xml.finish())
}

/// The places of title and foot; the layout takes those of the master.
fn frames(xml: &mut Xml, ids: &mut Ids, is_master: bool) {
    let at = |place| is_master.then_some(place);
    placeholder(xml, ids, "Заголовок", &[("type", "title")], at(TITLE), |xml| {
        body(xml, "ctr");
        words(xml, "Заголовок слайда");
    });
    let [foot, number] = if is_master { ["3", "4"] } else { ["10", "11"] };
    placeholder(
        xml,
        ids,
        "Нижний колонтитул",
        &[("type", "ftr"), ("sz", "quarter"), ("idx", foot)],
        at(FOOT),
        |xml| {
            body(xml, "ctr");
            paragraph(xml, &[("", OF_FOOT)]);
        },
    );
    let kind = [("type", "sldNum"), ("sz", "quarter"), ("idx", number)];
    placeholder(xml, ids, "Номер слайда", &kind, at(NUMBER), |xml| {
        xml.empty("a:bodyPr", &[("lIns", "0"), ("tIns", "0"), ("rIns", "0"), ("bIns", "0"), ("anchor", "ctr")]);
        xml.element("a:lstStyle", &[], |xml| xml.empty("a:lvl1pPr", &[("algn", "r")]));
        xml.element("a:p", &[], |xml| slide_number(xml, "‹#›"));
    });
}

fn words(xml: &mut Xml, text: &str) {
    xml.element("a:p", &[], |xml| {
        xml.element("a:r", &[], |xml| {
            xml.empty("a:rPr", &[("lang", "ru-RU")]);
            xml.element("a:t", &[], |xml| xml.text(text));
        });
    });
}

/// Letters of titles, bodies and other text.
fn styles(xml: &mut Xml) {
    xml.element("p:txStyles", &[], |xml| {
        for (style, size, bold, face) in [
            ("p:titleStyle", "3600", "1", "+mj-lt"),
            ("p:bodyStyle", "2400", "0", "+mn-lt"),
            ("p:otherStyle", "2400", "0", "+mn-lt"),
        ] {
            xml.element(style, &[], |xml| {
                xml.element("a:lvl1pPr", &[("algn", "l"), ("defTabSz", "914400")], |xml| {
                    xml.empty("a:buNone", &[]);
                    xml.element("a:defRPr", &[("lang", "ru-RU"), ("sz", size), ("b", bold)], |xml| {
                        xml.element("a:solidFill", &[], |xml| xml.value("a:schemeClr", "tx1"));
                        xml.empty("a:latin", &[("typeface", face)]);
                    });
                });
            });
        }
    });
}
