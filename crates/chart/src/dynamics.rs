//! Share of the mark «2», or of scores below the minimum, over the comparable years, with intervals.

use super::theme::canvas::{Anchor, Canvas, Ink, TICK, sheet};
use super::theme::typeface::{Cut, fitted};
use super::theme::{self, HAIR, INK, INK_2, INK_3, OWN, PAPER, REFERENCE, axis, spread};
use super::{ALL_TITLE, ChartDefinition, Drawing, View};
use srez_model::compared::{LowResult, MeasureId};
use srez_model::level::Level;
use srez_model::measures::DynamicsRow;
use srez_model::unit::{Percent, PercentagePoints};
use srez_wording::NBSP;
use srez_wording::number::{count, decimal, percent, percentage_points, range, share, share_decimals};

pub(super) const DEFINITION: ChartDefinition = ChartDefinition {
    id: "dynamics",
    title: "Низкие результаты по годам",
    shows: "Доля отметок «2» (на ЕГЭ — ниже минимального балла) в этом и прошлых годах, не больше пяти; вертикальные \
            черты — интервалы 95 %; годы, работы которых несопоставимы с этим, не показаны.",
    draw,
};

/// Most years in one chart.
const MOST_YEARS: usize = 5;
const HEIGHT_MM: f64 = 48.0;

/// One year of a line, in percent.
#[derive(Clone, Copy)]
struct Point {
    year: u16,
    value: f64,
    interval: Option<(f64, f64)>,
    n: u64,
}

/// The comparable years of one group, ascending, and the row against the nearest of them.
struct Line<'a> {
    points: Vec<Point>,
    nearest: &'a DynamicsRow,
}

fn line<'a>(view: &'a View<'_>, level: Level, group: &str, measure: &MeasureId) -> Option<Line<'a>> {
    let rows: Vec<&DynamicsRow> = view
        .measures
        .dynamics_of(level, group)
        .iter()
        .filter(|row| row.measure == *measure && row.comparable)
        .take(MOST_YEARS - 1)
        .collect();
    let nearest = rows.first()?;
    let now = Point {
        year: view.measures.exam.key.year,
        value: nearest.now?,
        interval: nearest.now_interval,
        n: nearest.n.0,
    };
    let earlier = rows.iter().rev().filter_map(|row| {
        Some(Point { year: row.before_exam.year, value: row.before?, interval: row.before_interval, n: row.n.1 })
    });
    let points: Vec<Point> = earlier.chain([now]).collect();
    points.iter().all(|point| theme::FEW <= point.n).then_some(Line { points, nearest })
}

fn draw(view: &View<'_>) -> Option<Drawing> {
    let low = LowResult::of_exam(&view.measures.exam);
    let measure = low.over_years();
    let what = match low {
        LowResult::BelowMinimum => "Доля участников ниже минимального балла",
        LowResult::Two => "Доля отметок «2»",
    };
    let own = line(view, view.level(), view.group(), &measure)?;
    let whole = if view.has_whole_run() { line(view, Level::All, "", &measure) } else { None };
    // If nobody else took part, the second line would repeat the first.
    let whole = whole.filter(|whole| whole.nearest.n != own.nearest.n);
    let years: Vec<String> =
        own.points.iter().map(|point| format!("{} — {}", point.year, percent(Percent(point.value), point.n))).collect();
    let alt = format!("{what} ({}): {}.", view.own_title(), years.join(", "));
    let caption = format!("{what} по годам, % участников ({})", view.own_title());
    let svg = sheet(HEIGHT_MM, DEFINITION.title, &alt, |canvas| paint(canvas, view, &own, whole.as_ref()));
    Some(Drawing { caption, alt, height_mm: HEIGHT_MM, svg })
}

/// Position of values and years on the sheet.
struct Frame {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    greatest: f64,
    years: Vec<u16>,
}

impl Frame {
    fn y(&self, value: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * value / self.greatest
    }

    /// Years are equally spaced: a year without data leaves no gap, because a gap would suggest a meaning.
    fn x(&self, year: u16) -> Option<f64> {
        let place = u32::try_from(self.years.iter().position(|known| *known == year)?).ok()?;
        let steps = u32::try_from(self.years.len().checked_sub(1)?).ok().filter(|steps| *steps != 0)?;
        let (first, last) = (self.left + 46.0, self.right - 34.0);
        Some(first + (last - first) * f64::from(place) / f64::from(steps))
    }
}

fn paint(canvas: &mut Canvas<'_>, view: &View<'_>, own: &Line<'_>, whole: Option<&Line<'_>>) {
    let all = own.points.iter().chain(whole.iter().flat_map(|line| &line.points));
    let top = all.map(|point| point.interval.map_or(point.value, |(_, high)| high)).fold(0.0, f64::max);
    let (greatest, step) = axis(1.12 * top);
    let frame = Frame {
        left: 26.0,
        right: canvas.width - 190.0,
        top: 12.0,
        bottom: canvas.height - 26.0,
        greatest,
        years: own.points.iter().map(|point| point.year).collect(),
    };
    let mut value = 0.0;
    while value <= greatest + step / 2.0 {
        let ink = if value == 0.0 { INK_3 } else { HAIR };
        canvas.line((frame.left, frame.y(value)), (frame.right, frame.y(value)), ink, 0.6);
        canvas.text(frame.left - 4.0, frame.y(value) + 2.7, &decimal(value, 0), Anchor::End, TICK);
        value += step;
    }
    canvas.text(0.0, frame.top - 3.0, "%", Anchor::Start, TICK);
    if let Some(whole) = whole {
        let places = placed(&frame, &whole.points);
        canvas.path(&places.iter().map(|(x, point)| (*x, frame.y(point.value))).collect::<Vec<_>>(), REFERENCE, 1.1);
        for (x, point) in places {
            canvas.rectangle(x - 2.0, frame.y(point.value) - 2.0, 4.0, 4.0, PAPER);
            canvas.outline(x - 2.0, frame.y(point.value) - 2.0, 4.0, 4.0, REFERENCE, 1.0);
        }
    }
    own_line(canvas, &frame, own);
    labels(canvas, view, own, whole, &frame);
}

fn placed<'a>(frame: &Frame, points: &'a [Point]) -> Vec<(f64, &'a Point)> {
    points.iter().filter_map(|point| Some((frame.x(point.year)?, point))).collect()
}

fn own_line(canvas: &mut Canvas<'_>, frame: &Frame, own: &Line<'_>) {
    let places = placed(frame, &own.points);
    for (x, point) in &places {
        if let Some((low, high)) = point.interval {
            canvas.line((*x, frame.y(low)), (*x, frame.y(high)), OWN, 0.8);
            for bound in [low, high] {
                canvas.line((x - 2.5, frame.y(bound)), (x + 2.5, frame.y(bound)), OWN, 0.8);
            }
        }
    }
    canvas.path(&places.iter().map(|(x, point)| (*x, frame.y(point.value))).collect::<Vec<_>>(), OWN, 1.7);
    let last = places.len();
    for (place, (x, point)) in (1..).zip(places) {
        canvas.disc((x, frame.y(point.value)), 3.0, OWN, PAPER, 0.8);
        let (at, anchor) = (frame.y(point.value) - 4.0, Anchor::Start);
        canvas.text_on_paper(x + 5.0, at, &share(Percent(point.value), point.n), anchor, Ink::bold(8.0, INK));
        canvas.text(
            x,
            frame.bottom + 10.0,
            &point.year.to_string(),
            Anchor::Middle,
            Ink::bold_if(place == last, 8.0, INK),
        );
        canvas.text(x, frame.bottom + 19.5, &format!("n{NBSP}={NBSP}{}", count(point.n)), Anchor::Middle, TICK);
    }
}

/// Names at the right ends, and the change of the group's own share since the nearest year.
fn labels(canvas: &mut Canvas<'_>, view: &View<'_>, own: &Line<'_>, whole: Option<&Line<'_>>, frame: &Frame) {
    let x = frame.right + 6.0;
    let room = canvas.width - x;
    let last = |line: &Line<'_>| line.points.last().copied();
    let mut ends = Vec::new();
    if let Some(point) = last(own) {
        let text = format!("{}{NBSP}— {}", view.own_title(), percent(Percent(point.value), point.n));
        ends.push((frame.y(point.value), fitted(&text, Cut::Bold, 8.0, room), Ink::bold(8.0, OWN)));
    }
    if let Some(point) = whole.and_then(last) {
        let text = format!("{ALL_TITLE}{NBSP}— {}", percent(Percent(point.value), point.n));
        ends.push((frame.y(point.value), text, Ink::new(8.0, INK_2)));
    }
    ends.sort_by(|one, other| one.0.total_cmp(&other.0));
    let wanted: Vec<f64> = ends.iter().map(|(at, ..)| *at).collect();
    let middles = spread(&wanted, &vec![11.0; ends.len()], 4.0, canvas.height - 34.0);
    for ((_, text, ink), at) in ends.iter().zip(middles) {
        canvas.text(x, at + 2.8, text, Anchor::Start, *ink);
    }
    let row = own.nearest;
    let decimals = share_decimals(row.n.0.min(row.n.1));
    if let Some(difference) = row.difference {
        let year = row.before_exam.year;
        let change = percentage_points(PercentagePoints(difference), decimals, true);
        let mut text = format!("к {year}{NBSP}г.: {change}");
        if let Some((low, high)) = row.interval {
            text.push_str(&format!(" ({})", range(low, high, decimals)));
        }
        let ink = Ink::new(8.0, INK_2);
        canvas.text(x, canvas.height - 16.0, &fitted(&text, ink.cut, ink.size, room), Anchor::Start, ink);
    }
}
