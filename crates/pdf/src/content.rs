//! A report as the template gets it: parts of upright or turned pages, headings and blocks in their order.

use super::glyphs::{drawable, printable};
use super::table::TableData;
use serde::Serialize;
use srez_model::figure::Figure;
use srez_model::report::{Blank, Block, DocumentKind, KeyFigure, Report, Section, TaskCard, Text};
use srez_render::look::{self, HALF_PAGE_MM};
use srez_render::numbering::{Heading, headings};
use std::sync::Arc;

/// Width of the text block of an upright page, in millimetres.
const UPRIGHT: f64 = 170.0;
/// Width of the text block of a turned page, in millimetres.
const TURNED: f64 = 262.0;

/// File of the emblem.
const LOGO: &str = "logo.png";

/// Words and bold.
type Runs = Vec<(String, bool)>;

/// The data of a document, and the figures that it names.
#[derive(Debug, Serialize)]
pub(super) struct Content {
    title: String,
    subtitle: String,
    centre: String,
    municipality: String,
    /// Year, month, day.
    date: [i32; 3],
    printed_date: String,
    running_head: String,
    footer: String,
    /// How the pages are: with a cover, with a head on the first page in its place, or every section a sheet of its
    /// own.
    layout: &'static str,
    key_figures: Vec<Pair>,
    passport: Vec<(String, String)>,
    /// Post and name of those who sign.
    signatures: Vec<(String, String)>,
    /// File of the emblem; empty where there is none.
    logo: &'static str,
    parts: Vec<Part>,
    #[serde(skip)]
    pub(super) figures: Vec<(String, Vec<u8>)>,
    #[serde(skip)]
    tables: usize,
}

#[derive(Debug, Serialize)]
struct Pair {
    value: String,
    unit: String,
}

#[derive(Debug, Serialize)]
struct Part {
    flipped: bool,
    items: Vec<Item>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Item {
    Heading { depth: u8, prefix: String, title: String, new_page: bool },
    Paragraph { text: Runs },
    List { items: Vec<Runs> },
    Steps { items: Vec<Runs> },
    Table(TableData),
    Figures { items: Vec<FigureData> },
    Note { text: Runs },
    Field(FieldData),
    TaskCard(CardData),
}

#[derive(Debug, Serialize)]
struct CardData {
    title: String,
    matter: String,
    verdict: &'static str,
    word: String,
    parts: [f64; 4],
    numbers: Vec<String>,
    text: Runs,
    fields: Vec<FieldData>,
}

#[derive(Debug, Serialize)]
struct FieldData {
    label: String,
    /// Lines that stay empty.
    lines: u8,
    /// Paragraphs of what was written.
    text: Vec<String>,
}

#[derive(Debug, Serialize)]
struct FigureData {
    /// «3».
    number: usize,
    caption: String,
    alt: String,
    file: String,
    /// Millimetres.
    width: f64,
    /// Millimetres at that width.
    height: f64,
}

impl Content {
    /// The report as data; `date` is year, month and day.
    pub(super) fn new(report: &Report, date: [i32; 3]) -> Self {
        let mut content = Self {
            title: printable(&report.title),
            subtitle: printable(&report.subtitle),
            centre: printable(&report.centre),
            municipality: printable(&report.municipality),
            date,
            printed_date: printable(&report.date),
            running_head: printable(&report.running_head),
            footer: printable(&report.footer),
            layout: match report.kind {
                DocumentKind::SubjectAnalysis => "book",
                DocumentKind::ClassMap => "sheets",
                _ => "compact",
            },
            key_figures: report.key_figures.iter().map(pair).collect(),
            passport: report.passport.iter().map(|(name, value)| (printable(name), printable(value))).collect(),
            signatures: report.style.signatures.iter().map(|it| (printable(&it.post), printable(&it.name))).collect(),
            logo: if report.style.logo.is_some() { LOGO } else { "" },
            parts: Vec::new(),
            figures: report.style.logo.iter().map(|logo| (LOGO.to_owned(), logo.png.clone())).collect(),
            tables: 0,
        };
        for (section, heading) in report.sections.iter().zip(headings(&report.sections)) {
            content.add_section(section, heading);
        }
        content
    }

    fn add_section(&mut self, section: &Section, heading: Heading) {
        let wide = |block: &Block| matches!(block, Block::Table(table) if table.wide);
        let turned = section.blocks.first().is_some_and(wide) || (section.annex && section.blocks.iter().any(wide));
        let item = Item::Heading {
            // A document begins with a heading of the first level, or readers that are read to lose their way.
            depth: if self.parts.is_empty() { 1 } else { section.depth.clamp(1, 3) },
            prefix: if self.layout == "sheets" { String::new() } else { heading.number },
            title: printable(&heading.title),
            new_page: section.new_page && (self.layout == "book" || !self.parts.is_empty()),
        };
        self.add(turned, item);
        for block in &section.blocks {
            self.add_block(turned || wide(block), block);
        }
    }

    /// Adds an item to the last part, or to a new one where the page turns.
    fn add(&mut self, flipped: bool, item: Item) {
        match self.parts.last_mut() {
            Some(part) if part.flipped == flipped => part.items.push(item),
            _ => self.parts.push(Part { flipped, items: vec![item] }),
        }
    }

    fn add_block(&mut self, flipped: bool, block: &Block) {
        let item = match block {
            Block::Paragraph(text) => Item::Paragraph { text: runs(text) },
            Block::List(items) => Item::List { items: items.iter().map(runs).collect() },
            Block::Steps(items) => Item::Steps { items: items.iter().map(runs).collect() },
            Block::Table(table) => {
                // On a sheet of its own a table stands under the title of the sheet.
                let is_sheet = self.layout == "sheets";
                let captioned = !table.caption.is_empty() && !is_sheet;
                self.tables += usize::from(captioned);
                let width = if flipped { TURNED } else { UPRIGHT };
                Item::Table(TableData::new(table, self.tables, width, [captioned, is_sheet]))
            }
            Block::Figure(figure) => return self.add_figure(flipped, figure),
            Block::Note(text) => Item::Note { text: runs(text) },
            Block::Field(blank) => Item::Field(field_data(blank)),
            Block::TaskCard(card) => Item::TaskCard(card_data(card)),
        };
        self.add(flipped, item);
    }

    /// Two half figures that follow each other stand side by side.
    fn add_figure(&mut self, flipped: bool, figure: &Arc<Figure>) {
        let file = format!("figure-{}.svg", self.figures.len() + 1);
        let number = 1 + self.figures.iter().filter(|(file, _)| file != LOGO).count();
        self.figures.push((file.clone(), drawable(&figure.svg).into_bytes()));
        let widest = if flipped { TURNED } else { UPRIGHT };
        let alt = if figure.alt.is_empty() { &figure.caption } else { &figure.alt };
        let width = if figure.width_mm > 0.0 { figure.width_mm.min(widest) } else { widest };
        let height = if figure.width_mm > 0.0 { figure.height_mm * width / figure.width_mm } else { width };
        let data = FigureData { number, caption: printable(&figure.caption), alt: alt.clone(), file, width, height };
        if let Some(Part { flipped: same, items }) = self.parts.last_mut()
            && *same == flipped
            && let Some(Item::Figures { items }) = items.last_mut()
            && items.len() == 1
            && items.iter().all(|left| left.width <= HALF_PAGE_MM && width <= HALF_PAGE_MM)
        {
            items.push(data);
            return;
        }
        self.add(flipped, Item::Figures { items: vec![data] });
    }
}

fn pair(figure: &KeyFigure) -> Pair {
    Pair { value: printable(&figure.value), unit: printable(&figure.unit) }
}

fn card_data(card: &TaskCard) -> CardData {
    CardData {
        title: printable(&card.title),
        matter: printable(&card.matter),
        verdict: look::of_verdict(card.verdict),
        word: printable(&card.words),
        parts: card.parts,
        numbers: card.numbers.iter().map(|words| printable(words)).collect(),
        text: runs(&card.text),
        fields: card.fields.iter().map(field_data).collect(),
    }
}

/// What was written stands in place of the lines.
fn field_data(blank: &Blank) -> FieldData {
    FieldData {
        label: printable(&blank.label),
        lines: if blank.text.is_empty() { blank.lines } else { 0 },
        text: blank.text.lines().map(printable).collect(),
    }
}

fn runs(text: &Text) -> Runs {
    text.0.iter().map(|span| (printable(&span.text), span.bold)).collect()
}
