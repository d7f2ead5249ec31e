//! «Эффективность мер» (item 5): each measure of the register before and after, and last year's recommendations.

use crate::context::{Chapter, Context};
use crate::facts::catalogue_text;
use crate::facts::effects::{decimals, indicator_title, schools_words, verdict_words, when};
use crate::sections;
use crate::sections::municipal::last_measures;
use crate::table::TableOf;
use srez_model::action::{Action, EffectRow, EffectVerdict, RecommendationRow};
use srez_model::assessment::Task;
use srez_model::compared::MeasureId;
use srez_model::level::Level;
use srez_model::recommendations::Occasion;
use srez_model::report::{Align, Block, Cell, Column, DocumentKind, Report, RowKind, Section, Text};
use srez_model::unit::PercentagePoints;
use srez_wording::{number, sentence};

/// The document: each measure in one line, and how the lines are to be read.
pub fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Report {
    made(context, chapters, vec![section("Как читать", reading(context))])
}

/// The workbook: besides, each measure before and after in all its numbers, and last year's recommendations.
pub fn compose_workbook(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Report {
    let more = vec![
        section("Меры: до и после", measures(context)),
        section("Что рекомендовали в прошлом году и что вышло", deficits(context, chapters)),
        section("Как считалось", [reading(context), method()].concat()),
    ];
    made(context, chapters, more)
}

fn made(context: &Context<'_>, chapters: &[Chapter<'_>], more: Vec<Section>) -> Report {
    let mut sections = vec![section("Меры прошлого года и их итог", main(context, chapters))];
    sections.extend(more);
    let (title, subtitle) = ("Эффективность принятых мер".to_owned(), context.title.to_owned());
    Report { sections, ..context.report(DocumentKind::Effectiveness, title, subtitle) }
}

fn section(title: &str, blocks: Vec<Block>) -> Section {
    sections::section(title, false, blocks)
}

fn main(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Block> {
    let recommendations = &context.facts.effects.recommendations;
    let mut blocks = last_measures::blocks(context, chapters, usize::MAX);
    blocks.extend(judged(context).map(|words| Block::Paragraph(Text::plain(words))));
    if context.facts.effects.actions.is_empty() {
        blocks.push(sections::no_data("реестр мер не заполнен, оценивать нечего"));
    }
    if !recommendations.is_empty() {
        let count = |wanted| recommendations.iter().filter(|row| row.state == wanted).count() as u64;
        use srez_model::action::DeficitState as State;
        blocks.push(Block::Paragraph(Text::plain(format!(
            "{}: устранено — {}, улучшение — {}, без изменений — {}, дефицит вырос — {}, несопоставимо — {}.",
            sentence::files::of_deficits(recommendations.len() as u64),
            count(State::Removed),
            count(State::Improved),
            count(State::Same),
            count(State::Grown),
            count(State::NotComparable)
        ))));
    }
    blocks
}

/// How many measures were judged, for one of many looks effective by chance; none where the register has none.
fn judged(context: &Context<'_>) -> Option<String> {
    let wholes = || context.facts.effects.rows.iter().filter(|row| row.level == Level::Municipality);
    let count = |wanted: EffectVerdict| wholes().filter(|row| row.verdict == wanted).count() as u64;
    let [confirmed, possible, not_confirmed] =
        [EffectVerdict::Confirmed, EffectVerdict::Possible, EffectVerdict::NotConfirmed].map(count);
    let (judged, all) = (confirmed + possible + not_confirmed, wholes().count() as u64);
    (all != 0).then(|| sentence::schools::judged_measures(judged, confirmed, possible, not_confirmed, all - judged))
}

fn measures(context: &Context<'_>) -> Vec<Block> {
    if context.facts.effects.actions.is_empty() {
        return vec![sections::no_data("реестр мер не заполнен")];
    }
    let note = "До и после — в процентах, разности — в п.п. (средние отметка и балл — в своих единицах). «Без меры \
                было бы» учитывает возврат к среднему: школа, выбранная за низкий результат, поднимается и сама. \
                Строки школ — в порядке реестра. Вывод о связи по времени, не о причине.";
    let measured =
        context.facts.effects.rows.iter().filter_map(|row| Some(Measured { row, action: context.action(row)? }));
    let table = TableOf::new(measured)
        .count("№", 0.4, |of| of.row.action as u64)
        .text("Мера, дата, школы", 3.4, |of| of.what(context))
        .text("Работа и показатель", 2.4, |of| of.once(&of.target(context)))
        .text("Ответственный", 1.6, |of| of.once(&of.action.responsible))
        .text("Ожидалось от меры", 1.6, |of| of.once(&of.action.expected))
        .number("До", 0.8, |of| of.value(of.row.values.map(|values| values.0)))
        .number("После", 0.8, |of| of.value(of.row.values.map(|values| values.1)))
        .number("Изменение", 1.2, |of| of.difference(of.row.values.map(|values| values.1 - values.0)))
        .number("У школ без меры", 0.9, |of| of.difference(of.row.peers_change))
        .number("Без меры было бы", 0.9, |of| of.value(of.row.expected))
        .number("Эффект", 1.0, |of| of.difference(of.row.effect.map(|effect| effect.0)))
        .number("95 % инт. эффекта", 1.4, |of| {
            of.row.effect.map_or(Cell::Missing, |(_, low, high)| Cell::interval(low, high, decimals(of.row)))
        })
        .text("Вывод", 3.6, |of| verdict_words(of.row))
        .kinds(|of| if of.is_whole() { RowKind::Own } else { RowKind::Plain });
    vec![table.wide(true).named("effects", "Меры до и после", note)]
}

/// What came of a measure, for all its schools or for one of them.
struct Measured<'a> {
    row: &'a EffectRow,
    action: &'a Action,
}

impl Measured<'_> {
    fn is_whole(&self) -> bool {
        self.row.level == Level::Municipality
    }

    fn what(&self, context: &Context<'_>) -> String {
        if !self.is_whole() {
            return context.school(&self.row.group).to_owned();
        }
        let title = srez_wording::text::typeset(&self.action.title);
        format!("{title} ({}; {})", when(self.action), schools_words(self.action))
    }

    fn target(&self, context: &Context<'_>) -> String {
        if self.row.exam.is_empty() {
            return self.action.indicator.clone();
        }
        format!("{}: {}", context.title_of(&self.row.exam), indicator_title(self.row))
    }

    /// Said of the measure as a whole, not again for each school.
    fn once(&self, text: &str) -> String {
        if self.is_whole() { srez_wording::text::typeset(text) } else { String::new() }
    }

    fn value(&self, value: Option<f64>) -> Cell {
        value.map_or(Cell::Missing, |value| Cell::number(value, decimals(self.row)))
    }

    fn difference(&self, value: Option<f64>) -> Cell {
        value.map_or(Cell::Missing, |value| Cell::difference(value, decimals(self.row)))
    }
}

fn deficits(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Block> {
    if context.facts.effects.recommendations.is_empty() {
        let words = "Нет данных: прошлогодних дефицитов по работам этого года нет или нет прошлогодних результатов.";
        return vec![Block::Note(Text::plain(words))];
    }
    let share = |value: f64, n: u64| Cell::number(value, number::share_decimals(n));
    let note = "Задания и умения, недостаточные в прошлом году по порогам уровней, по муниципалитету. «Устранён» \
                — результат теперь достаточный; «улучшение» и «дефицит вырос» — интервал разности не содержит нуля. \
                Рекомендация — по каталогу, который действует сейчас. Изменение результата — связь по времени, не \
                следствие рекомендации.";
    let differs = |row: &&RecommendationRow| {
        let printed = |value: f64, n: u64| number::rounded(value, number::share_decimals(n));
        let change = row.values.1.zip(row.difference);
        change.is_some_and(|(now, (difference, ..))| {
            number::differs_in_print(printed(now, row.n.1), printed(row.values.0, row.n.0), difference, 1)
        })
    };
    let note = match context.facts.effects.recommendations.iter().find(differs) {
        Some(_) => format!("{note} {}", number::UNROUNDED),
        None => note.to_owned(),
    };
    let table = TableOf::new(&context.facts.effects.recommendations)
        .text("Работа", 2.0, |row| context.title_of(&row.exam).to_owned())
        .text("Дефицит прошлого года", 2.2, |row| srez_wording::text::capitalised(&row.matter))
        .text("Что рекомендовалось", 4.4, |row| recommended(context, chapters, row))
        .number("Было, %", 0.8, |row| share(row.values.0, row.n.0))
        .number("Стало, %", 0.8, |row| row.values.1.map_or(Cell::Missing, |now| share(now, row.n.1)))
        .number("Разность, п.п.", 1.0, |row| {
            row.difference.map_or(Cell::Missing, |(difference, ..)| Cell::difference(difference, 1))
        })
        .number("95 % инт. разности", 1.4, |row| {
            row.difference.map_or(Cell::Missing, |(_, low, high)| Cell::interval(low, high, 1))
        })
        .text("Состояние", 2.0, state_words)
        .column(Column::new("Меры №", Align::Left, 0.9), numbers_of_actions);
    let caption = "Рекомендации прошлого года и результат по тем же умениям";
    vec![table.wide(true).named("recommendations", caption, note)]
}

fn state_words(row: &&RecommendationRow) -> String {
    match row.state {
        srez_model::action::DeficitState::NotComparable => {
            format!("несопоставимо: {}", row.reason.trim_start_matches("несопоставимо: "))
        }
        state => state.title().to_owned(),
    }
}

fn numbers_of_actions(row: &&RecommendationRow) -> Cell {
    let actions: Vec<String> = row.actions.iter().map(usize::to_string).collect();
    if actions.is_empty() { Cell::Missing } else { Cell::Text(actions.join(", ")) }
}

/// What the catalogue recommends for the skill of a deficit.
fn recommended(context: &Context<'_>, chapters: &[Chapter<'_>], row: &RecommendationRow) -> String {
    let chapter = chapters.iter().find(|chapter| chapter.measures.exam.id() == row.exam);
    let Some((chapter, remedy)) = chapter.zip(context.recommendations.remedy(Occasion::Skill)) else {
        return String::new();
    };
    let of_task = |id: &str| chapter.measures.exam.tasks.iter().find(|task| task.id == id).map(Task::matter);
    let skill = match &row.measure {
        MeasureId::Task(id) => of_task(id).unwrap_or_default(),
        MeasureId::Skill(title) => title,
        _ => "",
    };
    // The text of the catalogue speaks of a skill; where none is known there is nothing to speak of.
    if skill.is_empty() { String::new() } else { catalogue_text(context, chapter, &remedy.text, skill) }
}

/// What the verdicts say, for whoever signs.
fn reading(context: &Context<'_>) -> Vec<Block> {
    let lines = [
        "«Эффект подтверждён»: без меры результат почти наверняка был бы хуже (вероятность не меньше {confirmed}); \
         «возможен»: вероятность не меньше {possible}; «данных недостаточно» — если участников мало или отличие \
         меньше {most} при таком их числе не заметить.",
        "Что было бы без меры, говорят школы, в которых её не было: низкий результат часто поднимается и сам.",
        "Вывод относится к показателю, а не к работе людей; оценивать по нему учителей и школы нельзя.",
    ];
    let threshold = |id: &str| context.thresholds.value(id);
    let percent = |id: &str| number::percent_exact(threshold(id), 0);
    let most = number::percentage_points(PercentagePoints(threshold("plan.most")), 0, false);
    let filled = |line: &str| {
        line.replace("{confirmed}", &percent("effect.confirmed"))
            .replace("{possible}", &percent("effect.possible"))
            .replace("{most}", &most)
    };
    vec![Block::List(lines.into_iter().map(|line| Text::plain(filled(line))).collect())]
}

/// How the numbers were made, for the workbook.
fn method() -> Vec<Block> {
    let lines = [
        "Сравниваются результаты одной и той же работы весной до меры и первой весной после неё: ученики разные, школы \
         те же.",
        "Рядом стоит изменение школ муниципалитета, в которых меры не было: насколько они расходятся и насколько \
         сохраняют своё место, говорит, чего следовало ждать без меры (возврат к среднему).",
        "По отдельным школам меры вывода нет, только ожидавшееся и разница.",
        "Если изменились шкала, задание или условия, годы не сравниваются, показано только место среди школ.",
    ];
    vec![Block::List(lines.into_iter().map(Text::plain).collect())]
}
