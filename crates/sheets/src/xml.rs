//! A narrow reader of the XML in workbooks: tags and text as slices, no copies.
//!
//! It reads what spreadsheet programs write. Everything else (entities of its own, CDATA, declarations) is an
//! [`Unusual`], and then the general reader takes the file.

use super::container::LONGEST_TAG;
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
    /// Text between tags, entities not resolved.
    Text(&'a [u8]),
}

/// Pieces of a slice, in order.
#[derive(Debug)]
pub(super) struct Pieces<'a> {
    /// What is not read yet.
    pub(super) rest: &'a [u8],
}

impl<'a> Pieces<'a> {
    /// Pieces of a part, after its BOM.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes) }
    }

    /// The next piece; none at the end.
    #[inline]
    pub(super) fn next(&mut self) -> Result<Option<Piece<'a>>, Unusual> {
        loop {
            let Some((first, after)) = self.rest.split_first() else { return Ok(None) };
            if *first != b'<' {
                let end = self.rest.iter().position(|byte| *byte == b'<').unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                return Ok(Some(Piece::Text(text)));
            }
            match after.first() {
                Some(b'/') => {
                    let (tag, rest) = split_at_byte(after, b'>').ok_or(Unusual)?;
                    self.rest = rest;
                    return Ok(Some(Piece::Close(tag.get(1..).unwrap_or_default().trim_ascii_end())));
                }
                Some(b'?') => self.rest = split_at_byte(after, b'>').ok_or(Unusual)?.1,
                Some(b'!') | None => return Err(Unusual),
                Some(_) => return self.open(after).map(Some),
            }
        }
    }

    #[inline]
    fn open(&mut self, after: &'a [u8]) -> Result<Piece<'a>, Unusual> {
        let mut quote = 0_u8;
        let mut end = None;
        for (place, byte) in after.iter().enumerate() {
            match *byte {
                b'>' if quote == 0 => {
                    end = Some(place);
                    break;
                }
                byte if byte == quote => quote = 0,
                byte @ (b'"' | b'\'') if quote == 0 => quote = byte,
                _ => {}
            }
        }
        let end = end.filter(|end| *end <= LONGEST_TAG).ok_or(Unusual)?;
        let (tag, rest) = after.split_at_checked(end).ok_or(Unusual)?;
        self.rest = rest.get(1..).unwrap_or_default();
        let (tag, closed) = tag.strip_suffix(b"/").map_or((tag, false), |tag| (tag, true));
        let end_of_name = tag.iter().position(u8::is_ascii_whitespace).unwrap_or(tag.len());
        let (name, attributes) = tag.split_at(end_of_name);
        Ok(Piece::Open { name, attributes, closed })
    }

    /// The text up to the end of the element that was just opened; other tags inside are unusual.
    #[inline]
    pub(super) fn text_until(&mut self, name: &[u8]) -> Result<&'a [u8], Unusual> {
        match self.next()? {
            Some(Piece::Close(end)) if end == name => Ok(b""),
            Some(Piece::Text(text)) => match self.next()? {
                Some(Piece::Close(end)) if end == name => Ok(text),
                _ => Err(Unusual),
            },
            _ => Err(Unusual),
        }
    }
}

fn split_at_byte(bytes: &[u8], wanted: u8) -> Option<(&[u8], &[u8])> {
    let place = bytes.iter().position(|byte| *byte == wanted)?;
    Some((bytes.get(..place)?, bytes.get(place + 1..)?))
}

/// Attributes of a tag, name and raw value; the last is unusual where the tag goes on in another way.
pub(super) fn attributes(bytes: &[u8]) -> impl Iterator<Item = Result<(&[u8], &[u8]), Unusual>> {
    let mut rest = bytes.trim_ascii();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let taken = take_attribute(rest).ok_or(Unusual);
        rest = taken.map_or(b"", |(_, _, after)| after);
        Some(taken.map(|(name, value, _)| (name, value)))
    })
}

/// Name and value of the first attribute, and what follows it.
#[inline]
fn take_attribute(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let (name, after) = split_at_byte(bytes, b'=')?;
    let (quote @ (b'"' | b'\''), value) = after.trim_ascii_start().split_first()? else { return None };
    let (value, after) = split_at_byte(value, *quote)?;
    Some((name.trim_ascii_end(), value, after.trim_ascii_start()))
}

/// Raw value of one attribute.
pub(super) fn attribute<'a>(bytes: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    attributes(bytes).filter_map(Result::ok).find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// Text with its entities and the escapes of Excel (`_x000D_`) resolved.
pub(super) fn unescape(bytes: &[u8]) -> Result<Cow<'_, str>, Unusual> {
    let text = std::str::from_utf8(bytes).map_err(|_| Unusual)?;
    if !bytes.iter().any(|byte| matches!(byte, b'&' | b'_' | b'\r')) {
        return Ok(Cow::Borrowed(text));
    }
    if text.contains('\r') || text.contains("_x") {
        return Err(Unusual);
    }
    let Some(first) = text.find('&') else { return Ok(Cow::Borrowed(text)) };
    let (plain, mut rest) = text.split_at(first);
    let mut resolved = plain.to_owned();
    while let Some(after) = rest.strip_prefix('&') {
        let (entity, tail) = after.split_once(';').ok_or(Unusual)?;
        resolved.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            other => character(other).ok_or(Unusual)?,
        });
        let next = tail.find('&').unwrap_or(tail.len());
        let (plain, after) = tail.split_at(next);
        resolved.push_str(plain);
        rest = after;
    }
    Ok(Cow::Owned(resolved))
}

fn character(entity: &str) -> Option<char> {
    let digits = entity.strip_prefix('#')?;
    let code = match digits.strip_prefix('x') {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => digits.parse().ok()?,
    };
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use super::{Piece, Pieces, Unusual, attribute, unescape};

    #[test]
    fn tags_attributes_and_text_come_as_written() {
        let mut pieces = Pieces::new(b"<?xml version=\"1.0\"?><c r=\"A1\" f='a>b' ><v>5</v><x/></c>");
        let Ok(Some(Piece::Open { name, attributes, closed })) = pieces.next() else { panic!("no tag") };
        assert_eq!((name, closed, attribute(attributes, b"f")), (&b"c"[..], false, Some(&b"a>b"[..])));
        assert_eq!(attribute(attributes, b"s"), None);
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
}
