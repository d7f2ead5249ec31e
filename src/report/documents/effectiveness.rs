//! «Эффективность мер» (item 5): each measure of the register before and after, and last year's recommendations.

use crate::model::action::{Action, EffectRow, EffectVerdict, RecommendationRow};
use crate::model::compared::{SKILL, TASK};
use crate::model::finding::Status;
use crate::model::level::Level;
use crate::model::report::{
    Align, Block, Cell, Column, DocumentKind, Report, Row, RowKind, Section, Statement, Table, Text,
};
use crate::report::context::Context;
use crate::wording::{date, number, sentence};

/// Measures whose unit is no percent.
const NUMBERS: [&str; 2] = ["mean_mark", "mean_test"];

/// The document; measures in the order of the register.
pub fn compose(
    context: &Context<'_>,
    actions: &[Action],
    effects: &[EffectRow],
    recommendations: &[RecommendationRow],
) -> Report {
    let sections = vec![
        section("Главное", main(context, actions, effects, recommendations)),
        section("Меры: до и после", measures(context, actions, effects)),
        section("Рекомендации прошлого года: состояние сейчас", deficits(context, recommendations)),
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

fn main(
    context: &Context<'_>,
    actions: &[Action],
    effects: &[EffectRow],
    recommendations: &[RecommendationRow],
) -> Vec<Block> {
    if actions.is_empty() {
        let words = "Нет данных: меры.xlsx. Шаблон: `srez init measures меры.xlsx`, путь — ключ measures конвейера.";
        return vec![Block::Note(Text::plain(words))];
    }
    let wholes = effects.iter().filter(|row| row.level == Level::Municipality);
    let mut blocks: Vec<Block> =
        wholes.filter_map(|row| Some(statement(context, actions.get(row.action.checked_sub(1)?)?, row))).collect();
    if !recommendations.is_empty() {
        let count = |wanted| recommendations.iter().filter(|row| row.state == wanted).count() as u64;
        use crate::model::action::DeficitState as State;
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
    let title = crate::wording::text::typeset(&action.title);
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
    words.push_str(&format!(" {}.", crate::wording::text::capitalised(&verdict_words(row))));
    text = text.then(words.trim_start().to_owned());
    Block::Statement(Statement { status, text })
}

/// The verdict with what it rests on.
fn verdict_words(row: &EffectRow) -> String {
    let title = row.verdict.title();
    match (row.verdict, row.min_detectable) {
        (EffectVerdict::TooFewData, Some(least)) => format!(
            "{title}: при таком числе участников заметно только изменение не меньше {}",
            change(row, least).trim_start_matches('+')
        ),
        (EffectVerdict::TooFewData, None) => format!("{title}: при таком числе участников изменение заметить нельзя"),
        (EffectVerdict::Confirmed | EffectVerdict::Possible, _) => {
            format!("{title}; это связь по времени: что ещё изменилось в школах, по данным не видно")
        }
        (EffectVerdict::NotComparable, _) => match row.place {
            Some((before, after)) => format!(
                "{}; место среди остальных школ: было {}, стало {} стандартного отклонения",
                row.reason,
                number::signed(before, 1),
                number::signed(after, 1)
            ),
            None => row.reason.clone(),
        },
        _ if row.reason.is_empty() => title.to_owned(),
        _ => format!("{title}: {}", row.reason),
    }
}

fn decimals(row: &EffectRow) -> u8 {
    match row.measure.as_str() {
        "mean_mark" => 2,
        "mean_test" => 1,
        _ => number::share_decimals(row.n.0.min(row.n.1)),
    }
}

fn value(row: &EffectRow, value: f64) -> String {
    if NUMBERS.contains(&row.measure.as_str()) {
        number::decimal(value, decimals(row))
    } else {
        number::percent_exact(value, decimals(row))
    }
}

fn change(row: &EffectRow, value: f64) -> String {
    if NUMBERS.contains(&row.measure.as_str()) {
        number::signed(value, decimals(row))
    } else {
        number::percentage_points(crate::model::unit::PercentagePoints(value), decimals(row), true)
    }
}

/// A measure of `dynamics.csv` for the reader.
fn indicator_title(measure: &str) -> String {
    if let Some(id) = measure.strip_prefix(TASK) {
        return format!("задание {id}");
    }
    if let Some(title) = measure.strip_prefix(SKILL) {
        return format!("умение «{title}»");
    }
    let words = match measure {
        "share_of_2" => "доля отметок «2»",
        "pass_pct" => "успеваемость",
        "quality_pct" => "качество",
        "mean_mark" => "средняя отметка",
        "total" => "работа в целом, % от максимума",
        "below_min_pct" => "доля ниже минимального балла",
        "from_min_to_60_pct" => "доля от минимального балла до 60",
        "from_61_to_80_pct" => "доля от 61 до 80 баллов",
        "from_81_to_100_pct" => "доля от 81 до 100 баллов",
        "mean_test" => "средний тестовый балл",
        _ => "—",
    };
    words.to_owned()
}

fn column(title: &str, align: Align, weight: f64) -> Column {
    Column { title: title.to_owned(), align, weight }
}

fn table(name: &str, caption: &str, columns: Vec<Column>, rows: Vec<Row>, note: &str) -> Block {
    let (caption, note) = (caption.to_owned(), note.to_owned());
    Block::Table(Table { name: name.to_owned(), caption, columns, rows, note, wide: true })
}

fn measures(context: &Context<'_>, actions: &[Action], effects: &[EffectRow]) -> Vec<Block> {
    if actions.is_empty() {
        return vec![Block::Note(Text::plain("Нет данных: меры.xlsx."))];
    }
    let rows =
        effects.iter().filter_map(|row| Some(effect_row(context, actions.get(row.action.checked_sub(1)?)?, row)));
    let columns = vec![
        column("№", Align::Right, 0.4),
        column("Мера, дата, школы", Align::Left, 3.4),
        column("Работа и показатель", Align::Left, 2.6),
        column("Ответственный", Align::Left, 1.6),
        column("Ожидалось от меры", Align::Left, 1.6),
        column("До", Align::Right, 0.8),
        column("После", Align::Right, 0.8),
        column("Изменение", Align::Right, 0.9),
        column("У школ без меры", Align::Right, 0.9),
        column("Без меры было бы", Align::Right, 0.9),
        column("Эффект", Align::Right, 0.8),
        column("95 % инт. эффекта", Align::Right, 1.4),
        column("Вывод", Align::Left, 2.4),
    ];
    let note = "До и после — в процентах, разности — в п.п. (средние отметка и балл — в своих единицах). «Без меры было бы» \
                учитывает возврат к среднему: школа, выбранная за низкий результат, поднимается и сама. Строки школ — в \
                порядке реестра. Вывод о связи по времени, не о причине.";
    vec![table("effects", "Меры до и после", columns, rows.collect(), note)]
}

fn effect_row(context: &Context<'_>, action: &Action, row: &EffectRow) -> Row {
    let whole = row.level == Level::Municipality;
    let decimals = decimals(row);
    let value = |value: Option<f64>| value.map_or(Cell::Missing, |value| Cell::Number(value, decimals));
    let difference = |value: Option<f64>| value.map_or(Cell::Missing, |value| Cell::Difference(value, decimals));
    let what = if whole {
        let days = if action.until.is_empty() {
            date::short(&action.from)
        } else {
            format!("{}–{}", date::short(&action.from), date::short(&action.until))
        };
        let schools = if action.schools.is_empty() {
            "все школы".to_owned()
        } else {
            sentence::schools::schools(action.schools.len() as u64)
        };
        format!("{} ({days}; {schools})", crate::wording::text::typeset(&action.title))
    } else {
        context.school(&row.group).to_owned()
    };
    let target = if row.exam.is_empty() {
        action.indicator.clone()
    } else {
        format!("{}: {}", context.title_of(&row.exam), indicator_title(&row.measure))
    };
    let once = |text: &str| Cell::Text(if whole { text.to_owned() } else { String::new() });
    let cells = vec![
        Cell::Count(row.action as u64),
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
        row.effect.map_or(Cell::Missing, |(_, low, high)| Cell::Interval(low, high, decimals)),
        Cell::Text(verdict_words(row)),
    ];
    Row { cells, kind: if whole { RowKind::Own } else { RowKind::Plain } }
}

fn deficits(context: &Context<'_>, recommendations: &[RecommendationRow]) -> Vec<Block> {
    if recommendations.is_empty() {
        let words = "Нет данных: прошлогодних дефицитов по работам этого года нет или нет прошлогодних результатов.";
        return vec![Block::Note(Text::plain(words))];
    }
    let rows = recommendations.iter().map(|row| {
        let share = |value: f64, n: u64| Cell::Number(value, number::share_decimals(n));
        let actions: Vec<String> = row.actions.iter().map(usize::to_string).collect();
        let reserve = row.reason.trim_start_matches("несопоставимо: ");
        let state = match row.state {
            crate::model::action::DeficitState::NotComparable => format!("несопоставимо: {reserve}"),
            state => state.title().to_owned(),
        };
        let cells = vec![
            Cell::Text(context.title_of(&row.exam).to_owned()),
            Cell::Text(crate::wording::text::capitalised(&row.matter)),
            share(row.values.0, row.n.0),
            row.values.1.map_or(Cell::Missing, |now| share(now, row.n.1)),
            row.difference.map_or(Cell::Missing, |(difference, ..)| Cell::Difference(difference, 1)),
            row.difference.map_or(Cell::Missing, |(_, low, high)| Cell::Interval(low, high, 1)),
            Cell::Text(state),
            if actions.is_empty() { Cell::Missing } else { Cell::Text(actions.join(", ")) },
        ];
        Row { cells, kind: RowKind::Plain }
    });
    let columns = vec![
        column("Работа", Align::Left, 2.4),
        column("Что западало", Align::Left, 2.6),
        column("Было, %", Align::Right, 0.8),
        column("Стало, %", Align::Right, 0.8),
        column("Разность, п.п.", Align::Right, 1.0),
        column("95 % инт. разности", Align::Right, 1.4),
        column("Состояние", Align::Left, 2.0),
        column("Меры №", Align::Left, 0.9),
    ];
    let note = "Задания и умения, недостаточные в прошлом году (правила F01, F02, F07), по муниципалитету. «Устранён» — \
                результат теперь достаточный; «улучшение» и «дефицит вырос» — интервал разности не содержит нуля.";
    vec![table("recommendations", "Дефициты прошлого года: состояние сейчас", columns, rows.collect(), note)]
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
