//! A chart that the speaker can open and correct: its part, its place on the slide, the numbers kept in it.

use super::shape::{Ids, Place, line, named, no_line, place, solid};
use srez_model::deck::Shown;
use srez_render::office::INK;
use srez_render::ooxml::package::{OFFICE, relationships};
use srez_render::ooxml::{Part, Xml};

const SPACE: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";
/// Id by which a slide refers to its chart.
pub(super) const CHART_ID: &str = "rIdChart";
/// Letters of categories and legend in points.
const LETTERS: u32 = 20;
/// Ids of the axes, which refer to each other.
const CATEGORIES: &str = "50010001";
const VALUES: &str = "50010002";
/// Width of the outline of bars in points.
const OUTLINE: f64 = 2.25;

/// Bars or columns.
pub(super) struct Chart {
    /// True for lying bars.
    pub(super) lies: bool,
    pub(super) categories: Vec<String>,
    pub(super) series: Vec<Series>,
    /// End of the axis.
    pub(super) largest: f64,
    /// Gap between categories, in percent of a bar.
    pub(super) gap: u32,
    /// Overlap of the bars of a category, in percent.
    pub(super) overlap: i32,
    /// Left, top, width and height of the bars, as parts of the chart.
    pub(super) inner: [f64; 4],
    pub(super) has_legend: bool,
}

/// Numbers of one kind.
pub(super) struct Series {
    pub(super) name: String,
    /// One for each category.
    pub(super) points: Vec<Option<Point>>,
    /// None for bars that are outlines.
    pub(super) fill: Option<u32>,
    pub(super) outline: Option<u32>,
    pub(super) label: Label,
}

/// A number.
#[derive(Clone, Copy)]
pub(super) struct Point {
    pub(super) shown: Shown,
    /// In place of the colour of its series.
    pub(super) colour: Option<u32>,
}

/// How numbers are printed beside their bars.
pub(super) struct Label {
    /// Words before the number.
    pub(super) before: &'static str,
    /// Points.
    pub(super) size: u32,
    pub(super) bold: bool,
    pub(super) colour: u32,
    /// Where it stands, as the format calls it.
    pub(super) place: &'static str,
}

/// Path of the chart of the slide with that number.
pub(super) fn path(number: usize) -> String {
    format!("ppt/charts/chart{number}.xml")
}

/// The place of the chart on its slide.
pub(super) fn frame(xml: &mut Xml, ids: &mut Ids, alt: &str, room: Place) {
    xml.element("p:graphicFrame", &[], |xml| {
        xml.element("p:nvGraphicFramePr", &[], |xml| {
            named(xml, ids, "Диаграмма", alt);
            xml.element("p:cNvGraphicFramePr", &[], |xml| xml.empty("a:graphicFrameLocks", &[("noGrp", "1")]));
            xml.empty("p:nvPr", &[]);
        });
        place(xml, "p:xfrm", room, |_| {});
        xml.element("a:graphic", &[], |xml| {
            xml.element("a:graphicData", &[("uri", SPACE)], |xml| {
                xml.empty("c:chart", &[("xmlns:c", SPACE), ("r:id", CHART_ID)]);
            });
        });
    });
}

/// The chart of the slide with that number, and what it refers to: its workbook.
pub(super) fn parts(chart: &Chart, number: usize) -> [Part; 2] {
    let spaces =
        [("xmlns:c", SPACE), ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"), ("xmlns:r", OFFICE)];
    let mut xml = Xml::of_drawings();
    xml.element("c:chartSpace", &spaces, |xml| {
        xml.value("c:date1904", "0");
        xml.value("c:lang", "ru-RU");
        xml.value("c:roundedCorners", "0");
        xml.element("c:chart", &[], |xml| {
            xml.value("c:autoTitleDeleted", "1");
            plot(xml, chart);
            if chart.has_legend {
                xml.element("c:legend", &[], |xml| {
                    xml.value("c:legendPos", "b");
                    xml.value("c:overlay", "0");
                    letters(xml, LETTERS, false, INK);
                });
            }
            xml.value("c:plotVisOnly", "1");
            xml.value("c:dispBlanksAs", "gap");
        });
        letters(xml, LETTERS, false, INK);
        xml.element("c:externalData", &[("r:id", "rId1")], |xml| xml.value("c:autoUpdate", "0"));
    });
    let target = format!("../embeddings/{}", super::workbook::name(number));
    let refers = relationships(&path(number), &[("rId1".to_owned(), "package", target)]);
    [Part::new(path(number), xml.finish()), refers]
}

fn plot(xml: &mut Xml, chart: &Chart) {
    xml.element("c:plotArea", &[], |xml| {
        xml.element("c:layout", &[], |xml| {
            xml.element("c:manualLayout", &[], |xml| {
                xml.value("c:layoutTarget", "inner");
                xml.value("c:xMode", "edge");
                xml.value("c:yMode", "edge");
                for (name, part) in ["c:x", "c:y", "c:w", "c:h"].into_iter().zip(chart.inner) {
                    xml.value(name, &part.to_string());
                }
            });
        });
        xml.element("c:barChart", &[], |xml| {
            xml.value("c:barDir", if chart.lies { "bar" } else { "col" });
            xml.value("c:grouping", "clustered");
            xml.value("c:varyColors", "0");
            for (place, series) in chart.series.iter().enumerate() {
                xml.element("c:ser", &[], |xml| one_series(xml, &chart.categories, series, place));
            }
            xml.value("c:gapWidth", &chart.gap.to_string());
            xml.value("c:overlap", &chart.overlap.to_string());
            xml.value("c:axId", CATEGORIES);
            xml.value("c:axId", VALUES);
        });
        xml.element("c:catAx", &[], |xml| category_axis(xml, chart));
        xml.element("c:valAx", &[], |xml| value_axis(xml, chart));
    });
}

fn one_series(xml: &mut Xml, categories: &[String], series: &Series, place: usize) {
    let (first, last) = (2, categories.len() + 1);
    let column = super::workbook::column(place + 1);
    xml.value("c:idx", &place.to_string());
    xml.value("c:order", &place.to_string());
    xml.element("c:tx", &[], |xml| {
        texts(xml, &format!("'{}'!${column}$1", super::workbook::SHEET), std::slice::from_ref(&series.name));
    });
    xml.element("c:spPr", &[], |xml| paint(xml, series.fill, series.outline));
    xml.value("c:invertIfNegative", "0");
    let points = || series.points.iter().enumerate().filter_map(|(place, point)| Some((place, (*point)?)));
    for (place, point) in points().filter(|(_, point)| point.colour.is_some()) {
        xml.element("c:dPt", &[], |xml| {
            xml.value("c:idx", &place.to_string());
            xml.value("c:invertIfNegative", "0");
            xml.value("c:bubble3D", "0");
            xml.element("c:spPr", &[], |xml| paint(xml, point.colour, series.outline));
        });
    }
    xml.element("c:dLbls", &[], |xml| {
        for (place, point) in points() {
            xml.element("c:dLbl", &[], |xml| {
                xml.value("c:idx", &place.to_string());
                label(xml, &series.label, point.shown.decimals);
            });
        }
        label(xml, &series.label, 0);
    });
    xml.element("c:cat", &[], |xml| {
        texts(xml, &format!("'{}'!$A${first}:$A${last}", super::workbook::SHEET), categories);
    });
    xml.element("c:val", &[], |xml| {
        xml.element("c:numRef", &[], |xml| {
            let cells = format!("'{}'!${column}${first}:${column}${last}", super::workbook::SHEET);
            xml.element("c:f", &[], |xml| xml.text(&cells));
            xml.element("c:numCache", &[], |xml| {
                xml.element("c:formatCode", &[], |xml| xml.text("General"));
                xml.value("c:ptCount", &series.points.len().to_string());
                for (place, point) in points() {
                    xml.element("c:pt", &[("idx", &place.to_string())], |xml| {
                        xml.element("c:v", &[], |xml| xml.text(&point.shown.percent.to_string()));
                    });
                }
            });
        });
    });
}

/// Words that stand in cells.
fn texts(xml: &mut Xml, cells: &str, texts: &[String]) {
    xml.element("c:strRef", &[], |xml| {
        xml.element("c:f", &[], |xml| xml.text(cells));
        xml.element("c:strCache", &[], |xml| {
            xml.value("c:ptCount", &texts.len().to_string());
            for (place, text) in texts.iter().enumerate() {
                xml.element("c:pt", &[("idx", &place.to_string())], |xml| {
                    xml.element("c:v", &[], |xml| xml.text(&srez_wording::text::unparted(text)));
                });
            }
        });
    });
}

/// The number of a bar, in the format by which the workbook shows it: it follows when the number is corrected.
fn label(xml: &mut Xml, label: &Label, decimals: u8) {
    let digits = if decimals == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(usize::from(decimals))) };
    let words = if label.before.is_empty() { String::new() } else { format!("\"{}\"", label.before) };
    // 419 is Russian: the decimal comma whatever the language of the program.
    let code = format!("[$-419]{words}{digits}\"\u{a0}%\"");
    xml.empty("c:numFmt", &[("formatCode", &code), ("sourceLinked", "0")]);
    xml.element("c:spPr", &[], |xml| {
        xml.empty("a:noFill", &[]);
        no_line(xml);
    });
    letters_with(xml, &[("wrap", "none")], label.size, label.bold, label.colour);
    xml.value("c:dLblPos", label.place);
    for (name, shown) in [
        ("c:showLegendKey", "0"),
        ("c:showVal", "1"),
        ("c:showCatName", "0"),
        ("c:showSerName", "0"),
        ("c:showPercent", "0"),
        ("c:showBubbleSize", "0"),
    ] {
        xml.value(name, shown);
    }
}

fn paint(xml: &mut Xml, fill: Option<u32>, outline: Option<u32>) {
    match fill {
        Some(colour) => solid(xml, colour),
        None => xml.empty("a:noFill", &[]),
    }
    match outline {
        Some(colour) => line(xml, OUTLINE, colour),
        None => no_line(xml),
    }
}

fn category_axis(xml: &mut Xml, chart: &Chart) {
    xml.value("c:axId", CATEGORIES);
    // Lying bars are read from above.
    xml.element("c:scaling", &[], |xml| xml.value("c:orientation", if chart.lies { "maxMin" } else { "minMax" }));
    xml.value("c:delete", "0");
    xml.value("c:axPos", if chart.lies { "l" } else { "b" });
    xml.empty("c:numFmt", &[("formatCode", "General"), ("sourceLinked", "0")]);
    xml.value("c:majorTickMark", "none");
    xml.value("c:minorTickMark", "none");
    xml.value("c:tickLblPos", "low");
    xml.element("c:spPr", &[], |xml| line(xml, 1.0, srez_render::office::RULE));
    letters(xml, LETTERS, false, INK);
    xml.value("c:crossAx", VALUES);
    xml.value("c:crosses", "autoZero");
    xml.value("c:auto", "1");
    xml.value("c:lblAlgn", "ctr");
    xml.value("c:lblOffset", "100");
    xml.value("c:noMultiLvlLbl", "1");
}

/// The axis of percent, which is not shown: every bar has its number.
fn value_axis(xml: &mut Xml, chart: &Chart) {
    xml.value("c:axId", VALUES);
    xml.element("c:scaling", &[], |xml| {
        xml.value("c:orientation", "minMax");
        xml.value("c:max", &chart.largest.to_string());
        xml.value("c:min", "0");
    });
    xml.value("c:delete", "1");
    xml.value("c:axPos", if chart.lies { "b" } else { "l" });
    xml.empty("c:numFmt", &[("formatCode", "General"), ("sourceLinked", "0")]);
    xml.value("c:majorTickMark", "none");
    xml.value("c:minorTickMark", "none");
    xml.value("c:tickLblPos", "none");
    xml.value("c:crossAx", CATEGORIES);
    xml.value("c:crosses", "autoZero");
    xml.value("c:crossBetween", "between");
}

fn letters(xml: &mut Xml, size: u32, bold: bool, colour: u32) {
    letters_with(xml, &[], size, bold, colour);
}

/// Letters of a body with properties of its own.
fn letters_with(xml: &mut Xml, of_body: &[(&str, &str)], size: u32, bold: bool, colour: u32) {
    let (size, bold) = ((size * 100).to_string(), if bold { "1" } else { "0" });
    xml.element("c:txPr", &[], |xml| {
        xml.empty("a:bodyPr", of_body);
        xml.empty("a:lstStyle", &[]);
        xml.element("a:p", &[], |xml| {
            xml.element("a:pPr", &[], |xml| {
                xml.element("a:defRPr", &[("lang", "ru-RU"), ("sz", &size), ("b", bold)], |xml| solid(xml, colour));
            });
            xml.empty("a:endParaRPr", &[("lang", "ru-RU")]);
        });
    });
}
