//! «План школы: заготовка»: a row for each of the first facts, the worst first, with the measure of the catalogue and
//! the number by which it is seen.

use super::blanks;
use crate::context::{Chapter, Context};
use crate::facts::catalogue_text;
use crate::facts::school_facts::{FactKind, SchoolFact};
use crate::table::TableOf;
use srez_model::field_id::FieldName;
use srez_model::recommendations::Occasion;
use srez_model::report::{Blank, Block};
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
    let chosen = facts.iter().filter(|fact| fact.kind != FactKind::Common).take(MOST);
    let table = TableOf::new(chosen.filter_map(|fact| planned(context, chapters, fact)));
    if table.is_empty() {
        let id = blanks::of_school(FieldName::SchoolMeasures, chapters, school);
        return vec![Blank::new(id, "Меры школы на следующий период", 3).block()];
    }
    let table = table
        .text("Недостаток", 2.6, |one| one.lack.clone())
        .text("Что предлагаем", 3.8, |one| one.measure.clone())
        .text("Срок", 1.3, |one| one.term.clone())
        .text("Показатель", 2.6, |one| one.indicator.clone())
        .text("Ответственный", 1.5, |_| String::new());
    let note = "Меры\u{a0}— предложение из каталога, выбирает и уточняет школа; к какому значению прийти, решает она \
                же: ориентир\u{a0}— остальные школы. При небольшом числе учеников итог подводится по двум годам. Карты \
                классов с кодами\u{a0}— в издании школы. Результаты ВПР не служат оценкой учителя и не дают места \
                школы.";
    vec![table.named("plan", "", note)]
}

/// A lack of the school, and what is proposed.
struct Planned {
    lack: String,
    measure: String,
    term: String,
    indicator: String,
}

fn planned(context: &Context<'_>, chapters: &[Chapter<'_>], fact: &SchoolFact<'_>) -> Option<Planned> {
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
            let whose =
                if fact.kind.is_compared() { "в остальных школах" } else { "у всех вместе" };
            format!("{}: сейчас {own}, {whose} {share}", filled(&remedy.indicator))
        }
        None => format!("{}: сейчас {own}", filled(&remedy.indicator)),
    };
    Some(Planned { lack, measure: filled(&remedy.text), term: remedy.term.clone(), indicator })
}
