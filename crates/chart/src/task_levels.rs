//! Completion of every task with its interval and verdict, in blocks by level of difficulty.

use super::theme::canvas::{Anchor, Canvas, Ink, NOTE, TICK, sheet};
use super::theme::typeface::{Cut, fitted};
use super::theme::{
    self, FAINT, FEW, HAIR, INK, INK_2, INK_3, LOW, POINTS_PER_MM, REFERENCE, ZONE, ZONE_BAND, ZONE_TEXT,
};
use super::{ALL_TITLE, ChartDefinition, Drawing, View};
use srez_model::assessment::Difficulty;
use srez_model::finding::Verdict;
use srez_model::level::Level;
use srez_model::measures::TaskRow;
use srez_model::unit::{Percent, as_f64};
use srez_wording::NBSP;
use srez_wording::number::{count, decimal, share};
use srez_wording::text::task_list;

pub(super) const DEFINITION: ChartDefinition = ChartDefinition {
    id: "task-levels",
    title: "Выполнение заданий и зоны",
    shows: "Процент выполнения каждого задания с 95-процентным интервалом; задания базового уровня отдельно от заданий \
            повышенного и высокого, у каждого блока своя зона неопределённости; форма знака — вывод.",
    draw,
};

const LABELS: f64 = 186.0;
const VALUES: f64 = 66.0;
const TOP: f64 = 16.0;
const BETWEEN: f64 = 17.0;
const FOOT: f64 = 30.0;
/// The tallest chart that fits on a page with its caption.
const TALLEST_MM: f64 = 205.0;

struct Line<'a> {
    id: &'a str,
    matter: String,
    row: &'a TaskRow,
    whole: Option<&'a TaskRow>,
    verdict: Verdict,
}

/// Tasks with one threshold.
struct Block<'a> {
    title: &'static str,
    /// Threshold and half of its zone, in percent.
    zone: Option<(f64, f64)>,
    lines: Vec<Line<'a>>,
}

fn draw(view: &View<'_>) -> Option<Drawing> {
    let blocks = blocks(view);
    if blocks.is_empty() {
        return None;
    }
    let tasks: usize = blocks.iter().map(|block| block.lines.len()).sum();
    let around = TOP + FOOT + BETWEEN * as_f64(blocks.len().saturating_sub(1) as u64);
    let row = ((TALLEST_MM * POINTS_PER_MM - around) / as_f64(tasks as u64)).min(11.6);
    let height_mm = ((around + row * as_f64(tasks as u64)) / POINTS_PER_MM).ceil();
    let n = blocks.iter().flat_map(|block| &block.lines).map(|line| line.row.counts.n).max().unwrap_or(0);
    let alt = alt(&blocks, n);
    let mut caption = format!("Выполнение заданий, % ({}, n{NBSP}={NBSP}{})", view.own_title(), count(n));
    if blocks.iter().any(|block| block.zone.is_some()) {
        caption.push_str("; полоса — зона неопределённости");
    }
    if view.has_whole_run() {
        caption.push_str("; серая риска и правый столбец — все участники");
    }
    if n < FEW {
        caption.push_str(&format!("; участников меньше {FEW}, поэтому вывод о заданиях не делается"));
    }
    let svg = sheet(height_mm, DEFINITION.title, &alt, |canvas| {
        if n == 0 {
            canvas.no_data("нет участников с ответами");
        } else {
            paint(canvas, view, &blocks, row);
        }
    });
    Some(Drawing { caption, alt, height_mm, svg })
}

fn blocks<'a>(view: &View<'a>) -> Vec<Block<'a>> {
    let mut basic = Block { title: "Базовый уровень", zone: zone(view, true), lines: Vec::new() };
    let mut raised =
        Block {
            title: "Повышенный (П) и высокий (В) уровень", zone: zone(view, false), lines: Vec::new()
        };
    let mut unknown = Block {
        title: "Уровень не указан, вывод не делается", zone: None, lines: Vec::new()
    };
    let of = |level: Level, group: &str, task: u16| {
        view.measures.tasks.iter().find(|row| row.level == level && row.group == group && row.task == task)
    };
    for (task, index) in view.measures.exam.tasks.iter().zip(0_u16..) {
        let Some(row) = of(view.level(), view.group(), index) else { continue };
        let whole = if view.has_whole_run() { of(Level::All, "", index) } else { None };
        let verdict = view.findings.verdicts.iter().find(|verdict| verdict.task == index);
        let verdict = verdict.map_or(Verdict::Unknown, |verdict| verdict.verdict);
        let mut matter = task.label().to_owned();
        if let Some(level @ (Difficulty::Raised | Difficulty::High)) = task.difficulty {
            matter = format!("{}{NBSP}{matter}", level.letter());
        }
        let line = Line { id: &task.id, matter, row, whole, verdict };
        match task.difficulty {
            Some(Difficulty::Basic) => basic.lines.push(line),
            Some(_) => raised.lines.push(line),
            None => unknown.lines.push(line),
        }
    }
    [basic, raised, unknown].into_iter().filter(|block| !block.lines.is_empty()).collect()
}

/// Threshold and half-width of the zone, from the verdicts and the registry; the zone is 5 % of its threshold if the
/// registry has none (60 ± 3, 30 ± 1.5).
fn zone(view: &View<'_>, basic: bool) -> Option<(f64, f64)> {
    let threshold = view.findings.verdicts.iter().find_map(|verdict| {
        let is_basic = view.measures.difficulty(verdict.task)? == Difficulty::Basic;
        if is_basic == basic { verdict.threshold } else { None }
    })?;
    let id = if basic { "F01.zone" } else { "F02.zone" };
    let half = view.settings.thresholds.entries.get(id).map_or(threshold / 20.0, |entry| entry.value);
    Some((threshold, half))
}

fn alt(blocks: &[Block<'_>], n: u64) -> String {
    if n == 0 {
        return "Нет участников с ответами.".to_owned();
    }
    if n < FEW {
        return format!("Участников мало ({n}): выводы по заданиям не делаются.");
    }
    let with = |verdict: Verdict| -> Vec<&str> {
        blocks
            .iter()
            .flat_map(|block| &block.lines)
            .filter(|line| line.verdict == verdict)
            .map(|line| line.id)
            .collect()
    };
    match (with(Verdict::Insufficient), with(Verdict::Zone)) {
        (low, zone) if low.is_empty() && zone.is_empty() => {
            if with(Verdict::Sufficient).is_empty() {
                "Уровень сложности заданий не указан, вывод о заданиях не делается.".to_owned()
            } else {
                "Заданий с недостаточным уровнем нет.".to_owned()
            }
        }
        (low, zone) if low.is_empty() => {
            format!("Заданий с недостаточным уровнем нет; в зоне неопределённости: {}.", task_list(&zone))
        }
        (low, zone) => {
            let zone = if zone.is_empty() {
                String::new()
            } else {
                format!("; в зоне неопределённости: {}", task_list(&zone))
            };
            format!("Уровень недостаточный: {}{zone}.", task_list(&low))
        }
    }
}

fn paint(canvas: &mut Canvas<'_>, view: &View<'_>, blocks: &[Block<'_>], row: f64) {
    let right = canvas.width - VALUES;
    let x = |percent: f64| LABELS + (right - LABELS) * percent / 100.0;
    let ids = blocks.iter().flat_map(|block| &block.lines).map(|line| Ink::bold(8.0, INK).width(line.id));
    let id_width = ids.fold(12.0, f64::max);
    let mut y = TOP;
    for (place, block) in blocks.iter().enumerate() {
        ground(canvas, block, y, row, &x);
        if place == 0 {
            canvas.text(right + 34.0, y - 4.5, "%", Anchor::End, Ink::bold(7.5, INK_2));
            if view.has_whole_run() {
                canvas.text(canvas.width, y - 4.5, "все", Anchor::End, TICK);
            }
        }
        for line in &block.lines {
            task(canvas, line, y + row / 2.0, id_width, &x);
            y += row;
        }
        y += BETWEEN;
    }
    let bottom = y - BETWEEN;
    for step in 0..=5_u32 {
        let label = if step == 5 { format!("100{NBSP}%") } else { (step * 20).to_string() };
        canvas.text(x(f64::from(step) * 20.0), bottom + 9.5, &label, Anchor::Middle, TICK);
    }
    legend(canvas, view, blocks);
}

/// Draws zone, grid and names of a block.
fn ground(canvas: &mut Canvas<'_>, block: &Block<'_>, top: f64, row: f64, x: &impl Fn(f64) -> f64) {
    let bottom = top + row * as_f64(block.lines.len() as u64);
    if let Some((threshold, half)) = block.zone {
        let (from, to) = ((threshold - half).max(0.0), (threshold + half).min(100.0));
        canvas.rectangle(x(from), top, x(to) - x(from), bottom - top, ZONE_BAND);
    }
    for step in 0..=5_u32 {
        let at = x(f64::from(step) * 20.0);
        canvas.line((at, top), (at, bottom), HAIR, 0.5);
    }
    for line in 0..block.lines.len() {
        let at = top + row * (as_f64(line as u64) + 0.5);
        canvas.line((LABELS, at), (x(100.0), at), FAINT, 0.5);
    }
    if let Some((threshold, half)) = block.zone {
        canvas.line((x(threshold), top), (x(threshold), bottom), ZONE, 0.9);
        let decimals = |value: f64| u8::from(value.fract() != 0.0);
        let label =
            format!("{}{NBSP}±{NBSP}{}", decimal(threshold, decimals(threshold)), decimal(half, decimals(half)));
        canvas.text(x(threshold), top - 4.5, &label, Anchor::Middle, Ink::bold(7.5, ZONE_TEXT));
    }
    canvas.text(0.0, top - 4.5, block.title, Anchor::Start, Ink::bold(8.0, INK_2));
}

fn task(canvas: &mut Canvas<'_>, line: &Line<'_>, y: f64, id_width: f64, x: &impl Fn(f64) -> f64) {
    let n = line.row.counts.n;
    canvas.text(id_width, y + 2.8, line.id, Anchor::End, Ink::bold(8.0, INK));
    let room = LABELS - id_width - 16.0;
    let matter = fitted(&line.matter, Cut::Narrow, 8.0, room);
    canvas.text(id_width + 6.0, y + 2.8, &matter, Anchor::Start, Ink::narrow(8.0, INK_2));
    if let Some(percent) = line.whole.and_then(|row| row.pct) {
        canvas.line((x(percent.0), y - 4.0), (x(percent.0), y + 4.0), REFERENCE, 1.6);
        let text = share(percent, line.whole.map_or(0, |row| row.counts.n));
        canvas.text(canvas.width, y + 2.8, &text, Anchor::End, Ink::new(8.0, INK_3));
    }
    let at = x(100.0) + 34.0;
    let Some(percent) = line.row.pct else {
        canvas.text(at, y + 2.8, "—", Anchor::End, Ink::new(8.0, INK_3));
        return;
    };
    if let Some(interval) = line.row.interval.filter(|_| theme::NO_INTERVAL_BELOW <= n) {
        canvas.line((x(interval.low.0), y), (x(interval.high.0), y), INK, 1.1);
    }
    let few = n < FEW;
    canvas.verdict((x(percent.0), y), (!few).then_some(line.verdict), 2.5);
    let low = !few && line.verdict == Verdict::Insufficient;
    canvas.text(
        at,
        y + 2.8,
        &share(Percent(percent.0), n),
        Anchor::End,
        Ink::bold_if(low, 8.0, if low { LOW } else { INK }),
    );
}

/// What a legend explains.
enum Sign {
    Shape(Option<Verdict>),
    Interval,
    Whole,
}

fn signs(view: &View<'_>, blocks: &[Block<'_>]) -> Vec<(Sign, String)> {
    let lines = || blocks.iter().flat_map(|block| &block.lines);
    let greatest = lines().map(|line| line.row.counts.n).max().unwrap_or(0);
    let mut signs = Vec::new();
    if greatest < FEW {
        signs.push((Sign::Shape(None), format!("меньше {FEW} участников")));
    } else {
        for verdict in [Verdict::Sufficient, Verdict::Zone, Verdict::Insufficient, Verdict::Unknown] {
            let always = verdict != Verdict::Unknown && blocks.iter().any(|block| block.zone.is_some());
            if always || lines().any(|line| line.verdict == verdict) {
                signs.push((Sign::Shape(Some(verdict)), verdict.title().to_owned()));
            }
        }
    }
    if theme::NO_INTERVAL_BELOW <= greatest {
        signs.push((Sign::Interval, format!("95{NBSP}% интервал")));
    }
    if view.has_whole_run() {
        signs.push((Sign::Whole, ALL_TITLE.to_owned()));
    }
    signs
}

fn legend(canvas: &mut Canvas<'_>, view: &View<'_>, blocks: &[Block<'_>]) {
    const APART: f64 = 12.0;
    let y = canvas.height - 4.0;
    let signs = signs(view, blocks);
    let before_text = |sign: &Sign| if matches!(sign, Sign::Interval) { 15.0 } else { 6.0 };
    let needed: f64 = signs.iter().map(|(sign, title)| before_text(sign) + NOTE.width(title) + APART).sum();
    let mut x = (LABELS - 62.0).min(canvas.width - needed).max(4.0);
    for (sign, title) in &signs {
        match sign {
            Sign::Shape(verdict) => canvas.verdict((x, y - 2.6), *verdict, 2.4),
            Sign::Interval => canvas.line((x, y - 2.6), (x + 11.0, y - 2.6), INK, 1.1),
            Sign::Whole => canvas.line((x, y - 6.4), (x, y + 1.2), REFERENCE, 1.6),
        }
        canvas.text(x + before_text(sign), y, title, Anchor::Start, NOTE);
        x += before_text(sign) + NOTE.width(title) + APART;
    }
}
