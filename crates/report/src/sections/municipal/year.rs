//! «Что изменилось за год»: each work against the year before, and the journal, with what became of the check.

use super::Municipality;
use crate::context::Chapter;
use crate::facts::results;
use crate::facts::works::short_title;
use crate::sections::subject_note::checks::{Line, table};
use srez_model::check::CheckState;
use srez_model::report::Block;
use srez_model::unit::Percent;
use srez_wording::sentence::{municipal as said, note};
use srez_wording::{number, text as words};

/// Lines at most.
const MOST: usize = 8;

/// The table of checks; nothing where there is no work.
pub(crate) fn blocks(place: &Municipality<'_, '_>) -> Vec<Block> {
    let mut lines: Vec<Line> = Vec::new();
    let (mut unchanged, mut without) = (0, 0);
    let mut closed: Vec<String> = Vec::new();
    for chapter in place.chapters {
        let work = short_title(&chapter.measures.exam);
        match of_work(place, chapter) {
            Year::Changed(words) => lines.push(Line { state: CheckState::Found, what: work, words }),
            Year::Unchanged => unchanged += 1,
            Year::Without => without += 1,
            Year::NotComparable(why) => closed.push(format!("{work}\u{a0}— {why}")),
        }
    }
    let mut add = |state, words| lines.push(Line { state, what: "Год назад".to_owned(), words });
    if 0 < unchanged {
        add(CheckState::NotFound, said::unchanged(unchanged));
    }
    if !closed.is_empty() {
        add(CheckState::Indistinct, said::years_not_compared(closed.len() as u64, &closed.join("; ")));
    }
    if 0 < without {
        add(CheckState::NotTested, said::years_not_compared(without, "результатов прошлого года нет"));
    }
    lines.extend(journal(place));
    table("year", "Проверки и их итог", lines, MOST)
}

/// What became of the comparison with the year before.
enum Year {
    Changed(String),
    Unchanged,
    NotComparable(String),
    Without,
}

fn of_work(place: &Municipality<'_, '_>, chapter: &Chapter<'_>) -> Year {
    let focus = &place.context.focus;
    let Some(row) = results::change(chapter.measures, focus.level, &focus.name) else { return Year::Without };
    let (Some(now), Some(before), Some((low, high))) = (row.now, row.before, row.interval) else {
        return if row.comparable { Year::Without } else { closed(&row.reason) };
    };
    if !row.comparable {
        return closed(&row.reason);
    }
    if low <= 0.0 && 0.0 <= high {
        return Year::Unchanged;
    }
    let decimals = number::share_decimals(row.n.0.min(row.n.1));
    let [was, is] = [before, now].map(|share| number::percent_exact(share, decimals));
    let verb = if before < now { "выросла" } else { "снизилась" };
    let region = place.context.style.region;
    let others = row.reference_change.map_or_else(String::new, |change| {
        let points = number::percentage_points(srez_model::unit::PercentagePoints(change), 1, true);
        format!(" ({} в {})", points, region.prepositional)
    });
    let share = words::capitalised(results::below_words(chapter.measures));
    Year::Changed(format!("{share}: доля {verb} с {was} до {is}{others}."))
}

fn closed(reason: &str) -> Year {
    if reason.contains("нет данных прошлого года") {
        return Year::Without;
    }
    Year::NotComparable(reason.trim_start_matches("несопоставимо: ").to_owned())
}

/// Marks of all works against those of the journal.
fn journal(place: &Municipality<'_, '_>) -> Option<Line> {
    let focus = &place.context.focus;
    let works = place.chapters.iter().filter(|chapter| !chapter.measures.exam.key.procedure.has_attempts());
    let rows = works.clone().filter_map(|chapter| chapter.measures.journal_of(focus.level, &focus.name));
    let rows: Vec<_> = rows.filter(|row| 0 < row.n).collect();
    let what = "Журнал".to_owned();
    if works.count() == 0 {
        return None;
    }
    if rows.is_empty() {
        let words = "Отметок журнала в файлах нет.".to_owned();
        return Some(Line { state: CheckState::NotTested, what, words });
    }
    let sum = |of: fn(&srez_model::measures::JournalRow) -> u64| rows.iter().map(|row| of(row)).sum::<u64>();
    let (n, lowered, two) = (sum(|row| row.n), sum(|row| row.lowered), sum(|row| row.gap2));
    let share = number::percent(Percent::of(lowered, n)?, n);
    let most: Vec<&str> = place
        .context
        .schools
        .iter()
        .filter(|school| place.chapters.iter().any(|chapter| chapter.findings.has_fired("S06", school)))
        .map(|school| place.context.school(school))
        .collect();
    let most = if most.is_empty() {
        String::new()
    } else {
        format!(" Заметно чаще, чем у остальных: {}.", words::list(&most))
    };
    let words = format!("Отметка за работу ниже журнальной {}.{most}", note::below_journal(lowered, n, &share, two));
    Some(Line { state: CheckState::Found, what, words })
}
