//! PDF: typst inside the program, with templates, fonts and data in memory.
//!
//! The file is tagged (PDF/UA-1) and made for archives (PDF/A-2a). Same report, same bytes.

mod columns;
mod content;
mod fonts;
mod glyphs;
mod table;
mod world;

pub use glyphs::missing_glyphs;

use crate::error::{Error, Result};
use crate::model::report::Report;
use content::Content;
use std::sync::LazyLock;
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use world::MemoryWorld;

/// Layouts that are kept for documents to come, counted in documents.
const KEPT_DOCUMENTS: usize = 2;

/// PDF/A-2a and PDF/UA-1 together.
static STANDARDS: LazyLock<PdfStandards> =
    LazyLock::new(|| PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).unwrap_or_default());

/// The report as a PDF file.
///
/// # Errors
/// The date of the report is not `dd.mm.yyyy`, or the document cannot be set: a mistake of the template or a figure
/// that is no SVG.
pub fn render(report: &Report) -> Result<Vec<u8>> {
    let fail = |why: &str| Error::run(format!("PDF «{}» не собран: {why}", report.title));
    let date = date_of(&report.date).ok_or_else(|| fail(&format!("дата «{}» не вида 05.06.2026", report.date)))?;
    let mut content = Content::new(report, date);
    let figures = std::mem::take(&mut content.figures);
    let data = serde_json::to_vec(&content).map_err(|error| fail(&error.to_string()))?;
    let world = MemoryWorld::new(data, figures).ok_or_else(|| fail("имя шаблона не принято"))?;
    let document = typst::compile::<PagedDocument>(&world).output;
    let bytes = document.and_then(|document| exported(&document, date));
    comemo::evict(KEPT_DOCUMENTS);
    bytes.map_err(|problems| fail(&listed(&problems)))
}

/// The document as a file of both standards.
fn exported(document: &PagedDocument, [year, month, day]: [i32; 3]) -> SourceResult<Vec<u8>> {
    let timestamp = u8::try_from(month)
        .ok()
        .zip(u8::try_from(day).ok())
        .and_then(|(month, day)| Datetime::from_ymd(year, month, day))
        .map(Timestamp::new_utc);
    let options = PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some("srez".to_owned())),
        timestamp,
        page_ranges: None,
        standards: STANDARDS.clone(),
        tagged: true,
        pretty: false,
    };
    typst_pdf::pdf(document, &options)
}

/// Year, month and day of `05.06.2026`; none where it is no date.
fn date_of(printed: &str) -> Option<[i32; 3]> {
    let date = jiff::civil::Date::strptime("%d.%m.%Y", printed).ok()?;
    Some([i32::from(date.year()), i32::from(date.month()), i32::from(date.day())])
}

/// What the compiler says, in one line.
fn listed(problems: &[SourceDiagnostic]) -> String {
    problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::report::DocumentKind;
    use crate::report::render::sample;

    #[test]
    fn every_block_is_set_in_both_standards_and_twice_the_same() {
        let report = sample::report(DocumentKind::SubjectAnalysis);
        let bytes = render(&report).unwrap();
        assert!(bytes.starts_with(b"%PDF-1.7"));
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            text.contains("<pdfaid:part>2")
                && text.contains("<pdfaid:conformance>A")
                && text.contains("<pdfuaid:part>1")
        );
        assert_eq!(render(&report).unwrap(), bytes);
    }

    #[test]
    fn two_documents_can_be_set_side_by_side() {
        let kinds = [DocumentKind::SubjectAnalysis, DocumentKind::AssociationPacket];
        let alone = kinds.map(|kind| render(&sample::report(kind)).unwrap());
        let together = kinds.map(|kind| std::thread::spawn(move || render(&sample::report(kind)).unwrap()));
        assert_eq!(together.map(|it| it.join().unwrap()), alone);
    }

    #[test]
    fn characters_without_glyph_are_named() {
        let mut report = sample::report(DocumentKind::SubjectAnalysis);
        assert_eq!(missing_glyphs(&report), std::collections::BTreeSet::new());
        report.missing.push("α ▲".to_owned());
        assert_eq!(missing_glyphs(&report), ['α', '▲'].into());
        assert!(render(&report).is_ok());
    }

    #[test]
    fn a_date_that_is_none_is_named() {
        let report = Report { date: "июнь".to_owned(), ..sample::report(DocumentKind::DataQuality) };
        assert!(render(&report).unwrap_err().message.contains("июнь"));
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test leaves files for a person")]
    #[ignore = "for a person: writes the sample into target/sample and prints times"]
    fn sample_to_look_at() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/sample");
        std::fs::create_dir_all(&folder).unwrap();
        let kinds = [("analysis", DocumentKind::SubjectAnalysis), ("packet", DocumentKind::AssociationPacket)];
        for (name, kind) in kinds {
            let mut report = sample::report(kind);
            for round in 0..4 {
                let start = std::time::Instant::now();
                let bytes = render(&report).unwrap();
                println!("{name}, round {round}: {:?}, {} KB", start.elapsed(), bytes.len() / 1024);
                std::fs::write(folder.join(format!("{name}.pdf")), bytes).unwrap();
                report.sections[0].title.push('!');
            }
        }
        let many = |threads: usize| {
            let start = std::time::Instant::now();
            std::thread::scope(|scope| {
                for thread in 0..threads {
                    scope.spawn(move || {
                        for round in 0..(8 / threads) {
                            let mut report = sample::report(DocumentKind::SubjectAnalysis);
                            report.title.push_str(&format!(" {threads} {thread} {round}"));
                            render(&report).unwrap();
                        }
                    });
                }
            });
            println!("8 documents on {threads} threads: {:?}", start.elapsed());
        };
        many(1);
        many(2);
    }
}
