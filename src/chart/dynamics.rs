//! Share of the mark «2» in two comparable years.

use super::theme::canvas::{Anchor, Canvas, Ink, TICK, sheet};
use super::theme::typeface::{Cut, fitted};
use super::theme::{self, HAIR, INK, INK_2, INK_3, OWN, PAPER, REFERENCE, axis, spread};
use super::{ALL_TITLE, ChartDefinition, Drawing, View};
use crate::model::level::Level;
use crate::model::measures::DynamicsRow;
use crate::model::unit::{Percent, PercentagePoints};
use crate::wording::NBSP;
use crate::wording::number::{count, decimal, percent, percentage_points, range, share, share_decimals};

pub(super) const DEFINITION: ChartDefinition = ChartDefinition {
    id: "dynamics",
    title: "Доля отметок «2» по годам",
    shows: "Доля отметок «2» в этом и прошлом году; рисуется, только если работы двух лет сравнимы.",
    draw,
};

const MEASURE: &str = "share_of_2";
const HEIGHT_MM: f64 = 52.0;

/// Two shares of one group, in percent.
struct Line<'a> {
    before: f64,
    now: f64,
    row: &'a DynamicsRow,
}

fn draw(view: &View<'_>) -> Option<Drawing> {
    let line = |level: Level, group: &str| {
        view.measures
            .dynamics
            .iter()
            .find(|row| row.measure == MEASURE && row.level == level && row.group == group && row.comparable)
            .and_then(|row| Some(Line { before: row.before?, now: row.now?, row }))
    };
    let own = line(view.level(), view.group()).filter(|line| theme::FEW <= line.row.n.0.min(line.row.n.1))?;
    let whole = if view.has_whole_run() { line(Level::All, "") } else { None };
    let year = view.measures.exam.key.year;
    let before = own.row.before_exam.split('-').find_map(|part| part.parse::<u16>().ok().filter(|part| 1900 < *part));
    let years = [before.map_or_else(|| "раньше".to_owned(), |year| year.to_string()), year.to_string()];
    let [n_now, n_before] = [own.row.n.0, own.row.n.1];
    let alt = format!(
        "Доля отметок «2» ({}): {} — {}, {} — {}.",
        view.own_title(),
        years[0],
        percent(Percent(own.before), n_before),
        years[1],
        percent(Percent(own.now), n_now)
    );
    let caption = format!("Доля отметок «2» по годам, % участников ({})", view.own_title());
    let svg = sheet(HEIGHT_MM, DEFINITION.title, &alt, |canvas| paint(canvas, view, &own, whole.as_ref(), &years));
    Some(Drawing { caption, alt, height_mm: HEIGHT_MM, svg })
}

fn paint(canvas: &mut Canvas<'_>, view: &View<'_>, own: &Line<'_>, whole: Option<&Line<'_>>, years: &[String; 2]) {
    let (left, right, top, bottom) = (26.0, canvas.width - 190.0, 12.0, canvas.height - 26.0);
    let shares = [own.before, own.now].into_iter().chain(whole.iter().flat_map(|line| [line.before, line.now]));
    let (greatest, step) = axis(1.15 * shares.fold(0.0, f64::max));
    let y = |value: f64| bottom - (bottom - top) * value / greatest;
    let mut value = 0.0;
    while value <= greatest + step / 2.0 {
        canvas.line((left, y(value)), (right, y(value)), if value == 0.0 { INK_3 } else { HAIR }, 0.6);
        canvas.text(left - 4.0, y(value) + 2.7, &decimal(value, 0), Anchor::End, TICK);
        value += step;
    }
    canvas.text(0.0, top - 3.0, "%", Anchor::Start, TICK);
    let (first, last) = (left + 60.0, right - 40.0);
    if let Some(whole) = whole {
        canvas.path(&[(first, y(whole.before)), (last, y(whole.now))], REFERENCE, 1.1);
        for (x, value) in [(first, whole.before), (last, whole.now)] {
            canvas.rectangle(x - 2.0, y(value) - 2.0, 4.0, 4.0, PAPER);
            canvas.outline(x - 2.0, y(value) - 2.0, 4.0, 4.0, REFERENCE, 1.0);
        }
    }
    canvas.path(&[(first, y(own.before)), (last, y(own.now))], OWN, 1.7);
    let n = [own.row.n.1, own.row.n.0];
    for (place, (x, value)) in [(first, own.before), (last, own.now)].into_iter().enumerate() {
        canvas.disc((x, y(value)), 3.0, OWN, PAPER, 0.8);
        let above = whole.is_none_or(|whole| [whole.before, whole.now][place] <= value);
        let at = if above { y(value) - 6.0 } else { y(value) + 12.0 };
        canvas.text_on_paper(x, at, &share(Percent(value), n[place]), Anchor::Middle, Ink::bold(8.0, INK));
        canvas.text(x, bottom + 10.0, &years[place], Anchor::Middle, Ink::bold_if(place == 1, 8.0, INK));
        let size = format!("n{NBSP}={NBSP}{}", count(n[place]));
        canvas.text(x, bottom + 19.5, &size, Anchor::Middle, TICK);
    }
    labels(canvas, view, own, whole, right + 6.0, &y);
}

/// Names at the right ends and the difference of the own shares.
fn labels(
    canvas: &mut Canvas<'_>,
    view: &View<'_>,
    own: &Line<'_>,
    whole: Option<&Line<'_>>,
    x: f64,
    y: &impl Fn(f64) -> f64,
) {
    let room = canvas.width - x;
    let own_text = format!("{}{NBSP}— {}", view.own_title(), percent(Percent(own.now), own.row.n.0));
    let mut ends = vec![(y(own.now), fitted(&own_text, Cut::Bold, 8.0, room), Ink::bold(8.0, OWN))];
    if let Some(whole) = whole {
        let text = format!("{ALL_TITLE}{NBSP}— {}", percent(Percent(whole.now), whole.row.n.0));
        ends.push((y(whole.now), text, Ink::new(8.0, INK_2)));
    }
    ends.sort_by(|one, other| one.0.total_cmp(&other.0));
    let wanted: Vec<f64> = ends.iter().map(|(at, ..)| *at).collect();
    let middles = spread(&wanted, &vec![11.0; ends.len()], 4.0, canvas.height - 34.0);
    for ((_, text, ink), at) in ends.iter().zip(middles) {
        canvas.text(x, at + 2.8, text, Anchor::Start, *ink);
    }
    let decimals = share_decimals(own.row.n.0.min(own.row.n.1));
    if let Some(difference) = own.row.difference {
        let mut text = format!("изменение: {}", percentage_points(PercentagePoints(difference), decimals, true));
        if let Some((low, high)) = own.row.interval {
            text.push_str(&format!(" ({})", range(low, high, decimals)));
        }
        let ink = Ink::new(8.0, INK_2);
        canvas.text(x, canvas.height - 16.0, &fitted(&text, ink.cut, ink.size, room), Anchor::Start, ink);
    }
}
