//! Mark of the work against the journal mark: lowered to the left of the hinge, confirmed and raised to the right.

use super::theme::canvas::{Anchor, Canvas, Ink, sheet};
use super::theme::typeface::fitted;
use super::theme::{self, INK, INK_2, INK_3, MARKS, NEUTRAL, OWN, PAPER, WASH};
use super::{ALL_TITLE, ChartDefinition, Drawing, View};
use srez_model::level::Level;
use srez_model::measures::JournalRow;
use srez_model::unit::{Percent, as_f64};
use srez_wording::NBSP;
use srez_wording::number::{count, percent, share};
use srez_wording::text::capitalised;

pub(super) const DEFINITION: ChartDefinition = ChartDefinition {
    id: "journal",
    title: "Отметка работы и отметка журнала",
    shows: "Доли участников, у которых отметка работы ниже отметки журнала («понизили»), равна ей («подтвердили») и \
            выше неё («повысили»); справа — число расхождений на две отметки и более.",
    draw,
};

const TOP: f64 = 15.0;
const BAR: f64 = 15.0;
const GAP: f64 = 6.5;

struct Line<'a> {
    title: String,
    row: &'a JournalRow,
    own: bool,
}

impl Line<'_> {
    /// Shares lowered, confirmed, raised, in percent.
    fn shares(&self) -> [f64; 3] {
        [self.row.lowered, self.row.confirmed, self.row.raised]
            .map(|part| Percent::of(part, self.row.n).map_or(0.0, |share| share.0))
    }
}

fn draw(view: &View<'_>) -> Option<Drawing> {
    let own = view.measures.journal_of(view.level(), view.group())?;
    let mut lines = vec![Line { title: view.own_title(), row: own, own: true }];
    if view.has_whole_run()
        && let Some(row) = view.measures.journal_of(Level::All, "")
    {
        lines.push(Line { title: capitalised(ALL_TITLE), row, own: false });
    }
    let caption =
        "Отметка работы и отметка журнала, % участников с обеими отметками; справа — человек с расхождением на две \
                   отметки и более"
            .to_owned();
    let alt = alt(&lines);
    let height_mm = ((TOP + as_f64(lines.len() as u64) * (BAR + GAP)) / theme::POINTS_PER_MM).ceil();
    let svg = sheet(height_mm, DEFINITION.title, &alt, |canvas| {
        if own.n == 0 {
            canvas.no_data("отметок журнала нет");
        } else {
            paint(canvas, &lines);
        }
    });
    Some(Drawing { caption, alt, height_mm, svg })
}

fn alt(lines: &[Line<'_>]) -> String {
    let said: Vec<String> = lines
        .iter()
        .filter_map(|line| {
            let lowered = Percent::of(line.row.lowered, line.row.n)?;
            Some(if line.row.n < theme::FEW {
                format!("{}{NBSP}— {} из{NBSP}{}", line.title, line.row.lowered, line.row.n)
            } else {
                format!("{}{NBSP}— {}", line.title, percent(lowered, line.row.n))
            })
        })
        .collect();
    if said.is_empty() {
        "Отметок журнала нет.".to_owned()
    } else {
        format!("Понизили отметку: {}.", said.join("; "))
    }
}

fn paint(canvas: &mut Canvas<'_>, lines: &[Line<'_>]) {
    let n_width = lines.iter().map(|line| Ink::new(8.0, INK_3).width(&count(line.row.n))).fold(0.0, f64::max);
    let names = lines.iter().map(|line| Ink::bold_if(line.own, 8.5, INK).width(&line.title)).fold(0.0, f64::max);
    let room = names.clamp(60.0, 130.0);
    let (left, right) = (room + n_width + 20.0, canvas.width - 66.0);
    // Values that do not fit into their bars are written outside: 26 points are reserved for them on each side.
    let lowered = lines.iter().map(|line| line.shares()[0]).fold(0.0, f64::max);
    let rest = lines.iter().map(|line| 100.0 - line.shares()[0]).fold(0.0, f64::max);
    let scale = (right - left - 52.0) / (lowered + rest).max(1.0);
    let hinge = left + 26.0 + lowered * scale;
    heads(canvas, hinge, left, right);
    let mut y = TOP;
    for line in lines {
        let ink = Ink::bold_if(line.own, 8.5, if line.own { INK } else { INK_2 });
        canvas.text(0.0, y + 10.6, &fitted(&line.title, ink.cut, ink.size, room), Anchor::Start, ink);
        canvas.text(left - 8.0, y + 10.6, &count(line.row.n), Anchor::End, Ink::new(8.0, INK_3));
        if line.row.n < theme::FEW {
            few(canvas, line, y, left, right);
        } else {
            bar(canvas, line, y, hinge, scale);
        }
        let gap = format!("{}{NBSP}чел.", count(line.row.gap2));
        canvas.text(canvas.width, y + 10.6, &gap, Anchor::End, Ink::new(8.0, INK_2));
        y += BAR + GAP;
    }
}

/// Names of the three parts; «понизили» moves right if the left side is short.
fn heads(canvas: &mut Canvas<'_>, hinge: f64, left: f64, right: f64) {
    let lowered = Ink::bold(8.0, MARKS[0]);
    let x = (hinge - 6.0).max(left + lowered.width("понизили") - 6.0);
    let after = (hinge + 6.0).max(x + 12.0);
    canvas.text(x, 9.0, "понизили", Anchor::End, lowered);
    canvas.text(after, 9.0, "подтвердили", Anchor::Start, Ink::bold(8.0, INK_2));
    let raised = (after + 62.0 + lowered.width("повысили")).max(right);
    canvas.text(raised, 9.0, "повысили", Anchor::End, Ink::bold(8.0, OWN));
    canvas.text(canvas.width, 9.0, "на 2 и более", Anchor::End, Ink::new(8.0, INK_3));
}

fn bar(canvas: &mut Canvas<'_>, line: &Line<'_>, y: f64, hinge: f64, scale: f64) {
    let [lowered, confirmed, raised] = line.shares();
    let start = hinge - lowered * scale;
    let raised_at = hinge + confirmed * scale;
    canvas.rectangle(start, y, lowered * scale, BAR, MARKS[0]);
    canvas.rectangle(hinge, y, confirmed * scale, BAR, NEUTRAL);
    canvas.rectangle(raised_at, y, raised * scale, BAR, OWN);
    canvas.line((hinge, y - 2.0), (hinge, y + BAR + 2.0), INK, 0.9);
    let text = |value: f64| share(Percent(value), line.row.n);
    let inside = |colour| Ink::bold_if(line.own, 8.0, colour);
    let fits = |value: f64| inside(INK).width(&text(value)) + 4.0 <= value * scale;
    if fits(lowered) {
        canvas.text(hinge - lowered * scale / 2.0, y + 10.6, &text(lowered), Anchor::Middle, inside(PAPER));
    } else {
        canvas.text(start - 4.0, y + 10.6, &text(lowered), Anchor::End, inside(MARKS[0]));
    }
    if fits(confirmed) {
        canvas.text(hinge + confirmed * scale / 2.0, y + 10.6, &text(confirmed), Anchor::Middle, inside(INK));
    }
    if fits(raised) {
        canvas.text(raised_at + raised * scale / 2.0, y + 10.6, &text(raised), Anchor::Middle, inside(PAPER));
    } else {
        canvas.text(raised_at + raised * scale + 4.0, y + 10.6, &text(raised), Anchor::Start, inside(OWN));
    }
}

/// Fewer than ten participants: counts in words, no shares.
fn few(canvas: &mut Canvas<'_>, line: &Line<'_>, y: f64, left: f64, right: f64) {
    canvas.rectangle(left, y, right - left, BAR, WASH);
    let JournalRow { lowered, confirmed, raised, .. } = line.row;
    let text = format!("человек: понизили{NBSP}— {lowered}, подтвердили{NBSP}— {confirmed}, повысили{NBSP}— {raised}");
    canvas.text(left + 6.0, y + 10.6, &text, Anchor::Start, Ink::new(8.0, INK_2));
}
