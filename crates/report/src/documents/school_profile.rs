//! «Профиль школы» (D4): two pages for the head of a school. Other schools appear together only, and nothing asks about
//! the distribution of scores or the journal: that stands on the service page of the interview.

use crate::context::{Chapter, Context};
use crate::facts::{results, school_facts, works as of_works};
use crate::sections::{school_checks, school_conclusions, school_plan, school_results, section};
use srez_model::level::Level;
use srez_model::report::{Block, DocumentKind, Report, Text};
use srez_wording::sentence::school_papers as said;
use srez_wording::{date, grade};
use std::collections::BTreeSet;

/// The profile of one school over all works of the period.
pub fn compose(context: &Context<'_>, chapters: &[Chapter<'_>], school: &str) -> Report {
    let facts = school_facts::of(context, chapters, school);
    let works = school_facts::works(context, chapters, school, &facts);
    let main = school_conclusions::blocks(context, chapters, school, &facts, &works);
    let parts = [
        ("Главное", main),
        ("Результаты по работам", school_results::blocks(context, chapters, school, &facts)),
        ("Что требует внимания", school_conclusions::attention(context, chapters, &facts)),
        ("Что проверено", school_checks::blocks(chapters, school)),
        ("Данные школы", school_checks::data(context, school)),
        ("План школы: заготовка", school_plan::blocks(context, chapters, school, &facts)),
    ];
    let mut sections: Vec<_> = parts
        .into_iter()
        .filter(|(_, blocks)| !blocks.is_empty())
        .map(|(title, blocks)| section(title, false, blocks))
        .collect();
    if let Some(last) = sections.last_mut() {
        let line = format!("Ознакомлен: директор, {} ____________________", context.school(school));
        last.blocks.push(Block::Paragraph(Text::plain(line)));
    }
    Report {
        running_head: format!("Профиль школы. {}", context.school(school)),
        footer: format!(
            "Для школы: директор, заместитель, руководители объединений · данные на {}, версия {}",
            date::short(context.date),
            context.version
        ),
        sections,
        ..context.report(
            DocumentKind::SchoolProfile,
            format!("Профиль школы: {}", context.school(school)),
            subtitle(context, chapters, school),
        )
    }
}

/// «Июнь 2026 · 4–6, 8, 9 и 11 классы · 15 работ, 638 результатов».
fn subtitle(context: &Context<'_>, chapters: &[Chapter<'_>], school: &str) -> String {
    let has = |chapter: &&Chapter<'_>| results::participants(chapter.measures, Level::School, school) > 0;
    let grades: BTreeSet<u8> = chapters.iter().filter(has).map(|chapter| chapter.measures.exam.key.grade).collect();
    let grades: Vec<u8> = grades.into_iter().collect();
    let works = of_works::count_where(chapters, |one| has(&one));
    let results = of_works::participants(chapters, Level::School, school);
    let grades = if grades.is_empty() {
        "классов с результатами нет".to_owned()
    } else {
        grade::list(&grades)
    };
    format!("{} · {}", context.title, said::extent(works, results, &grades))
}
