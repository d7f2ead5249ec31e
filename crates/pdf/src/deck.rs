//! Slides as the template gets them: numbers as printed, places of squares, kinds of bodies.

use super::glyphs::printable;
use serde::Serialize;
use srez_model::deck::{Body, Columns, Deck, Fill, LevelBar, Pictogram, Shown, Slide};
use srez_render::look;
use srez_render::slides::{GRID_WIDTH, cells};
use srez_wording::number;

/// The data of the slides.
#[derive(Debug, Serialize)]
pub(super) struct DeckData {
    title: String,
    centre: String,
    /// Year, month, day.
    date: [i32; 3],
    footer: String,
    slides: Vec<SlideData>,
}

#[derive(Debug, Serialize)]
struct SlideData {
    title: String,
    lead: String,
    alt: String,
    #[serde(flatten)]
    body: BodyData,
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum BodyData {
    Count { value: String, of: String, text: String, squares: SquaresData, legend: Vec<Sign> },
    Bars { bars: Vec<BarData> },
    Columns { groups: Vec<GroupData>, tasks: Vec<TaskData> },
    Decisions { points: Vec<Point> },
}

/// Squares, in millimetres.
#[derive(Debug, Serialize)]
struct SquaresData {
    side: f64,
    width: f64,
    height: f64,
    corners: Vec<[f64; 2]>,
    /// Beside `corners`.
    fills: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
struct Sign {
    shown: String,
    label: String,
    fill: &'static str,
}

#[derive(Debug, Serialize)]
struct BarData {
    name: String,
    about: String,
    percent: f64,
    value: String,
    threshold: Option<f64>,
    /// «порог 60 %»; empty without one.
    limit: String,
    verdict: &'static str,
}

#[derive(Debug, Serialize)]
struct GroupData {
    name: String,
    colour: usize,
    first: bool,
}

#[derive(Debug, Serialize)]
struct TaskData {
    name: String,
    about: String,
    columns: Vec<ColumnData>,
}

#[derive(Debug, Serialize)]
struct ColumnData {
    percent: f64,
    value: String,
    colour: usize,
    first: bool,
}

#[derive(Debug, Serialize)]
struct Point {
    what: String,
    how: String,
    term: String,
}

impl DeckData {
    /// The deck as data; `date` is year, month and day.
    pub(super) fn new(deck: &Deck, date: [i32; 3]) -> Self {
        Self {
            title: printable(&deck.title),
            centre: printable(&deck.centre),
            date,
            footer: printable(&deck.footer),
            slides: deck.slides.iter().map(slide).collect(),
        }
    }
}

fn slide(slide: &Slide) -> SlideData {
    let body = match &slide.body {
        Body::Count(of) => count(of),
        Body::Bars(bars) => BodyData::Bars { bars: bars.iter().map(bar).collect() },
        Body::Columns(of) => columns(of),
        Body::Decisions(points) => BodyData::Decisions {
            points: points
                .iter()
                .map(|it| Point { what: printable(&it.what), how: printable(&it.how), term: printable(&it.term) })
                .collect(),
        },
    };
    SlideData { title: printable(&slide.title), lead: printable(&slide.lead), alt: slide.alt.clone(), body }
}

fn count(of: &Pictogram) -> BodyData {
    let fills: Vec<&'static str> =
        of.squares.iter().flat_map(|one| (0..one.count).map(|_| fill_id(one.fill))).collect();
    let cells = cells(fills.len());
    BodyData::Count {
        value: printable(&of.value),
        of: printable(&of.of),
        text: printable(&of.text),
        squares: SquaresData {
            side: cells.side,
            width: GRID_WIDTH,
            height: cells.height,
            corners: cells.corners,
            fills,
        },
        legend: of
            .squares
            .iter()
            .map(|it| Sign { shown: printable(&it.shown), label: printable(&it.label), fill: fill_id(it.fill) })
            .collect(),
    }
}

fn fill_id(fill: Fill) -> &'static str {
    match fill {
        Fill::Solid => "solid",
        Fill::Hatched => "hatched",
        Fill::Hollow => "hollow",
    }
}

fn bar(bar: &LevelBar) -> BarData {
    BarData {
        name: printable(&bar.name),
        about: printable(&bar.about),
        percent: bar.value.percent,
        value: printed(bar.value),
        threshold: bar.threshold,
        limit: bar.threshold.map_or_else(String::new, |it| format!("порог {}", number::percent_exact(it, 0))),
        verdict: look::of_verdict(bar.verdict),
    }
}

fn columns(of: &Columns) -> BodyData {
    let group = |(place, it): (usize, &srez_model::deck::ColumnGroup)| GroupData {
        name: printable(&it.name),
        colour: it.colour,
        first: place == 0,
    };
    let groups: Vec<GroupData> = of.groups.iter().enumerate().map(group).collect();
    let tasks = of.tasks.iter().map(|task| TaskData {
        name: printable(&task.name),
        about: printable(&task.about),
        columns: groups
            .iter()
            .zip(&task.values)
            .filter_map(|(group, value)| {
                let value = (*value)?;
                let GroupData { colour, first, .. } = *group;
                Some(ColumnData { percent: value.percent, value: printed(value), colour, first })
            })
            .collect(),
    });
    let tasks = tasks.collect();
    BodyData::Columns { groups, tasks }
}

fn printed(share: Shown) -> String {
    number::percent_exact(share.percent, share.decimals)
}
