//! What the speaker says: the master of the notes and a page of notes for each slide.

use super::master::{background, colour_map};
use super::shape::{Ids, Look, Place, SPACES, paragraph, placeholder, tree};
use super::slide::colours_of_the_master;
use srez_model::deck::Slide;
use srez_render::office::INK;
use srez_render::ooxml::package::relationships;
use srez_render::ooxml::{Part, Xml};

/// Path of the master.
pub(super) const MASTER: &str = "ppt/notesMasters/notesMaster1.xml";
/// The picture of the slide and the words below, on an upright page of 190,5 × 254 mm.
const PICTURE: Place = Place { x: 20.0, y: 18.0, width: 150.5, height: 84.7 };
const WORDS: Place = Place { x: 20.0, y: 112.0, width: 150.5, height: 124.0 };
const PICTURE_KIND: [(&str, &str); 2] = [("type", "sldImg"), ("idx", "2")];
const WORDS_KIND: [(&str, &str); 3] = [("type", "body"), ("sz", "quarter"), ("idx", "3")];
/// Words are read from paper.
const TEXT: Look = Look { size: 14, bold: false, colour: INK };

/// Path of the notes of the slide with that number.
pub(super) fn path(number: usize) -> String {
    format!("ppt/notesSlides/notesSlide{number}.xml")
}

/// The master of the notes.
pub(super) fn master() -> [Part; 2] {
    let mut xml = Xml::of_drawings();
    let mut ids = Ids::new();
    xml.element("p:notesMaster", &SPACES, |xml| {
        xml.element("p:cSld", &[], |xml| {
            background(xml);
            tree(xml, |xml| {
                placeholder(xml, &mut ids, "Слайд", &PICTURE_KIND, Some(PICTURE), empty);
                placeholder(xml, &mut ids, "Заметки", &WORDS_KIND, Some(WORDS), empty);
            });
        });
        colour_map(xml);
        xml.element("p:notesStyle", &[], |xml| {
            xml.element("a:lvl1pPr", &[("algn", "l")], |xml| {
                xml.empty("a:defRPr", &[("lang", "ru-RU"), ("sz", "1400")]);
            });
        });
    });
    let refers = relationships(MASTER, &[("rId1".to_owned(), "theme", "../theme/theme2.xml".to_owned())]);
    [Part::new(MASTER, xml.finish()), refers]
}

/// The notes of the slide with that number.
pub(super) fn write(slide: &Slide, number: usize) -> [Part; 2] {
    let mut xml = Xml::of_drawings();
    let mut ids = Ids::new();
    xml.element("p:notes", &SPACES, |xml| {
        xml.element("p:cSld", &[], |xml| {
            tree(xml, |xml| {
                placeholder(xml, &mut ids, "Слайд", &PICTURE_KIND, None, empty);
                placeholder(xml, &mut ids, "Заметки", &WORDS_KIND, None, |xml| {
                    xml.empty("a:bodyPr", &[]);
                    xml.empty("a:lstStyle", &[]);
                    if slide.notes.is_empty() {
                        xml.element("a:p", &[], |_| {});
                    }
                    for words in &slide.notes {
                        paragraph(xml, &[(words, TEXT)]);
                    }
                });
            });
        });
        colours_of_the_master(xml);
    });
    let targets = [
        ("rId1".to_owned(), "notesMaster", "../notesMasters/notesMaster1.xml".to_owned()),
        ("rId2".to_owned(), "slide", format!("../slides/slide{number}.xml")),
    ];
    [Part::new(path(number), xml.finish()), relationships(&path(number), &targets)]
}

fn empty(xml: &mut Xml) {
    xml.empty("a:bodyPr", &[]);
    xml.empty("a:lstStyle", &[]);
    xml.element("a:p", &[], |xml| xml.empty("a:endParaRPr", &[("lang", "ru-RU")]));
}
