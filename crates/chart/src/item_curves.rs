//! Characteristic curves of tasks: completion by groups of neighbouring primary scores.

use super::theme::canvas::{Anchor, Canvas, Ink, NOTE, TICK, sheet};
use super::theme::typeface::fitted;
use super::theme::{self, FEW, HAIR, INK, INK_2, INK_3, OWN, PAPER, RULE};
use super::{ChartDefinition, Drawing, View};
use srez_model::assessment::Scale;
use srez_model::finding::Verdict;
use srez_model::measures::CurveRow;
use srez_model::unit::as_f64;
use srez_wording::NBSP;
use srez_wording::number::decimal;
use srez_wording::text::capitalised;

pub(super) const DEFINITION: ChartDefinition = ChartDefinition {
    id: "item-curves",
    title: "Кривые заданий",
    shows: "Процент выполнения задания у участников с разным первичным баллом: ровная или падающая кривая говорит, что \
            задание не различает подготовку; показаны задания с недостаточным уровнем, затем наименее различающие.",
    draw,
};

const PANELS: usize = 4;
const PANEL_HEIGHT: f64 = 112.0;
const FOOT: f64 = 16.0;

struct Panel<'a> {
    id: &'a str,
    matter: String,
    item_rest: Option<f64>,
    points: Vec<&'a CurveRow>,
}

fn draw(view: &View<'_>) -> Option<Drawing> {
    let panels = panels(view);
    let greatest = f64::from(view.measures.exam.max_primary?);
    if panels.is_empty() || greatest <= 0.0 {
        return None;
    }
    let ids: Vec<String> = panels.iter().map(|panel| format!("№{NBSP}{}", panel.id)).collect();
    let alt = format!("Кривые заданий {}: процент выполнения по группам первичного балла.", ids.join(", "));
    let caption = format!(
        "Кривые заданий, все участники с полными строками: по горизонтали{NBSP}— первичный балл, по вертикали{NBSP}— % \
         выполнения; r{NBSP}— связь с остальной работой"
    );
    let rows = as_f64(panels.len().div_ceil(2) as u64);
    let height_mm = ((rows * PANEL_HEIGHT + FOOT) / theme::POINTS_PER_MM).ceil();
    let cuts: Vec<u16> = match &view.measures.exam.scale {
        Scale::Marks(cuts) => cuts.iter().map(|(cut, _)| *cut).filter(|cut| *cut > 0).collect(),
        _ => Vec::new(),
    };
    let svg = sheet(height_mm, DEFINITION.title, &alt, |canvas| {
        let width = canvas.width / 2.0 - 8.0;
        for (place, panel) in panels.iter().enumerate() {
            let origin = (as_f64(place as u64 % 2) * (width + 16.0), as_f64(place as u64 / 2) * PANEL_HEIGHT);
            paint(canvas, panel, origin, width, greatest, &cuts);
        }
        legend(canvas, cuts.is_empty());
    });
    Some(Drawing { caption, alt, height_mm, svg })
}

/// Insufficient tasks first, then those that tell participants apart least; in the order of the paper.
fn panels<'a>(view: &View<'a>) -> Vec<Panel<'a>> {
    let measures = view.measures;
    let insufficient = |task: u16| {
        view.findings.verdicts.iter().any(|judged| judged.task == task && judged.verdict == Verdict::Insufficient)
    };
    let mut chosen: Vec<(bool, f64, u16)> = measures
        .items
        .iter()
        .filter(|item| measures.curves.iter().filter(|row| row.task == item.task && row.pct.is_some()).count() > 1)
        .map(|item| (!insufficient(item.task), item.item_rest.unwrap_or(1.0), item.task))
        .collect();
    chosen.sort_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)).then(one.2.cmp(&other.2)));
    chosen.truncate(PANELS);
    chosen.sort_by_key(|(.., task)| *task);
    chosen
        .into_iter()
        .map(|(.., task)| Panel {
            id: view.task_id(task),
            matter: measures
                .exam
                .tasks
                .get(usize::from(task))
                .map_or_else(String::new, |task| capitalised(task.label())),
            item_rest: measures.items.iter().find(|item| item.task == task).and_then(|item| item.item_rest),
            points: measures.curves.iter().filter(|row| row.task == task).collect(),
        })
        .collect()
}

fn paint(canvas: &mut Canvas<'_>, panel: &Panel<'_>, origin: (f64, f64), width: f64, greatest: f64, cuts: &[u16]) {
    let (left, top) = (origin.0 + 24.0, origin.1 + 20.0);
    let (right, bottom) = (origin.0 + width - 5.0, origin.1 + PANEL_HEIGHT - 22.0);
    let x = |score: f64| left + (right - left) * score / greatest;
    let y = |share: f64| bottom - (bottom - top) * share / 100.0;
    let number = format!("№{NBSP}{}", panel.id);
    let head = Ink::bold(9.0, INK);
    canvas.text(origin.0, origin.1 + 9.0, &number, Anchor::Start, head);
    let r = panel.item_rest.map_or_else(String::new, |r| format!("r{NBSP}={NBSP}{}", decimal(r, 2)));
    canvas.text(right, origin.1 + 9.0, &r, Anchor::End, Ink::new(8.0, INK_2));
    let ink = Ink::narrow(8.0, INK_2);
    let from = origin.0 + head.width(&number) + 7.0;
    canvas.text(
        from,
        origin.1 + 9.0,
        &fitted(&panel.matter, ink.cut, ink.size, right - 42.0 - from),
        Anchor::Start,
        ink,
    );
    for share in [0.0, 25.0, 50.0, 75.0, 100.0] {
        canvas.line((left, y(share)), (right, y(share)), if share == 0.0 { INK_3 } else { HAIR }, 0.5);
        canvas.text(left - 4.0, y(share) + 2.7, &decimal(share, 0), Anchor::End, TICK);
    }
    for cut in cuts {
        let at = x(f64::from(*cut) - 0.5);
        canvas.dashed((at, top), (at, bottom), RULE, 0.6);
    }
    let (last, step) = theme::axis(greatest);
    let mut score = 0.0;
    while score <= last.min(greatest) + 1e-9 {
        canvas.text(x(score), bottom + 9.5, &decimal(score, 0), Anchor::Middle, TICK);
        score += step;
    }
    let place = |row: &CurveRow| {
        let middle = f64::midpoint(f64::from(row.score_low), f64::from(row.score_high));
        row.pct.map(|pct| (x(middle), y(pct.0)))
    };
    let line: Vec<(f64, f64)> = panel.points.iter().filter_map(|row| place(row)).collect();
    canvas.path(&line, OWN, 1.2);
    for row in &panel.points {
        if let Some(at) = place(row) {
            if row.n < FEW {
                canvas.disc(at, 2.2, PAPER, INK_3, 0.9);
            } else {
                canvas.disc(at, 2.4, OWN, PAPER, 0.5);
            }
        }
    }
}

fn legend(canvas: &mut Canvas<'_>, without_cuts: bool) {
    let y = canvas.height - 3.0;
    canvas.disc((3.0, y - 2.6), 2.4, OWN, PAPER, 0.5);
    canvas.text(9.0, y, "группа соседних баллов", Anchor::Start, NOTE);
    let mut x = 23.0 + NOTE.width("группа соседних баллов");
    canvas.disc((x, y - 2.6), 2.2, PAPER, INK_3, 0.9);
    let few = format!("менее {FEW} участников");
    canvas.text(x + 6.0, y, &few, Anchor::Start, NOTE);
    x += 20.0 + NOTE.width(&few);
    if !without_cuts {
        canvas.dashed((x, y - 7.0), (x, y + 1.0), RULE, 0.8);
        canvas.text(x + 5.0, y, "границы отметок", Anchor::Start, NOTE);
    }
}
