//! Tables for those outside the office: an association or the public. Only what the edition shows reaches this file.

use crate::context::{EditionText, Names};
use crate::sections::edition_results::{footer, of_exam};
use srez_model::edition::EditionExam;
use srez_model::report::{Block, DocumentKind, Report, Section, Text};
use srez_wording::date;

/// The document.
pub fn compose(context: &Names<'_>, text: &EditionText<'_>, exams: &[EditionExam]) -> Report {
    let mut sections = vec![section("Как читать", vec![Block::List(text.rules.iter().map(Text::plain).collect())])];
    sections.extend(exams.iter().map(|exam| section(&exam.exam.title(), of_exam(context, text, exam))));
    Report {
        kind: DocumentKind::Edition,
        title: text.title.to_owned(),
        subtitle: text.recipient.to_owned(),
        centre: context.centre.to_owned(),
        style: std::sync::Arc::clone(context.style),
        municipality: context.focus_title.clone(),
        date: date::short(context.date),
        running_head: text.title.to_owned(),
        footer: footer(context, text),
        key_figures: Vec::new(),
        passport: Vec::new(),
        missing: Vec::new(),
        sections,
    }
}

fn section(title: &str, blocks: Vec<Block>) -> Section {
    Section { id: "", title: title.to_owned(), depth: 1, new_page: false, annex: false, blocks }
}
