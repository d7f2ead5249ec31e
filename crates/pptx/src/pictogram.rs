//! A count with a square for each thing counted: a group of rectangles, hatched where print has no colour.

use super::shape::{Ids, Look, Place, line, named, no_line, paragraph, place, rectangle, solid, text_box};
use srez_model::deck::{Fill, Pictogram};
use srez_render::office::{INK, MARKS};
use srez_render::ooxml::Xml;
use srez_render::ooxml::xml::hex;
use srez_render::slides::{self, GRID_HEIGHT, GRID_WIDTH};

/// Width of the number and its words, and of the gap to the squares, in millimetres.
const WORDS: f64 = 108.0;
const GAP: f64 = 12.0;
/// Height of the big number.
const NUMBER: f64 = 46.0;
/// Height of a line of the legend, and width of its square.
const LEGEND: f64 = 10.0;
const SIGN: f64 = 8.0;
/// Colour of the squares, and of the big number, which is letters and so darker.
const COLOUR: u32 = MARKS[0];
const LOW: u32 = 0x9A_3A22;

const WHITE: u32 = 0xFF_FFFF;
const TEXT: Look = Look { size: 24, bold: false, colour: INK };

/// Writes number, words, squares and legend.
pub(super) fn write(xml: &mut Xml, ids: &mut Ids, of: &Pictogram, alt: &str, room: Place) {
    // A share is longer than a count.
    let size = if of.value.chars().count() <= 3 { 104 } else { 66 };
    text_box(xml, ids, "Число", Place { width: WORDS, height: NUMBER, ..room }, |xml| {
        let beside = format!("  {}", of.of);
        let big = Look { size, bold: true, colour: LOW };
        paragraph(xml, &[(&of.value, big), (&beside, Look { size: 44, bold: true, colour: INK })]);
    });
    let words = Place { y: room.y + NUMBER, width: WORDS, height: room.height - NUMBER, ..room };
    text_box(xml, ids, "Что посчитано", words, |xml| paragraph(xml, &[(&of.text, TEXT)]));
    let grid = Place { x: room.x + WORDS + GAP, width: GRID_WIDTH, height: GRID_HEIGHT, ..room };
    let below = squares(xml, ids, of, alt, grid);
    for (number, group) in (0_u32..).zip(&of.squares) {
        let at = Place { y: below + 6.0 + f64::from(number) * LEGEND, height: LEGEND, ..grid };
        let sign = Place { y: at.y + 1.5, width: SIGN, height: 6.0, ..at };
        rectangle(xml, ids, &format!("Условный знак: {}", group.label), sign, |xml| paint(xml, group.fill));
        let words = Place { x: at.x + SIGN + 4.0, width: at.width - SIGN - 4.0, ..at };
        let label = if group.shown.is_empty() { group.label.clone() } else { format!(" — {}", group.label) };
        let bold = Look { size: 20, bold: true, colour: INK };
        text_box(xml, ids, &group.label, words, |xml| {
            paragraph(xml, &[(&group.shown, bold), (&label, Look { bold: false, ..bold })]);
        });
    }
}

/// The squares as one group; returns where they end.
fn squares(xml: &mut Xml, ids: &mut Ids, of: &Pictogram, alt: &str, grid: Place) -> f64 {
    let fills: Vec<Fill> = of.squares.iter().flat_map(|one| (0..one.count).map(|_| one.fill)).collect();
    let cells = slides::cells(fills.len());
    xml.element("p:grpSp", &[], |xml| {
        xml.element("p:nvGrpSpPr", &[], |xml| {
            named(xml, ids, "Квадраты", alt);
            xml.empty("p:cNvGrpSpPr", &[]);
            xml.empty("p:nvPr", &[]);
        });
        xml.element("p:grpSpPr", &[], |xml| {
            place(xml, "a:xfrm", grid, |xml| {
                let [x, y, width, height] = [grid.x, grid.y, grid.width, grid.height]
                    .map(|length| srez_render::ooxml::xml::emu(length).to_string());
                xml.empty("a:chOff", &[("x", &x), ("y", &y)]);
                xml.empty("a:chExt", &[("cx", &width), ("cy", &height)]);
            });
        });
        for ([x, y], fill) in cells.corners.iter().zip(&fills) {
            let at = Place { x: grid.x + x, y: grid.y + y, width: cells.side, height: cells.side };
            rectangle(xml, ids, "Квадрат", at, |xml| paint(xml, *fill));
        }
    });
    grid.y + cells.height
}

fn paint(xml: &mut Xml, fill: Fill) {
    match fill {
        Fill::Solid => {
            solid(xml, COLOUR);
            no_line(xml);
        }
        Fill::Hatched => {
            xml.element("a:pattFill", &[("prst", "wdUpDiag")], |xml| {
                xml.element("a:fgClr", &[], |xml| xml.value("a:srgbClr", &hex(COLOUR)));
                xml.element("a:bgClr", &[], |xml| xml.value("a:srgbClr", &hex(WHITE)));
            });
            line(xml, 1.2, COLOUR);
        }
        Fill::Hollow => {
            solid(xml, WHITE);
            line(xml, 1.6, COLOUR);
        }
    }
}
