//! Schools by their completion with intervals, beside the value drawn towards the mean: who can be told apart.

use super::theme::canvas::{Anchor, Canvas, Ink, NOTE, TICK, sheet};
use super::theme::typeface::{Cut, fitted};
use super::theme::{self, FEW, HAIR, INK, INK_2, INK_3, OWN, PAPER, REFERENCE};
use super::{ChartDefinition, Drawing, View};
use srez_model::compared;
use srez_model::level::Level;
use srez_model::measures::{ComparisonRow, MarksRow};
use srez_model::unit::{Percent, as_f64};
use srez_wording::NBSP;
use srez_wording::number::{count, decimal, share};

pub(super) const DEFINITION: ChartDefinition = ChartDefinition {
    id: "caterpillar",
    title: "Школы с интервалами",
    shows: "Процент выполнения работы по школам с интервалом 95 %; чёрточка — значение с поправкой на число \
            участников. Порядок — по значению с поправкой, только для служебного издания: место внутри пересекающихся \
            интервалов ничего не значит.",
    draw,
};

const TOP: f64 = 18.0;
const ROW: f64 = 12.6;
const FOOT: f64 = 30.0;
const MOST_SCHOOLS: usize = 40;
/// Two-sided 95 % of the normal law.
const Z_95: f64 = 1.959_963_984_540_054;

struct Line<'a> {
    title: &'a str,
    row: &'a ComparisonRow,
    value: f64,
    interval: Option<(f64, f64)>,
}

impl Line<'_> {
    fn place(&self) -> f64 {
        self.row.shrunk.map_or(self.value, |shrunk| shrunk.0)
    }
}

fn draw(view: &View<'_>) -> Option<Drawing> {
    let mut lines: Vec<Line<'_>> = view.settings.schools.iter().filter_map(|school| line(view, school)).collect();
    if lines.len() < 3 || MOST_SCHOOLS < lines.len() {
        return None;
    }
    lines.sort_by(|one, other| one.place().total_cmp(&other.place()).then_with(|| one.title.cmp(other.title)));
    let own = view.measures.marks_of(view.level(), view.group())?;
    let middle = own.mean_score?.0 / as_f64(u64::from(view.measures.exam.max_primary?).max(1)) * 100.0;
    let apart = lines.iter().filter(|line| is_apart(line, middle)).count();
    let alt = format!(
        "Школ: {}; интервал не накрывает среднее ({}{NBSP}%) у {apart}.",
        lines.len(),
        share(Percent(middle), own.n)
    );
    let caption = format!(
        "Процент выполнения работы по школам с интервалом 95{NBSP}%, служебное; чёрточка{NBSP}— с поправкой на число \
         участников; соседние места не различаются; школы, где меньше {FEW} участников, не показаны"
    );
    let height_mm = ((TOP + ROW * as_f64(lines.len() as u64) + FOOT) / theme::POINTS_PER_MM).ceil();
    let own_title = view.own_title();
    let svg = sheet(height_mm, DEFINITION.title, &alt, |canvas| paint(canvas, &lines, middle, own, &own_title));
    Some(Drawing { caption, alt, height_mm, svg })
}

fn line<'a>(view: &View<'a>, school: &str) -> Option<Line<'a>> {
    let row = view.measures.comparison_of(Level::School, school, compared::TOTAL)?;
    let value = row.value.filter(|_| FEW <= row.n)?.0;
    let marks = view.measures.marks_of(Level::School, school);
    let max = as_f64(u64::from(view.measures.exam.max_primary?).max(1));
    let interval = marks.and_then(|marks| marks.sd_score).map(|sd| {
        let half = Z_95 * sd / as_f64(row.n).sqrt() / max * 100.0;
        (value - half, value + half)
    });
    Some(Line { title: view.school(school), row, value, interval })
}

fn is_apart(line: &Line<'_>, middle: f64) -> bool {
    line.interval.is_some_and(|(low, high)| high < middle || middle < low)
}

fn paint(canvas: &mut Canvas<'_>, lines: &[Line<'_>], middle: f64, own: &MarksRow, own_title: &str) {
    let names = lines.iter().map(|line| Ink::new(8.0, INK).width(line.title)).fold(0.0, f64::max);
    let room = names.clamp(50.0, 130.0);
    let (left, right) = (room + 40.0, canvas.width - 92.0);
    let ends = lines.iter().flat_map(|line| {
        let (low, high) = line.interval.unwrap_or((line.value, line.value));
        [low, high, line.place()]
    });
    let (low, high) = ends.fold((middle, middle), |(low, high), value| (low.min(value), high.max(value)));
    let (low, high) = ((low / 10.0).floor() * 10.0, ((high / 10.0).ceil() * 10.0).min(100.0));
    let (low, high) = (low.max(0.0), high.max(low + 10.0));
    let x = |value: f64| left + (right - left) * (value.clamp(low, high) - low) / (high - low);
    let bottom = TOP + ROW * as_f64(lines.len() as u64);
    let mut tick = low;
    while tick <= high + 0.5 {
        canvas.line((x(tick), TOP), (x(tick), bottom), HAIR, 0.6);
        canvas.text(x(tick), bottom + 10.0, &decimal(tick, 0), Anchor::Middle, TICK);
        tick += 10.0;
    }
    canvas.line((x(middle), TOP - 3.0), (x(middle), bottom), OWN, 1.0);
    let label = format!("{own_title}{NBSP}— {}{NBSP}%", share(Percent(middle), own.n));
    canvas.text(x(middle), TOP - 6.0, &fitted(&label, Cut::Bold, 8.0, 200.0), Anchor::Middle, Ink::bold(8.0, OWN));
    canvas.text(left - 8.0, TOP - 6.0, "n", Anchor::End, TICK);
    canvas.text(right + 30.0, TOP - 6.0, "%", Anchor::End, TICK);
    canvas.text(canvas.width, TOP - 6.0, "с поправкой", Anchor::End, TICK);
    for (place, line) in lines.iter().enumerate() {
        let y = TOP + ROW * (as_f64(place as u64) + 0.5);
        let apart = is_apart(line, middle);
        canvas.text(0.0, y + 2.8, &fitted(line.title, Cut::Regular, 8.0, room), Anchor::Start, Ink::new(8.0, INK));
        canvas.text(left - 8.0, y + 2.8, &count(line.row.n), Anchor::End, TICK);
        if let Some((from, to)) = line.interval {
            let (colour, stroke) = if apart { (INK, 1.3) } else { (INK_3, 0.9) };
            canvas.line((x(from), y), (x(to), y), colour, stroke);
        }
        if let Some(shrunk) = line.row.shrunk {
            canvas.line((x(shrunk.0), y - 4.0), (x(shrunk.0), y + 4.0), INK_2, 1.0);
            canvas.text(canvas.width, y + 2.8, &share(shrunk, line.row.n), Anchor::End, Ink::new(8.0, INK_3));
        }
        canvas.disc((x(line.value), y), 2.8, if apart { OWN } else { REFERENCE }, PAPER, 0.5);
        let printed = share(Percent(line.value), line.row.n);
        canvas.text(right + 30.0, y + 2.8, &printed, Anchor::End, Ink::new(8.0, INK));
    }
    legend(canvas);
}

fn legend(canvas: &mut Canvas<'_>) {
    let y = canvas.height - 4.0;
    let mut x = 3.0;
    for (fill, words) in [(OWN, "интервал не накрывает среднее"), (REFERENCE, "отличие не выявлено")]
    {
        canvas.disc((x, y - 2.6), 2.8, fill, PAPER, 0.5);
        canvas.text(x + 6.0, y, words, Anchor::Start, NOTE);
        x += 20.0 + NOTE.width(words);
    }
    canvas.line((x, y - 6.0), (x, y + 1.0), INK_2, 1.0);
    canvas.text(x + 5.0, y, "с поправкой на малую выборку", Anchor::Start, NOTE);
}
