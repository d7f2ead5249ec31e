//! Draft of an order on the results (D13): three facts, points of the road map; orders to persons are never made.

use crate::context::{Chapter, Context};
use crate::sections::{municipal_results, planned, section, signed};
use srez_model::report::{Block, DocumentKind, Report, Text};

/// Facts of the first part.
const MOST_FACTS: usize = 3;
/// Points that come from the road map.
const MOST_POINTS: usize = 4;

/// The draft over all works of the period.
pub fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Report {
    let facts = municipal_results::conclusions(context, chapters).into_iter().take(MOST_FACTS);
    let mut points: Vec<Text> = vec![Text::plain(
        "Принять к сведению аналитическую справку о результатах внешних оценочных процедур и утвердить дорожную карту.",
    )];
    let mut measures: Vec<String> = Vec::new();
    for one in planned::of_municipality(context, chapters, &context.facts.effects.rows) {
        if !measures.contains(&one.measure) {
            measures.push(one.measure);
        }
    }
    points.extend(
        measures.into_iter().take(MOST_POINTS).map(|measure| {
            Text::plain(format!("{measure}. Срок: ____________. Ответственный (должность): ____________"))
        }),
    );
    points.push(Text::plain(
        "Руководителям школ рассмотреть профили школ на педагогических советах и провести собеседования. Срок: \
         ____________",
    ));
    points.push(Text::plain("Контроль за исполнением: ________________________"));
    let sections = vec![
        section(
            "Констатирующая часть",
            false,
            vec![
                Block::Paragraph("По итогам анализа результатов внешних оценочных процедур:".into()),
                Block::List(facts.map(|it| Text::plain(it.text)).collect()),
            ],
        ),
        section("Приказываю", false, vec![Block::Steps(points)]),
        section(
            "Подпись",
            false,
            signed(context, "____________________ / ____________________ / «___» __________ 20___ г. № ______"),
        ),
    ];
    Report {
        running_head: "Проект приказа".to_owned(),
        footer: format!("Проект · срез {}", context.version),
        sections,
        ..context.report(
            DocumentKind::Draft,
            "Проект приказа".to_owned(),
            "Об итогах внешних оценочных процедур и мерах по устранению недостатков".to_owned(),
        )
    }
}
