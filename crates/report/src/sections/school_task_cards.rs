//! Cards of the tasks that a school loses most on: what is checked, who solves it here and elsewhere, room for errors.

use super::blanks;
use crate::context::Names;
use crate::facts::class_map;
use srez_model::assessment::Task;
use srez_model::block::{ZEROED, points_in_total};
use srez_model::edition::SchoolExam;
use srez_model::field_id::FieldName;
use srez_model::report::{Blank, Block, Text};
use srez_model::unit::Percent;
use srez_wording::sentence::school_papers as said;
use srez_wording::{number, text as words};

/// Cards of one work at most.
const MOST: usize = 3;

/// A task that the school loses on.
struct Weak<'a> {
    place: usize,
    task: &'a Task,
    own: Percent,
    /// Points below the threshold or below all together, whichever is more.
    lag: f64,
}

/// The cards, the most important first; one sentence where no task asks for one.
pub(crate) fn blocks(context: &Names<'_>, school: &str, exam: &SchoolExam) -> Vec<Block> {
    let weak = weak(context, exam);
    if weak.is_empty() {
        let knows = exam.whole.tasks.iter().any(Option::is_some) || exam.thresholds.iter().any(Option::is_some);
        let words = if knows {
            "Заданий, которые в школе ниже порога или заметно ниже, чем у всех вместе, нет."
        } else {
            "Сравнить задания не с чем: ни порогов, ни результатов всех школ для этой работы нет."
        };
        return vec![Block::Note(Text::plain(words))];
    }
    let card = |one: &Weak<'_>| {
        let id = blanks::of_task(FieldName::Errors, &exam.exam.id(), &one.task.id).of_school(school);
        [
            Block::Paragraph(Text::default().bold(format!("{}. ", head(one.task))).then(shares(context, exam, one))),
            Blank::new(id, "Типичные ошибки (по работам)", 1).on(format!("№\u{a0}{}", one.task.id)).block(),
        ]
    };
    weak.iter().flat_map(card).collect()
}

fn weak<'a>(context: &Names<'_>, exam: &'a SchoolExam) -> Vec<Weak<'a>> {
    let behind = context.thresholds.value("map.behind");
    let of = |values: &[Option<Percent>], place: usize| values.get(place).copied().flatten();
    let mut found: Vec<Weak<'a>> = exam
        .exam
        .tasks
        .iter()
        .enumerate()
        .filter_map(|(place, task)| {
            let own = class_map::of_class(exam.pupils.iter(), &exam.exam, &[place])?;
            let limit = exam.thresholds.get(place).copied().flatten();
            let below = limit.map(|limit| limit - own.0).filter(|lag| 0.0 < *lag);
            let others = of(&exam.whole.tasks, place).map(|all| all.0 - own.0).filter(|lag| behind <= *lag);
            let lag = below.into_iter().chain(others).reduce(f64::max)?;
            Some(Weak { place, task, own, lag })
        })
        .collect();
    let level = |one: &Weak<'_>| one.task.difficulty.map_or(3, |level| level as u8);
    found.sort_by(|first, second| level(first).cmp(&level(second)).then(second.lag.total_cmp(&first.lag)));
    found.truncate(MOST);
    found
}

/// «Задание № 14. Геометрические утверждения · уровень Б».
fn head(task: &Task) -> String {
    let what = match task.label() {
        "" => String::new(),
        label => format!(". {}", words::capitalised(label)),
    };
    let level = task.difficulty.map_or_else(String::new, |level| format!(" · уровень {}", level.letter()));
    format!("Задание №\u{a0}{}{what}{level}", task.id)
}

/// Who solves it: the school, all together, the region; full points by mark.
fn shares(context: &Names<'_>, exam: &SchoolExam, one: &Weak<'_>) -> String {
    let whole = |share: Percent| number::percent_exact(share.0.round(), 0);
    let style = context.style;
    let mut parts = vec![format!("Выполнение: школа\u{a0}— {}", whole(one.own))];
    let values = [(&exam.whole.tasks, style.place.nominative), (&exam.whole.region, style.region.nominative)];
    for (values, name) in values {
        let value = values.get(one.place).copied().flatten();
        parts.extend(value.map(|share| format!("{name}\u{a0}— {}", whole(share))));
    }
    let limit = exam.thresholds.get(one.place).copied().flatten();
    parts.extend(limit.map(|limit| format!("порог уровня\u{a0}— {}", number::percent_exact(limit, 0))));
    let (all_full, all) = full(exam, one, None);
    let mut sentence = format!("{}. {}", parts.join(", "), said::full_points(all_full, all));
    if !exam.exam.has_test_scores() {
        let of_mark = |mark: u16| {
            let (full, all) = full(exam, one, Some(mark));
            (all > 0).then(|| format!("«{mark}»\u{a0}— {}\u{a0}из\u{a0}{}", number::count(full), number::count(all)))
        };
        let groups: Vec<String> = (2..=5).filter_map(of_mark).collect();
        if !groups.is_empty() {
            sentence.push_str(&format!(" По отметкам: {}.", groups.join(", ")));
        }
    }
    sentence
}

/// Participants with full points, and those to whom the task was put.
fn full(exam: &SchoolExam, one: &Weak<'_>, mark: Option<u16>) -> (u64, u64) {
    let pupils = exam.pupils.iter().filter(|pupil| mark.is_none_or(|mark| pupil.result == Some(mark)));
    let outcomes = pupils.filter_map(|pupil| pupil.points.get(one.place).copied());
    let put = outcomes.filter(|outcome| *outcome != ZEROED).filter_map(points_in_total);
    let max = one.task.max.unwrap_or(u16::MAX);
    put.fold((0, 0), |(full, all), points| (full + u64::from(max <= u16::from(points)), all + 1))
}
