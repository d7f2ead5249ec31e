//! «План школы: заготовка»: a row for each of the first facts, the worst first, with the measure of the catalogue and
//! the number by which it is seen.

use super::{blanks, row, table, text};
use crate::context::{Chapter, Context};
use crate::facts::catalogue_text;
use crate::facts::school_facts::{FactKind, SchoolFact};
use srez_model::field_id::FieldName;
use srez_model::recommendations::Occasion;
use srez_model::report::{Blank, Block, Cell};
use srez_wording::{number, text as words};

/// Rows at most.
const MOST: usize = 4;

/// The rows; a field where nothing was found.
pub(crate) fn blocks(
    context: &Context<'_>,
    chapters: &[Chapter<'_>],
    school: &str,
    facts: &[SchoolFact<'_>],
) -> Vec<Block> {
    let rows: Vec<_> = facts
        .iter()
        .filter(|fact| fact.kind != FactKind::Common)
        .take(MOST)
        .filter_map(|fact| planned(context, chapters, fact))
        .map(row)
        .collect();
    if rows.is_empty() {
        let id = blanks::of_school(FieldName::SchoolMeasures, chapters, school);
        return vec![Blank::new(id, "Меры школы на следующий период", 3).block()];
    }
    let columns = vec![
        text("Недостаток", 2.6),
        text("Что предлагаем", 3.8),
        text("Срок", 1.3),
        text("Показатель", 2.6),
        text("Ответственный", 1.5),
    ];
    let note = "Меры\u{a0}— предложение из каталога, выбирает и уточняет школа. При небольшом числе учеников итог \
                подводится по двум годам. Карты классов с кодами\u{a0}— в издании школы. Результаты ВПР не служат \
                оценкой учителя и не дают места школы.";
    vec![table("plan", String::new(), columns, rows, note)]
}

fn planned(context: &Context<'_>, chapters: &[Chapter<'_>], fact: &SchoolFact<'_>) -> Option<Vec<Cell>> {
    let chapter = chapters.get(fact.chapter)?;
    let exam = &chapter.measures.exam;
    let occasion = match fact.kind {
        FactKind::LowResults => Occasion::MoreTwos,
        FactKind::LowTotal => Occasion::SchoolWork,
        _ => Occasion::SchoolSkill,
    };
    let remedy = context.recommendations.remedy(occasion)?;
    let own = number::percent(fact.value, fact.n);
    let lack = match fact.kind {
        FactKind::LowResults => {
            let what = if exam.has_test_scores() { "ниже минимума" } else { "отметка «2»" };
            format!("{}: {what}\u{a0}— {} из {}", exam.title(), number::count(fact.k), number::count(fact.n))
        }
        FactKind::LowTotal => format!("{}: {own} баллов", exam.title()),
        _ => format!("{}: {}\u{a0}— {own}", exam.title(), words::lowered(fact.skill)),
    };
    let filled = |words: &str| catalogue_text(context, chapter, words, fact.skill);
    let indicator = match fact.reference {
        Some(reference) => {
            let share = number::percent_exact(reference.0.round(), 0);
            let least = if fact.kind == FactKind::LowResults { "не больше" } else { "не ниже" };
            let whose = if fact.kind.is_compared() {
                "как в остальных школах"
            } else {
                "как у всех вместе"
            };
            format!("{}: {least} {share}, {whose} (сейчас {own})", filled(&remedy.indicator))
        }
        None => format!("{} (сейчас {own})", filled(&remedy.indicator)),
    };
    Some(vec![
        Cell::Text(lack),
        Cell::Text(filled(&remedy.text)),
        Cell::Text(remedy.term.clone()),
        Cell::Text(indicator),
        Cell::Text(String::new()),
    ])
}
