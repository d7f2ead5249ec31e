//! The sheet that charts are drawn on: points of print over the SVG back end of plotters.
//!
//! The back end only knows whole pixels, so a point is [`FINENESS`] of its pixels and a viewBox scales them to paper.
//! Where its drawing differs from our style (strokes of rectangles, font families) it is corrected here, once.

use super::typeface::{self, Cut};
use super::{INK, INK_2, INK_3, LOW, PAPER, POINTS_PER_MM, RULE, WIDTH_MM, verdict_colour};
use plotters::backend::{DrawingBackend, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};
use srez_model::finding::Verdict;

/// Pixels of the back end to a point.
const FINENESS: f64 = 10.0;
/// The back end divides font sizes by this.
const FONT_FACTOR: f64 = 1.24;
/// Families for viewers that do not embed ours.
const FAMILY: &str = "PT Sans, Golos Text, Arial, sans-serif";
/// The narrow face: typst lists it as PT Sans, condensed.
const NARROW_FAMILY: &str = "PT Sans Narrow, PT Sans, Arial Narrow, sans-serif";

/// How a text is aligned to its x.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ink {
    pub(crate) size: f64,
    pub(crate) colour: RGBColor,
    pub(crate) cut: Cut,
}

impl Ink {
    pub(crate) const fn new(size: f64, colour: RGBColor) -> Self {
        Self { size, colour, cut: Cut::Regular }
    }

    pub(crate) const fn bold(size: f64, colour: RGBColor) -> Self {
        Self { size, colour, cut: Cut::Bold }
    }

    pub(crate) const fn narrow(size: f64, colour: RGBColor) -> Self {
        Self { size, colour, cut: Cut::Narrow }
    }

    /// Bold or regular.
    pub(crate) const fn bold_if(bold: bool, size: f64, colour: RGBColor) -> Self {
        if bold { Self::bold(size, colour) } else { Self::new(size, colour) }
    }

    pub(crate) fn width(self, text: &str) -> f64 {
        typeface::width(text, self.cut, self.size)
    }
}

/// Ticks of axes.
pub(crate) const TICK: Ink = Ink::new(7.5, INK_3);
/// Names of axes and of marks in a legend.
pub(crate) const NOTE: Ink = Ink::new(7.5, INK_2);

/// A sheet being drawn; x to the right and y down, in points.
pub(crate) struct Canvas<'a> {
    backend: SVGBackend<'a>,
    /// Widths of the texts in pixels, in the order in which they were drawn.
    texts: Vec<i32>,
    /// Width in points.
    pub(crate) width: f64,
    /// Height in points.
    pub(crate) height: f64,
}

/// Draws on a sheet of the full width; gives the SVG.
pub(crate) fn sheet(height_mm: f64, title: &str, alt: &str, draw: impl FnOnce(&mut Canvas<'_>)) -> String {
    let (width, height) = (WIDTH_MM * POINTS_PER_MM, height_mm * POINTS_PER_MM);
    let size = (pixel(width).unsigned_abs(), pixel(height).unsigned_abs());
    let mut body = String::with_capacity(16 << 10);
    let mut canvas = Canvas { backend: SVGBackend::with_string(&mut body, size), texts: Vec::new(), width, height };
    draw(&mut canvas);
    // Drawing into a string cannot fail.
    let _ = canvas.backend.present();
    let texts = std::mem::take(&mut canvas.texts);
    drop(canvas);
    let shapes = body.split_once('\n').map_or("", |(_, shapes)| shapes);
    let head = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH_MM}mm\" height=\"{height_mm}mm\" \
         viewBox=\"0 0 {} {}\" role=\"img\" lang=\"ru\">\n<title>{}</title>\n<desc>{}</desc>\n",
        size.0,
        size.1,
        escaped(title),
        escaped(alt)
    );
    head + &tidied(&with_lengths(shapes, &texts))
}

/// Every text keeps the width that it has in our typeface: a viewer with another typeface squeezes it, so that it does
/// not run into its neighbour.
fn with_lengths(shapes: &str, widths: &[i32]) -> String {
    let mut parts = shapes.split("<text ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (place, part) in parts.enumerate() {
        out.push_str("<text ");
        if let Some(width) = widths.get(place).filter(|width| **width > 0) {
            out.push_str(&format!("textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\" "));
        }
        out.push_str(part);
    }
    out
}

/// Removes redundant attributes and gives the narrow face its width.
fn tidied(shapes: &str) -> String {
    shapes.replace(" opacity=\"1\"", "").replace(" stroke=\"none\"", "").replace(
        &format!("font-family=\"{NARROW_FAMILY}\""),
        &format!("font-family=\"{NARROW_FAMILY}\" font-stretch=\"condensed\""),
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[expect(clippy::cast_possible_truncation, reason = "coordinates on a page; a float cast saturates")]
fn pixel(points: f64) -> i32 {
    (points * FINENESS).round() as i32
}

fn filled(colour: RGBColor) -> ShapeStyle {
    colour.filled()
}

fn stroked(colour: RGBColor, width: f64) -> ShapeStyle {
    colour.stroke_width(pixel(width).unsigned_abs().max(1))
}

// Results of the back end are ignored: it writes into a string, which cannot fail.
impl Canvas<'_> {
    /// A filled rectangle; an empty one is not drawn.
    pub(crate) fn rectangle(&mut self, x: f64, y: f64, width: f64, height: f64, colour: RGBColor) {
        if width > 0.0 && height > 0.0 {
            let (from, to) = ((pixel(x), pixel(y)), (pixel(x + width), pixel(y + height)));
            let _ = self.backend.draw_rect(from, to, &filled(colour), true);
        }
    }

    /// The outline of a rectangle.
    pub(crate) fn outline(&mut self, x: f64, y: f64, width: f64, height: f64, colour: RGBColor, stroke: f64) {
        let (right, bottom) = (x + width, y + height);
        self.path(&[(x, y), (right, y), (right, bottom), (x, bottom), (x, y)], colour, stroke);
    }

    pub(crate) fn line(&mut self, from: (f64, f64), to: (f64, f64), colour: RGBColor, stroke: f64) {
        let _ = self.backend.draw_line(place(from), place(to), &stroked(colour, stroke));
    }

    /// A horizontal or vertical line, dashed 2.5 to 2.
    pub(crate) fn dashed(&mut self, from: (f64, f64), to: (f64, f64), colour: RGBColor, stroke: f64) {
        self.dashed_path(&[from, to], colour, stroke);
    }

    /// A polyline, dashed 2.5 to 2; the dashes continue around its corners.
    pub(crate) fn dashed_path(&mut self, points: &[(f64, f64)], colour: RGBColor, stroke: f64) {
        const DASH: (f64, f64) = (2.5, 4.5);
        // Position in the dash pattern at the start of a segment, from 0 to the length of dash and gap.
        let mut run = 0.0;
        for part in points.windows(2) {
            let [from, to] = part else { continue };
            let (dx, dy) = (to.0 - from.0, to.1 - from.1);
            let length = libm::hypot(dx, dy);
            if !length.is_finite() || length <= 0.0 || length > 2000.0 {
                continue;
            }
            let at = |along: f64| (from.0 + dx * along / length, from.1 + dy * along / length);
            let mut start: f64 = -run;
            while start < length {
                let end = (start + DASH.0).min(length);
                if end > 0.0 {
                    self.line(at(start.max(0.0)), at(end), colour, stroke);
                }
                start += DASH.1;
            }
            run = (run + length) % DASH.1;
        }
    }

    /// A polyline.
    pub(crate) fn path(&mut self, points: &[(f64, f64)], colour: RGBColor, stroke: f64) {
        if points.len() > 1 {
            let _ = self.backend.draw_path(points.iter().copied().map(place), &stroked(colour, stroke));
        }
    }

    pub(crate) fn polygon(&mut self, points: &[(f64, f64)], fill: RGBColor, outline: RGBColor, stroke: f64) {
        let _ = self.backend.fill_polygon(points.iter().copied().map(place), &filled(fill));
        if stroke > 0.0 {
            let closed: Vec<(f64, f64)> = points.iter().chain(points.first()).copied().collect();
            self.path(&closed, outline, stroke);
        }
    }

    /// A disc with an outline.
    pub(crate) fn disc(&mut self, at: (f64, f64), radius: f64, fill: RGBColor, outline: RGBColor, stroke: f64) {
        let _ = self.backend.draw_circle(place(at), pixel(radius).unsigned_abs(), &filled(fill), true);
        if stroke > 0.0 {
            let _ = self.backend.draw_circle(place(at), pixel(radius).unsigned_abs(), &stroked(outline, stroke), false);
        }
    }

    /// A triangle, point up or down.
    pub(crate) fn triangle(&mut self, at: (f64, f64), radius: f64, up: bool, fill: RGBColor, outline: RGBColor) {
        let (x, y) = at;
        let side = if up { -1.0 } else { 1.0 };
        let base = y - side * radius * 0.75;
        self.polygon(&[(x - radius, base), (x + radius, base), (x, y + side * radius * 0.95)], fill, outline, 0.7);
    }

    pub(crate) fn diamond(&mut self, at: (f64, f64), radius: f64, fill: RGBColor, outline: RGBColor) {
        let (x, y) = at;
        self.polygon(&[(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)], fill, outline, 0.7);
    }

    /// The shape of a verdict: circle, diamond, triangle pointing down; hollow grey without a judgement.
    pub(crate) fn verdict(&mut self, at: (f64, f64), verdict: Option<Verdict>, radius: f64) {
        let colour = verdict.map_or(PAPER, verdict_colour);
        match verdict {
            Some(Verdict::Sufficient) => self.disc(at, radius, colour, PAPER, 0.7),
            Some(Verdict::Zone) => self.diamond(at, radius + 0.7, colour, INK),
            Some(Verdict::Insufficient) => self.triangle(at, radius + 0.5, false, LOW, PAPER),
            Some(Verdict::Unknown) => {
                self.rectangle(at.0 - radius * 0.85, at.1 - radius * 0.85, radius * 1.7, radius * 1.7, colour);
            }
            None => self.disc(at, radius, PAPER, INK_3, 0.9),
        }
    }

    /// A text on its baseline.
    pub(crate) fn text(&mut self, x: f64, y: f64, text: &str, anchor: Anchor, ink: Ink) {
        let family = if ink.cut == Cut::Narrow { NARROW_FAMILY } else { FAMILY };
        let style = if ink.cut == Cut::Bold { FontStyle::Bold } else { FontStyle::Normal };
        let font = FontDesc::new(FontFamily::Name(family), ink.size * FINENESS * FONT_FACTOR, style);
        let h_pos = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let style = TextStyle::from(font).color(&ink.colour).pos(Pos::new(h_pos, VPos::Top));
        self.texts.push(pixel(ink.width(text)));
        // The back end places text 0.76 em too low.
        let _ = self.backend.draw_text(text, &style, (pixel(x), pixel(y - 0.76 * ink.size)));
    }

    /// A text on a white ground, for places where it crosses lines.
    pub(crate) fn text_on_paper(&mut self, x: f64, y: f64, text: &str, anchor: Anchor, ink: Ink) {
        let width = ink.width(text);
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        self.rectangle(left - 1.5, y - 0.8 * ink.size, width + 3.0, 1.08 * ink.size, PAPER);
        self.text(x, y, text, anchor, ink);
    }

    /// The frame that is drawn when there is nothing to show: «нет данных: причина».
    pub(crate) fn no_data(&mut self, reason: &str) {
        let (width, height) = (self.width, self.height);
        self.outline(0.5, 0.5, width - 1.0, height - 1.0, RULE, 0.6);
        let text = typeface::fitted(&format!("нет данных: {reason}"), Cut::Regular, 8.5, width - 20.0);
        self.text(width / 2.0, height / 2.0 + 3.0, &text, Anchor::Middle, Ink::new(8.5, INK_3));
    }
}

fn place(point: (f64, f64)) -> (i32, i32) {
    (pixel(point.0), pixel(point.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_has_print_size_and_plain_text() {
        let svg = sheet(10.0, "Название <1>", "вывод", |canvas| {
            canvas.text(10.0, 20.0, "62,5\u{a0}% & «5»", Anchor::Start, Ink::narrow(7.5, INK));
            canvas.rectangle(0.0, 0.0, -1.0, 5.0, INK);
        });
        assert!(svg.starts_with(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"170mm\" height=\"10mm\" viewBox=\"0 0 4819 283\""
        ));
        assert!(svg.contains("<title>Название &lt;1&gt;</title>\n<desc>вывод</desc>"));
        assert!(svg.contains("font-size=\"75\"") && svg.contains("font-stretch=\"condensed\""));
        let width = pixel(Ink::narrow(7.5, INK).width("62,5\u{a0}% & «5»"));
        assert!(width > 0 && svg.contains(&format!("<text textLength=\"{width}\" lengthAdjust=")));
        assert!(svg.contains("62,5\u{a0}% &amp; «5»") && svg.trim_end().ends_with("</svg>"));
        assert!(!svg.contains("<rect") && !svg.contains("opacity"));
    }
}
