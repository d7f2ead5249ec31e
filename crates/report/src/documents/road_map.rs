//! «Дорожная карта» (D7, item 4): what came of last year's measures; lacks with their
//! numbers, measures, expected numbers; groups of schools and pairs.

use crate::context::{Chapter, Context};
use crate::facts::{looked_at, partners};
use crate::sections::{measures_taken, planned, section, support};
use srez_model::report::{Block, DocumentKind, Report, Section, Text};
use srez_wording::sentence::files::more_rows;

/// Rows of schools that a document shows; a workbook shows them all.
const MOST_SCHOOLS: usize = 15;
/// Pairs that a document shows.
const MOST_PAIRS: usize = 15;

/// The road map for a document.
pub fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Report {
    of_size(context, chapters, MOST_SCHOOLS, MOST_PAIRS, Vec::new())
}

/// The road map for a workbook: every row, and the matrix skill × school.
pub fn compose_workbook(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Report {
    let matrix = section("Умения по школам", true, vec![support::matrix(context, chapters)]);
    of_size(context, chapters, usize::MAX, usize::MAX, vec![matrix])
}

fn of_size(
    context: &Context<'_>,
    chapters: &[Chapter<'_>],
    most_schools: usize,
    most_pairs: usize,
    more: Vec<Section>,
) -> Report {
    let needs = partners::needs(context, chapters);
    let clusters = partners::clusters(&needs);
    let pairs = partners::pairs(context, chapters, &needs);
    let municipal = planned::of_municipality(context, chapters, &context.facts.effects.rows);
    let mut schools = planned::of_schools(context, chapters);
    let left = schools.len().saturating_sub(most_schools);
    schools.truncate(most_schools);
    let mut of_schools = if schools.is_empty() && !looked_at::compares_any(context, chapters) {
        vec![Block::Note("Школы между собой не сравнивались: проверить отличия было не на чем.".into())]
    } else if schools.is_empty() {
        vec![Block::Note("Отличий школ, подтверждённых проверкой, не выявлено.".into())]
    } else {
        vec![planned::road_map("schools", "Поддержка школ (служебное издание)", &schools)]
    };
    if left > 0 {
        let rest = more_rows(left as u64, "в рабочей книге дорожной карты");
        of_schools.push(Block::Note(Text::plain(rest)));
    }
    let of_municipality = if municipal.is_empty() && !looked_at::judges_tasks(chapters) {
        Block::Note(planned::NOT_JUDGED.into())
    } else if municipal.is_empty() {
        Block::Note("Недостатков с числом по правилам F01, F02, F03 нет: таблица не заполнялась.".into())
    } else {
        planned::road_map("roadmap", "Дорожная карта муниципалитета", &municipal)
    };
    let support = support::by_skill(context, chapters, if most_schools == usize::MAX { usize::MAX } else { 20 });
    let mut measures = vec![measures_taken::taken(context, chapters, true)];
    measures.extend(measures_taken::ahead(context, chapters));
    let mut sections = vec![
        section("Меры реестра", false, measures),
        section("Муниципалитет", false, vec![of_municipality]),
        section("Школы", false, of_schools),
        section("Умения и школы: планы повышения квалификации", false, support),
        section("Группы школ с похожими дефицитами", false, support::clusters(context, chapters, &clusters)),
        section("Пары для наставничества", false, support::pairs(context, chapters, &pairs, most_pairs)),
    ];
    sections.extend(more);
    Report {
        running_head: "Дорожная карта".to_owned(),
        sections,
        ..context.report(
            DocumentKind::RoadMap,
            "Дорожная карта устранения недостатков".to_owned(),
            context.title.to_owned(),
        )
    }
}
