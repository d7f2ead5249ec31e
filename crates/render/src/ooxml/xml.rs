//! XML as a tree of calls: what is opened is closed, and every text is escaped and cleaned.

use crate::office::printable;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// Attributes: name and value.
pub type Attributes<'a> = &'a [(&'a str, &'a str)];

/// One part of a container in the making.
pub struct Xml {
    writer: Writer<Vec<u8>>,
    /// Name of the attribute of [`Self::value`].
    value: &'static str,
}

impl Xml {
    /// A part of a text document, where single values are `w:val`.
    pub fn of_words() -> Self {
        Self::new("w:val")
    }

    /// A part of slides, drawings, charts or the container, where single values are `val`.
    pub fn of_drawings() -> Self {
        Self::new("val")
    }

    fn new(value: &'static str) -> Self {
        let mut xml = Self { writer: Writer::new(Vec::new()), value };
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))));
        xml
    }

    /// An element with what `content` writes into it.
    pub fn element(&mut self, name: &str, attributes: Attributes<'_>, content: impl FnOnce(&mut Self)) {
        self.open(name, attributes);
        content(self);
        self.close(name);
    }

    /// Opens an element that [`Self::close`] ends; for the few whose content is written by many hands.
    pub fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        self.write(Event::Start(start(name, attributes)));
    }

    /// Closes an element.
    pub fn close(&mut self, name: &str) {
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// An element without content.
    pub fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.write(Event::Empty(start(name, attributes)));
    }

    /// An element without content whose one attribute is its value.
    pub fn value(&mut self, name: &str, value: &str) {
        let attribute = self.value;
        self.empty(name, &[(attribute, value)]);
    }

    pub fn text(&mut self, text: &str) {
        self.write(Event::Text(BytesText::new(&printable(text))));
    }

    /// The bytes of the part.
    pub fn finish(self) -> Vec<u8> {
        self.writer.into_inner()
    }

    fn write(&mut self, event: Event<'_>) {
        let written = self.writer.write_event(event);
        assert!(written.is_ok(), "memory takes every piece of XML");
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'_>) -> BytesStart<'a> {
    let mut element = BytesStart::new(name);
    for (attribute, value) in attributes {
        element.push_attribute((*attribute, printable(value).as_str()));
    }
    element
}

/// A colour as the formats write it.
pub fn hex(colour: u32) -> String {
    format!("{colour:06X}")
}

/// Millimetres as English metric units.
pub fn emu(millimetres: f64) -> i64 {
    whole(millimetres * 36_000.0)
}

/// A length rounded to the unit of a format.
#[expect(clippy::cast_possible_truncation, reason = "lengths on a page stay far below 2^53")]
pub fn whole(length: f64) -> i64 {
    length.round() as i64
}
