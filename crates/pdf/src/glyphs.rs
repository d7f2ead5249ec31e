//! Characters that the embedded fonts have not: which they are in a document, and what is printed instead.

use super::fonts::FONTS;
use srez_model::report::{Block, Cell, Report, Text};
use std::collections::BTreeSet;

/// What is seen in place of a character without glyph.
const FALLBACK: char = '?';

/// A longer run of letters gets places where a line may end.
const LONGEST_WORD: usize = 36;

/// Distance of those places.
const PIECE: usize = 12;

/// A place where a line may end, of no width.
const ZERO_WIDTH_SPACE: char = '\u{200b}';

/// Characters of a document, its figures included, that no embedded font draws.
///
/// Empty for a document of ours; tests ask this for every document of the sample district.
pub fn missing_glyphs(report: &Report) -> BTreeSet<char> {
    let mut missing = BTreeSet::new();
    let mut look =
        |text: &str| missing.extend(text.chars().filter(|it| printed_for(*it) == Some(FALLBACK) && *it != '?'));
    for text in
        [&report.title, &report.subtitle, &report.centre, &report.municipality, &report.running_head, &report.footer]
    {
        look(text);
    }
    report.key_figures.iter().for_each(|it| [&it.value, &it.unit].into_iter().for_each(|text| look(text)));
    report.passport.iter().for_each(|(name, value)| [name, value].into_iter().for_each(|text| look(text)));
    report.style.signatures.iter().for_each(|it| [&it.post, &it.name].into_iter().for_each(|text| look(text)));
    for section in &report.sections {
        look(&section.title);
        section.blocks.iter().for_each(|block| look_at_block(block, &mut look));
    }
    missing
}

fn look_at_block(block: &Block, look: &mut impl FnMut(&str)) {
    let mut words = |text: &Text| look(&text.words());
    match block {
        Block::Paragraph(text) | Block::Note(text) => words(text),
        Block::List(items) | Block::Steps(items) => items.iter().for_each(words),
        Block::Table(table) => {
            look(&table.caption);
            look(&table.note);
            table.columns.iter().for_each(|column| look(&column.title));
            for cell in table.rows.iter().flat_map(|row| &row.cells) {
                if let Cell::Text(text) | Cell::Link(text, _) = cell {
                    look(text);
                }
            }
        }
        Block::Figure(figure) => {
            look(&figure.caption);
            figure.svg.split('<').filter_map(|piece| piece.split_once('>')).for_each(|(_, text)| look(text));
        }
        Block::Field(blank) => [&blank.label, &blank.text].into_iter().for_each(|text| look(text)),
        Block::TaskCard(card) => {
            words(&card.text);
            [&card.title, &card.matter, &card.words].into_iter().for_each(|text| look(text));
            let fields = card.fields.iter().flat_map(|blank| [&blank.label, &blank.text]);
            card.numbers.iter().chain(fields).for_each(|text| look(text));
        }
    }
}

/// The text as it can be printed: characters without glyph replaced, very long words given places to break.
pub(super) fn printable(text: &str) -> String {
    let drawn: String = srez_wording::text::unparted(text).chars().filter_map(printed_for).collect();
    // A word has no more letters than the text has bytes.
    if drawn.len() <= LONGEST_WORD {
        return drawn;
    }
    let mut out = String::with_capacity(drawn.len());
    for word in drawn.split_inclusive([' ', '\n']) {
        let long = word.chars().count() > LONGEST_WORD;
        for (index, letter) in word.chars().enumerate() {
            if long && index > 0 && index % PIECE == 0 {
                out.push(ZERO_WIDTH_SPACE);
            }
            out.push(letter);
        }
    }
    out
}

/// A drawing whose words can be printed: what has no glyph would stand in it as an empty box.
pub(super) fn drawable(svg: &str) -> String {
    svg.chars().filter_map(|it| if it.is_ascii() { Some(it) } else { printed_for(it) }).collect()
}

/// What is printed for a character; none for those that have no look of their own.
fn printed_for(character: char) -> Option<char> {
    match character {
        '\n' => Some('\n'),
        '\t' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some('\u{a0}'),
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' => None,
        '\u{2010}' | '\u{2011}' => Some('-'),
        _ if character.is_control() => None,
        _ if FONTS.draw(character) => Some(character),
        _ => Some(FALLBACK),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_glyph_is_seen_and_what_has_no_look_is_dropped() {
        assert_eq!(printable("α\u{200d} ▲ № 5\u{202f}%"), "? ? №\u{a0}5\u{a0}%");
        assert_eq!(printable("$x$ #read(\"/etc/passwd\")"), "$x$ #read(\"/etc/passwd\")");
    }

    #[test]
    fn a_very_long_word_can_be_broken_and_keeps_its_letters() {
        let word = "ю".repeat(300);
        let printed = printable(&word);
        assert!(printed.split(ZERO_WIDTH_SPACE).all(|piece| piece.chars().count() <= PIECE));
        assert_eq!(printed.replace(ZERO_WIDTH_SPACE, ""), word);
    }
}
