//! Lines of a document as it reads: paragraphs and rows of tables, from DOCX, XLSX and offline pages.

use crate::reports::{bytes, parts};
use calamine::{Data, Reader, Xlsx};
use quick_xml::events::Event;
use std::io::Cursor;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// A paragraph outside tables.
    Paragraph(String),
    /// Cells of a row of a table of numbers.
    Row(Vec<String>),
}

/// Lines of the body of a DOCX, without its contents; rows are those of numbered tables, other tables lay out text.
pub(crate) fn read_docx(path: &str) -> Vec<Line> {
    let (name, xml) = parts(path).into_iter().find(|(name, _)| name == "word/document.xml").unwrap();
    let mut reader = quick_xml::Reader::from_str(&xml);
    let (mut lines, mut text, mut cells) = (Vec::new(), String::new(), Vec::new());
    let (mut in_text, mut in_contents, mut in_numbers) = (false, false, false);
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{path} {name}: {error}")) {
            Event::Eof => return lines,
            Event::Start(tag) | Event::Empty(tag) if tag.name().0 == "w:tblStyle" => {
                in_numbers = tag.attributes().flatten().any(|one| one.value == "DataTable");
            }
            Event::Start(tag) if tag.name().0 == "w:sdt" => in_contents = true,
            Event::End(tag) if tag.name().0 == "w:sdt" => in_contents = false,
            Event::Start(tag) if tag.name().0 == "w:t" => in_text = !in_contents,
            Event::Text(piece) if in_text => text.push_str(&piece),
            Event::GeneralRef(sign) if in_text => text.push_str(match &*sign {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                "apos" => "'",
                other => panic!("{path}: entity {other}"),
            }),
            Event::End(tag) => match tag.name().0 {
                "w:t" => in_text = false,
                "w:p" if !in_numbers => lines.push(Line::Paragraph(std::mem::take(&mut text))),
                "w:p" => text.push('\n'),
                "w:tc" if in_numbers => cells.push(std::mem::take(&mut text).trim().to_owned()),
                "w:tr" if in_numbers => lines.push(Line::Row(std::mem::take(&mut cells))),
                "w:tbl" => in_numbers = false,
                _ => {}
            },
            _ => {}
        }
    }
}

/// Lines of a page, without navigation, style, script and drawings.
pub(crate) fn read_page(path: &str) -> Vec<Line> {
    let html = String::from_utf8(bytes(path)).unwrap();
    let mut html = html.split_once("<main").unwrap_or_else(|| panic!("{path} has no main part")).1.to_owned();
    for tag in ["script", "style", "svg", "nav", "button class=\"theme\"", "span class=\"printed\""] {
        while let Some(from) = html.find(&format!("<{tag}")) {
            let end = format!("</{}>", tag.split(' ').next().unwrap());
            let to = html[from..].find(&end).unwrap_or_else(|| panic!("{path}: <{tag}> is left open"));
            html.replace_range(from..from + to + end.len(), "");
        }
    }
    let (mut lines, mut text, mut cells, mut in_row) = (Vec::new(), String::new(), Vec::new(), false);
    for piece in html.split('<') {
        let (tag, after) = piece.split_once('>').unwrap_or(("", piece));
        match tag.split([' ', '\n']).next().unwrap_or_default() {
            "tr" => in_row = true,
            "/tr" => {
                lines.push(Line::Row(std::mem::take(&mut cells)));
                in_row = false;
            }
            "/td" | "/th" => cells.push(std::mem::take(&mut text).trim().to_owned()),
            "/p" | "/li" | "/h1" | "/h2" | "/h3" | "/dt" | "/dd" | "/figcaption" | "/summary" | "/div" | "/footer"
                if !in_row && !text.trim().is_empty() =>
            {
                lines.push(Line::Paragraph(std::mem::take(&mut text).trim().to_owned()));
            }
            _ => {}
        }
        text.push_str(&unescaped(after));
    }
    lines
}

pub(crate) fn unescaped(text: &str) -> String {
    let known = [("&nbsp;", "\u{a0}"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#34;", "\"")];
    let known = known.into_iter().chain([("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&"), ("&amp;", "&")]);
    known.fold(text.to_owned(), |text, (entity, sign)| text.replace(entity, sign))
}

/// Sheets of a workbook with their rows, empty cells left out.
pub(crate) fn read_workbook(path: &str) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut workbook = Xlsx::new(Cursor::new(bytes(path))).unwrap_or_else(|error| panic!("{path}: {error}"));
    let rows = |row: &[Data]| row.iter().filter(|cell| **cell != Data::Empty).cloned().collect::<Vec<_>>();
    let sheets = workbook.worksheets();
    sheets
        .into_iter()
        .map(|(name, range)| (name, range.rows().map(rows).filter(|row| !row.is_empty()).collect()))
        .collect()
}

/// Text without what a format may put between letters: spaces, joiners, hyphens at the ends of lines.
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .filter(|sign| !sign.is_whitespace() && !matches!(sign, '-' | '\u{ad}' | '\u{2010}' | '\u{2060}'))
        .collect()
}
