//! Sections: headings, numbered by Word where they are no annexes, and the blocks below them, on pages that lie as the
//! blocks need.

use super::flow::Flow;
use super::numbering::{BULLETS, steps};
use super::text::{paragraph, paragraph_with, run, spans};
use super::xml::Xml;
use super::{blank, contents, figure, table, task_card};
use srez_model::report::{Block, Section, Text};
use srez_render::numbering::Heading;

/// Writes a section; `place` is its place in the document and names its bookmark.
pub(super) fn write(flow: &mut Flow, section: &Section, heading: &Heading, place: usize) {
    flow.turn(begins_wide(section));
    write_heading(flow, section, heading, place);
    for block in &section.blocks {
        if !matches!(block, Block::Note(_)) {
            flow.turn(is_wide(block));
        }
        flow.take_fresh_page();
        write_block(flow, block);
    }
}

/// True where a section begins on a page turned sideways.
pub(super) fn begins_wide(section: &Section) -> bool {
    section.blocks.first().is_some_and(is_wide)
}

fn is_wide(block: &Block) -> bool {
    matches!(block, Block::Table(table) if table.wide)
}

fn write_heading(flow: &mut Flow, section: &Section, heading: &Heading, place: usize) {
    let fresh = flow.take_fresh_page();
    let style = match section.depth {
        0 | 1 => "Heading1",
        2 => "Heading2",
        _ => "Heading3",
    };
    let properties = |xml: &mut Xml| {
        if section.new_page && section.depth <= 1 && !fresh {
            xml.empty("w:pageBreakBefore", &[]);
        }
        if section.depth <= 1 && heading.number.is_empty() {
            // Letters of annexes and official numbers stand in the text, and Word's list of the sections passes by.
            xml.element("w:numPr", &[], |xml| {
                xml.value("w:ilvl", "0");
                xml.value("w:numId", "0");
            });
        }
        if (section.new_page && section.depth <= 1) || fresh {
            xml.empty("w:spacing", &[("w:before", "0")]);
        }
    };
    paragraph_with(&mut flow.xml, style, properties, |xml| {
        let id = place.to_string();
        xml.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &contents::bookmark(place))]);
        run(xml, &heading.title);
        xml.empty("w:bookmarkEnd", &[("w:id", &id)]);
    });
}

fn write_block(flow: &mut Flow, block: &Block) {
    match block {
        Block::Paragraph(text) => paragraph(&mut flow.xml, "Normal", |xml| spans(xml, text)),
        Block::List(items) => list(&mut flow.xml, items, BULLETS),
        Block::Steps(items) => {
            list(&mut flow.xml, items, steps(flow.lists_of_steps));
            flow.lists_of_steps += 1;
        }
        Block::Table(content) => table::write(flow, content),
        Block::Figure(drawn) => figure::write(flow, drawn),
        Block::Note(text) => paragraph(&mut flow.xml, "Remark", |xml| spans(xml, text)),
        Block::Field(content) => {
            let width = flow.page().text_width();
            blank::write(&mut flow.xml, content, width);
        }
        Block::TaskCard(card) => {
            let width = flow.page().text_width();
            task_card::write(&mut flow.xml, card, width);
        }
    }
}

fn list(xml: &mut Xml, items: &[Text], number: usize) {
    for item in items {
        let numbered = |xml: &mut Xml| {
            xml.element("w:numPr", &[], |xml| {
                xml.value("w:ilvl", "0");
                xml.value("w:numId", &number.to_string());
            });
        };
        paragraph_with(xml, "ListItem", numbered, |xml| spans(xml, item));
    }
}
