//! Blocks of a section as HTML.

use super::page::written;
use super::picture;
use super::table;
use askama::Template;
use srez_model::figure::Figure;
use srez_model::provenance::Provenance;
use srez_model::report::{Blank, Block, Span, TaskCard, Text};
use srez_render::look::{self, HALF_PAGE_MM};
use srez_wording::text::unparted;

/// Numbers of tables and figures so far.
#[derive(Debug)]
pub(super) struct Numbers<'a> {
    pub(super) tables: usize,
    pub(super) figures: usize,
    /// Where the numbers of the tables come from.
    pub(super) provenance: &'a Provenance,
}

/// What the template knows.
enum BlockView {
    Paragraph(String),
    Note(String),
    List(Vec<String>),
    Steps(Vec<String>),
    Table(String),
    Figures(Vec<FigureView>),
    Field(FieldView),
    TaskCard(CardView),
}

struct CardView {
    title: String,
    matter: String,
    verdict: &'static str,
    word: String,
    numbers: Vec<String>,
    text: String,
    fields: Vec<FieldView>,
}

struct FieldView {
    label: String,
    /// Lines that stay empty.
    lines: u8,
    /// Paragraphs of what was written.
    text: Vec<String>,
}

struct FigureView {
    number: usize,
    caption: String,
    picture: String,
    wide: bool,
}

#[derive(Template)]
#[template(path = "block.html")]
struct BlockPage<'a> {
    block: &'a BlockView,
}

#[derive(Template)]
#[template(
    source = "{% for span in text.0 %}{% if span.bold %}<strong>{{ span.text }}</strong>{% else %}{{ span.text \
        }}{% endif %}{% endfor %}",
    ext = "html"
)]
struct Runs<'a> {
    text: &'a Text,
}

/// The blocks of a section, each as HTML.
pub(super) fn blocks(blocks: &[Block], sortable: bool, numbers: &mut Numbers<'_>) -> Vec<String> {
    let mut views: Vec<BlockView> = Vec::new();
    for block in blocks {
        match block {
            Block::Figure(it) => {
                numbers.figures += 1;
                let view = figure(it, numbers.figures);
                match views.last_mut() {
                    Some(BlockView::Figures(items)) if items.len() == 1 && !view.wide && !items[0].wide => {
                        items.push(view);
                    }
                    _ => views.push(BlockView::Figures(vec![view])),
                }
            }
            Block::Table(it) => {
                numbers.tables += 1;
                views.push(BlockView::Table(table::explained(it, numbers.tables, sortable, numbers.provenance)));
            }
            Block::Paragraph(text) => views.push(BlockView::Paragraph(runs(text))),
            Block::Note(text) => views.push(BlockView::Note(runs(text))),
            Block::List(items) => views.push(BlockView::List(items.iter().map(runs).collect())),
            Block::Steps(items) => views.push(BlockView::Steps(items.iter().map(runs).collect())),
            Block::Field(blank) => views.push(BlockView::Field(field(blank))),
            Block::TaskCard(it) => views.push(BlockView::TaskCard(card(it))),
        }
    }
    views.iter().map(|block| written(&BlockPage { block })).collect()
}

/// Words with their bold parts; a number does not part from its unit.
fn runs(text: &Text) -> String {
    let spans = text.0.iter().map(|span| Span { text: unparted(&span.text), bold: span.bold });
    written(&Runs { text: &Text(spans.collect()) })
}

fn card(it: &TaskCard) -> CardView {
    CardView {
        title: unparted(&it.title),
        matter: unparted(&it.matter),
        verdict: look::of_verdict(it.verdict),
        word: it.words.clone(),
        numbers: it.numbers.iter().map(|words| unparted(words)).collect(),
        text: runs(&it.text),
        fields: it.fields.iter().map(field).collect(),
    }
}

/// What was written stands in place of the lines.
fn field(blank: &Blank) -> FieldView {
    FieldView {
        label: blank.label.clone(),
        lines: if blank.text.is_empty() { blank.lines } else { 0 },
        text: blank.text.lines().map(unparted).collect(),
    }
}

fn figure(figure: &Figure, number: usize) -> FigureView {
    FigureView {
        number,
        caption: figure.caption.clone(),
        picture: picture::picture(figure, number),
        wide: figure.width_mm > HALF_PAGE_MM,
    }
}
