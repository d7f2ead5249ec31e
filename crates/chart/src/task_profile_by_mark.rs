//! Completion of every task in the four groups by mark, or by band of the test score.

use super::theme::canvas::{Anchor, Canvas, Ink, NOTE, TICK, sheet};
use super::theme::{self, FAINT, FEW, HAIR, INK, INK_2, INK_3, MARK_LINES, MARK_TEXTS, MARKS, PAPER};
use super::{ChartDefinition, Drawing, View};
use srez_model::measures::TaskByMarkRow;
use srez_model::unit::as_f64;
use srez_wording::NBSP;
use srez_wording::number::{count, decimal};
use srez_wording::text::list;

pub(super) const DEFINITION: ChartDefinition = ChartDefinition {
    id: "task-profile-by-mark",
    title: "Выполнение заданий группами участников",
    shows: "Процент выполнения каждого задания участниками с отметками «2», «3», «4», «5» (для ЕГЭ — группами \
            тестового балла); задания по убыванию процента. Группы меньше 10 участников не показаны.",
    draw,
};

const LEFT: f64 = 26.0;
const TOP: f64 = 8.0;
const PLOT: f64 = 138.0;

/// A group's line.
struct Group {
    place: usize,
    n: u64,
    /// Completion by position on the axis, in percent.
    values: Vec<Option<f64>>,
}

/// All that is drawn.
struct Profile {
    /// Indices of the tasks, highest completion first.
    order: Vec<u16>,
    all: Vec<f64>,
    groups: Vec<Group>,
    hidden: Vec<String>,
}

fn draw(view: &View<'_>) -> Option<Drawing> {
    let profile = profile(view)?;
    let whose = if view.measures.exam.has_test_scores() {
        "группами тестового балла"
    } else {
        "участниками с разными отметками"
    };
    let mut caption = format!(
        "Процент выполнения заданий {whose} ({}); задания по убыванию процента, пунктир{NBSP}— все они вместе",
        view.own_title()
    );
    if view.settings.counts && !profile.hidden.is_empty() {
        caption.push_str(&format!("; группы меньше {FEW} участников не показаны: {}", list(&profile.hidden)));
    }
    let alt = alt(view, &profile);
    let rows = id_rows(view, &profile, theme::WIDTH_MM * theme::POINTS_PER_MM);
    let height = TOP + PLOT + 9.0 * as_f64(rows as u64) + 9.0 + 18.0;
    let height_mm = (height / theme::POINTS_PER_MM).ceil();
    let svg = sheet(height_mm, DEFINITION.title, &alt, |canvas| {
        if profile.groups.is_empty() {
            canvas.no_data(&format!("во всех группах меньше {FEW} участников"));
        } else {
            paint(canvas, view, &profile, rows);
        }
    });
    Some(Drawing { caption, alt, height_mm, svg })
}

fn profile(view: &View<'_>) -> Option<Profile> {
    let rows: Vec<&TaskByMarkRow> = view
        .measures
        .tasks_by_mark
        .iter()
        .filter(|row| row.level == view.level() && row.group == view.group())
        .collect();
    let mut tasks: Vec<(u16, f64)> =
        view.measures.tasks_of(view.level(), view.group()).filter_map(|row| Some((row.task, row.pct?.0))).collect();
    if rows.is_empty() || tasks.is_empty() {
        return None;
    }
    tasks.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    let first = if view.measures.exam.has_test_scores() { 1_u8 } else { 2 };
    let titles = view.result_titles();
    let mut groups = Vec::new();
    let mut hidden = Vec::new();
    for (mark, place) in (first..).zip(0..4_usize) {
        let of_mark = || rows.iter().filter(|row| row.mark == mark);
        let n = of_mark().map(|row| row.n).max().unwrap_or(0);
        if n < FEW {
            if n > 0 {
                hidden.push(format!("{} (n{NBSP}={NBSP}{n})", titles[place]));
            }
            continue;
        }
        let value = |task: u16| of_mark().find(|row| row.task == task).and_then(|row| row.pct).map(|percent| percent.0);
        groups.push(Group { place, n, values: tasks.iter().map(|(task, _)| value(*task)).collect() });
    }
    let (order, all) = tasks.into_iter().unzip();
    Some(Profile { order, all, groups, hidden })
}

/// The widest step between neighbouring groups, for those who cannot see the picture.
fn alt(view: &View<'_>, profile: &Profile) -> String {
    let quoted = |title: String| if title.starts_with('«') { title } else { format!("«{title}»") };
    let titles = view.result_titles().map(quoted);
    let mut widest: Option<(f64, String)> = None;
    for pair in profile.groups.windows(2) {
        let [lower, upper] = pair else { continue };
        for ((low, high), task) in lower.values.iter().zip(&upper.values).zip(&profile.order) {
            let (Some(low), Some(high)) = (low, high) else { continue };
            if widest.as_ref().is_none_or(|(gap, _)| *gap < high - low) {
                let text = format!(
                    "Наибольший разрыв — между группами {} и{NBSP}{} в{NBSP}задании №{NBSP}{}: {} и{NBSP}{}{NBSP}%.",
                    titles[lower.place],
                    titles[upper.place],
                    view.task_id(*task),
                    decimal(*low, 0),
                    decimal(*high, 0)
                );
                widest = Some((high - low, text));
            }
        }
    }
    widest.map_or_else(|| "Групп для сравнения недостаточно.".to_owned(), |(_, text)| text)
}

/// Rows into which the numbers of tasks are staggered, so that neighbours do not touch.
fn id_rows(view: &View<'_>, profile: &Profile, width: f64) -> usize {
    let ink = Ink::bold(8.0, INK);
    let widest = profile.order.iter().map(|task| ink.width(view.task_id(*task))).fold(0.0, f64::max) + 3.0;
    let slot = (right(view, width) - LEFT - 16.0) / as_f64(profile.order.len().saturating_sub(1).max(1) as u64);
    (1..4).find(|rows| widest <= slot * as_f64(*rows as u64)).unwrap_or(4)
}

fn right(view: &View<'_>, width: f64) -> f64 {
    width - if view.measures.exam.has_test_scores() { 96.0 } else { 66.0 }
}

fn paint(canvas: &mut Canvas<'_>, view: &View<'_>, profile: &Profile, rows: usize) {
    let right = right(view, canvas.width);
    let bottom = TOP + PLOT;
    let last = profile.order.len().saturating_sub(1);
    let x = |place: usize| {
        let part = if last == 0 { 0.5 } else { as_f64(place as u64) / as_f64(last as u64) };
        LEFT + 8.0 + (right - LEFT - 16.0) * part
    };
    let y = |percent: f64| bottom - PLOT * percent / 100.0;
    for step in 0..=5_u32 {
        let value = f64::from(step) * 20.0;
        canvas.line((LEFT, y(value)), (right, y(value)), if step == 0 { INK_3 } else { HAIR }, 0.6);
        canvas.text(LEFT - 4.0, y(value) + 2.7, &(step * 20).to_string(), Anchor::End, TICK);
    }
    canvas.text(0.0, TOP + 3.0, "%", Anchor::Start, TICK);
    for (place, task) in profile.order.iter().enumerate() {
        let at = x(place);
        canvas.line((at, TOP), (at, bottom), FAINT, 0.5);
        let row = as_f64((place % rows) as u64);
        canvas.text(at, bottom + 10.0 + 9.0 * row, view.task_id(*task), Anchor::Middle, Ink::bold(8.0, INK));
        if let Some(level) = view.measures.difficulty(*task) {
            let below = bottom + 10.0 + 9.0 * as_f64(rows as u64);
            canvas.text(
                at,
                below - 0.5,
                level.letter(),
                Anchor::Middle,
                if level.letter() == "Б" { TICK } else { NOTE },
            );
        }
    }
    lines(canvas, profile, &x, &y);
    labels(canvas, view, profile, right, &y);
    let levels = profile.order.iter().any(|task| view.measures.difficulty(*task).is_some());
    let name = if levels { "№ задания и уровень" } else { "№ задания" }.replace("№ ", "№\u{a0}");
    let title = format!("{name}; задания расположены по убыванию процента выполнения");
    canvas.text(f64::midpoint(LEFT, right), canvas.height - 3.0, &title, Anchor::Middle, Ink::new(8.0, INK_2));
}

fn lines(canvas: &mut Canvas<'_>, profile: &Profile, x: &impl Fn(usize) -> f64, y: &impl Fn(f64) -> f64) {
    let all: Vec<(f64, f64)> = profile.all.iter().enumerate().map(|(place, value)| (x(place), y(*value))).collect();
    if let [(x, y)] = all.as_slice() {
        canvas.dashed((x - 9.0, *y), (x + 9.0, *y), INK, 0.9);
    }
    for pair in all.windows(2) {
        if let [from, to] = pair {
            canvas.dashed(*from, *to, INK, 0.9);
        }
    }
    for group in &profile.groups {
        let points: Vec<Option<(f64, f64)>> =
            group.values.iter().enumerate().map(|(place, value)| value.map(|value| (x(place), y(value)))).collect();
        for run in points.split(Option::is_none) {
            let run: Vec<(f64, f64)> = run.iter().flatten().copied().collect();
            canvas.path(&run, MARK_LINES[group.place], 1.5);
        }
        for point in points.into_iter().flatten() {
            shape(canvas, group.place, point);
        }
    }
}

/// The four shapes: triangle down, diamond, square, disc.
fn shape(canvas: &mut Canvas<'_>, place: usize, at: (f64, f64)) {
    let (fill, outline) = (MARKS[place], MARK_TEXTS[place]);
    match place {
        0 => canvas.triangle(at, 2.7, false, fill, PAPER),
        1 => canvas.diamond(at, 3.0, fill, outline),
        2 => {
            let (x, y) = at;
            canvas.polygon(
                &[(x - 2.1, y - 2.1), (x + 2.1, y - 2.1), (x + 2.1, y + 2.1), (x - 2.1, y + 2.1)],
                fill,
                outline,
                0.7,
            );
        }
        _ => canvas.disc(at, 2.5, fill, PAPER, 0.8),
    }
}

/// Names at the right ends of the lines, moved apart; the line of all has one too.
fn labels(canvas: &mut Canvas<'_>, view: &View<'_>, profile: &Profile, right: f64, y: &impl Fn(f64) -> f64) {
    let short = if view.measures.exam.has_test_scores() {
        ["до мин.", "мин.–60", "61–80", "81–100"]
    } else {
        ["«2»", "«3»", "«4»", "«5»"]
    };
    let end = |values: &[Option<f64>]| values.iter().rev().flatten().next().copied();
    let mut ends: Vec<(f64, Option<(usize, u64)>)> = profile
        .groups
        .iter()
        .filter_map(|group| Some((y(end(&group.values)?), Some((group.place, group.n)))))
        .collect();
    if let Some(last) = profile.all.last() {
        ends.push((y(*last), None));
    }
    // Where ends are equal the better group is above.
    ends.sort_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)));
    let wanted: Vec<f64> = ends.iter().map(|(at, _)| *at).collect();
    let middles = theme::spread(&wanted, &vec![10.0; wanted.len()], TOP - 4.0, TOP + PLOT + 5.0);
    let indent = short.iter().map(|title| Ink::bold(9.0, INK).width(title)).fold(0.0, f64::max) + 5.0;
    for ((_, group), at) in ends.iter().zip(middles) {
        match group {
            Some((place, n)) => {
                let ink = Ink::bold(9.0, MARK_TEXTS[*place]);
                canvas.text(right + 3.0, at + 3.0, short[*place], Anchor::Start, ink);
                if view.settings.counts {
                    let text = format!("n{NBSP}={NBSP}{}", count(*n));
                    canvas.text(right + 3.0 + indent, at + 3.0, &text, Anchor::Start, Ink::new(8.0, INK_3));
                }
            }
            None => canvas.text(right + 3.0, at + 3.0, "все", Anchor::Start, Ink::new(8.0, INK)),
        }
    }
}
