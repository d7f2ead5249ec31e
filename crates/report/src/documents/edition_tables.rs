//! Tables for those outside the office: an association or the public. Only what the edition shows reaches this file.

use crate::context::{EditionText, Names};
use crate::sections;
use crate::sections::edition_results::{footer, of_exam};
use srez_model::edition::EditionExam;
use srez_model::report::{Block, DocumentKind, Report, Section, Text};

/// The document.
pub fn compose(context: &Names<'_>, text: &EditionText<'_>, exams: &[EditionExam]) -> Report {
    let mut sections = vec![section("Как читать", vec![Block::List(text.rules.iter().map(Text::plain).collect())])];
    sections.extend(exams.iter().map(|exam| section(&exam.exam.title(), of_exam(context, text, exam))));
    Report {
        footer: footer(context, text),
        sections,
        ..context.report(DocumentKind::Edition, text.title.to_owned(), text.recipient.to_owned())
    }
}

fn section(title: &str, blocks: Vec<Block>) -> Section {
    sections::section(title, false, blocks)
}
