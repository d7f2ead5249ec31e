//! Measures of the register: what was done last year and what came of it, and what is still to show.

use crate::context::{Chapter, Context};
use crate::facts::effects::{change, expected_words, indicator_title, schools_words, value, verdict_words, when};
use crate::table::TableOf;
use srez_model::action::{Action, EffectRow, EffectVerdict};
use srez_model::level::Level;
use srez_model::report::Block;
use srez_wording::{number, text as words};

/// Where the centre has filled in no register.
const NOTHING: &str = "реестр мер (меры.xlsx) не заполнен, оценивать нечего";

/// Measures that have shown what they can, on these exams or on all; the number is that of the register.
pub(crate) fn taken(context: &Context<'_>, chapters: &[Chapter<'_>], every: bool) -> Block {
    if context.facts.effects.actions.is_empty() {
        return super::no_data(NOTHING);
    }
    let who = |action: &Action| {
        let mut who = vec![when(action), schools_words(action)];
        who.extend((!action.responsible.is_empty()).then(|| action.responsible.clone()));
        who.join("; ")
    };
    let table = TableOf::new(of(context, chapters, every).filter(|(_, effect)| effect.verdict != EffectVerdict::Ahead));
    if table.is_empty() {
        return super::no_data("мер, итог которых виден по этим работам, в реестре нет");
    }
    let note = "№ — номер меры в реестре. «Без меры ожидалось» учитывает возврат к среднему: школа, выбранная за \
                низкий результат, поднимается и сама. Вывод — о связи по времени, не о причине; подробно — в документе \
                об эффективности мер.";
    table
        .count("№", 0.5, |(_, effect)| effect.action as u64)
        .text("Мера", 2.8, |(action, _)| words::typeset(&action.title))
        .text("Когда, для кого, кто отвечает", 2.2, |(action, _)| who(action))
        .text(
            "Показатель: было, стало, ожидалось без меры",
            3.4,
            |(action, effect)| change_words(context, chapters, action, effect),
        )
        .text("Вывод об эффективности", 2.8, |(_, effect)| {
            words::capitalised(&verdict_words(effect))
        })
        .named("measures_taken", "Меры прошлого года и что вышло", note)
}

/// Measures whose exam is still to come, for the road map; none where the register has none of them.
pub(crate) fn ahead(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Option<Block> {
    let table = TableOf::new(of(context, chapters, true).filter(|(_, effect)| effect.verdict == EffectVerdict::Ahead));
    if table.is_empty() {
        return None;
    }
    let note = "Из реестра мер, № — номер в нём. Результат станет виден после следующей работы того же вида.";
    let table = table
        .count("№", 0.5, |(_, effect)| effect.action as u64)
        .text("Мера", 3.4, |(action, _)| words::typeset(&action.title))
        .text("Срок", 1.6, |(action, _)| when(action))
        .text("Школы", 1.2, |(action, _)| schools_words(action))
        .text("Ответственный", 1.8, |(action, _)| words::typeset(&action.responsible))
        .text("Ожидаемый результат", 2.0, |(action, _)| words::typeset(&action.expected))
        .text("Показатель", 2.4, |(action, _)| target(chapters, action))
        .text("Отметка об исполнении", 1.3, |_| String::new());
    Some(table.wide(true).named("measures_ahead", "Меры, итог которых впереди", note))
}

/// Measures of the register with the row of all their schools; of these exams alone where not every measure is asked
/// for.
fn of<'a>(
    context: &'a Context<'_>,
    chapters: &'a [Chapter<'_>],
    every: bool,
) -> impl Iterator<Item = (&'a Action, &'a EffectRow)> {
    let ids: Vec<String> = chapters.iter().map(|chapter| chapter.measures.exam.key.id_without_year()).collect();
    let rows = context.facts.effects.rows.iter().filter(|row| row.level == Level::Municipality);
    let pairs = rows.filter_map(|row| Some((context.action(row)?, row)));
    pairs.filter(move |(action, _)| every || ids.contains(&action.exam))
}

/// «ВПР, математика, 8 класс»; the id where the period has no such exam.
fn work(chapters: &[Chapter<'_>], action: &Action) -> String {
    let exams = chapters.iter().map(|chapter| &chapter.measures.exam);
    let Some(exam) = exams.into_iter().find(|exam| exam.key.id_without_year() == action.exam) else {
        return action.exam.clone();
    };
    let subject = exam.subject_title.to_lowercase();
    let words = format!("{}, {subject}", exam.key.procedure.title());
    if exam.key.procedure.has_one_grade() { words } else { format!("{words}, {}", exam.grade_title()) }
}

/// «ВПР, математика, 8 класс: доля «2»».
fn target(chapters: &[Chapter<'_>], action: &Action) -> String {
    let work = work(chapters, action);
    if work.is_empty() { action.indicator.clone() } else { format!("{work}: {}", action.indicator) }
}

fn change_words(context: &Context<'_>, chapters: &[Chapter<'_>], action: &Action, row: &EffectRow) -> String {
    let Some((before, after)) = row.values else {
        return target(chapters, action);
    };
    let mut said = format!(
        "{}, {}: было {}, стало {} (участников {} и {})",
        context.title_of(&row.exam),
        indicator_title(row),
        value(row, before),
        value(row, after),
        number::count(row.n.0),
        number::count(row.n.1)
    );
    if let Some(others) = row.peers_change {
        said.push_str(&format!("; у школ без меры {}", change(row, others)));
    }
    if let Some(expected) = expected_words(row) {
        said.push_str(&format!("; {expected}"));
    }
    said
}
