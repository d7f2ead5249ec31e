//! Web pages, as accounting programs and electronic journals save tables under `.xls`: tags and text by the HTML
//! standard, which says what a browser makes of lost end tags, bare attributes and broken entities.

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Span, State, StringReader, Tokenizer};

/// Attributes that are kept: a tag of nothing but attributes fills no memory.
const KEPT: [&str; 3] = ["style", "colspan", "rowspan"];

/// One piece of a page, names in lower case.
pub(super) enum Piece {
    Open(Tag),
    Close(String),
    Text(String),
}

/// A start tag.
#[derive(Default)]
pub(super) struct Tag {
    pub(super) name: String,
    /// True where it is written as in XML, `<br/>`.
    closed: bool,
    attributes: Vec<(&'static str, String)>,
}

impl Tag {
    /// Value of an attribute; none where it is absent.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
}

/// Makes pieces of what the tokenizer meets.
#[derive(Default)]
struct Collector {
    tag: Tag,
    /// True while the value of the last attribute comes.
    keeps: bool,
}

impl Callback<Piece, ()> for Collector {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _: Span<()>) -> Option<Piece> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match event {
            CallbackEvent::OpenStartTag { name } => self.tag = Tag { name: text(name), ..Tag::default() },
            CallbackEvent::AttributeName { name } => {
                let kept = KEPT.into_iter().find(|kept| kept.as_bytes() == name);
                let kept = kept.filter(|kept| self.tag.attribute(kept).is_none());
                self.keeps = kept.is_some();
                self.tag.attributes.extend(kept.map(|kept| (kept, String::new())));
            }
            CallbackEvent::AttributeValue { value } if self.keeps => {
                self.tag.attributes.last_mut()?.1.push_str(&text(value));
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                self.tag.closed = self_closing;
                return Some(Piece::Open(std::mem::take(&mut self.tag)));
            }
            CallbackEvent::EndTag { name } => return Some(Piece::Close(text(name))),
            CallbackEvent::String { value } => return Some(Piece::Text(text(value))),
            CallbackEvent::AttributeValue { .. }
            | CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
        }
        None
    }
}

/// Pieces of a page, in order; comments, declarations, scripts and styles are passed over.
pub(super) struct Page<'a> {
    pieces: Tokenizer<StringReader<'a>, CallbackEmitter<Collector, Piece>>,
    /// True inside an element whose text is not for the reader.
    aside: bool,
}

impl<'a> Page<'a> {
    /// Pieces of a text.
    pub(super) fn new(text: &'a str) -> Self {
        Self { pieces: Tokenizer::new_with_emitter(text, CallbackEmitter::default()), aside: false }
    }
}

impl Iterator for Page<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            let Ok(piece) = self.pieces.next()?;
            match &piece {
                Piece::Close(_) if self.aside => self.aside = false,
                _ if self.aside => {}
                // A page written as XML closes them at once, which a browser would not understand.
                Piece::Open(tag) if !tag.closed && matches!(tag.name.as_str(), "script" | "style") => {
                    self.pieces.set_state(State::RawText);
                    self.aside = true;
                }
                _ => return Some(piece),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Page, Piece};

    /// A page as it was understood.
    fn shown(text: &str) -> String {
        Page::new(text)
            .map(|piece| match piece {
                Piece::Open(tag) => format!("<{}>", tag.name),
                Piece::Close(name) => format!("</{name}>"),
                Piece::Text(text) => text,
            })
            .collect()
    }

    #[test]
    fn pieces_come_in_order_and_scripts_do_not() {
        let text = "<!DOCTYPE html><!-- <td> --><td style='a>b' COLSPAN=2 colspan=3 rowspan>1 < 2<br/></TD>\
                    <script>if (a</b) '<td>'</script>3";
        assert_eq!(shown(text), "<td>1 < 2<br></td>3");
        let Some(Piece::Open(tag)) = Page::new(text).next() else { panic!("no tag") };
        let values = ["style", "colspan", "rowspan", "width"].map(|name| tag.attribute(name));
        assert_eq!(values, [Some("a>b"), Some("2"), Some(""), None]);
        assert_eq!(shown("<?xml version='1.0'?><script src='a'/><style>td{}</style\n>а<style>б"), "<script>а");
    }

    #[test]
    fn entities_are_resolved_and_broken_ones_stay() {
        assert_eq!(shown("&laquo;А&#1041;&#x412;&raquo; & &bogus; &nbsp;&"), "«АБВ» & &bogus; \u{a0}&");
    }
}
