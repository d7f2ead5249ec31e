//! Which parts a presentation has, and what refers to what.

use super::shape::SPACES;
use super::{chart, master, notes, slide, workbook};
use srez_model::deck::Deck;
use srez_model::error::Result;
use srez_render::ooxml::package::{RELATIONSHIPS, Relationship, content_types, relationships, root_relationships};
use srez_render::ooxml::properties::{self, Properties};
use srez_render::ooxml::{Part, Xml, theme};

const PRESENTATION: &str = "ppt/presentation.xml";
const KIND: &str = "application/vnd.openxmlformats-officedocument.presentationml";
const CHART: &str = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const THEMES: [&str; 2] = ["ppt/theme/theme1.xml", "ppt/theme/theme2.xml"];
/// Size of a slide, 338,67 × 190,5 mm, and of a page of notes.
const SLIDE: [&str; 2] = ["12192000", "6858000"];
const NOTES: [&str; 2] = ["6858000", "9144000"];

/// Every part of the presentation.
///
/// # Errors
/// Where a workbook behind a chart cannot be made.
pub(super) fn parts(deck: &Deck) -> Result<Vec<Part>> {
    let of_file = Properties { title: &deck.title, subject: &deck.subtitle, centre: &deck.centre, date: &deck.date };
    let mut parts = vec![presentation(deck), presentation_relationships(deck)];
    parts.extend(small());
    parts.extend(THEMES.map(|path| theme::theme(path.to_owned())));
    parts.extend(master::parts());
    parts.extend(notes::master());
    for (number, of_slide) in (1..).zip(&deck.slides) {
        parts.push(slide::write(deck, of_slide, number));
        let chart = slide::chart(of_slide);
        parts.push(slide_relationships(number, chart.is_some()));
        parts.extend(notes::write(of_slide, number));
        if let Some(chart) = chart {
            parts.extend(chart::parts(&chart, number));
            parts.push(workbook::part(deck, &chart, number)?);
        }
    }
    parts.extend([properties::core(&of_file), properties::extended(&of_file)]);
    let mut all = vec![kinds(&parts), root_relationships(PRESENTATION)];
    all.extend(parts);
    Ok(all)
}

/// The kind of each part, by where it lies.
fn kinds(parts: &[Part]) -> Part {
    let by_extension = [("rels", RELATIONSHIPS), ("xml", "application/xml"), ("xlsx", WORKBOOK)];
    let kind = |path: &str| {
        let of_slides = |name: &str| Some(format!("{KIND}.{name}+xml"));
        match path.rsplit_once('/')? {
            (_, "presentation.xml") => of_slides("presentation.main"),
            (_, "presProps.xml") => of_slides("presProps"),
            (_, "viewProps.xml") => of_slides("viewProps"),
            (_, "tableStyles.xml") => of_slides("tableStyles"),
            ("ppt/slideMasters", _) => of_slides("slideMaster"),
            ("ppt/slideLayouts", _) => of_slides("slideLayout"),
            ("ppt/slides", _) => of_slides("slide"),
            ("ppt/notesMasters", _) => of_slides("notesMaster"),
            ("ppt/notesSlides", _) => of_slides("notesSlide"),
            ("ppt/theme", _) => Some(theme::KIND.to_owned()),
            ("ppt/charts", _) => Some(CHART.to_owned()),
            _ => None,
        }
    };
    let mut by_path: Vec<(String, String)> =
        parts.iter().filter_map(|part| Some((format!("/{}", part.path), kind(&part.path)?))).collect();
    by_path.extend(properties::kinds());
    content_types(&by_extension, &by_path)
}

fn slide_id(number: usize) -> String {
    format!("rIdSlide{number}")
}

fn presentation(deck: &Deck) -> Part {
    let mut xml = Xml::of_drawings();
    xml.element("p:presentation", &SPACES, |xml| {
        xml.element("p:sldMasterIdLst", &[], |xml| {
            xml.empty("p:sldMasterId", &[("id", "2147483648"), ("r:id", "rIdMaster")]);
        });
        xml.element("p:notesMasterIdLst", &[], |xml| xml.empty("p:notesMasterId", &[("r:id", "rIdNotes")]));
        xml.element("p:sldIdLst", &[], |xml| {
            for number in 1..=deck.slides.len() {
                xml.empty("p:sldId", &[("id", &(255 + number).to_string()), ("r:id", &slide_id(number))]);
            }
        });
        xml.empty("p:sldSz", &[("cx", SLIDE[0]), ("cy", SLIDE[1])]);
        xml.empty("p:notesSz", &[("cx", NOTES[0]), ("cy", NOTES[1])]);
        xml.element("p:defaultTextStyle", &[], |xml| {
            xml.element("a:defPPr", &[], |xml| xml.empty("a:defRPr", &[("lang", "ru-RU")]));
        });
    });
    Part::new(PRESENTATION, xml.finish())
}

fn presentation_relationships(deck: &Deck) -> Part {
    let to = |id: &str, kind, target: &str| (id.to_owned(), kind, target.to_owned());
    let mut targets: Vec<Relationship> = vec![
        to("rIdMaster", "slideMaster", "slideMasters/slideMaster1.xml"),
        to("rIdNotes", "notesMaster", "notesMasters/notesMaster1.xml"),
        to("rIdTheme", "theme", "theme/theme1.xml"),
        to("rIdProps", "presProps", "presProps.xml"),
        to("rIdView", "viewProps", "viewProps.xml"),
        to("rIdTables", "tableStyles", "tableStyles.xml"),
    ];
    let numbers = 1..=deck.slides.len();
    targets.extend(numbers.map(|number| (slide_id(number), "slide", format!("slides/slide{number}.xml"))));
    relationships(PRESENTATION, &targets)
}

fn slide_relationships(number: usize, has_chart: bool) -> Part {
    let mut targets: Vec<Relationship> = vec![
        ("rId1".to_owned(), "slideLayout", "../slideLayouts/slideLayout1.xml".to_owned()),
        ("rId2".to_owned(), "notesSlide", format!("../notesSlides/notesSlide{number}.xml")),
    ];
    if has_chart {
        targets.push((chart::CHART_ID.to_owned(), "chart", format!("../charts/chart{number}.xml")));
    }
    relationships(&slide::path(number), &targets)
}

/// Parts that PowerPoint writes anew: settings of show and window, styles of tables.
fn small() -> [Part; 3] {
    let empty = |path: &str, name: &str, attributes: &[(&str, &str)]| {
        let mut xml = Xml::of_drawings();
        xml.empty(name, attributes);
        Part::new(path, xml.finish())
    };
    [
        empty("ppt/presProps.xml", "p:presentationPr", &SPACES),
        empty("ppt/viewProps.xml", "p:viewPr", &SPACES),
        empty("ppt/tableStyles.xml", "a:tblStyleLst", &[SPACES[0], ("def", "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}")]),
    ]
}
