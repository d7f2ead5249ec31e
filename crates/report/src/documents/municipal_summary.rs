//! «Сводка по муниципалитету»: all works and schools of the period on a few pages, for office and council.

use crate::context::{Chapter, Context};
use crate::delta;
use crate::facts::partners;
use crate::sections::{municipal_results, other, row, section, support, table, text};
use srez_model::delta::DeltaState;
use srez_model::report::{Align, Block, Cell, Conclusion, DocumentKind, KeyFigure, Report, Text};
use srez_wording::text as words;

/// Pairs that the summary shows.
const MOST_PAIRS: usize = 12;

/// Changes that the first page tells one by one; the rest stands in `data/delta.csv`.
const MOST_CHANGES: usize = 3;

/// The summary over all works of the period, with what changed since the issue before on its first page.
pub fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Report {
    let conclusions = municipal_results::conclusions(context, chapters);
    let needs = partners::needs(context, chapters);
    let clusters = partners::clusters(&needs);
    let pairs = partners::pairs(context, chapters, &needs);
    let key_figures = conclusions.iter().take(4);
    let key_figures = key_figures.map(|it| KeyFigure { value: it.value.clone(), unit: it.unit.clone() }).collect();
    let main = conclusions.iter().zip(1..).map(|(it, number)| {
        Block::Conclusion(Conclusion {
            value: it.value.clone(),
            unit: it.unit.clone(),
            status: it.status,
            text: Text::plain(it.text.clone()),
            source: format!("Вывод {number} · {}", it.source),
            about: None,
        })
    });
    let limits = municipal_results::limits(context, chapters, true);
    let mut sections = vec![
        section(delta::title(context.facts.delta), false, changes(context)),
        section("Главное", false, main.collect()),
        section("Работы периода", false, municipal_results::works(context, chapters)),
        section("Кому и в чём нужна поддержка", false, support::short(context, chapters)),
        section("Группы школ", false, support::clusters(context, chapters, &clusters)),
        section("Пары для наставничества", false, support::pairs(context, chapters, &pairs, MOST_PAIRS)),
        section(
            "Ограничения данных",
            false,
            vec![Block::List(limits.iter().map(|it| Text::plain(words::capitalised(it))).collect())],
        ),
        section(
            "Что дальше",
            false,
            vec![Block::Steps(
                [
                    "Утвердить справку (note.docx) и дорожную карту (roadmap.docx), уточнив меры, сроки и \
                     ответственных.",
                    "Передать школам профили и провести собеседования по листам из папок школ.",
                    "Передать методическим объединениям пакеты и провести заседания по проектам протоколов (папка \
                     drafts).",
                    "Через год сравнить показатели (indicators.xlsx) и отметить исполнение мер.",
                ]
                .map(Text::plain)
                .to_vec(),
            )],
        ),
    ];
    sections.retain(|section| !section.blocks.is_empty());
    Report {
        key_figures,
        running_head: "Сводка по муниципалитету".to_owned(),
        sections,
        ..context.report(
            DocumentKind::MunicipalSummary,
            "Сводка по муниципалитету".to_owned(),
            context.title.to_owned(),
        )
    }
}

/// What changed since the issue before; nothing where there is nothing to compare with.
fn changes(context: &Context<'_>) -> Vec<Block> {
    let since = context.facts.delta;
    let Some(basis) = delta::basis(since) else { return Vec::new() };
    let counts = delta::counts(since);
    let mut columns = vec![text("Выводы", 2.2)];
    columns.extend(counts.iter().map(|(state, ..)| other(&words::capitalised(state.short_title()), Align::Right, 1.0)));
    let line = |title: &str, of: fn(&(DeltaState, u64, u64)) -> u64| {
        let numbers = counts.iter().map(|count| Cell::count(of(count)));
        row(std::iter::once(Cell::Text(title.to_owned())).chain(numbers).collect())
    };
    let rows = vec![line("О муниципалитете", |count| count.1), line("О школах", |count| count.2)];
    let note = "Вывод узнаётся по правилу, работе без года, группе и заданию или умению. «Не измерялось»: работы в \
                этом выпуске нет. Все изменения — в data/delta.csv.";
    let mut blocks = vec![Block::Paragraph(Text::plain(
        [Some(basis), delta::data(since)].into_iter().flatten().collect::<Vec<_>>().join(" "),
    ))];
    if since.before.is_none() {
        return blocks;
    }
    blocks.push(table("delta", "Что стало с выводами".to_owned(), columns, rows, note));
    let told: Vec<Text> = delta::told(context, since, MOST_CHANGES).into_iter().map(Text::plain).collect();
    if !told.is_empty() {
        blocks.push(Block::List(told));
    }
    blocks
}
