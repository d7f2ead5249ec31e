//! Map of participants and tasks on one scale: who is where, and which tasks tell participants apart there.

use super::theme::canvas::{Anchor, Canvas, Ink, NOTE, TICK, sheet};
use super::theme::{HAIR, INK, INK_2, INK_3, MARKS, OWN, PAPER};
use super::{ChartDefinition, Drawing, View};
use srez_model::assessment::{Difficulty, Scale};
use srez_model::finding::Verdict;
use srez_model::measures::AbilityRow;
use srez_model::unit::as_f64;
use srez_wording::NBSP;
use srez_wording::number::{self, count, decimal};

pub(super) const DEFINITION: ChartDefinition = ChartDefinition {
    id: "item-map",
    title: "Карта участников и заданий",
    shows: "Слева — сколько участников получили каждый балл, справа — задания по уровням; чем выше, тем сильнее \
            участник и труднее задание. Где участники есть, а заданий рядом нет, работа различает их плохо.",
    draw,
};

const HEIGHT_MM: f64 = 122.0;
/// Position of the participants' axis, and length of their longest bar.
const MIDDLE: f64 = 170.0;
const LONGEST: f64 = 112.0;
/// Room of the scores between participants and tasks.
const SCORES: f64 = 20.0;
/// Labels nearer than this are placed side by side.
const LINE: f64 = 9.0;
/// Places of the logits after the comma that count; what is beyond them is rounding.
const DIGITS: u8 = 9;

/// A task on the scale.
struct Place<'a> {
    id: &'a str,
    level: Option<Difficulty>,
    verdict: Option<Verdict>,
    at: f64,
}

/// Where a task of this difficulty stands: tasks of equal difficulty stand alike, whatever rounding added.
fn height(logits: f64) -> f64 {
    number::rounded(logits, DIGITS)
}

fn draw(view: &View<'_>) -> Option<Drawing> {
    let abilities = &view.measures.abilities;
    let places: Vec<Place<'_>> = view
        .measures
        .items
        .iter()
        .filter_map(|item| {
            Some(Place {
                id: view.task_id(item.task),
                level: view.measures.difficulty(item.task),
                verdict: view.findings.verdicts.iter().find(|one| one.task == item.task).map(|one| one.verdict),
                at: height(item.rasch?),
            })
        })
        .collect();
    if places.len() < 2 || abilities.len() < 2 {
        return None;
    }
    let alt = alt(&places, abilities);
    let caption = format!(
        "Карта участников и заданий, все участники с полными строками: слева{NBSP}— сколько участников получили балл, \
         справа{NBSP}— задания; выше{NBSP}— сильнее участник и труднее задание, единица{NBSP}— логит"
    );
    let svg = sheet(HEIGHT_MM, DEFINITION.title, &alt, |canvas| paint(canvas, view, &places, abilities));
    Some(Drawing { caption, alt, height_mm: HEIGHT_MM, svg })
}

/// Where the participants are in relation to the tasks, with the easiest and the hardest task.
fn alt(places: &[Place<'_>], abilities: &[AbilityRow]) -> String {
    let n: u64 = abilities.iter().map(|row| row.n).sum();
    let mean = abilities.iter().map(|row| as_f64(row.n) * row.ability).sum::<f64>() / as_f64(n);
    let side = if mean < 0.0 { "ниже" } else { "выше" };
    let ends = |harder: fn(f64, f64) -> bool| {
        let found = places.iter().reduce(|best, other| if harder(other.at, best.at) { other } else { best });
        found.map_or("", |place| place.id)
    };
    format!(
        "Средняя подготовка участников на {} логита {side} средней трудности заданий; самое трудное задание{NBSP}— \
         №{NBSP}{}, самое лёгкое{NBSP}— №{NBSP}{}.",
        decimal(mean.abs(), 1),
        ends(|one, other| other < one),
        ends(|one, other| one < other)
    )
}

/// Position of logits on the sheet.
struct Axis {
    low: f64,
    high: f64,
    top: f64,
    bottom: f64,
}

impl Axis {
    fn y(&self, logit: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * (logit - self.low) / (self.high - self.low)
    }
}

fn paint(canvas: &mut Canvas<'_>, view: &View<'_>, places: &[Place<'_>], abilities: &[AbilityRow]) {
    let all = || places.iter().map(|place| place.at).chain(abilities.iter().map(|row| row.ability));
    let axis = Axis {
        low: all().fold(0.0, f64::min).floor(),
        high: all().fold(0.0, f64::max).ceil(),
        top: 26.0,
        bottom: canvas.height - 20.0,
    };
    let mut logit = axis.low;
    while logit <= axis.high {
        canvas.line((24.0, axis.y(logit)), (canvas.width, axis.y(logit)), HAIR, 0.5);
        canvas.text(20.0, axis.y(logit) + 2.7, &decimal(logit, 0), Anchor::End, TICK);
        logit += 1.0;
    }
    let head = Ink::bold(8.0, INK_2);
    canvas.text(0.0, 9.0, "логиты", Anchor::Start, TICK);
    canvas.text(MIDDLE - 4.0, 9.0, "Участники, чел.", Anchor::End, head);
    canvas.text(MIDDLE + SCORES / 2.0, 9.0, "балл", Anchor::Middle, TICK);
    let cuts: &[(u16, u8)] = match &view.measures.exam.scale {
        Scale::Marks(cuts) => cuts,
        _ => &[],
    };
    participants(canvas, &axis, abilities, cuts);
    for x in [MIDDLE, MIDDLE + SCORES] {
        canvas.line((x, axis.top - 4.0), (x, axis.bottom), INK, 0.8);
    }
    borders(canvas, &axis, abilities, cuts);
    tasks(canvas, &axis, places);
    let borders = if cuts.is_empty() { "" } else { "; пунктир — границы отметок" };
    let note = format!("выше — труднее задание и сильнее участник{borders}");
    canvas.text(canvas.width / 2.0, canvas.height - 4.0, &note, Anchor::Middle, NOTE);
}

/// A bar per score, coloured by its mark if the scale is known.
fn participants(canvas: &mut Canvas<'_>, axis: &Axis, abilities: &[AbilityRow], cuts: &[(u16, u8)]) {
    let most = abilities.iter().map(|row| row.n).max().unwrap_or(1);
    let gap = |pair: &[AbilityRow]| match pair {
        [one, other] => (axis.y(one.ability) - axis.y(other.ability)).abs(),
        _ => LINE,
    };
    let nearest = abilities.windows(2).map(gap).fold(LINE, f64::min);
    let height = (nearest * 0.8).clamp(0.8, 6.0);
    let mut last = f64::INFINITY;
    for row in abilities {
        let (y, width) = (axis.y(row.ability), LONGEST * as_f64(row.n) / as_f64(most));
        let mark = cuts.iter().filter(|(cut, _)| *cut <= row.score).map(|(_, mark)| *mark).max();
        let colour = mark.and_then(|mark| MARKS.get(usize::from(mark.saturating_sub(2)))).copied().unwrap_or(OWN);
        canvas.rectangle(MIDDLE - width, y - height / 2.0, width, height, colour);
        if LINE - 1.5 <= (last - y).abs() {
            canvas.text(MIDDLE - width - 4.0, y + 2.5, &count(row.n), Anchor::End, Ink::new(7.0, INK_3));
            let score = Ink::narrow(7.0, INK_2);
            canvas.text(MIDDLE + SCORES / 2.0, y + 2.4, &row.score.to_string(), Anchor::Middle, score);
            last = y;
        }
    }
}

/// Borders of the marks, half way between the last score below and the first at the cut.
fn borders(canvas: &mut Canvas<'_>, axis: &Axis, abilities: &[AbilityRow], cuts: &[(u16, u8)]) {
    for (cut, mark) in cuts {
        let below = abilities.iter().rfind(|row| row.score < *cut);
        let above = abilities.iter().find(|row| *cut <= row.score);
        let (Some(below), Some(above)) = (below, above) else { continue };
        let y = axis.y(f64::midpoint(below.ability, above.ability));
        canvas.dashed((24.0, y), (canvas.width, y), INK_2, 0.7);
        canvas.text_on_paper(26.0, y - 3.0, &format!("«{mark}»"), Anchor::Start, Ink::bold(8.0, INK_2));
    }
}

/// Tasks by level, a column each; those on one line are placed side by side.
fn tasks(canvas: &mut Canvas<'_>, axis: &Axis, places: &[Place<'_>]) {
    let titles = [
        (Some(Difficulty::Basic), "Базовый"),
        (Some(Difficulty::Raised), "Повышенный"),
        (Some(Difficulty::High), "Высокий"),
        (None, "Уровень не указан"),
    ];
    let present: Vec<_> =
        titles.into_iter().filter(|(level, _)| places.iter().any(|place| place.level == *level)).collect();
    let left = MIDDLE + SCORES + 14.0;
    let width = (canvas.width - left) / as_f64(present.len().max(1) as u64);
    for (column, (level, title)) in present.iter().enumerate() {
        let from = left + width * as_f64(column as u64);
        canvas.text(from - 4.0, 9.0, title, Anchor::Start, Ink::bold(8.0, INK_2));
        let mut own: Vec<&Place<'_>> = places.iter().filter(|place| place.level == *level).collect();
        own.sort_by(|one, other| other.at.total_cmp(&one.at));
        let mut taken: Vec<[f64; 3]> = Vec::new();
        for place in own {
            let y = axis.y(place.at);
            let low = place.verdict == Some(Verdict::Insufficient);
            let ink = Ink::bold_if(low, 8.0, INK);
            let room = 14.0 + ink.width(place.id);
            let mut x = from;
            // The first free place on this line, from the left.
            while let Some([.., end]) =
                taken.iter().find(|[other, start, end]| (other - y).abs() < LINE && *start < x + room && x < *end)
            {
                x = *end;
            }
            canvas.rectangle(x - 4.0, y - 4.0, room - 4.0, 8.0, PAPER);
            canvas.verdict((x, y), place.verdict, 2.3);
            canvas.text(x + 5.0, y + 2.8, place.id, Anchor::Start, ink);
            taken.push([y, x, x + room]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_tell_where_participants_and_tasks_stand() {
        let place = |id, at| Place { id, level: None, verdict: None, at };
        let row = |score, n, ability| AbilityRow { score, n, ability, error: 0.5 };
        let told = alt(&[place("1", -1.5), place("7", 2.0), place("3", -0.5)], &[row(1, 30, -1.0), row(2, 10, 1.0)]);
        let expected = "Средняя подготовка участников на 0,5 логита ниже средней трудности заданий; самое трудное \
                        задание — № 7, самое лёгкое — № 1.";
        assert_eq!(told.replace(NBSP, " "), expected);
    }

    #[test]
    fn tasks_of_equal_difficulty_do_not_change_places_by_rounding() {
        let place = |id, logits| Place { id, level: None, verdict: None, at: height(logits) };
        let row = |score, ability| AbilityRow { score, n: 10, ability, error: 0.5 };
        let places = [place("1", 0.7), place("2", 0.7 + 1e-13), place("3", -0.4), place("4", -0.4 - 1e-13)];
        let told = alt(&places, &[row(1, -1.0), row(2, 1.0)]);
        let told = told.replace(NBSP, " ");
        assert!(told.ends_with("самое трудное задание — № 1, самое лёгкое — № 3."), "{told}");
    }
}
