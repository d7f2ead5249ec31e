//! «Дорожная карта» (D7): the measures of all subjects, schools to be helped, what came of last year's measures.

use crate::context::{Chapter, Context};
use crate::facts::{partners, works};
use crate::sections::municipal::{Municipality, measures, schools};
use crate::sections::{measures_taken, planned, section, support};
use srez_model::report::{Block, DocumentKind, Report, Section};

/// The road map for a document.
pub fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Report {
    made(context, chapters, Vec::new())
}

/// The road map for a workbook: besides, what the schools lack by rows, pairs, groups, and the matrix skill × school.
pub fn compose_workbook(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Report {
    let needs = partners::needs(context, chapters);
    let (clusters, pairs) = (partners::clusters(&needs), partners::pairs(context, chapters, &needs));
    let of_schools = planned::of_schools(context, chapters);
    let of_schools = (!of_schools.is_empty())
        .then(|| planned::road_map("school_measures", "Поддержка школ (служебное издание)", &of_schools));
    let more = [
        section("Меры школ", true, of_schools.into_iter().collect()),
        section("Умения и школы: планы повышения квалификации", true, support::by_skill(context, chapters)),
        section("Группы школ с похожими дефицитами", true, support::clusters(context, chapters, &clusters)),
        section("Пары для наставничества", true, support::pairs(context, chapters, &pairs, usize::MAX)),
        section("Умения по школам", true, vec![support::matrix(context, chapters)]),
    ];
    made(context, chapters, more.into_iter().filter(|section| !section.blocks.is_empty()).collect())
}

fn made(context: &Context<'_>, chapters: &[Chapter<'_>], more: Vec<Section>) -> Report {
    let by_subject = works::by_subject(chapters);
    let place = Municipality::new(context, chapters, &by_subject);
    let rows = measures::all(&place);
    let of_municipality = if rows.is_empty() {
        let words = "По результатам работ отдельных мер не требуется: ниже порога нет ни одного задания.";
        vec![Block::Paragraph(words.into())]
    } else {
        measures::road_map(&place, &rows)
    };
    let mut sections = vec![
        section("Меры", false, of_municipality),
        section("Школы: кому помочь и у кого учиться", false, sideways(schools::blocks(&place))),
    ];
    let ahead = measures_taken::ahead(context, chapters);
    sections.extend(ahead.map(|block| section("Меры, итог которых впереди", false, vec![block])));
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

/// The tables on the page of the road map, so that it need not be turned.
fn sideways(mut blocks: Vec<Block>) -> Vec<Block> {
    for block in &mut blocks {
        if let Block::Table(table) = block {
            table.wide = true;
        }
    }
    blocks
}
