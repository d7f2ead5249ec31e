//! XML as a tree of calls: what is opened is closed, and every text is escaped and cleaned.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use srez_render::office::printable;

/// Attributes: name and value.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// One part of the container in the making.
pub(super) struct Xml {
    writer: Writer<Vec<u8>>,
}

impl Xml {
    /// A part that starts with its declaration.
    pub(super) fn new() -> Self {
        let mut xml = Self { writer: Writer::new(Vec::new()) };
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))));
        xml
    }

    /// An element with what `content` writes into it.
    pub(super) fn element(&mut self, name: &str, attributes: Attributes<'_>, content: impl FnOnce(&mut Self)) {
        self.open(name, attributes);
        content(self);
        self.close(name);
    }

    /// Opens an element that [`Self::close`] ends; for the few whose content is written by many hands.
    pub(super) fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        self.write(Event::Start(start(name, attributes)));
    }

    /// Closes an element.
    pub(super) fn close(&mut self, name: &str) {
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.write(Event::Empty(start(name, attributes)));
    }

    /// An element without content whose one attribute is `w:val`.
    pub(super) fn value(&mut self, name: &str, value: &str) {
        self.empty(name, &[("w:val", value)]);
    }

    /// Text.
    pub(super) fn text(&mut self, text: &str) {
        self.write(Event::Text(BytesText::new(&printable(text))));
    }

    /// The bytes of the part.
    pub(super) fn finish(self) -> Vec<u8> {
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

/// A colour as Word writes it.
pub(super) fn hex(colour: u32) -> String {
    format!("{colour:06X}")
}

/// Millimetres as twentieths of a point.
pub(super) fn twips(millimetres: f64) -> i64 {
    whole(millimetres * 1440.0 / 25.4)
}

/// Millimetres as English metric units.
pub(super) fn emu(millimetres: f64) -> i64 {
    whole(millimetres * 36_000.0)
}

#[expect(clippy::cast_possible_truncation, reason = "lengths on a page stay far below 2^53")]
fn whole(length: f64) -> i64 {
    length.round() as i64
}
