//! What a work demands of some of its tasks: marks that a condition lowered, points recommended for classes of a
//! profile.

use super::{share, text};
use crate::context::{Chapter, Context};
use crate::table::TableOf;
use srez_model::assessment::Condition;
use srez_model::level::Level;
use srez_model::measures::{DemandRow, MarksRow};
use srez_model::report::{Block, Text};
use srez_model::tally::Demand;
use srez_model::unit::Percent;
use srez_wording::sentence::{participants as said, schools as of_schools};

/// A sentence for each condition, and the table of the recommended points; nothing for works without either.
pub(super) fn blocks(context: &Context<'_>, chapter: &Chapter<'_>, own: &MarksRow) -> Vec<Block> {
    let is_own = |row: &&DemandRow| row.level == context.focus.level && row.group == context.focus.name;
    let rows: Vec<&DemandRow> = chapter.measures.demands.iter().filter(is_own).collect();
    let conditions = rows.iter().filter_map(|row| {
        let Demand::Condition(place) = row.demand else { return None };
        let condition = chapter.measures.exam.conditions.get(usize::from(place))?;
        let words = format!("{}{}", lowered(condition, row, own), in_schools(context, chapter, place));
        Some(Block::Paragraph(Text::plain(words)))
    });
    conditions.chain(minima(context, chapter, &rows)).collect()
}

fn lowered(condition: &Condition, row: &DemandRow, own: &MarksRow) -> String {
    let mark = condition.otherwise;
    let of_mark = usize::from(mark).checked_sub(2).and_then(|place| own.by_mark.get(place)).copied().unwrap_or(0);
    said::lowered_by_condition(row.asked - row.met, &condition.note, &mark.to_string(), of_mark)
}

/// Marks of a group that a condition alone lowered; none where it was not asked there.
pub(super) fn lowered_in(chapter: &Chapter<'_>, place: u16, level: Level, group: &str) -> Option<u64> {
    let is_it = |row: &&DemandRow| {
        row.level == level && row.group == group && matches!(row.demand, Demand::Condition(known) if known == place)
    };
    chapter.measures.demands.iter().find(is_it).map(|row| row.asked - row.met)
}

/// The first condition that lowered a mark in the focus, and the mark that was given in its place.
pub(super) fn told(context: &Context<'_>, chapter: &Chapter<'_>) -> Option<(u16, u8)> {
    let focus = &context.focus;
    let conditions = (0_u16..).zip(&chapter.measures.exam.conditions);
    let mut lowering = conditions
        .filter(|(place, _)| lowered_in(chapter, *place, focus.level, &focus.name).is_some_and(|lowered| lowered > 0));
    lowering.next().map(|(place, condition)| (place, condition.otherwise))
}

/// « Такие отметки есть в 12 школах из 13.»; empty where the schools do not tell it.
fn in_schools(context: &Context<'_>, chapter: &Chapter<'_>, place: u16) -> String {
    let counts: Vec<u64> =
        context.schools.iter().filter_map(|school| lowered_in(chapter, place, Level::School, school)).collect();
    let with = counts.iter().filter(|lowered| **lowered > 0).count();
    if with == 0 {
        String::new()
    } else {
        format!(" {}", of_schools::with_lowered_marks(with as u64, counts.len() as u64))
    }
}

fn minima(context: &Context<'_>, chapter: &Chapter<'_>, rows: &[&DemandRow]) -> Option<Block> {
    let exam = &chapter.measures.exam;
    let minima = rows.iter().copied().filter(|row| matches!(row.demand, Demand::ProfileMinimum(_)));
    let table = TableOf::new(minima);
    if table.is_empty() {
        return None;
    }
    let table = table
        .column(text("Профильный класс и первичный балл", 5.0), |row| {
            srez_model::report::Cell::Text(srez_wording::text::capitalised(&row.demand.title(exam)))
        })
        .count("Участников с баллом", 1.4, |row| row.asked)
        .count("Набрали", 1.0, |row| row.met)
        .number("Доля, %", 1.0, |row| share(Percent::of(row.met, row.asked), row.asked));
    let name = format!("demands_{}", exam.id().replace('-', "_"));
    let caption = format!("Баллы для профильных классов, {}", super::whose(context, chapter));
    let note =
        "Баллы рекомендованы письмом о шкалах этого года; порядок приёма в профильные классы устанавливает регион.";
    Some(table.named(&name, caption, note))
}
