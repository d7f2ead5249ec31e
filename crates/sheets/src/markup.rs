//! Tags and text of HTML tables and of XML tables of Excel 2003, as accounting programs and electronic journals save
//! them under `.xls`: one pass over the text, no entities of the file's own, nothing nested.

/// One piece of markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// `<name attributes>`; self-closing where `closed`.
    Open {
        /// Name as written.
        name: &'a str,
        /// Attributes as written.
        attributes: &'a str,
        /// True where the element ends here.
        closed: bool,
    },
    /// `</name>`.
    Close(&'a str),
    /// Text between tags, entities not resolved.
    Text(&'a str),
}

/// Pieces of a text, in order; comments, declarations, scripts and styles are passed over.
#[derive(Debug)]
pub(super) struct Pieces<'a> {
    rest: &'a str,
    /// True for a page, where scripts and styles are no text of ours; in XML an element may bear the same name.
    page: bool,
}

impl<'a> Pieces<'a> {
    /// Pieces of a page.
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text, page: true }
    }

    /// Pieces of an XML text, where no element is passed over.
    pub(super) fn of_xml(text: &'a str) -> Self {
        Self { rest: text, page: false }
    }

    fn skip_past(&mut self, end: &str) {
        self.rest = self.rest.split_once(end).map_or("", |(_, rest)| rest);
    }

    /// Passes over the content of an element whose text is not for the reader.
    fn skip_element(&mut self, name: &str) {
        let mut start = 0;
        while let Some(found) = self.rest.get(start..).and_then(|rest| rest.find("</")) {
            let after = self.rest.get(start + found + 2..).unwrap_or_default();
            if after.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name)) {
                self.rest = after;
                self.skip_past(">");
                return;
            }
            start += found + 2;
        }
        self.rest = "";
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(after) = self.rest.strip_prefix('<') else {
                let (text, rest) = self.rest.split_at(self.rest.find('<').unwrap_or(self.rest.len()));
                self.rest = rest;
                return Some(Piece::Text(text));
            };
            if let Some(after) = after.strip_prefix("!--") {
                self.rest = after;
                self.skip_past("-->");
            } else if let Some(after) = after.strip_prefix("![CDATA[") {
                let (text, rest) = after.split_once("]]>").unwrap_or((after, ""));
                self.rest = rest;
                return Some(Piece::Text(text));
            } else if after.starts_with(['!', '?']) {
                self.skip_past(">");
            } else if let Some(after) = after.strip_prefix('/') {
                let (name, rest) = after.split_once('>').unwrap_or((after, ""));
                self.rest = rest;
                return Some(Piece::Close(name.trim()));
            } else if after.starts_with(|first: char| first.is_ascii_alphabetic()) {
                let (tag, rest) = after.split_at(end_of_tag(after));
                self.rest = rest.strip_prefix('>').unwrap_or(rest);
                let (tag, closed) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
                let (name, attributes) = tag.split_once(|sign: char| sign.is_whitespace()).unwrap_or((tag, ""));
                if self.page && !closed && ["script", "style"].iter().any(|skipped| name.eq_ignore_ascii_case(skipped))
                {
                    self.skip_element(name);
                    continue;
                }
                return Some(Piece::Open { name, attributes, closed });
            } else {
                self.rest = after;
                return Some(Piece::Text("<"));
            }
        }
    }
}

/// Place of the `>` that ends a tag, outside quotes.
fn end_of_tag(tag: &str) -> usize {
    let mut quote = None;
    for (place, sign) in tag.char_indices() {
        match (sign, quote) {
            ('>', None) => return place,
            ('"' | '\'', None) => quote = Some(sign),
            (sign, Some(open)) if sign == open => quote = None,
            _ => {}
        }
    }
    tag.len()
}

/// Value of an attribute, whatever its prefix and case; none where it is absent.
pub(super) fn attribute<'a>(attributes: &'a str, wanted: &str) -> Option<&'a str> {
    let mut rest = attributes;
    while let Some((name, after)) = rest.split_once('=') {
        let name = name.rsplit(|sign: char| sign.is_whitespace()).find(|word| !word.is_empty()).unwrap_or("");
        let after = after.trim_start();
        let (value, left) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => after.get(1..).unwrap_or_default().split_once(quote).unwrap_or((after, "")),
            _ => after.split_once(|sign: char| sign.is_whitespace()).unwrap_or((after, "")),
        };
        if name.rsplit(':').next().is_some_and(|name| name.eq_ignore_ascii_case(wanted)) {
            return Some(value);
        }
        rest = left;
    }
    None
}

/// A whole number in an attribute.
pub(super) fn number(attributes: &str, wanted: &str) -> Option<u32> {
    attribute(attributes, wanted)?.trim().parse().ok()
}

/// Adds a text with its entities resolved; unknown ones stay as they are.
pub(super) fn resolve(text: &str, into: &mut String) {
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        let (before, entity) = rest.split_at(start);
        into.push_str(before);
        let end = entity.char_indices().take(10).find(|(_, sign)| *sign == ';').map(|(end, _)| end);
        match end.and_then(|end| Some((end, sign_of(entity.get(1..end)?)?))) {
            Some((end, sign)) => {
                into.push(sign);
                rest = entity.get(end + 1..).unwrap_or_default();
            }
            None => {
                into.push('&');
                rest = entity.get(1..).unwrap_or_default();
            }
        }
    }
    into.push_str(rest);
}

fn sign_of(entity: &str) -> Option<char> {
    let named = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", '\u{a0}'),
        ("laquo", '«'),
        ("raquo", '»'),
        ("ndash", '–'),
        ("mdash", '—'),
        ("minus", '−'),
        ("hellip", '…'),
        ("shy", '\u{ad}'),
    ];
    if let Some((_, sign)) = named.iter().find(|(name, _)| *name == entity) {
        return Some(*sign);
    }
    let number = entity.strip_prefix('#')?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|sign| *sign != '\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_in_order_and_scripts_do_not() {
        let text =
            "<!DOCTYPE html><!-- <td> --><td class='a>b' COLSPAN=2>1 < 2<br/></TD><script>if (a</b) '<td>'</script>3";
        let pieces: Vec<Piece<'_>> = Pieces::new(text).collect();
        let texts: Vec<&str> =
            pieces.iter().filter_map(|piece| if let Piece::Text(text) = piece { Some(*text) } else { None }).collect();
        assert_eq!(texts, ["1 ", "<", " 2", "3"]);
        let Piece::Open { name, attributes, closed } = pieces[0] else { panic!("{:?}", pieces[0]) };
        assert_eq!(
            (name, closed, attribute(attributes, "class"), number(attributes, "colspan")),
            ("td", false, Some("a>b"), Some(2))
        );
        assert_eq!(attribute("ss:Index=\"3\" ss:Type=\"Number\"", "type"), Some("Number"));
    }

    #[test]
    fn entities_are_resolved_and_broken_ones_stay() {
        let mut text = String::new();
        resolve("&laquo;А&#1041;&#x412;&raquo; & &bogus; &nbsp;&", &mut text);
        assert_eq!(text, "«АБВ» & &bogus; \u{a0}&");
    }
}
