//! Scores of the group, coloured by mark, over the grey area of the whole run; cuts dashed, counts of each mark above.

use super::theme::canvas::{Anchor, Canvas, Ink, NOTE, TICK, sheet};
use super::theme::typeface::{Cut, fitted};
use super::theme::{self, HAIR, INK, INK_2, INK_3, MARK_TEXTS, MARKS, OWN, REFERENCE, axis};
use super::{ALL_TITLE, ChartDefinition, Drawing, View};
use srez_model::assessment::Scale;
use srez_model::level::Level;
use srez_model::measures::{BoundaryRow, ScoreKind};
use srez_model::unit::{Percent, as_f64};
use srez_wording::NBSP;
use srez_wording::number::{count, decimal, percent};
use srez_wording::text::list;

pub(super) const DEFINITION: ChartDefinition = ChartDefinition {
    id: "score-distribution",
    title: "Распределение баллов",
    shows: "Доля участников с каждым первичным (для ЕГЭ — тестовым) баллом; цвет столбца — отметка по шкале, пунктир — \
            границы, серая область — все участники, линия — плавное распределение, с которым сравниваются работы у \
            границ.",
    draw,
};

const HEIGHT_MM: f64 = 60.0;
const LEFT: f64 = 30.0;

/// A part of the scale with one mark or band.
struct Segment {
    from: u16,
    to: u16,
    place: usize,
}

/// What is drawn.
struct Scores {
    own: Vec<u64>,
    whole: Vec<u64>,
    /// Participants by the curve against which works at the cuts are tested, by score; empty where there is none.
    smooth: Vec<(u16, f64)>,
    segments: Vec<Segment>,
    counts: Option<[u64; 4]>,
    tests: bool,
    knows_maximum: bool,
}

impl Scores {
    fn slots(&self) -> f64 {
        as_f64(self.own.len() as u64)
    }

    fn place(&self, score: usize) -> Option<usize> {
        let score = u16::try_from(score).ok()?;
        self.segments.iter().find(|part| (part.from..part.to).contains(&score)).map(|part| part.place)
    }

    /// Lower bounds of all segments but the first.
    fn cuts(&self) -> Vec<u16> {
        self.segments.iter().skip(1).map(|part| part.from).collect()
    }

    fn n(&self) -> u64 {
        self.own.iter().sum()
    }
}

fn draw(view: &View<'_>) -> Option<Drawing> {
    let scores = scores(view)?;
    let name = if scores.tests { "тестовых" } else { "первичных" };
    let mut caption = format!(
        "Распределение {name} баллов, % участников ({}, n{NBSP}={NBSP}{})",
        view.own_title(),
        count(scores.n())
    );
    if !scores.segments.is_empty() {
        caption.push_str("; цвет столбца — отметка по шкале, пунктир — границы");
        if !view.measures.exam.conditions.is_empty() {
            caption = caption.replace("по шкале", "по шкале без дополнительных условий");
        }
        if scores.tests {
            caption = caption.replace("отметка по шкале", "группа тестового балла");
        }
    }
    if view.has_whole_run() && theme::FEW <= scores.n() {
        caption.push_str(if scores.tests {
            "; серые столбцы — все участники"
        } else {
            "; серая область — все участники"
        });
    }
    if !scores.smooth.is_empty() {
        caption.push_str("; линия — плавное распределение, с которым сравниваются работы у границ");
    }
    let alt = alt(view, &scores);
    let svg = sheet(HEIGHT_MM, DEFINITION.title, &alt, |canvas| {
        if scores.n() == 0 {
            canvas.no_data("нет участников с подсчитанным баллом");
        } else {
            paint(canvas, view, &scores);
        }
    });
    Some(Drawing { caption, alt, height_mm: HEIGHT_MM, svg })
}

fn scores(view: &View<'_>) -> Option<Scores> {
    let exam = &view.measures.exam;
    let tests = exam.has_test_scores();
    let kind = if tests { ScoreKind::Test } else { ScoreKind::Primary };
    let seen = view.measures.scores.iter().filter(|row| row.kind == kind);
    let greatest_seen = seen.clone().map(|row| row.score).max()?;
    let greatest = if tests { 100 } else { exam.max_primary.unwrap_or(1).max(1) }.max(greatest_seen);
    let by_score = |level: Level, group: &str| {
        let mut counts = vec![0_u64; usize::from(greatest) + 1];
        for row in seen.clone().filter(|row| row.level == level && row.group == group) {
            if let Some(cell) = counts.get_mut(usize::from(row.score)) {
                *cell += row.n;
            }
        }
        counts
    };
    let counts = if tests {
        view.measures.bands_of(view.level(), view.group()).map(|row| row.by_band)
    } else {
        view.measures.marks_of(view.level(), view.group()).map(|row| row.by_mark)
    };
    let own_rows = seen.clone().filter(|row| row.level == view.level() && row.group == view.group());
    Some(Scores {
        smooth: own_rows.filter_map(|row| Some((row.score, row.expected?))).collect(),
        own: by_score(view.level(), view.group()),
        whole: if view.has_whole_run() { by_score(Level::All, "") } else { Vec::new() },
        segments: segments(&exam.scale, greatest + 1),
        counts: counts.filter(|counts| counts.iter().any(|n| *n != 0)),
        tests,
        knows_maximum: tests || exam.max_primary.is_some(),
    })
}

fn segments(scale: &Scale, end: u16) -> Vec<Segment> {
    let bounds: Vec<(u16, usize)> = match scale {
        Scale::Unknown => Vec::new(),
        Scale::Marks(bounds) => bounds
            .iter()
            .filter_map(|(bound, mark)| Some((*bound, usize::from(mark.checked_sub(2)?))))
            .filter(|(_, place)| *place < 4)
            .collect(),
        Scale::Test { min_test, .. } => vec![(0, 0), (*min_test, 1), (61, 2), (81, 3)],
    };
    let ends = bounds.iter().skip(1).map(|(bound, _)| *bound).chain([end]);
    let parts = bounds.iter().zip(ends).map(|((from, place), to)| Segment { from: *from, to, place: *place });
    parts.filter(|part| part.from < part.to).collect()
}

fn alt(view: &View<'_>, scores: &Scores) -> String {
    let n = scores.n();
    if n == 0 {
        return "Нет участников с подсчитанным баллом.".to_owned();
    }
    let sum: u64 = scores.own.iter().zip(0_u64..).map(|(n, score)| n * score).sum();
    let mean = decimal(as_f64(sum) / as_f64(n), 1);
    let greatest = scores.own.len() - 1;
    let lowest = scores.own.iter().position(|n| *n != 0).unwrap_or(0);
    let highest = scores.own.iter().rposition(|n| *n != 0).unwrap_or(0);
    let spread = if lowest == highest {
        format!("все набрали {lowest}, нет разброса")
    } else {
        format!("набирали от{NBSP}{lowest} до{NBSP}{highest}")
    };
    format!("Средний балл ({}) — {mean} из{NBSP}{greatest}; {spread}.{}", view.own_title(), bunching(view, scores))
}

/// What the drawing shows where works bunch at the cuts: the score that stands out most from the curve.
fn bunching(view: &View<'_>, scores: &Scores) -> String {
    let cuts = scores.cuts();
    let excess = |(score, smooth): &(u16, f64)| {
        let counted = scores.own.get(usize::from(*score)).copied()?;
        cuts.contains(score).then_some((as_f64(counted) - smooth, *score, counted, *smooth))
    };
    let greatest = scores.smooth.iter().filter_map(excess).max_by(|left, right| left.0.total_cmp(&right.0));
    let is_found = view.measures.bunching_of(view.level(), view.group()).is_some_and(BoundaryRow::is_found);
    greatest.filter(|_| is_found).map_or_else(String::new, |(_, score, counted, smooth)| {
        let (counted, smooth) = (count(counted), decimal(smooth, 0));
        format!(" С{NBSP}баллом границы {score}{NBSP}— {counted} чел., по плавной кривой было бы {smooth}.")
    })
}

/// Turns scores and shares into coordinates.
struct Frame {
    right: f64,
    top: f64,
    bottom: f64,
    slots: f64,
    greatest: f64,
}

impl Frame {
    fn edge(&self, score: f64) -> f64 {
        LEFT + (self.right - LEFT) * score / self.slots
    }

    fn y(&self, value: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * value / self.greatest
    }

    fn slot(&self) -> f64 {
        (self.right - LEFT) / self.slots
    }
}

fn paint(canvas: &mut Canvas<'_>, view: &View<'_>, scores: &Scores) {
    let n = scores.n();
    let whole_n: u64 = scores.whole.iter().sum();
    let few = n < theme::FEW;
    let with_whole = !few && whole_n != 0;
    // Shares of a handful would jump by tens of percent, so persons are counted instead.
    let value =
        |counted: u64, of: u64| if few { as_f64(counted) } else { Percent::of(counted, of).map_or(0.0, |p| p.0) };
    let own: Vec<f64> = scores.own.iter().map(|counted| value(*counted, n)).collect();
    let whole: Vec<f64> =
        if with_whole { scores.whole.iter().map(|counted| value(*counted, whole_n)).collect() } else { Vec::new() };
    let smooth = |expected: f64| if few { expected } else { 100.0 * expected / as_f64(n) };
    let highest = scores.smooth.iter().map(|(_, expected)| smooth(*expected));
    let (greatest, step) = axis(own.iter().chain(&whole).copied().chain(highest).fold(0.0, f64::max));
    let frame = Frame {
        right: canvas.width - 4.0,
        top: if scores.segments.is_empty() { 18.0 } else { 34.0 },
        bottom: canvas.height - 41.0,
        slots: scores.slots(),
        greatest,
    };
    grid(canvas, &frame, step, if few { "чел." } else { "%" });
    if with_whole {
        area(canvas, &frame, &whole, scores.tests);
    }
    let width = frame.slot() * if scores.tests { 0.75 } else { 0.62 };
    for (score, share) in own.iter().enumerate() {
        let colour = scores.place(score).map_or(OWN, |place| MARKS[place]);
        let middle = frame.edge(as_f64(score as u64) + 0.5);
        canvas.rectangle(middle - width / 2.0, frame.y(*share), width, frame.bottom - frame.y(*share), colour);
    }
    let curve: Vec<(f64, f64)> =
        scores.smooth.iter().map(|(score, n)| (frame.edge(f64::from(*score) + 0.5), frame.y(smooth(*n)))).collect();
    canvas.path(&curve, INK, 0.9);
    canvas.line((LEFT, frame.bottom), (frame.right, frame.bottom), INK_3, 0.6);
    marks_above(canvas, view, scores, &frame);
    ticks(canvas, scores, &frame);
    foot(canvas, view, scores, whole_n * u64::from(with_whole));
}

fn grid(canvas: &mut Canvas<'_>, frame: &Frame, step: f64, unit: &str) {
    let mut value = 0.0;
    while value <= frame.greatest + step / 2.0 {
        let y = frame.y(value);
        canvas.line((LEFT, y), (frame.right, y), HAIR, 0.6);
        canvas.text(LEFT - 4.0, y + 2.7, &decimal(value, 0), Anchor::End, TICK);
        value += step;
    }
    canvas.text(LEFT - 4.0, frame.top - 7.0, unit, Anchor::End, TICK);
}

fn area(canvas: &mut Canvas<'_>, frame: &Frame, whole: &[f64], tests: bool) {
    let mut steps = Vec::with_capacity(2 * whole.len());
    for (score, share) in whole.iter().enumerate() {
        let (from, to) = (frame.edge(as_f64(score as u64)), frame.edge(as_f64(score as u64) + 1.0));
        let y = frame.y(*share);
        if tests && *share > 0.0 {
            // Not every test score can be reached, so one outline would be a comb: each score has its own top.
            canvas.rectangle(from, y, to - from, frame.bottom - y, HAIR);
            canvas.line((from, y), (to, y), REFERENCE, 0.9);
        }
        steps.extend([(from, y), (to, y)]);
    }
    if !tests {
        let corners = [(frame.right, frame.bottom), (LEFT, frame.bottom)];
        let closed: Vec<(f64, f64)> = steps.iter().copied().chain(corners).collect();
        canvas.polygon(&closed, HAIR, HAIR, 0.0);
        canvas.path(&steps, REFERENCE, 0.9);
    }
}

fn marks_above(canvas: &mut Canvas<'_>, view: &View<'_>, scores: &Scores, frame: &Frame) {
    let titles = view.result_titles();
    let marked: u64 = scores.counts.map_or(0, |counts| counts.iter().sum());
    for part in &scores.segments {
        let (from, to) = (frame.edge(f64::from(part.from)), frame.edge(f64::from(part.to)));
        let middle = f64::midpoint(from, to);
        canvas.rectangle(from + 1.0, 15.5, to - from - 2.0, 2.4, MARKS[part.place]);
        let ink = Ink::bold(9.0, MARK_TEXTS[part.place]);
        let short = [
            titles[part.place].clone(),
            ["до мин.", "от мин. до 60", "", ""][part.place].to_owned(),
            "мин.–60".to_owned(),
        ];
        let room = to - from + 6.0;
        if let Some(title) = short.iter().find(|title| ink.width(title) <= room && !title.is_empty()) {
            canvas.text(middle, 10.0, title, Anchor::Middle, ink);
        }
        if let Some(counted) = scores.counts.map(|counts| counts[part.place]) {
            let share = Percent::of(counted, marked).map_or_else(String::new, |share| percent(share, marked));
            let people = format!("{}{NBSP}чел.", count(counted));
            let both = format!("{people}, {share}");
            let ink = Ink::new(8.0, INK_2);
            let candidates =
                if marked < theme::FEW { vec![people, count(counted)] } else { vec![both, people, count(counted)] };
            if let Some(text) = candidates.iter().find(|text| ink.width(text) <= to - from - 3.0) {
                canvas.text(middle, 26.0, text, Anchor::Middle, ink);
            }
        }
    }
    // Between wide slots the line continues through the numbers below; in narrow ones it would cross them.
    let end = frame.bottom + if frame.slot() >= 15.0 { 13.0 } else { 1.5 };
    for cut in scores.cuts() {
        let x = frame.edge(f64::from(cut));
        canvas.dashed((x, 18.5), (x, end), INK_2, 0.7);
    }
}

fn ticks(canvas: &mut Canvas<'_>, scores: &Scores, frame: &Frame) {
    let slot = frame.slot();
    let every = [1_usize, 2, 5, 10, 20].into_iter().find(|every| as_f64(*every as u64) * slot >= 13.0).unwrap_or(50);
    let cuts: Vec<usize> = scores.cuts().into_iter().map(usize::from).collect();
    let bold = Ink::bold(7.5, INK);
    let mut taken: Vec<f64> = Vec::new();
    for cut in &cuts {
        let x = frame.edge(as_f64(*cut as u64) + 0.5);
        if taken.last().is_none_or(|last| last + 10.0 <= x) {
            canvas.text(x, frame.bottom + 10.5, &cut.to_string(), Anchor::Middle, bold);
            taken.push(x);
        }
    }
    for score in (0..scores.own.len()).step_by(every) {
        let x = frame.edge(as_f64(score as u64) + 0.5);
        if taken.iter().all(|other| (other - x).abs() >= 11.0) || every == 1 && !cuts.contains(&score) {
            canvas.text(x, frame.bottom + 10.5, &score.to_string(), Anchor::Middle, TICK);
        }
    }
}

fn foot(canvas: &mut Canvas<'_>, view: &View<'_>, scores: &Scores, whole_n: u64) {
    let kind = if scores.tests { "тестовый балл" } else { "первичный балл" };
    let cuts: Vec<String> = scores.cuts().iter().map(u16::to_string).collect();
    let cuts = match (cuts.as_slice(), scores.tests) {
        ([], _) => "; шкала неизвестна".to_owned(),
        ([minimum, ..], true) => format!("; минимум{NBSP}— {minimum}, границы групп: 61 и{NBSP}81"),
        (cuts, false) => format!("; границы отметок: {}", list(cuts)),
    };
    let greatest = if scores.knows_maximum { "максимум" } else { "наибольший полученный" };
    let title = format!("{kind} ({greatest}{NBSP}{}){cuts}", scores.own.len() - 1);
    let y = canvas.height - 15.0;
    canvas.text(f64::midpoint(LEFT, canvas.width), y, &title, Anchor::Middle, Ink::new(8.0, INK_2));
    let y = canvas.height - 3.0;
    let colours: Vec<_> = if scores.segments.is_empty() { vec![OWN] } else { MARKS.to_vec() };
    let mut x = LEFT;
    for colour in colours {
        canvas.rectangle(x, y - 5.0, 4.0, 5.5, colour);
        x += 4.0;
    }
    let name = fitted(&view.own_title(), Cut::Regular, 7.5, 220.0);
    let own = format!("{name}, n{NBSP}={NBSP}{}", count(scores.n()));
    canvas.text(x + 5.0, y, &own, Anchor::Start, Ink::new(7.5, INK));
    if whole_n != 0 {
        x += 5.0 + NOTE.width(&own) + 18.0;
        canvas.rectangle(x, y - 5.0, 16.0, 5.5, HAIR);
        canvas.line((x, y - 5.0), (x + 16.0, y - 5.0), REFERENCE, 1.0);
        let whole = format!("{ALL_TITLE}, n{NBSP}={NBSP}{}", count(whole_n));
        canvas.text(x + 21.0, y, &whole, Anchor::Start, NOTE);
    }
}
