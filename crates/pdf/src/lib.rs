//! PDF: typst inside the program, with templates, fonts and data in memory.
//!
//! In: a report or slides. Out: the bytes of a file that is tagged (PDF/UA-1) and archivable (PDF/A-2a); if a drawing
//! breaks a rule of these standards, a tagged PDF 1.7.
//!
//! Invariants:
//! - Every block is set in both standards, and the same report gives the same bytes
//!   (`every_block_is_set_in_both_standards_and_twice_the_same`).
//! - So are slides, a page each (`slides_are_set_in_both_standards_a_page_each`).
//! - Every character of every document has a glyph (`every_character_of_every_document_can_be_drawn`).
//! - No other crate depends on typst (`cargo xtask tidy`).

mod columns;
mod content;
mod deck;
mod fonts;
mod glyphs;
mod table;
mod world;

pub use glyphs::missing_glyphs;

use content::Content;
use deck::DeckData;
use serde::Serialize;
use srez_model::deck::Deck;
use srez_model::error::{Error, Result};
use srez_model::report::Report;
use srez_wording::date::from_short;
use std::sync::LazyLock;
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use world::{MemoryWorld, Template};

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
    let date = date_of(&report.title, &report.date)?;
    let mut content = Content::new(report, date);
    let figures = std::mem::take(&mut content.figures);
    set(&report.title, Template::Report, &content, figures, date)
}

/// The slides as a PDF file, a page each.
///
/// # Errors
/// The date of the deck is not `dd.mm.yyyy`, or the slides cannot be set: a mistake of the template.
pub fn render_deck(deck: &Deck) -> Result<Vec<u8>> {
    let date = date_of(&deck.title, &deck.date)?;
    set(&deck.title, Template::Deck, &DeckData::new(deck, date), Vec::new(), date)
}

/// What a template makes of data and figures.
fn set(
    title: &str,
    template: Template,
    data: &impl Serialize,
    figures: Vec<(String, Vec<u8>)>,
    date: [i32; 3],
) -> Result<Vec<u8>> {
    let fail = |why: &str| Error::run(format!("PDF «{title}» не собран: {why}"));
    let data = serde_json::to_vec(data).map_err(|error| fail(&error.to_string()))?;
    let world = MemoryWorld::new(template, data, figures).ok_or_else(|| fail("имя шаблона не принято"))?;
    let document = typst::compile::<PagedDocument>(&world).output;
    let bytes = document.and_then(|document| {
        // A document that the standards refuse is better than none; a test sees to it that ours are not refused.
        exported(&document, date, STANDARDS.clone()).or_else(|_| exported(&document, date, PdfStandards::default()))
    });
    comemo::evict(KEPT_DOCUMENTS);
    bytes.map_err(|problems| fail(&listed(&problems)))
}

/// The document as a file.
fn exported(document: &PagedDocument, [year, month, day]: [i32; 3], standards: PdfStandards) -> SourceResult<Vec<u8>> {
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
        standards,
        tagged: true,
        pretty: false,
    };
    typst_pdf::pdf(document, &options)
}

/// Year, month and day of `05.06.2026`.
fn date_of(title: &str, printed: &str) -> Result<[i32; 3]> {
    let date = from_short(printed)
        .ok_or_else(|| Error::run(format!("PDF «{title}» не собран: дата «{printed}» не вида 05.06.2026")))?;
    Ok([i32::from(date.year()), i32::from(date.month()), i32::from(date.day())])
}

/// What the compiler says, in one line.
fn listed(problems: &[SourceDiagnostic]) -> String {
    problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::field_id::{FieldId, FieldName};
    use srez_model::report::{Blank, Block, DocumentKind};
    use srez_testkit::{sample, sample_deck};

    fn in_both_standards(bytes: &[u8]) -> bool {
        let text = String::from_utf8_lossy(bytes);
        ["<pdfaid:part>2", "<pdfaid:conformance>A", "<pdfuaid:part>1"].iter().all(|mark| text.contains(mark))
    }

    #[test]
    fn every_block_is_set_in_both_standards_and_twice_the_same() {
        let report = sample::report(DocumentKind::SubjectAnalysis);
        let bytes = render(&report).unwrap();
        assert!(bytes.starts_with(b"%PDF-1.7"));
        assert!(in_both_standards(&bytes));
        assert_eq!(render(&report).unwrap(), bytes);
    }

    #[test]
    fn slides_are_set_in_both_standards_a_page_each() {
        for deck in [sample_deck::deck(), sample_deck::nasty_deck()] {
            let bytes = render_deck(&deck).unwrap();
            assert!(in_both_standards(&bytes));
            assert_eq!(render_deck(&deck).unwrap(), bytes);
        }
        let deck = sample_deck::deck();
        let data = serde_json::to_vec(&DeckData::new(&deck, [2026, 6, 5])).unwrap();
        let world = MemoryWorld::new(Template::Deck, data, Vec::new()).unwrap();
        let document = typst::compile::<PagedDocument>(&world).output.unwrap();
        assert_eq!(document.pages().len(), deck.slides.len());
        for (page, slide) in document.pages().iter().zip(&deck.slides) {
            let mut set = String::new();
            set_text(&page.frame, &mut set);
            let plain = |text: &str| text.replace([' ', '\u{a0}'], "");
            assert!(plain(&set).contains(&plain(&slide.title)), "{set}");
        }
    }

    /// Text of a page, as it was set.
    fn set_text(frame: &typst::layout::Frame, text: &mut String) {
        for (_, item) in frame.items() {
            match item {
                typst::layout::FrameItem::Group(group) => set_text(&group.frame, text),
                typst::layout::FrameItem::Text(run) => text.push_str(&run.text),
                _ => {}
            }
        }
    }

    #[test]
    fn every_hostile_string_is_set_letter_by_letter() {
        let strings = sample::hostile::hostile_strings();
        let report = srez_testkit::injection::report_of(&strings);
        let mut content = Content::new(&report, [2026, 6, 5]);
        let figures = std::mem::take(&mut content.figures);
        let world = MemoryWorld::new(Template::Report, serde_json::to_vec(&content).unwrap(), figures).unwrap();
        let document = typst::compile::<PagedDocument>(&world).output.unwrap();
        let mut set = String::new();
        document.pages().iter().for_each(|page| set_text(&page.frame, &mut set));
        // What no font draws is set as «?», and a line may end in a hyphen.
        let plain = |text: &str| sample::hostile::literal(text).replace(['?', '-'], "");
        let set = plain(&set);
        assert!(!set.contains("root:x:0"));
        for text in &strings {
            assert!(set.contains(&plain(text)), "{text:?} is not set");
        }
        assert!(render(&report).unwrap().starts_with(b"%PDF-1.7"));
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
        report.subtitle.push_str("α ▲");
        let Block::Figure(figure) = &mut report.sections[2].blocks[0] else { panic!("the sample has a figure there") };
        let figure = std::sync::Arc::make_mut(figure);
        figure.svg = figure.svg.replace("СОШ", "ω");
        assert_eq!(missing_glyphs(&report), ['α', 'ω', '▲'].into());
        assert!(in_both_standards(&render(&report).unwrap()));
    }

    #[test]
    fn an_odd_report_is_set_too() {
        use srez_model::report::{Align, Cell, Column, Row, RowKind, Section, Table, Text};
        let column = |title: &str| Column::new(title, Align::Right, 0.0);
        let table = |columns: Vec<Column>, rows: Vec<Row>| {
            let (name, caption, note) = ("odd".to_owned(), String::new(), String::new());
            Block::Table(Table { name, caption, columns, rows, note, wide: false, chart: None })
        };
        let numbers = vec![Cell::number(f64::NAN, 1), Cell::Parts([f64::NAN; 4]), Cell::Marks([0.0; 4])];
        let blocks = vec![
            Block::Paragraph(Text::default()),
            Block::List(Vec::new()),
            Block::Steps(Vec::new()),
            table(Vec::new(), Vec::new()),
            table(vec![column("n")], Vec::new()),
            table(vec![column("n"), column(""), column("%")], vec![Row { cells: numbers, kind: RowKind::Total }]),
            table(vec![column("n"), column("n")], vec![Row { cells: Vec::new(), kind: RowKind::Plain }]),
            Blank::new(FieldId::new(FieldName::Errors, ""), "", 40).block(),
        ];
        for kind in [DocumentKind::SubjectAnalysis, DocumentKind::DataQuality] {
            let section = |depth| Section {
                id: "",
                title: String::new(),
                depth,
                new_page: true,
                annex: false,
                blocks: blocks.clone(),
            };
            let bare = Report {
                title: String::new(),
                subtitle: String::new(),
                key_figures: Vec::new(),
                passport: Vec::new(),
                sections: Vec::new(),
                ..sample::report(kind)
            };
            assert!(in_both_standards(&render(&bare).unwrap()));
            let odd = Report { sections: vec![section(2), section(0), section(7)], ..bare };
            assert!(in_both_standards(&render(&odd).unwrap()));
        }
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
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/sample");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("deck.pdf"), render_deck(&sample_deck::deck()).unwrap()).unwrap();
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
        let mut long = sample::report(DocumentKind::DataQuality);
        for section in &mut long.sections {
            for block in &mut section.blocks {
                if let Block::Table(table) = block {
                    table.rows = table.rows.iter().cycle().take(600).cloned().collect();
                }
            }
        }
        let start = std::time::Instant::now();
        let bytes = render(&long).unwrap();
        println!("long tables: {:?}, {} KB", start.elapsed(), bytes.len() / 1024);
    }
}
