//! Shares of the marks, or of the bands of the test score: own, whole run, region, country.

use super::theme::canvas::{Anchor, Canvas, Ink, TICK, sheet};
use super::theme::typeface::fitted;
use super::theme::{self, HAIR, INK, INK_2, INK_3, MARK_TEXTS, MARKS, ON_MARKS, PAPER, RULE, WASH};
use super::{ALL_TITLE, ChartDefinition, Drawing, View};
use srez_model::level::Level;
use srez_model::reference::{ReferenceKind, ReferenceMarks};
use srez_model::unit::{Percent, as_f64};
use srez_wording::NBSP;
use srez_wording::number::{count, percent, share};
use srez_wording::text::capitalised;

pub(super) const DEFINITION: ChartDefinition = ChartDefinition {
    id: "marks-stacked",
    title: "Распределение отметок",
    shows: "Доли отметок «2»–«5» (для ЕГЭ — групп тестового балла) в процентах участников: свой результат, все \
            участники, регион и страна, если их таблицы получены; справа — доля «4» и «5».",
    draw,
};

const TOP: f64 = 24.0;
const BAR: f64 = 16.0;
const GAP: f64 = 7.5;
const BEFORE_REFERENCES: f64 = 5.0;

struct Line {
    title: String,
    n: u64,
    counts: Option<[u64; 4]>,
    shares: [f64; 4],
    own: bool,
    reference: bool,
}

fn draw(view: &View<'_>) -> Option<Drawing> {
    let lines = lines(view);
    let own = lines.first().filter(|line| line.own)?;
    let with_tests = view.measures.exam.has_test_scores();
    let what = if with_tests { "групп тестового балла" } else { "отметок" };
    let good = if with_tests { "61–100" } else { "«4» и\u{a0}«5»" };
    let caption = format!("Распределение {what}, % участников; справа — доля {good}, слева — число участников (n)");
    let alt = alt(&lines, view);
    let references = lines.iter().any(|line| line.reference);
    let bars = as_f64(lines.len() as u64);
    let height = TOP + bars * (BAR + GAP) + if references { BEFORE_REFERENCES } else { 0.0 } + 12.0;
    let height_mm = (height / theme::POINTS_PER_MM).ceil();
    let svg = sheet(height_mm, DEFINITION.title, &alt, |canvas| {
        if own.n == 0 {
            canvas.no_data("нет участников с результатом");
        } else {
            paint(canvas, &lines, &view.result_titles(), if with_tests { "61–100, %" } else { "«4» + «5», %" });
        }
    });
    Some(Drawing { caption, alt, height_mm, svg })
}

fn lines(view: &View<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut add = |level: Level, group: &str, title: String, own: bool| {
        let counts = if view.measures.exam.has_test_scores() {
            view.measures.bands_of(level, group).map(|row| row.by_band)
        } else {
            view.measures.marks_of(level, group).map(|row| row.by_mark)
        };
        if let Some(counts) = counts {
            let n = counts.iter().sum();
            let shares = counts.map(|part| Percent::of(part, n).map_or(0.0, |share| share.0));
            lines.push(Line { title, n, counts: Some(counts), shares, own, reference: false });
        }
    };
    add(view.level(), view.group(), view.own_title(), true);
    if view.has_whole_run() {
        add(Level::All, "", capitalised(ALL_TITLE), false);
    }
    if !view.measures.exam.has_test_scores() {
        lines.extend(reference(view, ReferenceKind::Region, "Регион"));
        lines.extend(reference(view, ReferenceKind::Country, "Россия"));
    }
    lines
}

fn reference(view: &View<'_>, kind: ReferenceKind, title: &str) -> Option<Line> {
    let ReferenceMarks { n, percent, counts, .. } = view.measures.reference(kind)?;
    Some(Line { title: title.to_owned(), n: *n, counts: *counts, shares: *percent, own: false, reference: true })
}

fn alt(lines: &[Line], view: &View<'_>) -> String {
    if lines.first().is_none_or(|line| line.n == 0) {
        return "Нет участников с результатом.".to_owned();
    }
    let subject = if view.measures.exam.has_test_scores() {
        "Не достигли минимума"
    } else {
        "Доля отметок «2»"
    };
    let said: Vec<String> = lines
        .iter()
        .filter(|line| line.n > 0)
        .map(|line| {
            let value = match line.counts {
                Some([lowest, ..]) if line.n < theme::FEW => format!("{lowest} из{NBSP}{}", line.n),
                _ => percent(Percent(line.shares[0]), line.n),
            };
            format!("{}{NBSP}— {value}", line.title)
        })
        .collect();
    format!("{subject}: {}.", said.join("; "))
}

/// Left and right end of the bars, and the width at which names are cut.
fn columns(canvas: &Canvas<'_>, lines: &[Line]) -> (f64, f64, f64) {
    let n_width = lines.iter().map(|line| Ink::new(8.0, INK_3).width(&count(line.n))).fold(0.0, f64::max);
    let names = lines.iter().map(|line| Ink::bold_if(line.own, 8.5, INK).width(&line.title)).fold(0.0, f64::max);
    let room = names.clamp(60.0, 130.0);
    (room + n_width + 20.0, canvas.width - 56.0, room)
}

fn paint(canvas: &mut Canvas<'_>, lines: &[Line], titles: &[String; 4], good: &str) {
    let (left, right, room) = columns(canvas, lines);
    let height = canvas.height;
    for step in 0..=4_u32 {
        let x = left + (right - left) * f64::from(step) / 4.0;
        canvas.line((x, TOP - 4.0), (x, height - 12.0), HAIR, 0.6);
        let label = if step == 4 { format!("100{NBSP}%") } else { (step * 25).to_string() };
        canvas.text(x, height - 3.0, &label, Anchor::Middle, TICK);
    }
    let mut y = TOP;
    let mut after_rule = false;
    for line in lines {
        if line.reference && !after_rule {
            canvas.line((0.0, y - 1.0), (canvas.width, y - 1.0), RULE, 0.5);
            y += BEFORE_REFERENCES;
            after_rule = true;
        }
        let colour = if line.own { INK } else { INK_2 };
        let ink = Ink::bold_if(line.own, 8.5, colour);
        canvas.text(0.0, y + 11.0, &fitted(&line.title, ink.cut, ink.size, room), Anchor::Start, ink);
        canvas.text(left - 8.0, y + 11.0, &count(line.n), Anchor::End, Ink::new(8.0, INK_3));
        if theme::FEW <= line.n {
            bar(canvas, line, y, left, right);
            let quality = share(Percent(line.shares[2] + line.shares[3]), line.n);
            canvas.text(canvas.width, y + 11.3, &quality, Anchor::End, ink);
        } else {
            few(canvas, line, titles, y, left, right);
        }
        y += BAR + GAP;
    }
    heads(canvas, lines, titles, left, right);
    canvas.text(left - 8.0, 9.0, "n", Anchor::End, Ink::new(8.0, INK_3));
    canvas.text(canvas.width, 9.0, good, Anchor::End, Ink::new(8.0, INK_3));
}

fn bar(canvas: &mut Canvas<'_>, line: &Line, y: f64, left: f64, right: f64) {
    let mut x = left;
    for (place, part) in line.shares.iter().enumerate() {
        let width = (right - left) * part / 100.0;
        canvas.rectangle(x, y, width, BAR, MARKS[place]);
        if x - left > 0.0 && width > 0.0 {
            canvas.line((x, y), (x, y + BAR), PAPER, 0.8);
        }
        let text = share(Percent(*part), line.n);
        let ink = Ink::bold_if(line.own, 8.0, ON_MARKS[place]);
        if ink.width(&text) + 4.0 <= width {
            canvas.text(x + width / 2.0, y + 11.3, &text, Anchor::Middle, ink);
        } else if place == 3 && width > 0.0 {
            canvas.text(right + 3.0, y + 11.3, &text, Anchor::Start, Ink::new(8.0, MARK_TEXTS[3]));
        }
        x += width;
    }
}

/// Fewer than ten participants: counts in words, no shares.
fn few(canvas: &mut Canvas<'_>, line: &Line, titles: &[String; 4], y: f64, left: f64, right: f64) {
    canvas.rectangle(left, y, right - left, BAR, WASH);
    let parts: Vec<String> = titles
        .iter()
        .zip(line.counts.unwrap_or_default())
        .map(|(title, counted)| format!("{title}{NBSP}— {counted}"))
        .collect();
    let ink = Ink::new(8.0, INK_2);
    let text = format!("человек: {}", parts.join(", "));
    canvas.text(left + 6.0, y + 11.3, &fitted(&text, ink.cut, ink.size, right - left - 12.0), Anchor::Start, ink);
    canvas.text(canvas.width, y + 11.3, "—", Anchor::End, Ink::new(8.5, INK_3));
}

/// Names of the marks above the first bar that has shares, moved apart if parts are narrow.
fn heads(canvas: &mut Canvas<'_>, lines: &[Line], titles: &[String; 4], left: f64, right: f64) {
    let Some(line) = lines.iter().find(|line| theme::FEW <= line.n) else { return };
    let mut x = left;
    let mut middles = Vec::with_capacity(4);
    for (place, part) in line.shares.iter().enumerate() {
        let width = (right - left) * part / 100.0;
        canvas.rectangle(x + 0.5, 13.0, (width - 1.0).max(0.0), 2.2, MARKS[place]);
        middles.push(x + width / 2.0);
        x += width;
    }
    let widths: Vec<f64> = titles.iter().map(|title| Ink::bold(8.5, INK).width(title) + 5.0).collect();
    let middles = theme::spread(&middles, &widths, left - 4.0, right + 8.0);
    for (place, (title, x)) in titles.iter().zip(middles).enumerate() {
        canvas.text(x, 9.0, title, Anchor::Middle, Ink::bold(8.5, MARK_TEXTS[place]));
    }
}
