//! Funnel: the share of «2» of schools by their size, with the lines of what chance alone does; named schools stand
//! out.

use super::theme::canvas::{Anchor, Canvas, Ink, NOTE, TICK, sheet};
use super::theme::typeface::{Cut, fitted};
use super::theme::{FEW, HAIR, INK, INK_2, INK_3, MARKS, OWN, PAPER, REFERENCE, axis, spread};
use super::{ChartDefinition, Drawing, View};
use srez_model::check::CheckState;
use srez_model::compared::MeasureId;
use srez_model::level::Level;
use srez_model::measures::{ComparisonRow, FunnelRow};
use srez_model::unit::{Percent, as_f64};
use srez_wording::NBSP;
use srez_wording::number::{count, decimal, share};

pub(super) const DEFINITION: ChartDefinition = ChartDefinition {
    id: "funnel",
    title: "Доля «2» и число участников",
    shows: "Доля отметок «2» в школе по числу участников; пунктир — где лежали бы 95 школ из 100, если бы \
            отличались одной случайностью, линия — с учётом того, как школы и классы отличаются здесь вообще. \
            Подписаны только школы, отличие которых достаточно велико и надёжно; граница этого не решает.",
    draw,
};

const HEIGHT_MM: f64 = 56.0;
/// Fewest schools for a picture.
const FEWEST: usize = 5;

struct Point<'a> {
    title: &'a str,
    row: &'a ComparisonRow,
    share: f64,
}

fn draw(view: &View<'_>) -> Option<Drawing> {
    let mut limits: Vec<&FunnelRow> = view
        .measures
        .funnels
        .iter()
        .filter(|row| row.measure == MeasureId::ShareOfTwo && row.group == view.group() && FEW <= row.n)
        .collect();
    limits.sort_by_key(|row| row.n);
    let points: Vec<Point<'_>> = view.settings.schools.iter().filter_map(|school| point(view, school)).collect();
    let centre = limits.first()?.centre;
    if points.len() < FEWEST {
        return None;
    }
    let named: Vec<String> = points
        .iter()
        .filter(|point| point.row.state == CheckState::Found)
        .map(|point| format!("{} ({} из{NBSP}{})", point.title, point.row.k, point.row.n))
        .collect();
    let alt = if named.is_empty() {
        "Школ с достаточно большим и надёжным отличием не названо.".to_owned()
    } else {
        format!("Отличаются: {}.", named.join(", "))
    };
    let has_spread = limits.iter().any(|row| row.among_schools.is_some());
    let spread =
        if has_spread { ", линия — с учётом различий школ и классов" } else { "" };
    let caption = format!(
        "Доля отметок «2» по школам и числу участников, %; 95{NBSP}% школ: пунктир{NBSP}— при одной \
         случайности{spread}; школы, где меньше {FEW} участников, не показаны"
    );
    let own_title = view.own_title();
    let svg = sheet(HEIGHT_MM, DEFINITION.title, &alt, |canvas| paint(canvas, &points, &limits, centre, &own_title));
    Some(Drawing { caption, alt, height_mm: HEIGHT_MM, svg })
}

fn point<'a>(view: &View<'a>, school: &str) -> Option<Point<'a>> {
    let row = view.measures.comparison_of(Level::School, school, &MeasureId::ShareOfTwo)?;
    let share = row.value.filter(|_| FEW <= row.n)?.0;
    Some(Point { title: view.school(school), row, share })
}

/// Where things stand.
struct Frame {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    most: f64,
    highest: f64,
}

impl Frame {
    fn x(&self, n: u64) -> f64 {
        self.left + (self.right - self.left) * as_f64(n) / self.most
    }

    fn y(&self, share: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * share.min(self.highest) / self.highest
    }
}

fn paint(canvas: &mut Canvas<'_>, points: &[Point<'_>], limits: &[&FunnelRow], centre: Percent, own_title: &str) {
    let most = points.iter().map(|point| point.row.n).max().unwrap_or(1);
    let highest = points.iter().map(|point| point.share).fold(centre.0 * 2.0, f64::max);
    let (highest, step) = axis(highest * 1.2);
    let frame = Frame {
        left: 26.0,
        right: canvas.width - 112.0,
        top: 10.0,
        bottom: canvas.height - 28.0,
        most: as_f64(most) * 1.06,
        highest: highest.min(100.0),
    };
    let mut value = 0.0;
    while value <= frame.highest + step / 2.0 {
        let colour = if value == 0.0 { INK_3 } else { HAIR };
        canvas.line((frame.left, frame.y(value)), (frame.right, frame.y(value)), colour, 0.5);
        canvas.text(frame.left - 4.0, frame.y(value) + 2.7, &decimal(value, 0), Anchor::End, TICK);
        value += step;
    }
    canvas.text(0.0, frame.top + 3.0, "%", Anchor::Start, TICK);
    let (last, step) = axis(frame.most);
    let mut tick = 0.0;
    while tick <= last && frame.left + (frame.right - frame.left) * tick / frame.most <= frame.right {
        let x = frame.left + (frame.right - frame.left) * tick / frame.most;
        canvas.text(x, frame.bottom + 10.0, &decimal(tick, 0), Anchor::Middle, TICK);
        tick += step;
    }
    borders(canvas, limits, &frame);
    let y = frame.y(centre.0);
    canvas.line((frame.left, y), (frame.right, y), OWN, 1.1);
    ends(canvas, limits, centre, own_title, &frame);
    let mut taken: Vec<[f64; 4]> = Vec::new();
    // The named ones last, so that they lie on top.
    for is_named in [false, true] {
        for point in points.iter().filter(|point| is_named == (point.row.state == CheckState::Found)) {
            mark(canvas, point, centre.0, &frame, &mut taken);
        }
    }
    let note = "участников в школе; по вертикали — доля отметок «2», %";
    canvas.text(f64::midpoint(frame.left, frame.right), canvas.height - 5.0, note, Anchor::Middle, NOTE);
}

/// One side of a line: its value at a size, where there is one.
type Border = fn(&FunnelRow) -> Option<Percent>;

/// Lines of chance alone, and those with how much schools differ.
const BORDERS: [(Border, bool); 4] = [
    (|row| Some(row.by_chance.0), true),
    (|row| Some(row.by_chance.1), true),
    (|row| row.among_schools.map(|(low, _)| low), false),
    (|row| row.among_schools.map(|(_, high)| high), false),
];

fn borders(canvas: &mut Canvas<'_>, limits: &[&FunnelRow], frame: &Frame) {
    for (side, dashed) in BORDERS {
        let line: Vec<(f64, f64)> = limits
            .iter()
            .filter_map(|row| Some((row.n, side(row)?.0)))
            .filter(|(_, share)| *share <= frame.highest)
            .map(|(n, share)| (frame.x(n), frame.y(share)))
            .collect();
        if dashed {
            canvas.dashed_path(&line, INK_3, 0.8);
        } else {
            canvas.path(&line, INK_2, 0.9);
        }
    }
}

/// Names at the right ends.
fn ends(canvas: &mut Canvas<'_>, limits: &[&FunnelRow], centre: Percent, own_title: &str, frame: &Frame) {
    let Some(last) = limits.last() else { return };
    let mut labels: Vec<(f64, String, Ink)> = Vec::new();
    for (side, is_by_chance) in BORDERS {
        let text = if is_by_chance { "случайность" } else { "и различия школ" };
        if let Some(limit) = side(last).filter(|limit| limit.0 <= frame.highest) {
            labels.push((frame.y(limit.0), text.to_owned(), Ink::new(7.5, INK_3)));
        }
    }
    let n: u64 = last.n * last.schools;
    labels.push((frame.y(centre.0), format!("{own_title}{NBSP}— {}{NBSP}%", share(centre, n)), Ink::bold(8.0, OWN)));
    labels.sort_by(|one, other| one.0.total_cmp(&other.0));
    let wanted: Vec<f64> = labels.iter().map(|(at, ..)| *at).collect();
    let middles = spread(&wanted, &vec![10.0; labels.len()], frame.top, frame.bottom + 4.0);
    let room = canvas.width - frame.right - 6.0;
    for ((_, text, ink), at) in labels.iter().zip(middles) {
        let text = fitted(text, ink.cut, ink.size, room);
        canvas.text(frame.right + 5.0, at + 2.8, &text, Anchor::Start, *ink);
    }
}

/// A school; its name only where it is named and no other name stands there.
fn mark(canvas: &mut Canvas<'_>, point: &Point<'_>, centre: f64, frame: &Frame, taken: &mut Vec<[f64; 4]>) {
    let at = (frame.x(point.row.n), frame.y(point.share));
    if point.row.state != CheckState::Found {
        canvas.disc(at, 2.6, REFERENCE, PAPER, 0.5);
        return;
    }
    let above = centre < point.share;
    let colour = if above { MARKS[0] } else { OWN };
    canvas.triangle(at, 3.8, above, colour, colour);
    let name = Ink::bold(8.0, INK);
    let x = at.0.clamp(frame.left + 45.0, frame.right - 45.0);
    // Below the axis there are its numbers.
    let name_above = above || frame.bottom < at.1 + 20.5;
    let (first, second) = if name_above { (at.1 - 15.0, at.1 - 6.5) } else { (at.1 + 12.0, at.1 + 20.5) };
    let (first, second) =
        if name_above { (first.max(frame.top), second.max(frame.top + 8.5)) } else { (first, second) };
    let title = fitted(point.title, Cut::Regular, 8.0, 110.0);
    let half = name.width(&title) / 2.0 + 2.0;
    let room = [x - half, first - 8.0, x + half, second + 2.0];
    if taken.iter().any(|other| overlap(&room, other)) {
        return;
    }
    taken.push(room);
    canvas.text_on_paper(x, first, &title, Anchor::Middle, name);
    let of = format!("{} из{NBSP}{}", count(point.row.k), count(point.row.n));
    canvas.text_on_paper(x, second, &of, Anchor::Middle, Ink::new(7.5, INK_2));
}

/// True where two boxes (left, top, right, bottom) share room.
fn overlap(one: &[f64; 4], other: &[f64; 4]) -> bool {
    one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
}
