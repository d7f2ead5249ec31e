//! «Сводка для руководителя» (D1): what is to be decided, and the results behind it, on one or two pages.

use crate::context::{Chapter, Context};
use crate::facts::{results, works};
use crate::sections::municipal::{Municipality, decisions, last_measures, schools, works as results_of_works, year};
use crate::sections::{section, signed};
use srez_model::level::Level;
use srez_model::report::{Block, DocumentKind, Report, Text};
use srez_wording::sentence::municipal as said;
use srez_wording::text as words;

/// Measures of last year at most; the document on effectiveness has them all.
const MOST_MEASURES: usize = 5;

/// The summary over all works of the period.
pub fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Report {
    let by_subject = works::by_subject(&large(context, chapters));
    let place = Municipality::new(context, chapters, &by_subject);
    let style = &context.style;
    let compared = results_of_works::compared(&place);
    let caption =
        if compared.is_empty() { "Результаты работ" } else { "Остальные работы" };
    let mut parts = vec![
        ("Что нужно решить".to_owned(), decisions::blocks(&place)),
        (format!("{} и {}", words::capitalised(style.place.nominative), style.region.nominative), compared),
        ("Что изменилось за год".to_owned(), year::blocks(&place)),
        (caption.to_owned(), results_of_works::alone(&place, caption)),
        ("Школы: кому помочь и у кого учиться".to_owned(), schools::blocks(&place)),
        ("Решения прошлого года".to_owned(), last_measures::blocks(context, chapters, MOST_MEASURES)),
    ];
    if let Some((_, last)) = parts.iter_mut().rev().find(|(_, blocks)| !blocks.is_empty()) {
        last.extend(closing(context));
    }
    let parts = parts.into_iter().filter(|(_, blocks)| !blocks.is_empty());
    Report {
        running_head: "Сводка для руководителя".to_owned(),
        sections: parts.map(|(title, blocks)| section(&title, false, blocks)).collect(),
        ..context.report(
            DocumentKind::MunicipalSummary,
            "Сводка для руководителя".to_owned(),
            subtitle(context, chapters),
        )
    }
}

/// Works of which documents are made.
fn large<'a>(context: &Context<'_>, chapters: &[Chapter<'a>]) -> Vec<Chapter<'a>> {
    chapters.iter().filter(|chapter| !context.is_too_small(chapter.measures)).cloned().collect()
}

/// «Внешние оценочные процедуры 2025/26 учебного года · 18 работ, 14 школ, 4499 результатов».
fn subtitle(context: &Context<'_>, chapters: &[Chapter<'_>]) -> String {
    let focus = &context.focus;
    let n = works::participants(chapters, focus.level, &focus.name);
    let wrote = |school: &&String| {
        chapters.iter().any(|chapter| results::participants(chapter.measures, Level::School, school) > 0)
    };
    let schools = context.schools.iter().filter(wrote).count() as u64;
    format!("{} · {}", context.title, said::scope(works::count_where(chapters, |_| true), schools, n))
}

fn closing(context: &Context<'_>) -> Vec<Block> {
    let attached = "К сводке приложены: справки по предметам и анализы (методистам), пакеты и слайды (руководителям \
                    методических объединений), профили и карты классов (школам), дорожная карта, проекты приказа и \
                    протоколов (отделу), рабочие книги с таблицами.";
    let lines = signed(context, "Составил: ____________________ / ____________________");
    std::iter::once(Block::Note(Text::plain(attached))).chain(lines).collect()
}
