//! The page of a subject for an association: the tables of the edition, hidden where it hides, and what they say of
//! tasks and skills of the whole group, to look things up in; what is read aloud is the packet. Nothing reaches this
//! file that the edition does not show.

use crate::context::{Chapter, EditionText, Names};
use crate::facts::works;
use crate::sections::{chapter, edition_results, packet_conclusions, plan, skills, task_tables, worth_studying};
use srez_model::edition::EditionExam;
use srez_model::report::{Block, DocumentKind, Report, Section, Text};

/// The document. `chapters` are the exams that are published now, cut down to what the edition may say.
pub fn compose(context: &Names<'_>, text: &EditionText, exams: &[EditionExam], chapters: &[Chapter<'_>]) -> Report {
    let mut sections = vec![section("Как читать", 1, vec![Block::List(text.rules.iter().map(Text::plain).collect())])];
    if !chapters.is_empty() {
        sections.push(section(
            "Что решить сегодня",
            1,
            vec![Block::Steps(packet_conclusions::lines(context, chapters))],
        ));
    }
    for parts in works::by_work(exams, |exam| &exam.exam) {
        sections.extend(chapter::heading_of_parts(parts.iter().map(|exam| &*exam.exam)));
        for exam in parts {
            sections.extend(of_exam(context, text, exam, chapters, parts.len() > 1));
        }
    }
    if !chapters.is_empty() {
        sections.push(section("Рекомендации", 1, plan::advice(context, chapters)));
    }
    sections.extend(task_tables::groups_annex(context, chapters));
    Report {
        running_head: text.title.to_owned(),
        footer: edition_results::footer(context, text),
        sections,
        ..context.report(DocumentKind::Edition, text.title.to_owned(), text.recipient.to_owned())
    }
}

/// The sections of one exam; a part of a work stands one level lower.
fn of_exam(
    context: &Names<'_>,
    text: &EditionText,
    exam: &EditionExam,
    chapters: &[Chapter<'_>],
    is_part: bool,
) -> Vec<Section> {
    let own = chapters.iter().find(|chapter| chapter.measures.exam.key == exam.exam.key);
    let mut results = edition_results::of_exam(context, text, exam);
    results.extend(own.and_then(|chapter| chapter.figure("task-levels")).map(Block::Figure));
    let heading = chapter::heading(&exam.exam, is_part, results);
    let depth = heading.depth + 1;
    let mut sections = vec![heading];
    if let Some(chapter) = own {
        let made = [task_tables::of_edition(context, chapter), skills::compose(context, chapter)];
        sections.extend(made.map(|section| Section { depth, new_page: false, ..section }));
        let experience = worth_studying::blocks(context, chapter);
        if !experience.is_empty() {
            sections.push(section("Чей опыт стоит изучить", depth, experience));
        }
    }
    sections
}

fn section(title: &str, depth: u8, blocks: Vec<Block>) -> Section {
    Section { id: "", title: title.to_owned(), depth, new_page: false, annex: false, blocks }
}
