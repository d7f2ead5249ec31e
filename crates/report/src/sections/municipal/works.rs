//! Results of all works: those with marks against the rest of the region, and those of which the region is not known.

use super::Municipality;
use crate::context::Chapter;
use crate::facts::results::{self, KeyResult};
use crate::facts::skills::findings_of;
use crate::facts::standing::{self, Side};
use crate::facts::works::short_title;
use crate::sections::subject_note::conclusions::{self, Lowered};
use crate::sections::subject_note::region::verdict_words;
use crate::sections::{other, share, text};
use crate::table::TableOf;
use srez_model::check::CheckState;
use srez_model::compared::{LowResult, MeasureId};
use srez_model::finding::Status;
use srez_model::measures::ComparisonRow;
use srez_model::report::{Align, Block, Cell};
use srez_model::sign::Cause;
use srez_wording::number;
use srez_wording::text as words;

/// A work and how it stands against the region.
struct Compared<'a, 'b> {
    chapter: &'b Chapter<'a>,
    row: &'a ComparisonRow,
}

/// The comparison of good results with the rest of the region; none where it was not made.
fn against_region<'a>(place: &Municipality<'a, '_>, chapter: &Chapter<'a>) -> Option<&'a ComparisonRow> {
    let exam = &chapter.measures.exam;
    let measure = if exam.has_test_scores() { MeasureId::FROM_81 } else { MeasureId::ShareOfFourAndFive };
    standing::of(place.context, chapter.measures, &measure).filter(|row| standing::is_tested(row))
}

/// The works with marks of which the region is known, with what the low results add to it.
pub(crate) fn compared(place: &Municipality<'_, '_>) -> Vec<Block> {
    let rows = place.chapters.iter().filter(|chapter| !chapter.measures.exam.has_test_scores());
    let rows = rows.filter_map(|chapter| Some(Compared { chapter, row: against_region(place, chapter)? }));
    let rows: Vec<Compared<'_, '_>> = rows.collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let style = &place.context.style;
    let [own, region] = [style.place.nominative, style.region.nominative].map(words::capitalised);
    let caption =
        format!("Доля отметок «4» и «5»: {} и остальные школы {}", style.place.nominative, style.region.genitive);
    let note = format!("{} {region} — без своих участников.", low_results(place, &rows));
    let table = TableOf::new(rows)
        .text("Работа", 3.8, |one| short_title(&one.chapter.measures.exam))
        .count("С отметкой", 1.0, |one| one.row.n)
        .number(&format!("{own}, %"), 1.0, |one| share(one.row.value, one.row.n))
        .number(&format!("{region}, %"), 1.0, |one| share(one.row.reference, one.row.n_reference))
        .number("Разница, п.п.", 1.1, |one| {
            let decimals = number::share_decimals(one.row.n);
            standing::difference(one.row).map_or(Cell::Missing, |value| Cell::difference(value, decimals))
        })
        .column(other("95 % инт.", Align::Right, 1.5), |one| interval(one.row))
        .column(text("Вывод", 2.0), |one| Cell::Text(verdict_words(style.region, one.row, false)));
    vec![table.named("region", caption, note)]
}

fn interval(row: &ComparisonRow) -> Cell {
    let decimals = number::share_decimals(row.n);
    row.low.zip(row.high).map_or(Cell::Missing, |(low, high)| Cell::interval(low.0, high.0, decimals))
}

/// «Отметка «2»: больше, чем в крае, — математика, 4 класс (9,6 % против 4,3 %); …».
fn low_results(place: &Municipality<'_, '_>, rows: &[Compared<'_, '_>]) -> String {
    let region = place.context.style.region;
    let of_side = |side: Side| {
        let mut named = Vec::new();
        for one in rows {
            let Some(row) = low_row(place, one).filter(|row| standing::side(row) == Some(side)) else { continue };
            let (Some(own), Some(others)) = (row.value, row.reference) else { continue };
            let shares = format!("{} против {}", number::percent(own, row.n), number::percent(others, row.n_reference));
            named.push(format!("{} ({shares})", short_title(&one.chapter.measures.exam)));
        }
        named
    };
    let mut parts = Vec::new();
    for (side, word) in [(Side::Above, "больше"), (Side::Below, "меньше")] {
        let named = of_side(side);
        if !named.is_empty() {
            parts.push(format!("{word}, чем в {},\u{a0}— {}", region.prepositional, named.join("; ")));
        }
    }
    let left = |wanted: CheckState| rows.iter().filter_map(|one| low_row(place, one)).any(|row| row.state == wanted);
    if left(CheckState::NotFound) || left(CheckState::Indistinct) {
        let unseen = if left(CheckState::Indistinct) { " или не различить" } else { "" };
        parts.push(format!("по остальным отличие не выявлено{unseen}"));
    }
    if parts.is_empty() { String::new() } else { format!("Отметка «2»: {}.", parts.join("; ")) }
}

fn low_row<'a>(place: &Municipality<'a, '_>, one: &Compared<'a, '_>) -> Option<&'a ComparisonRow> {
    let measure = LowResult::of_exam(&one.chapter.measures.exam).compared();
    standing::of(place.context, one.chapter.measures, &measure).filter(|row| standing::is_tested(row))
}

/// A work by itself.
struct Alone<'a, 'b> {
    chapter: &'b Chapter<'a>,
    n: u64,
    result: Option<KeyResult>,
    main: String,
}

/// The works that are not in that table; `caption` says which they are.
pub(crate) fn alone(place: &Municipality<'_, '_>, caption: &str) -> Vec<Block> {
    let focus = &place.context.focus;
    let is_left =
        |chapter: &&Chapter<'_>| chapter.measures.exam.has_test_scores() || against_region(place, chapter).is_none();
    let rows = place.chapters.iter().filter(is_left).filter_map(|chapter| {
        let n = results::participants(chapter.measures, focus.level, &focus.name);
        let is_small = place.context.is_too_small(chapter.measures);
        let result = results::of(chapter.measures, focus.level, &focus.name).filter(|_| !is_small);
        (n > 0).then(|| Alone { chapter, n, result, main: main(place, chapter, is_small) })
    });
    let rows: Vec<Alone<'_, '_>> = rows.collect();
    let has_test_scores = rows.iter().any(|one| one.chapter.measures.exam.has_test_scores());
    let (low_title, high_title, note) = if has_test_scores {
        let note = "У ЕГЭ — не набравшие минимума и получившие от 81 до 100 баллов. «—»: отмечать нечего.";
        ("«2» или ниже минимума", "«4» и «5» или 81–100, %", note)
    } else {
        ("«2»", "«4» и «5», %", "«—»: отмечать нечего.")
    };
    let table = TableOf::new(rows);
    if table.is_empty() {
        return Vec::new();
    }
    let table = table
        .text("Работа", 3.8, |one| short_title(&one.chapter.measures.exam))
        .count("Писали", 0.9, |one| one.n)
        .column(other(low_title, Align::Right, 1.5), |one| low(one.result.as_ref()))
        .number(high_title, 1.3, |one| {
            one.result
                .as_ref()
                .map_or(Cell::Missing, |result| share(result.above_share.map(|share| share.value), result.marked))
        })
        .column(text("Главное", 3.6), |one| {
            if one.main.is_empty() { Cell::Missing } else { Cell::Text(one.main.clone()) }
        });
    vec![table.named("works", caption, note)]
}

/// «76 (15,4 %)».
fn low(result: Option<&KeyResult>) -> Cell {
    let words = result.and_then(|result| {
        let share = number::percent(result.below_share()?, result.marked);
        Some(if result.below == 0 { "0".to_owned() } else { format!("{} ({share})", number::count(result.below)) })
    });
    words.map_or(Cell::Missing, Cell::Text)
}

/// What stands out in a work: few participants, a condition of the scale, the region, schools with many low results.
fn main(place: &Municipality<'_, '_>, chapter: &Chapter<'_>, is_small: bool) -> String {
    if is_small {
        return results::too_small(place.context);
    }
    let mut parts = Vec::new();
    let of_chapter = |note: &&crate::sections::subject_note::Note<'_, '_>| {
        note.chapters.iter().any(|one| one.measures.exam.key == chapter.measures.exam.key)
    };
    let note = place.notes.iter().find(of_chapter).filter(|note| note.chapters.len() == 1);
    if let Some((condition, Lowered { lowered, all, mark })) = note.and_then(conclusions::lowering_condition) {
        let (lowered, all) = (number::count(lowered), number::count(all));
        parts.push(format!("из {all} отметок «{mark}» только из-за условия «{}» — {lowered}", condition.note));
    }
    if let Some(row) = against_region(place, chapter) {
        parts.push(verdict_words(place.context.style.region, row, false));
    }
    let is_high = |finding: &srez_model::finding::Finding| {
        finding.sign.cause == Cause::MoreTwos && finding.status == Status::Probable && finding.is_told()
    };
    for school in &place.context.schools {
        let Some(own) = results::of(chapter.measures, srez_model::level::Level::School, school) else { continue };
        if findings_of(chapter, school).any(is_high) {
            let what = if chapter.measures.exam.has_test_scores() {
                "ниже минимума"
            } else {
                "отметка «2»"
            };
            let name = place.context.school(school);
            parts.push(format!("{what} чаще, чем у остальных: {name} ({} из {})", own.below, own.marked));
        }
    }
    parts.join("; ")
}
