//! The body of the document in the making: where the text stands, how pages lie, what has been numbered.

use super::page::Page;
use super::text::{paragraph, paragraph_with};
use super::xml::Xml;
use srez_model::figure::Figure;
use std::sync::Arc;

/// The body in the making.
pub(super) struct Flow {
    /// XML of the document part.
    pub(super) xml: Xml,
    /// Tables so far.
    pub(super) tables: usize,
    /// Figures so far.
    pub(super) figures: usize,
    /// Lists of steps so far.
    pub(super) lists_of_steps: usize,
    /// Pictures in the order of their files.
    pub(super) pictures: Vec<Arc<Figure>>,
    /// True while pages lie turned.
    turned: bool,
    /// True until the section with the cover has ended.
    with_cover: bool,
    /// True while nothing stands on the page after a section break.
    fresh_page: bool,
}

impl Flow {
    /// An empty body.
    pub(super) fn new(xml: Xml) -> Self {
        Self {
            xml,
            tables: 0,
            figures: 0,
            lists_of_steps: 0,
            pictures: Vec::new(),
            turned: false,
            with_cover: true,
            fresh_page: false,
        }
    }

    /// A picture in a paragraph of its own, made narrower where the page has no room for it.
    pub(super) fn picture(&mut self, figure: &Arc<Figure>) {
        let (place, widest) = (self.pictures.len(), self.page().text_millimetres());
        self.pictures.push(Arc::clone(figure));
        paragraph(&mut self.xml, "Picture", |xml| super::figure::picture(xml, figure, place, widest));
    }

    /// Turns the first page, before anything stands on it.
    pub(super) fn begin_turned(&mut self) {
        self.turned = true;
    }

    /// The page on which the text stands.
    pub(super) fn page(&self) -> &'static Page {
        Page::turned(self.turned)
    }

    /// Turns the pages from here on where they lie otherwise.
    pub(super) fn turn(&mut self, turned: bool) {
        if self.turned == turned {
            return;
        }
        let (page, with_cover) = (self.page(), self.with_cover);
        paragraph_with(&mut self.xml, "Gap", |xml| page.section(xml, with_cover), |_| {});
        (self.turned, self.with_cover, self.fresh_page) = (turned, false, true);
    }

    /// True once, right after the pages were turned: a heading there needs no page break of its own.
    pub(super) fn take_fresh_page(&mut self) -> bool {
        std::mem::take(&mut self.fresh_page)
    }

    /// Ends the body with the properties of its last section.
    pub(super) fn end(&mut self) {
        let (page, with_cover) = (self.page(), self.with_cover);
        page.section(&mut self.xml, with_cover);
    }
}
