//! «Эффективность мер» (item 5): each measure of the register before and after, and last year's recommendations.

use crate::context::{Chapter, Context};
use crate::facts::catalogue_text;
use crate::facts::effects::{change, decimals, indicator_title, schools_words, value, verdict_words, when};
use srez_model::action::{Action, EffectRow, EffectVerdict, RecommendationRow};
use srez_model::assessment::Task;
use srez_model::compared::{SKILL, TASK};
use srez_model::finding::Status;
use srez_model::level::Level;
use srez_model::recommendations::Occasion;
use srez_model::report::{
    Align, Block, Cell, Column, DocumentKind, Report, Row, RowKind, Section, Statement, Table, Text,
};
use srez_wording::{date, number, sentence};

/// The document; measures in the order of the register.
pub fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Report {
    let sections = vec![
        section("Главное", main(context)),
        section("Меры: до и после", measures(context)),
        section("Что рекомендовали в прошлом году и что вышло", deficits(context, chapters)),
        section("Как считалось", method()),
    ];
    Report {
        kind: DocumentKind::Effectiveness,
        title: "Эффективность принятых мер".to_owned(),
        subtitle: context.title.to_owned(),
        centre: context.centre.to_owned(),
        style: std::sync::Arc::clone(context.style),
        municipality: context.focus_title.clone(),
        date: date::short(context.date),
        running_head: "Эффективность принятых мер".to_owned(),
        footer: context.footer(),
        key_figures: Vec::new(),
        passport: Vec::new(),
        missing: Vec::new(),
        sections,
    }
}

fn section(title: &str, blocks: Vec<Block>) -> Section {
    Section { title: title.to_owned(), depth: 1, new_page: false, annex: false, blocks }
}

fn main(context: &Context<'_>) -> Vec<Block> {
    let recommendations = context.outcomes;
    let wholes = context.effects.iter().filter(|row| row.level == Level::Municipality);
    let mut blocks: Vec<Block> = wholes.filter_map(|row| Some(statement(context, context.action(row)?, row))).collect();
    if context.actions.is_empty() {
        let words = "Нет данных: меры.xlsx. Шаблон: `srez init measures меры.xlsx`, путь — ключ measures конвейера.";
        blocks.push(Block::Note(Text::plain(words)));
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

fn statement(context: &Context<'_>, action: &Action, row: &EffectRow) -> Block {
    let status = match row.verdict {
        EffectVerdict::Confirmed | EffectVerdict::Possible => Status::Probable,
        EffectVerdict::NotConfirmed => Status::Checked,
        _ => Status::NoData,
    };
    let title = srez_wording::text::typeset(&action.title);
    let mut text = Text::default().bold(format!("Мера {}. {title}. ", row.action));
    let mut words = String::new();
    if let Some((before, after)) = row.values {
        words.push_str(&format!(
            "{}, {}: было {}, стало {} ({}; участников {} и {}).",
            context.title_of(&row.exam),
            indicator_title(&row.measure),
            value(row, before),
            value(row, after),
            sentence::schools::schools(row.schools),
            number::count(row.n.0),
            number::count(row.n.1)
        ));
    }
    if let (Some(expected), Some((effect, low, high))) = (row.expected, row.effect) {
        words.push_str(&format!(
            " Без меры ожидалось {}; разница {} (интервал {}).",
            value(row, expected),
            change(row, effect),
            number::range(low, high, decimals(row))
        ));
    }
    words.push_str(&format!(" {}", srez_wording::text::sentence(&verdict_words(row))));
    text = text.then(words.trim_start().to_owned());
    Block::Statement(Statement { status, text })
}

fn column(title: &str, align: Align, weight: f64) -> Column {
    Column::new(title, align, weight)
}

fn table(name: &str, caption: &str, columns: Vec<Column>, rows: Vec<Row>, note: &str) -> Block {
    let (caption, note) = (caption.to_owned(), note.to_owned());
    Block::Table(Table { name: name.to_owned(), caption, columns, rows, note, wide: true, chart: None })
}

fn measures(context: &Context<'_>) -> Vec<Block> {
    if context.actions.is_empty() {
        return vec![Block::Note(Text::plain("Нет данных: меры.xlsx."))];
    }
    let rows = context.effects.iter().filter_map(|row| Some(effect_row(context, context.action(row)?, row)));
    let columns = vec![
        column("№", Align::Right, 0.4),
        column("Мера, дата, школы", Align::Left, 3.4),
        column("Работа и показатель", Align::Left, 2.4),
        column("Ответственный", Align::Left, 1.6),
        column("Ожидалось от меры", Align::Left, 1.6),
        column("До", Align::Right, 0.8),
        column("После", Align::Right, 0.8),
        column("Изменение", Align::Right, 1.2),
        column("У школ без меры", Align::Right, 0.9),
        column("Без меры было бы", Align::Right, 0.9),
        column("Эффект", Align::Right, 1.0),
        column("95 % инт. эффекта", Align::Right, 1.4),
        column("Вывод", Align::Left, 3.6),
    ];
    let note = "До и после — в процентах, разности — в п.п. (средние отметка и балл — в своих единицах). «Без меры было бы» \
                учитывает возврат к среднему: школа, выбранная за низкий результат, поднимается и сама. Строки школ — в \
                порядке реестра. Вывод о связи по времени, не о причине.";
    vec![table("effects", "Меры до и после", columns, rows.collect(), note)]
}

fn effect_row(context: &Context<'_>, action: &Action, row: &EffectRow) -> Row {
    let whole = row.level == Level::Municipality;
    let decimals = decimals(row);
    let value = |value: Option<f64>| value.map_or(Cell::Missing, |value| Cell::number(value, decimals));
    let difference = |value: Option<f64>| value.map_or(Cell::Missing, |value| Cell::difference(value, decimals));
    let what = if whole {
        format!("{} ({}; {})", srez_wording::text::typeset(&action.title), when(action), schools_words(action))
    } else {
        context.school(&row.group).to_owned()
    };
    let target = if row.exam.is_empty() {
        action.indicator.clone()
    } else {
        format!("{}: {}", context.title_of(&row.exam), indicator_title(&row.measure))
    };
    let once = |text: &str| Cell::Text(if whole { srez_wording::text::typeset(text) } else { String::new() });
    let cells = vec![
        Cell::count(row.action as u64),
        Cell::Text(what),
        once(&target),
        once(&action.responsible),
        once(&action.expected),
        value(row.values.map(|values| values.0)),
        value(row.values.map(|values| values.1)),
        difference(row.values.map(|values| values.1 - values.0)),
        difference(row.peers_change),
        value(row.expected),
        difference(row.effect.map(|effect| effect.0)),
        row.effect.map_or(Cell::Missing, |(_, low, high)| Cell::interval(low, high, decimals)),
        Cell::Text(verdict_words(row)),
    ];
    Row { cells, kind: if whole { RowKind::Own } else { RowKind::Plain } }
}

fn deficits(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Block> {
    if context.outcomes.is_empty() {
        let words = "Нет данных: прошлогодних дефицитов по работам этого года нет или нет прошлогодних результатов.";
        return vec![Block::Note(Text::plain(words))];
    }
    let rows = context.outcomes.iter().map(|row| {
        let share = |value: f64, n: u64| Cell::number(value, number::share_decimals(n));
        let actions: Vec<String> = row.actions.iter().map(usize::to_string).collect();
        let reserve = row.reason.trim_start_matches("несопоставимо: ");
        let state = match row.state {
            srez_model::action::DeficitState::NotComparable => format!("несопоставимо: {reserve}"),
            state => state.title().to_owned(),
        };
        let cells = vec![
            Cell::Text(context.title_of(&row.exam).to_owned()),
            Cell::Text(srez_wording::text::capitalised(&row.matter)),
            Cell::Text(recommended(context, chapters, row)),
            share(row.values.0, row.n.0),
            row.values.1.map_or(Cell::Missing, |now| share(now, row.n.1)),
            row.difference.map_or(Cell::Missing, |(difference, ..)| Cell::difference(difference, 1)),
            row.difference.map_or(Cell::Missing, |(_, low, high)| Cell::interval(low, high, 1)),
            Cell::Text(state),
            if actions.is_empty() { Cell::Missing } else { Cell::Text(actions.join(", ")) },
        ];
        Row { cells, kind: RowKind::Plain }
    });
    let columns = vec![
        column("Работа", Align::Left, 2.0),
        column("Дефицит прошлого года", Align::Left, 2.2),
        column("Что рекомендовалось", Align::Left, 4.4),
        column("Было, %", Align::Right, 0.8),
        column("Стало, %", Align::Right, 0.8),
        column("Разность, п.п.", Align::Right, 1.0),
        column("95 % инт. разности", Align::Right, 1.4),
        column("Состояние", Align::Left, 2.0),
        column("Меры №", Align::Left, 0.9),
    ];
    let note = "Задания и умения, недостаточные в прошлом году (правила F01, F02, F07), по муниципалитету. «Устранён» — \
                результат теперь достаточный; «улучшение» и «дефицит вырос» — интервал разности не содержит нуля. \
                Рекомендация — по каталогу, который действует сейчас. Изменение результата — связь по времени, не \
                следствие рекомендации.";
    let differs = |row: &&RecommendationRow| {
        let printed = |value: f64, n: u64| number::rounded(value, number::share_decimals(n));
        let change = row.values.1.zip(row.difference);
        change.is_some_and(|(now, (difference, ..))| {
            number::differs_in_print(printed(now, row.n.1), printed(row.values.0, row.n.0), difference, 1)
        })
    };
    let note = match context.outcomes.iter().find(differs) {
        Some(_) => format!("{note} {}", number::UNROUNDED),
        None => note.to_owned(),
    };
    vec![table(
        "recommendations",
        "Рекомендации прошлого года и результат по тем же умениям",
        columns,
        rows.collect(),
        &note,
    )]
}

/// What the catalogue recommends for the skill of a deficit.
fn recommended(context: &Context<'_>, chapters: &[Chapter<'_>], row: &RecommendationRow) -> String {
    let chapter = chapters.iter().find(|chapter| chapter.measures.exam.id() == row.exam);
    let Some((chapter, remedy)) = chapter.zip(context.recommendations.remedy(Occasion::Skill)) else {
        return String::new();
    };
    let of_task = |id: &str| chapter.measures.exam.tasks.iter().find(|task| task.id == id).map(Task::matter);
    let skill = match row.measure.strip_prefix(TASK) {
        Some(id) => of_task(id).unwrap_or_default(),
        None => row.measure.strip_prefix(SKILL).unwrap_or_default(),
    };
    catalogue_text(context, chapter, &remedy.text, skill)
}

fn method() -> Vec<Block> {
    let lines = [
        "Сравниваются результаты одной и той же работы весной до меры и первой весной после неё: ученики разные, школы те же.",
        "Рядом стоит изменение школ муниципалитета, в которых меры не было.",
        "Школы с мерой часто выбраны за низкий результат и поднимаются сами (возврат к среднему): ожидаемое без меры \
         значение считается по разбросу остальных школ.",
        "«Эффект подтверждён»: интервалы 95 % обеих оценок не содержат нуля в благоприятную сторону; «возможен» — интервалы \
         80 %; «данных недостаточно» — изменение меньше того, что заметно при таком числе участников.",
        "Если изменились шкала, задание или условия, годы не сравниваются, показано только место среди школ.",
        "Вывод относится к показателю, а не к работе людей; оценивать по нему учителей и школы нельзя.",
    ];
    vec![Block::List(lines.into_iter().map(Text::plain).collect())]
}
