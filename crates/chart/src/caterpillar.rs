//! Schools by how far they lie from the others, with intervals: who can be told apart.

use super::theme::canvas::{Anchor, Canvas, Ink, NOTE, TICK, sheet};
use super::theme::typeface::{Cut, fitted};
use super::theme::{self, FEW, HAIR, INK, INK_2, INK_3, OWN, PAPER, REFERENCE};
use super::{ChartDefinition, Drawing, View};
use srez_model::check::CheckState;
use srez_model::compared::MeasureId;
use srez_model::level::Level;
use srez_model::measures::{ComparisonRow, MarksRow};
use srez_model::unit::{Percent, as_f64};
use srez_wording::NBSP;
use srez_wording::number::{count, decimal, share};

pub(super) const DEFINITION: ChartDefinition = ChartDefinition {
    id: "caterpillar",
    title: "Школы с интервалами",
    shows: "Процент выполнения работы по школам: точка — как есть, чёрточка — с учётом случайности набора учеников, с \
            интервалом 95 %. Порядок — по значению с поправкой, только для служебного издания: место внутри \
            пересекающихся интервалов ничего не значит.",
    draw,
};

const TOP: f64 = 18.0;
const ROW: f64 = 12.6;
const FOOT: f64 = 30.0;
const MOST_SCHOOLS: usize = 40;

struct Line<'a> {
    title: &'a str,
    row: &'a ComparisonRow,
    value: f64,
    /// The value with the chance of the pupils taken into account, and its 95 % interval.
    shrunk: Option<(f64, f64, f64)>,
}

impl Line<'_> {
    fn place(&self) -> f64 {
        self.shrunk.map_or(self.value, |(shrunk, ..)| shrunk)
    }

    fn is_named(&self) -> bool {
        self.row.state == CheckState::Found
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
    let named = lines.iter().filter(|line| line.is_named()).count();
    let alt = format!(
        "Школ: {}; среднее {}{NBSP}%; отличие достаточно велико и надёжно у {named}.",
        lines.len(),
        share(Percent(middle), own.n)
    );
    let caption = format!(
        "Процент выполнения работы по школам, служебное; чёрточка{NBSP}— с учётом случайности набора учеников, с \
         интервалом 95{NBSP}%; соседние места не различаются; школы, где меньше {FEW} участников, не показаны"
    );
    let height_mm = ((TOP + ROW * as_f64(lines.len() as u64) + FOOT) / theme::POINTS_PER_MM).ceil();
    let own_title = view.own_title();
    let svg = sheet(height_mm, DEFINITION.title, &alt, |canvas| paint(canvas, &lines, middle, own, &own_title));
    Some(Drawing { caption, alt, height_mm, svg })
}

fn line<'a>(view: &View<'a>, school: &str) -> Option<Line<'a>> {
    let row = view.measures.comparison_of(Level::School, school, &MeasureId::Total)?;
    let value = row.value.filter(|_| FEW <= row.n)?.0;
    let shrunk = row.shrunk().zip(row.reference).zip(row.low.zip(row.high));
    let shrunk = shrunk.map(|((shrunk, reference), (low, high))| (shrunk.0, reference.0 + low.0, reference.0 + high.0));
    Some(Line { title: view.school(school), row, value, shrunk })
}

fn paint(canvas: &mut Canvas<'_>, lines: &[Line<'_>], middle: f64, own: &MarksRow, own_title: &str) {
    let names = lines.iter().map(|line| Ink::new(8.0, INK).width(line.title)).fold(0.0, f64::max);
    let room = names.clamp(50.0, 130.0);
    let (left, right) = (room + 40.0, canvas.width - 92.0);
    let ends = lines.iter().flat_map(|line| {
        let (_, low, high) = line.shrunk.unwrap_or((line.value, line.value, line.value));
        [low, high, line.value]
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
        let is_named = line.is_named();
        canvas.text(0.0, y + 2.8, &fitted(line.title, Cut::Regular, 8.0, room), Anchor::Start, Ink::new(8.0, INK));
        canvas.text(left - 8.0, y + 2.8, &count(line.row.n), Anchor::End, TICK);
        if let Some((shrunk, from, to)) = line.shrunk {
            let (colour, stroke) = if is_named { (INK, 1.3) } else { (INK_3, 0.9) };
            canvas.line((x(from), y), (x(to), y), colour, stroke);
            canvas.line((x(shrunk), y - 4.0), (x(shrunk), y + 4.0), INK_2, 1.0);
            let printed = share(Percent(shrunk), line.row.n);
            canvas.text(canvas.width, y + 2.8, &printed, Anchor::End, Ink::new(8.0, INK_3));
        }
        canvas.disc((x(line.value), y), 2.8, if is_named { OWN } else { REFERENCE }, PAPER, 0.5);
        let printed = share(Percent(line.value), line.row.n);
        canvas.text(right + 30.0, y + 2.8, &printed, Anchor::End, Ink::new(8.0, INK));
    }
    legend(canvas);
}

fn legend(canvas: &mut Canvas<'_>) {
    let y = canvas.height - 4.0;
    let mut x = 3.0;
    for (fill, words) in [(OWN, "отличие достаточно велико и надёжно"), (REFERENCE, "школа не названа")]
    {
        canvas.disc((x, y - 2.6), 2.8, fill, PAPER, 0.5);
        canvas.text(x + 6.0, y, words, Anchor::Start, NOTE);
        x += 20.0 + NOTE.width(words);
    }
    canvas.line((x, y - 6.0), (x, y + 1.0), INK_2, 1.0);
    canvas.text(x + 5.0, y, "с учётом случайности, 95 %", Anchor::Start, NOTE);
}
