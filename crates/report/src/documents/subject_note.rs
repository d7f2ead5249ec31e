//! «Справка по предмету» (item 3.5): two pages for signature, one procedure, year and subject.

use crate::context::{Chapter, Context};
use crate::sections::subject_note::{Note, actions, checks, conclusions, region, tasks};
use crate::sections::{section, signed};
use srez_model::report::{Block, DocumentKind, Report, Text};
use srez_wording::{grade, text as words};

/// The note; `chapters` are exams of one procedure, year and subject, by grade.
pub fn compose(context: &Context<'_>, chapters: &[Chapter<'_>]) -> Report {
    let note = Note::new(context, chapters);
    let exam = &chapters[0].measures.exam;
    let procedure = exam.key.procedure.title();
    let dative = context.dative.get(&exam.key.subject).cloned().unwrap_or_else(|| exam.subject_title.clone());
    let mut sections = vec![section("Выводы", false, vec![Block::Steps(conclusions::compose(&note))])];
    let style = &context.style;
    let parts = [
        (
            format!("{} и {}", words::capitalised(style.place.nominative), style.region.nominative),
            region::blocks(&note),
        ),
        ("Что ещё проверено".to_owned(), checks::blocks(&note)),
        ("Задания, с которых начать".to_owned(), tasks::blocks(&note)),
        ("Что делаем".to_owned(), actions::blocks(&note)),
    ];
    sections.extend(
        parts
            .into_iter()
            .filter(|(_, blocks)| !blocks.is_empty())
            .map(|(title, blocks)| section(&title, false, blocks)),
    );
    if let Some(last) = sections.last_mut() {
        last.blocks.extend(closing(context));
    }
    Report {
        running_head: format!("Справка. {procedure} по {dative}, {} год", exam.key.year),
        sections,
        ..context.report(
            DocumentKind::SubjectNote,
            format!("Справка о результатах {procedure} по {dative}"),
            subtitle(context, chapters),
        )
    }
}

/// «4 и 8 классы · 2026 год · основание: …».
fn subtitle(context: &Context<'_>, chapters: &[Chapter<'_>]) -> String {
    let key = &chapters[0].measures.exam.key;
    let mut parts = Vec::new();
    if !key.procedure.has_attempts() {
        let mut grades: Vec<u8> = chapters.iter().map(|chapter| chapter.measures.exam.key.grade).collect();
        grades.dedup();
        parts.push(grade::list(&grades));
    }
    parts.push(format!("{} год", key.year));
    if !context.style.order.is_empty() {
        parts.push(format!("основание: {}", context.style.order));
    }
    parts.join(" · ")
}

fn closing(context: &Context<'_>) -> Vec<Block> {
    let attached = "К справке приложены: анализ по предмету с рабочей книгой, пакет и слайды для методического \
                    объединения. Как получены числа, сказано в «Методике».";
    let lines = signed(context, "Составил: ____________________ / ____________________");
    std::iter::once(Block::Note(Text::plain(attached))).chain(lines).collect()
}
