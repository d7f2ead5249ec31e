//! Conclusions on tasks: where points are lost, how, and what the region does better.

use super::Note;
use super::conclusions::Line;
use crate::facts::task_threshold;
use crate::facts::weak_tasks::{Lag, Loss, WeakTask};
use srez_model::unit::Percent;
use srez_wording::sentence::note as said;
use srez_wording::{number, text as words};

/// Tasks of one grade that a sentence names.
const MOST_TASKS: usize = 4;

/// «№ 5 «Линейная функция» (48,8 % против 58,3 %)».
fn task(one: &WeakTask<'_>) -> String {
    let n = one.row.counts.n;
    let label = if one.task.label().is_empty() {
        String::new()
    } else {
        format!(" «{}»", words::capitalised(one.task.label()))
    };
    let region = one.region.and_then(|row| row.reference).map(|share| format!(" против {}", number::percent(share, n)));
    format!("№\u{a0}{}{label} ({}{})", one.task.id, number::percent(one.value, n), region.unwrap_or_default())
}

/// Weak tasks of some lags, at most so many of a grade, grade by grade: «в 4-х классах — …; в 8-х классах — …».
fn listed(note: &Note<'_, '_>, lags: &[Lag]) -> Option<String> {
    let of_grade = |place: usize| {
        let tasks = note.weak.iter().filter(|one| one.chapter == place && lags.contains(&one.lag));
        let named: Vec<String> = tasks.take(MOST_TASKS).map(|one| task(one)).collect();
        if named.is_empty() {
            return None;
        }
        let list = words::list(&named);
        Some(if note.has_several() { format!("в {}\u{a0}— {list}", note.in_grades(&[place])) } else { list })
    };
    let parts: Vec<String> = (0..note.chapters.len()).filter_map(of_grade).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Where points are lost.
pub(super) fn where_lost(note: &Note<'_, '_>) -> Option<Line> {
    let lead = "Где теряем.".to_owned();
    if !note.is_judged() {
        let why = "Вывод о недостатках не сделан: в описании работы нет уровней заданий; меры вписывает методист.";
        return Some((lead, why.to_owned()));
    }
    let region = note.context.style.region;
    let both = listed(note, &[Lag::Both]);
    let low = listed(note, &[Lag::Threshold, Lag::EverywhereLow]);
    let sentence = match (both, low) {
        (Some(both), low) => {
            let low =
                low.map(|low| format!(" Ниже порога, как и в {}: {low}.", region.in_the_rest())).unwrap_or_default();
            format!("И порога, и {} не достигают: {both}.{low}", region.genitive)
        }
        (None, Some(low)) => format!("{}: {low}.", common_skill(note)),
        (None, None) => match listed(note, &[Lag::AtThreshold]) {
            Some(at) => format!("Ниже порога нет ни одного задания; у порога: {at}."),
            None => "Ни одно задание не ниже порога.".to_owned(),
        },
    };
    Some((lead, sentence))
}

/// «Общая трудность — геометрия; ниже порога» where most of what is low belongs to one skill, else «Ниже порога».
fn common_skill(note: &Note<'_, '_>) -> String {
    let low: Vec<&WeakTask<'_>> = note.weak.iter().filter(|one| one.is_below_threshold()).collect();
    let mut skills: Vec<&str> = low.iter().map(|one| one.task.matter()).filter(|skill| !skill.is_empty()).collect();
    skills.sort_unstable();
    let most = skills.chunk_by(|left, right| left == right).max_by_key(|same| same.len());
    match most {
        Some([skill, _, ..]) if skills.iter().filter(|one| *one == skill).count() * 2 > low.len() => {
            format!("Общая трудность\u{a0}— «{}». {}", words::capitalised(skill), below_threshold(note))
        }
        _ => below_threshold(note).to_owned(),
    }
}

fn below_threshold(note: &Note<'_, '_>) -> &'static str {
    task_threshold::below(note.context, &note.chapters[0].measures.exam)
}

/// How points are lost on the first of the weak tasks.
pub(super) fn how_lost(note: &Note<'_, '_>) -> Option<Line> {
    let low: Vec<&WeakTask<'_>> =
        note.weak.iter().filter(|one| one.is_below_threshold() && one.is_basic()).take(MOST_TASKS).collect();
    let first = low.iter().find(|one| one.loss.is_some())?;
    let alike: Vec<&WeakTask<'_>> = low.iter().copied().filter(|one| one.loss == first.loss).collect();
    let how = loss_words(note, &alike)?;
    Some(("Как теряем.".to_owned(), format!("{how}{}{}", groups(note, first), supposed(first.loss?))))
}

fn supposed(loss: Loss) -> &'static str {
    match loss {
        Loss::NotBegun => " Вероятно, часть школ не прошла тему к дате работы: это нужно сверить с планированием.",
        Loss::NotFinished => "",
        Loss::TriedWrong => " Вероятно, не хватает практики, а не самой темы: это нужно проверить по работам.",
    }
}

/// «За № 14 берутся почти все (не приступали 1–3 %), но ошибаются».
pub(crate) fn loss_words(note: &Note<'_, '_>, alike: &[&WeakTask<'_>]) -> Option<String> {
    let first = alike.first()?;
    let ids: Vec<&str> = alike.iter().map(|one| one.task.id.as_str()).collect();
    let tasks = words::task_list(&ids);
    let range = |share: fn(&WeakTask<'_>) -> Option<Percent>| {
        let shares = alike.iter().filter_map(|one| share(one)).map(|share| share.0.round());
        let (low, high) =
            shares.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), one| (low.min(one), high.max(one)));
        if low < high { format!("{} %", number::range(low, high, 0)) } else { number::percent_exact(low, 0) }
    };
    let begun = |one: &WeakTask<'_>| one.not_begun();
    let n = ids.len() as u64;
    Some(match first.loss? {
        Loss::NotBegun => said::not_begun(n, &tasks, &range(begun)),
        Loss::NotFinished => {
            let part = |one: &WeakTask<'_>| Percent::of(one.row.counts.partial, one.row.counts.n);
            said::not_finished(n, &tasks, &range(part))
        }
        Loss::TriedWrong if note.procedure().has_attempts() => {
            let zero = |one: &WeakTask<'_>| Percent::of(one.row.counts.zero, one.row.counts.n);
            said::without_points(n, &tasks, &range(zero))
        }
        Loss::TriedWrong => said::tried_wrong(n, &tasks, &range(begun)),
    })
}

/// How far the groups by mark lie apart on a task.
pub(crate) fn groups(note: &Note<'_, '_>, one: &WeakTask<'_>) -> String {
    let chapter = note.chapter(one);
    let of = |mark| one.of_mark(note.context, chapter, mark);
    let (Some(three), Some(five)) = (of(3), of(5)) else { return String::new() };
    let limit = note.context.thresholds.value("note.groups");
    if five.0 < note.context.thresholds.value("note.hard") {
        return format!(
            " №\u{a0}{} трудно всем: в группе «5» выполняют {}.",
            one.task.id,
            number::percent_exact(five.0, 0)
        );
    }
    if five.0 - three.0 < limit {
        return String::new();
    }
    format!(
        " №\u{a0}{} в группе «3» выполняют {}, в группе «5»\u{a0}— {}.",
        one.task.id,
        number::percent_exact(three.0, 0),
        number::percent_exact(five.0, 0)
    )
}

/// Tasks that are done well enough, and worse than in the region.
pub(super) fn reached_but_behind(note: &Note<'_, '_>) -> Option<Line> {
    let behind: Vec<&WeakTask<'_>> = note.weak.iter().filter(|one| one.lag == Lag::Region).take(MOST_TASKS).collect();
    if behind.is_empty() {
        return None;
    }
    let named: Vec<String> = behind.iter().map(|one| task(one)).collect();
    let region = note.context.style.region;
    Some((
        "Порог взят, но отстаём.".to_owned(),
        format!("Хуже, чем в {}: {}. Эти темы надо повторять со всеми.", region.in_the_rest(), words::list(&named)),
    ))
}
