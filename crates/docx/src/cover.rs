//! The cover: who, what, where, four numbers, passport, contents.

use super::contents;
use super::flow::Flow;
use super::table::{cell_frame, frame, line, row};
use super::text::{Look, paragraph, paragraph_with, run, run_with};
use super::xml::{Xml, hex, twips};
use srez_model::figure::Figure;
use srez_model::house_style::Signatory;
use srez_model::report::{KeyFigure, Report};
use srez_render::office::{HAIR, INK, INK_2, MARKS};
use std::sync::Arc;

const PASSPORT_MILLIMETRES: f64 = 88.0;
const GAP_MILLIMETRES: f64 = 8.0;

/// Writes the cover.
pub(super) fn write(flow: &mut Flow, report: &Report) {
    let width = flow.page().text_width();
    let xml = &mut flow.xml;
    if report.kind.is_approved() {
        approval(xml, report.style.approver.as_ref());
    }
    emblem(flow, report);
    let xml = &mut flow.xml;
    if report.kind.is_short() {
        return short_head(xml, report, width);
    }
    paragraph(xml, "Issuer", |xml| run(xml, &report.centre));
    paragraph(xml, "Title", |xml| run(xml, &report.title));
    for words in [&report.subtitle, &report.municipality, &report.date] {
        if !words.is_empty() {
            paragraph(xml, "Subtitle", |xml| run(xml, words));
        }
    }
    paragraph(xml, "Remark", |_| {});
    band(xml, width);
    key_figures(xml, &report.key_figures, width);
    paragraph(xml, "Gap", |_| {});
    if report.passport.is_empty() {
        signatures(xml, report);
        contents::write(xml, report);
        paragraph(xml, "Gap", |_| {});
        return;
    }
    let (left, gap) = (twips(PASSPORT_MILLIMETRES), twips(GAP_MILLIMETRES));
    let widths = [left, gap, width - left - gap];
    frame(xml, "PlainTable", &widths, "", |xml| {
        xml.element("w:tr", &[], |xml| {
            cell_frame(xml, widths[0], |_| {}, |xml| passport(xml, &report.passport, left));
            cell_frame(xml, widths[1], |_| {}, |xml| paragraph(xml, "Gap", |_| {}));
            cell_frame(
                xml,
                widths[2],
                |_| {},
                |xml| {
                    signatures(xml, report);
                },
            );
        });
    });
    contents::write(xml, report);
    paragraph(xml, "Gap", |_| {});
}

/// The emblem above everything; nothing where there is none.
fn emblem(flow: &mut Flow, report: &Report) {
    let Some(logo) = &report.style.logo else { return };
    let height_mm = if report.kind.is_short() { 12.0 } else { 16.0 };
    flow.picture(&Arc::new(Figure {
        chart: String::new(),
        name: "эмблема".to_owned(),
        caption: String::new(),
        alt: format!("Эмблема: {}", report.centre),
        width_mm: height_mm * logo.ratio(),
        height_mm,
        svg: String::new(),
        png: logo.png.clone(),
    }));
}

/// Lines to be signed, where it is known by whom.
fn signatures(xml: &mut Xml, report: &Report) {
    if report.style.signatures.is_empty() {
        return;
    }
    paragraph(xml, "CoverHeading", |xml| run(xml, "Подписи"));
    for signatory in &report.style.signatures {
        paragraph(xml, "CoverLine", |xml| run(xml, &signatory.line()));
    }
}

/// Head of a short document: smaller title, one line of whose and when, numbers and passport where there are any.
fn short_head(xml: &mut Xml, report: &Report, width: i64) {
    let close = |xml: &mut Xml| xml.empty("w:spacing", &[("w:before", "0"), ("w:after", "120")]);
    paragraph_with(xml, "Issuer", close, |xml| run(xml, &report.centre));
    let title = |xml: &mut Xml| {
        xml.empty("w:spacing", &[("w:before", "0"), ("w:after", "80"), ("w:line", "440"), ("w:lineRule", "exact")]);
    };
    let size = Some(if report.title.chars().count() <= 60 { 36 } else { 30 });
    paragraph_with(xml, "Title", title, |xml| run_with(xml, &report.title, Look { size, ..Look::default() }));
    let lines = [&report.subtitle, &report.municipality, &report.date];
    let words: Vec<&str> = lines.into_iter().filter(|words| !words.is_empty()).map(String::as_str).collect();
    let small = Look { size: Some(20), ..Look::default() };
    paragraph(xml, "Subtitle", |xml| run_with(xml, &words.join(" · "), small));
    paragraph(xml, "Remark", |_| {});
    key_figures(xml, &report.key_figures, width);
    if !report.passport.is_empty() {
        passport(xml, &report.passport, width);
    }
}

/// «УТВЕРЖДАЮ» at the right: signature and date are filled in by hand, post and name too where they are not known.
fn approval(xml: &mut Xml, approver: Option<&Signatory>) {
    let known = approver.map(|one| (one.post.clone(), format!("______________ / {}", one.name)));
    let (post, name) = known.map_or_else(
        || {
            (
                vec!["______________________________".to_owned(), "(должность)".to_owned()],
                "______________ / ______________".to_owned(),
            )
        },
        |(post, name)| (vec![post], name),
    );
    let mut lines = vec!["УТВЕРЖДАЮ".to_owned()];
    lines.extend(post);
    lines.extend([name, "«___» ______________ 20___ г.".to_owned()]);
    for line in lines {
        let right = |xml: &mut Xml| {
            xml.empty("w:spacing", &[("w:before", "0"), ("w:after", "60")]);
            xml.empty("w:ind", &[("w:left", "5400")]);
        };
        paragraph_with(xml, "Normal", right, |xml| run(xml, &line));
    }
}

/// The band of the four colours of marks, the only ornament.
fn band(xml: &mut Xml, width: i64) {
    let part = width / 4;
    let widths = [part, part, part, width - 3 * part];
    frame(xml, "PlainTable", &widths, "", |xml| {
        xml.element("w:tr", &[], |xml| {
            xml.element("w:trPr", &[], |xml| xml.empty("w:trHeight", &[("w:val", "85"), ("w:hRule", "exact")]));
            for (width, colour) in widths.into_iter().zip(MARKS) {
                let ground = |xml: &mut Xml| {
                    xml.element("w:tcBorders", &[], |xml| line(xml, "right", 12, 0xFF_FFFF));
                    xml.empty("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", &hex(colour))]);
                };
                cell_frame(xml, width, ground, |xml| paragraph(xml, "Gap", |_| {}));
            }
        });
    });
    paragraph(xml, "Gap", |_| {});
}

fn key_figures(xml: &mut Xml, figures: &[KeyFigure], width: i64) {
    let Ok(columns @ 1..) = i64::try_from(figures.len()) else { return };
    let widths = vec![width / columns; figures.len()];
    frame(xml, "PlainTable", &widths, "Главные числа", |xml| {
        row(xml, false, |xml| {
            for (figure, width) in figures.iter().zip(&widths) {
                cell_frame(
                    xml,
                    *width,
                    |_| {},
                    |xml| {
                        paragraph(xml, "KeyNumber", |xml| run(xml, &figure.value));
                        paragraph(xml, "KeyUnit", |xml| run(xml, &figure.unit));
                    },
                );
            }
        });
    });
}

fn passport(xml: &mut Xml, lines: &[(String, String)], width: i64) {
    paragraph(xml, "CoverHeading", |xml| run(xml, "Паспорт"));
    let name = width * 2 / 5;
    let widths = [name, width - name];
    frame(xml, "PlainTable", &widths, "Паспорт", |xml| {
        for (place, (key, value)) in lines.iter().enumerate() {
            let edges = |xml: &mut Xml| edges(xml, place == 0, place + 1 == lines.len());
            row(xml, false, |xml| {
                cell_frame(xml, widths[0], edges, |xml| {
                    paragraph(xml, "CellText", |xml| {
                        run_with(xml, key, Look { colour: Some(INK_2), ..Look::default() });
                    });
                });
                cell_frame(xml, widths[1], edges, |xml| paragraph(xml, "CellText", |xml| run(xml, value)));
            });
        }
    });
    paragraph(xml, "Gap", |_| {});
}

fn edges(xml: &mut Xml, first: bool, last: bool) {
    xml.element("w:tcBorders", &[], |xml| {
        line(xml, "top", if first { 7 } else { 4 }, if first { INK } else { HAIR });
        line(xml, "bottom", if last { 7 } else { 4 }, if last { INK } else { HAIR });
    });
    xml.element("w:tcMar", &[], |xml| {
        for (side, width) in [("top", "28"), ("left", "60"), ("bottom", "28"), ("right", "60")] {
            xml.empty(&format!("w:{side}"), &[("w:w", width), ("w:type", "dxa")]);
        }
    });
}
