//! «Методика»: definitions travel with the numbers, so text and code cannot differ.

use super::{number, other, row, section, table, text};
use crate::model::assessment::Exam;
use crate::model::measures::MeasureDefinition;
use crate::model::report::{Align, Block, Cell, Section, Text};
use crate::report::context::{Chapter, Context};
use crate::wording::text as words;

/// Rules on results that hold for ВПР and for exams alike.
const OF_BOTH: [&str; 3] = ["F40", "F50", "F52"];

pub(crate) fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Section {
    let mut blocks = vec![Block::Paragraph(Text::plain(
        "Все числа получены сложением баллов и участников, доли округляются только при печати. Участники малой школы — \
         вся её совокупность этого года; интервал показывает, насколько год представляет обычный набор учеников. \
         Балл 0, «X» (не приступал), отсутствие и непройденная тема учитываются раздельно. Проверки отличий настроены так, \
         что в среднем не более 10\u{a0}% отмеченного — случайность; один и тот же порог действует для всех школ.",
    ))];
    let exam = &chapters[0].measures.exam;
    let (in_text, in_tables): (Vec<_>, Vec<_>) = context
        .measures
        .iter()
        .copied()
        .filter(|measure| applies(measure.id, exam))
        .partition(|measure| is_used(measure.id));
    blocks.push(definitions("methods", "Показатели", &in_text));
    blocks.push(definitions("methods-of-tables", "Показатели, которые стоят только в таблицах данных", &in_tables));
    let gia = exam.key.procedure.has_attempts();
    let of_procedure = |id: &str| {
        let of_exams = id.starts_with("F2") || id == "F50a";
        if gia {
            of_exams || OF_BOTH.contains(&id) || id.starts_with('S') && !["S05", "S06"].contains(&id)
        } else {
            !of_exams
        }
    };
    let signs = context.signs.iter().filter(|sign| of_procedure(sign.id)).map(|sign| {
        row(vec![
            Cell::Text(sign.id.to_owned()),
            Cell::Text(format!("{}: {}", words::capitalised(sign.title), sign.rule)),
            Cell::Text(sign.tag.title().to_owned()),
        ])
    });
    let columns = vec![other("Код", Align::Left, 0.7), text("Признак и правило", 6.8), text("Источник", 2.0)];
    blocks.push(table("signs", "Признаки".to_owned(), columns, signs.collect(), ""));
    blocks.push(not_computed(context));
    let used: Vec<&str> = context
        .signs
        .iter()
        .filter(|sign| of_procedure(sign.id))
        .flat_map(|sign| sign.thresholds.iter().copied())
        .collect();
    let thresholds =
        context.thresholds.entries.values().filter(|entry| used.contains(&entry.id.as_str())).map(|entry| {
            let decimals = u8::from(entry.value.fract() != 0.0) * if entry.value < 0.1 { 3 } else { 1 };
            row(vec![
                Cell::Text(entry.title.clone()),
                Cell::Number(entry.value, decimals),
                Cell::Text(entry.unit.clone()),
                Cell::Text(entry.source()),
            ])
        });
    let columns = vec![text("Порог", 4.2), number("Значение"), text("Единица", 1.0), text("Источник", 4.6)];
    blocks.push(table("thresholds", "Пороги и их источники".to_owned(), columns, thresholds.collect(), ""));
    blocks.push(scales(chapters));
    let mut made = section("Методика, пороги, шкалы", true, blocks);
    made.annex = true;
    made
}

/// Rules that others use and that cannot be computed from what comes, with the reason.
fn not_computed(context: &Context<'_>) -> Block {
    let rows = context.not_computed.iter().map(|sign| {
        row(vec![
            Cell::Text(sign.id.to_owned()),
            Cell::Text(sign.title.to_owned()),
            Cell::Text(sign.rule.to_owned()),
            Cell::Text(text_of(sign.caution)),
        ])
    });
    let columns =
        vec![other("Код", Align::Left, 0.7), text("Правило", 2.0), text("Что требует", 4.0), text("Почему", 3.0)];
    table("not-computed", "Известные правила, которые не вычисляются".to_owned(), columns, rows.collect(), "")
}

/// The caution as a sentence.
fn text_of(caution: &str) -> String {
    format!("{}.", crate::wording::text::capitalised(caution))
}

/// Definitions of measures, one per row.
fn definitions(id: &str, title: &str, measures: &[&MeasureDefinition]) -> Block {
    let rows = measures.iter().map(|measure| {
        row(vec![
            Cell::Text(measure.title.to_owned()),
            Cell::Text(format!(
                "{}. Без значения: {}. Источник: {}.",
                words::capitalised(measure.formula),
                measure.degenerate,
                measure.source
            )),
        ])
    });
    // One wide text: in columns of their own the four parts of a definition take twice the room.
    let columns = vec![text("Показатель", 1.5), text("Формула, когда значения нет, источник", 8.3)];
    table(id, title.to_owned(), columns, rows.collect(), "")
}

/// True where the text of a document uses a measure; the others stand in the tables of data only.
fn is_used(id: &str) -> bool {
    !matches!(
        id,
        "item-statistics"
            | "reliability"
            | "points-by-mark"
            | "level-completion"
            | "simonov-index"
            | "characteristic-curves"
            | "rasch-model"
            | "differential-functioning"
            | "own-level-comparison"
            | "group-comparison"
            | "funnel-limits"
    )
}

/// True where an exam of this kind has the measure.
fn applies(id: &str, exam: &Exam) -> bool {
    match id {
        "ege-bands" => exam.has_test_scores(),
        "mean-mark" | "pass-rate" | "quality-rate" | "simonov-index" => !exam.has_test_scores(),
        "journal-comparison" | "boundary-bunching" => !exam.key.procedure.has_attempts(),
        "effectiveness" => false,
        _ => true,
    }
}

fn scales(chapters: &[Chapter<'_>]) -> Block {
    let rows = chapters.iter().map(|chapter| {
        let exam = &chapter.measures.exam;
        let cuts: Vec<String> =
            exam.scale.cuts().into_iter().map(|(bound, word)| format!("{word} с {bound}")).collect();
        let cuts = if cuts.is_empty() {
            "не известна, отметки — из файлов".to_owned()
        } else {
            cuts.join(", ")
        };
        row(vec![
            Cell::Text(exam.title()),
            exam.max_primary.map_or(Cell::Missing, |max| Cell::Count(u64::from(max))),
            Cell::Text(cuts),
            Cell::Text(exam.scale_confirmed.title().to_owned()),
            Cell::Text(exam.tasks_confirmed.title().to_owned()),
        ])
    });
    let columns = vec![
        text("Работа", 3.0),
        number("Максимум"),
        text("Шкала", 2.6),
        text("Шкала подтверждена", 2.0),
        text("Задания подтверждены", 2.0),
    ];
    table("scales", "Шкалы и задания: насколько подтверждены".to_owned(), columns, rows.collect(), "")
}
