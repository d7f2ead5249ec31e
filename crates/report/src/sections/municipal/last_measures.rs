//! «Решения прошлого года»: each measure of the register in one line, with what became of it.

use crate::context::{Chapter, Context};
use crate::facts::effects::{change, decimals, indicator_title, value};
use crate::facts::works::in_words;
use crate::sections::subject_note::checks::{Line, table};
use srez_model::action::{EffectRow, EffectVerdict};
use srez_model::check::CheckState;
use srez_model::level::Level;
use srez_model::report::Block;
use srez_wording::{number, text as words};

/// The table with at most so many measures; nothing where the centre has no register.
pub(crate) fn blocks(context: &Context<'_>, chapters: &[Chapter<'_>], most: usize) -> Vec<Block> {
    let rows = context.facts.effects.rows.iter().filter(|row| row.level == Level::Municipality);
    let lines = rows.filter_map(|row| {
        let action = context.action(row)?;
        let what = words::typeset(&action.title);
        Some(Line { state: state(row.verdict), what, words: words_of(context, chapters, row) })
    });
    table("last_measures", "Меры прошлого года и их итог", lines.collect(), most)
}

/// The state of the check of a measure.
fn state(verdict: EffectVerdict) -> CheckState {
    match verdict {
        EffectVerdict::Confirmed | EffectVerdict::Possible => CheckState::Found,
        EffectVerdict::NotConfirmed => CheckState::NotFound,
        EffectVerdict::TooFewData
        | EffectVerdict::NotComparable
        | EffectVerdict::NoComparison
        | EffectVerdict::NoBase
        | EffectVerdict::Part => CheckState::Indistinct,
        EffectVerdict::Ahead | EffectVerdict::NotUnderstood => CheckState::NotTested,
    }
}

/// «ВПР по математике, 4 класс, умение «Периметр и площадь»: было 54,1 %, стало 49,7 %. Сравнить не с чем.»
pub(super) fn words_of(context: &Context<'_>, chapters: &[Chapter<'_>], row: &EffectRow) -> String {
    let exam = chapters.iter().map(|chapter| &chapter.measures.exam).find(|exam| exam.id() == row.exam);
    let work = exam.map_or_else(|| context.title_of(&row.exam).to_owned(), |exam| in_words(context, exam));
    let Some((before, after)) = row.values else {
        return words::sentence(&words::capitalised(&ending(row)));
    };
    let effect = row.effect.map_or_else(String::new, |(effect, low, high)| {
        format!("; отличие от ожидавшегося {} ({})", change(row, effect), number::range(low, high, decimals(row)))
    });
    let ending = words::sentence(&words::capitalised(&ending(row)));
    let (before, after) = (value(row, before), value(row, after));
    format!("{work}, {}: было {before}, стало {after}{effect}. {ending}", indicator_title(row))
}

/// The verdict, and why there is none.
fn ending(row: &EffectRow) -> String {
    let title = row.verdict.title();
    match row.verdict {
        EffectVerdict::Confirmed => format!("{title}: распространить"),
        EffectVerdict::Possible => format!("{title}: продолжить ещё год"),
        EffectVerdict::NotConfirmed => title.to_owned(),
        EffectVerdict::TooFewData => "участников мало, чтобы отличить изменение от случайного".to_owned(),
        _ if row.reason.is_empty() => title.to_owned(),
        _ => format!("{title}: {}", row.reason),
    }
}
