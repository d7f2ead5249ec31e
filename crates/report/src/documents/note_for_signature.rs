//! «Аналитическая справка» (D13): two pages for signature, text only from the sentences of the facts.

use crate::context::{Chapter, Context};
use crate::facts::works;
use crate::sections::{municipal_results, planned, row, section, signed, table, text};
use srez_model::report::{Block, Cell, DocumentKind, Report, Text};
use srez_wording::{date, text as words};

/// Tasks given by the note.
const MOST_TASKS: usize = 4;

/// The note over all works of the period.
pub fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Report {
    let conclusions = municipal_results::conclusions(context, chapters).into_iter().take(7).map(|it| {
        Text::plain(format!("{} ", it.text)).bold(format!("[{}; {}]", it.status.title().to_lowercase(), it.source))
    });
    let limits = municipal_results::limits(context, chapters, true);
    let sections = vec![
        section("Основание, период, охват", false, basis(context, chapters)),
        section("Выводы", false, vec![Block::Steps(conclusions.collect())]),
        section(
            "Ограничения данных",
            false,
            vec![Block::Paragraph(Text::plain(format!("{}.", words::capitalised(&limits.join("; ")))))],
        ),
        section("Поручения", false, tasks(context, chapters)),
        section(
            "Подпись",
            false,
            signed(context, "Составил: ____________________ / ____________________ / «___» __________ 20___ г.")
                .into_iter()
                .chain([Block::Note(
                    "Числа рассчитаны программой; выводы и поручения правит и утверждает методический центр.".into(),
                )])
                .collect(),
        ),
    ];
    Report {
        running_head: "Аналитическая справка".to_owned(),
        sections,
        ..context.report(
            DocumentKind::NoteForSignature,
            "Аналитическая справка о результатах внешних оценочных процедур".to_owned(),
            context.title.to_owned(),
        )
    }
}

fn basis(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Block> {
    let titles = works::titles(chapters.iter().map(|chapter| &*chapter.measures.exam));
    let works = if titles.len() <= 8 {
        titles.join("; ")
    } else {
        let mut procedures: Vec<String> = Vec::new();
        for chapter in chapters {
            let key = &chapter.measures.exam.key;
            let name = format!("{}-{}", key.procedure.title(), key.year);
            if !procedures.contains(&name) {
                procedures.push(name);
            }
        }
        format!("{} (перечень — в сводке)", words::list(&procedures))
    };
    vec![
        if context.style.order.is_empty() {
            Block::Field("Основание (приказ, план, пункт решения)".to_owned(), 1)
        } else {
            Block::Paragraph(Text::plain(format!("Основание: {}.", context.style.order)))
        },
        Block::Paragraph(Text::plain(format!(
            "Процедуры: {works}. Данные на {}, версия: срез {}.",
            date::long(context.date),
            context.version
        ))),
    ]
}

/// What is to be done; to whom and until when is left to whoever signs.
fn tasks(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Vec<Block> {
    let mut rows: Vec<_> = planned::of_municipality(context, chapters, &context.facts.effects.rows)
        .into_iter()
        .take(MOST_TASKS)
        .map(|one| {
            row(vec![
                Cell::Text(format!("{}. Основание: {}", one.measure, one.lack)),
                Cell::Text(String::new()),
                Cell::Text(String::new()),
            ])
        })
        .collect();
    rows.push(row(vec![
        Cell::Text("Провести собеседования со школами по листам собеседования и утвердить дорожную карту".to_owned()),
        Cell::Text(String::new()),
        Cell::Text(String::new()),
    ]));
    let columns = vec![text("Что сделать", 6.0), text("Кому", 2.0), text("Срок", 1.6)];
    vec![table("tasks", "Поручения".to_owned(), columns, rows, "Кому и срок заполняет руководитель.")]
}
