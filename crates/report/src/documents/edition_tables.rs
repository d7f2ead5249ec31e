//! Tables for those outside the office: an association or the public. Only what the edition shows reaches this file.

use crate::context::{EditionText, Names};
use crate::facts::works;
use crate::sections::edition_results::{footer, of_exam};
use crate::sections::{self, chapter};
use srez_model::edition::EditionExam;
use srez_model::report::{Block, DocumentKind, Report, Section, Text};

/// The document.
pub fn compose(context: &Names<'_>, text: &EditionText, exams: &[EditionExam]) -> Report {
    let mut sections = vec![section("Как читать", vec![Block::List(text.rules.iter().map(Text::plain).collect())])];
    for parts in works::by_work(exams, |exam| &exam.exam) {
        let upright = |section: Section| Section { new_page: false, ..section };
        sections.extend(chapter::heading_of_parts(parts.iter().map(|exam| &*exam.exam)).map(upright));
        let of_part = |exam: &EditionExam| chapter::heading(&exam.exam, parts.len() > 1, of_exam(context, text, exam));
        sections.extend(parts.iter().map(of_part).map(upright));
    }
    Report {
        footer: footer(context, text),
        sections,
        ..context.report(DocumentKind::Edition, text.title.to_owned(), text.recipient.to_owned())
    }
}

fn section(title: &str, blocks: Vec<Block>) -> Section {
    sections::section(title, false, blocks)
}
