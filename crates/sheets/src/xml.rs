//! The XML of workbooks as quick-xml reads it: tags and text as slices of the part, no copies.
//!
//! What spreadsheet programs do not write (comments, CDATA, declarations, entities of the file's own) is [`Unusual`],
//! and then the general reader takes the file. No other reader takes the tables of Excel 2003, so theirs pass over it.

use super::container::{DEEPEST, LONGEST_TAG};
use quick_xml::Reader;
use quick_xml::escape::{resolve_xml_entity, unescape_with};
use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;
use std::borrow::Cow;

/// The file is not written as spreadsheet programs write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unusual;

/// One piece of XML.
#[derive(Clone, Copy, Debug)]
pub(super) enum Piece<'a> {
    /// `<name attributes>`, or `<name attributes/>` where `closed`.
    Open {
        /// Name with its prefix.
        name: &'a [u8],
        /// Attributes as written.
        attributes: &'a [u8],
        /// True where the element ends here.
        closed: bool,
    },
    /// `</name>`.
    Close(&'a [u8]),
    /// Text between tags or one entity, not resolved.
    Text(&'a [u8]),
}

/// Pieces of a slice, in order.
pub(super) struct Pieces<'a> {
    reader: Reader<&'a [u8]>,
    /// Elements whose names the reader keeps, for nobody: ends are not checked.
    depth: usize,
    lenient: bool,
}

impl<'a> Pieces<'a> {
    /// Pieces of a part, after its BOM.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        Self { reader: reader(bytes), depth: 0, lenient: false }
    }

    /// Pieces of a text that no other reader takes: comments and declarations are passed over, CDATA is text, and so is
    /// a `<` with which no tag begins.
    pub(super) fn lenient(text: &'a str) -> Self {
        Self { lenient: true, ..Self::new(text.as_bytes()) }
    }

    /// What is not read yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.reader.get_ref()
    }

    /// Goes on at a place behind which somebody else has read the rest.
    pub(super) fn go_on_at(&mut self, rest: &'a [u8]) {
        self.reader = reader(rest);
        self.depth = 0;
    }

    /// The next piece; none at the end.
    #[inline]
    pub(super) fn next(&mut self) -> Result<Option<Piece<'a>>, Unusual> {
        loop {
            let before = self.rest();
            if self.lenient && is_lone_sign(before) {
                let (sign, rest) = before.split_at_checked(1).ok_or(Unusual)?;
                self.go_on_at(rest);
                return Ok(Some(Piece::Text(sign)));
            }
            let event = self.reader.read_event().map_err(|_| Unusual)?;
            let read = before.get(..before.len() - self.rest().len()).unwrap_or_default();
            return match event {
                Event::Start(tag) => {
                    self.open_one();
                    open(read, tag.name().as_ref().len(), b">").map(Some)
                }
                Event::Empty(tag) => open(read, tag.name().as_ref().len(), b"/>").map(Some),
                Event::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    Ok(read.get(2..2 + tag.name().as_ref().len()).map(Piece::Close))
                }
                Event::Text(_) | Event::GeneralRef(_) => Ok(Some(Piece::Text(read))),
                Event::Eof => Ok(None),
                Event::Decl(_) | Event::PI(_) => continue,
                Event::CData(_) if self.lenient => Ok(read.get(9..read.len() - 3).map(Piece::Text)),
                Event::Comment(_) | Event::DocType(_) if self.lenient => continue,
                Event::CData(_) | Event::Comment(_) | Event::DocType(_) => Err(Unusual),
            };
        }
    }

    /// Counts an element; before the names of open ones become many, the reader forgets them.
    fn open_one(&mut self) {
        self.depth += 1;
        if self.depth > DEEPEST {
            self.go_on_at(self.rest());
        }
    }

    /// The text up to the end of the element that was just opened; other tags inside are unusual.
    #[inline]
    pub(super) fn text_until(&mut self, name: &[u8]) -> Result<&'a [u8], Unusual> {
        let start = self.rest();
        loop {
            let left = self.rest().len();
            match self.next()? {
                Some(Piece::Text(_)) => {}
                Some(Piece::Close(end)) if end == name => return start.get(..start.len() - left).ok_or(Unusual),
                _ => return Err(Unusual),
            }
        }
    }
}

/// A reader that takes markup as it comes; whether it fits together is for its callers.
fn reader(bytes: &[u8]) -> Reader<&[u8]> {
    let mut reader = Reader::from_reader(bytes);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    reader
}

/// True before a `<` that begins neither tag nor declaration.
fn is_lone_sign(bytes: &[u8]) -> bool {
    let begins = |first: u8| first.is_ascii_alphabetic() || !first.is_ascii() || b"/!?_:".contains(&first);
    matches!(bytes, [b'<', rest @ ..] if !rest.first().copied().is_some_and(begins))
}

fn open<'a>(tag: &'a [u8], name: usize, end: &[u8]) -> Result<Piece<'a>, Unusual> {
    let inner = tag.strip_prefix(b"<").and_then(|tag| tag.strip_suffix(end));
    let inner = inner.filter(|inner| name > 0 && inner.len() <= LONGEST_TAG).ok_or(Unusual)?;
    let (name, attributes) = inner.split_at_checked(name).ok_or(Unusual)?;
    Ok(Piece::Open { name, attributes, closed: end.len() > 1 })
}

/// Attributes of a tag, name and raw value; one is unusual where the tag goes on in another way.
pub(super) fn attributes(bytes: &[u8]) -> impl Iterator<Item = Result<(&[u8], &[u8]), Unusual>> {
    let mut attributes = Attributes::new(std::str::from_utf8(bytes).unwrap_or("?"), 0);
    attributes.with_checks(false);
    attributes.map(|attribute| match attribute {
        Ok(attribute) => match attribute.value {
            Cow::Borrowed(value) => Ok((attribute.key.into_inner().as_bytes(), value.as_bytes())),
            Cow::Owned(_) => Err(Unusual),
        },
        Err(_) => Err(Unusual),
    })
}

/// Raw value of one attribute.
pub(super) fn attribute<'a>(bytes: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    attributes(bytes).filter_map(Result::ok).find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// Raw value of an attribute, whatever its prefix and case.
pub(super) fn local_attribute<'a>(bytes: &'a [u8], name: &str) -> Option<&'a str> {
    let is_wanted = |known: &[u8]| local_name(known).eq_ignore_ascii_case(name.as_bytes());
    let (_, value) = attributes(bytes).filter_map(Result::ok).find(|(known, _)| is_wanted(known))?;
    std::str::from_utf8(value).ok()
}

/// A name without its prefix.
pub(super) fn local_name(name: &[u8]) -> &[u8] {
    name.rsplit(|byte| *byte == b':').next().unwrap_or(name)
}

/// Text with its entities resolved; the escapes of Excel (`_x000D_`) are unusual.
pub(super) fn unescape(bytes: &[u8]) -> Result<Cow<'_, str>, Unusual> {
    let text = std::str::from_utf8(bytes).map_err(|_| Unusual)?;
    if !bytes.iter().any(|byte| matches!(byte, b'&' | b'_' | b'\r')) {
        return Ok(Cow::Borrowed(text));
    }
    if text.contains('\r') || text.contains("_x") {
        return Err(Unusual);
    }
    unescape_with(text, resolve_xml_entity).map_err(|_| Unusual)
}

/// Adds a text with its entities resolved, also those of web pages that programs write into XML; what is none stays as
/// it is written.
pub(super) fn push_text(bytes: &[u8], into: &mut String) {
    let text = String::from_utf8_lossy(bytes);
    into.push_str(&unescape_with(&text, known_entity).unwrap_or(Cow::Borrowed(&text)));
}

fn known_entity(name: &str) -> Option<&'static str> {
    Some(match name {
        "nbsp" => "\u{a0}",
        "laquo" => "«",
        "raquo" => "»",
        "ndash" => "–",
        "mdash" => "—",
        "minus" => "−",
        "hellip" => "…",
        "shy" => "\u{ad}",
        _ => return resolve_xml_entity(name),
    })
}

#[cfg(test)]
mod tests {
    use super::{DEEPEST, Piece, Pieces, Unusual, attribute, local_attribute, local_name, push_text, unescape};

    #[test]
    fn tags_attributes_and_text_come_as_written() {
        let mut pieces = Pieces::new(b"<?xml version=\"1.0\"?><c r=\"A1\" f='a>b' ><v>5</v><x/></c>");
        let Ok(Some(Piece::Open { name, attributes, closed })) = pieces.next() else { panic!("no tag") };
        assert_eq!((name, closed, attribute(attributes, b"f")), (&b"c"[..], false, Some(&b"a>b"[..])));
        assert_eq!(attribute(attributes, b"s"), None);
        assert_eq!(local_attribute(b" ss:Index=\"3\" ss:Type=\"Number\"", "type"), Some("Number"));
        assert_eq!((local_name(b"ss:Data"), local_name(b"Data")), (&b"Data"[..], &b"Data"[..]));
        assert_eq!(
            super::attributes(b"a=\"1\" tA\"s\"").collect::<Vec<_>>(),
            [Ok((&b"a"[..], &b"1"[..])), Err(Unusual)]
        );
        assert!(matches!(pieces.next(), Ok(Some(Piece::Open { name: b"v", .. }))));
        assert_eq!(pieces.text_until(b"v"), Ok(&b"5"[..]));
        assert!(matches!(pieces.next(), Ok(Some(Piece::Open { closed: true, .. }))));
    }

    #[test]
    fn entities_are_resolved_and_what_is_rare_is_left_to_the_general_reader() {
        assert_eq!(unescape("5 &lt; 6 &amp; &#1103;&#x44f;!".as_bytes()).unwrap(), "5 < 6 & яя!");
        assert_eq!(unescape(b"a_x000D_b"), Err(Unusual));
        assert_eq!(unescape(b"&secret;"), Err(Unusual));
        assert!(Pieces::new(b"<!DOCTYPE a>").next().is_err());
    }

    #[test]
    fn entities_that_are_none_stay_in_a_text_of_any_program() {
        let mut pieces = Pieces::new("<a>&laquo;А&#1041;&#x412;&raquo; & &bogus; &nbsp;&</a>".as_bytes());
        let mut text = String::new();
        while let Some(piece) = pieces.next().unwrap() {
            if let Piece::Text(raw) = piece {
                push_text(raw, &mut text);
            }
        }
        assert_eq!(text, "«АБВ» & &bogus; \u{a0}&");
    }

    #[test]
    fn a_lenient_reading_passes_over_what_is_not_for_it() {
        let text = "<!DOCTYPE a><a><!-- <b> -->1 < 2<![CDATA[ <3> ]]></ a\n><\u{436}/></x>";
        let mut pieces = Pieces::lenient(text);
        let mut met = Vec::new();
        while let Some(piece) = pieces.next().unwrap() {
            met.push(match piece {
                Piece::Open { name, closed, .. } => (name, if closed { "/" } else { "<" }),
                Piece::Close(name) => (name, ">"),
                Piece::Text(text) => (text, ""),
            });
        }
        let texts: Vec<_> = met.iter().map(|(text, kind)| (std::str::from_utf8(text).unwrap(), *kind)).collect();
        let expected =
            [("a", "<"), ("1 ", ""), ("<", ""), (" 2", ""), (" <3> ", ""), (" a", ">"), ("ж", "/"), ("x", ">")];
        assert_eq!(texts, expected);
    }

    #[test]
    fn a_part_of_nothing_but_open_tags_takes_no_memory() {
        let text = "<a>".repeat(3 * DEEPEST);
        let mut pieces = Pieces::new(text.as_bytes());
        let mut count = 0;
        while let Some(Piece::Open { name: b"a", closed: false, .. }) = pieces.next().unwrap() {
            count += 1;
            assert!(pieces.depth <= DEEPEST);
        }
        assert_eq!((count, pieces.rest().len()), (3 * DEEPEST, 0));
    }

    #[test]
    fn rows_read_by_somebody_else_are_gone() {
        let mut pieces = Pieces::new(b"<a>\n <b/>&amp; <c/></a>");
        assert!(matches!(pieces.next(), Ok(Some(Piece::Open { name: b"a", .. }))));
        assert!(matches!(pieces.next(), Ok(Some(Piece::Text(b"\n ")))));
        let rest = pieces.rest().strip_prefix(b"<b/>").unwrap();
        pieces.go_on_at(rest);
        assert!(matches!(pieces.next(), Ok(Some(Piece::Text(b"&amp;")))));
        assert!(matches!(pieces.next(), Ok(Some(Piece::Text(b" ")))));
        assert!(matches!(pieces.next(), Ok(Some(Piece::Open { name: b"c", closed: true, .. }))));
        assert!(matches!(pieces.next(), Ok(Some(Piece::Close(b"a")))));
        assert!(matches!(pieces.next(), Ok(None)));
    }
}
