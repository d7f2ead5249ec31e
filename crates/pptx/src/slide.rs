//! One slide: title, what is seen, foot.

use super::shape::{Ids, Look, Place, SPACES, paragraph, placeholder, run, solid, text_box, tree};
use super::{bars, columns, decisions, pictogram};
use srez_model::deck::{Body, Deck, Slide};
use srez_render::office::INK_2;
use srez_render::ooxml::{Part, Xml};

/// Room for what is seen; the frame around it is that of the master.
pub(super) const ROOM: Place = Place { x: 20.0, y: 43.0, width: 300.67, height: 124.0 };
/// Room that a line above what is seen takes, in millimetres.
const LEAD: f64 = 13.0;
/// Letters of that line.
const OF_LEAD: Look = Look { size: 24, bold: false, colour: INK_2 };
/// Letters of the foot.
pub(super) const OF_FOOT: Look = Look { size: 13, bold: false, colour: INK_2 };

/// Path of the slide with that number.
pub(super) fn path(number: usize) -> String {
    format!("ppt/slides/slide{number}.xml")
}

/// The slide with that number, counted from one.
pub(super) fn write(deck: &Deck, slide: &Slide, number: usize) -> Part {
    let mut xml = Xml::of_drawings();
    let mut ids = Ids::new();
    xml.element("p:sld", &SPACES, |xml| {
        xml.element("p:cSld", &[], |xml| {
            tree(xml, |xml| {
                placeholder(xml, &mut ids, "Заголовок", &[("type", "title")], None, |xml| {
                    xml.empty("a:bodyPr", &[]);
                    xml.empty("a:lstStyle", &[]);
                    xml.element("a:p", &[], |xml| title(xml, &slide.title));
                });
                let room = lead(xml, &mut ids, slide);
                match &slide.body {
                    Body::Count(of) => pictogram::write(xml, &mut ids, of, &slide.alt, room),
                    Body::Bars(_) | Body::Columns(_) => super::chart::frame(xml, &mut ids, &slide.alt, room),
                    Body::Decisions(points) => decisions::write(xml, &mut ids, points, &slide.alt, room),
                }
                foot(xml, &mut ids, deck, number);
            });
        });
        colours_of_the_master(xml);
    });
    Part::new(path(number), xml.finish())
}

/// The chart of a slide, where it has one.
pub(super) fn chart(slide: &Slide) -> Option<super::chart::Chart> {
    match &slide.body {
        Body::Bars(of) => Some(bars::chart(of)),
        Body::Columns(of) => Some(columns::chart(of)),
        Body::Count(_) | Body::Decisions(_) => None,
    }
}

/// The colours are those of the master.
pub(super) fn colours_of_the_master(xml: &mut Xml) {
    xml.element("p:clrMapOvr", &[], |xml| xml.empty("a:masterClrMapping", &[]));
}

/// Looks as the master says.
fn title(xml: &mut Xml, text: &str) {
    xml.element("a:r", &[], |xml| {
        xml.empty("a:rPr", &[("lang", "ru-RU")]);
        xml.element("a:t", &[], |xml| xml.text(&srez_wording::text::unparted(text)));
    });
}

/// The line above what is seen; returns the room below it.
fn lead(xml: &mut Xml, ids: &mut Ids, slide: &Slide) -> Place {
    if slide.lead.is_empty() {
        return ROOM;
    }
    let at = Place { height: LEAD, ..ROOM };
    text_box(xml, ids, "Пояснение", at, |xml| paragraph(xml, &[(&slide.lead, OF_LEAD)]));
    Place { y: ROOM.y + LEAD, height: ROOM.height - LEAD, ..ROOM }
}

fn foot(xml: &mut Xml, ids: &mut Ids, deck: &Deck, number: usize) {
    let kind = [("type", "ftr"), ("sz", "quarter"), ("idx", "10")];
    placeholder(xml, ids, "Нижний колонтитул", &kind, None, |xml| {
        xml.empty("a:bodyPr", &[]);
        xml.empty("a:lstStyle", &[]);
        paragraph(xml, &[(&deck.footer, OF_FOOT)]);
    });
    let kind = [("type", "sldNum"), ("sz", "quarter"), ("idx", "11")];
    placeholder(xml, ids, "Номер слайда", &kind, None, |xml| {
        xml.empty("a:bodyPr", &[]);
        xml.empty("a:lstStyle", &[]);
        xml.element("a:p", &[], |xml| {
            slide_number(xml, &number.to_string());
            run(xml, &format!(" / {}", deck.slides.len()), OF_FOOT);
        });
    });
}

/// The number of the slide, which follows when slides are moved.
pub(super) fn slide_number(xml: &mut Xml, shown: &str) {
    let id = "{5A1E0D3C-0000-4000-8000-000000000001}";
    xml.element("a:fld", &[("id", id), ("type", "slidenum")], |xml| {
        xml.element("a:rPr", &[("lang", "ru-RU"), ("sz", "1300")], |xml| {
            solid(xml, OF_FOOT.colour);
            xml.empty("a:latin", &[("typeface", "+mn-lt")]);
        });
        xml.element("a:t", &[], |xml| xml.text(shown));
    });
}
