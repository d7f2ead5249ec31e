//! What a work demands of some of its tasks: marks that a condition lowered, points recommended for classes of a
//! profile.

use super::{share, text};
use crate::context::{Chapter, Context};
use crate::table::TableOf;
use srez_model::assessment::Condition;
use srez_model::measures::{DemandRow, MarksRow};
use srez_model::report::{Block, Text};
use srez_model::tally::Demand;
use srez_model::unit::Percent;
use srez_wording::sentence::participants as said;

/// A sentence for each condition, and the table of the recommended points; nothing for works without either.
pub(super) fn blocks(context: &Context<'_>, chapter: &Chapter<'_>, own: &MarksRow) -> Vec<Block> {
    let is_own = |row: &&DemandRow| row.level == context.focus.level && row.group == context.focus.name;
    let rows: Vec<&DemandRow> = chapter.measures.demands.iter().filter(is_own).collect();
    let conditions = rows.iter().filter_map(|row| {
        let Demand::Condition(place) = row.demand else { return None };
        let condition = chapter.measures.exam.conditions.get(usize::from(place))?;
        Some(Block::Paragraph(Text::plain(lowered(condition, row, own))))
    });
    conditions.chain(minima(context, chapter, &rows)).collect()
}

fn lowered(condition: &Condition, row: &DemandRow, own: &MarksRow) -> String {
    let mark = condition.otherwise;
    let of_mark = usize::from(mark).checked_sub(2).and_then(|place| own.by_mark.get(place)).copied().unwrap_or(0);
    said::lowered_by_condition(row.asked - row.met, &condition.note, &mark.to_string(), of_mark)
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
