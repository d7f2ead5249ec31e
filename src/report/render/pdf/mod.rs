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
