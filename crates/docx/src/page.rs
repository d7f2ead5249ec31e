//! The two ways a page can lie.

use super::xml::{Xml, twips};

/// A page; lengths in millimetres.
pub(super) struct Page {
    name: &'static str,
    width: f64,
    height: f64,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// A4 upright.
pub(super) const PORTRAIT: Page =
    Page { name: "Portrait", width: 210.0, height: 297.0, left: 25.0, right: 15.0, top: 25.0, bottom: 21.0 };
/// A4 turned, for tables that need it.
pub(super) const LANDSCAPE: Page =
    Page { name: "Landscape", width: 297.0, height: 210.0, left: 20.0, right: 15.0, top: 25.0, bottom: 18.0 };

impl Page {
    /// The page for a wide table or for all else.
    pub(super) fn turned(wide: bool) -> &'static Self {
        if wide { &LANDSCAPE } else { &PORTRAIT }
    }

    /// Width of the text in millimetres.
    pub(super) fn text_millimetres(&self) -> f64 {
        self.width - self.left - self.right
    }

    /// Width of the text in twentieths of a point.
    pub(super) fn text_width(&self) -> i64 {
        twips(self.text_millimetres())
    }

    /// Properties of a section of such pages; the section with the cover has no head on its first page.
    pub(super) fn section(&self, xml: &mut Xml, with_cover: bool) {
        xml.element("w:sectPr", &[], |xml| {
            let (head, foot) = (format!("rIdHeader{}", self.name), format!("rIdFooter{}", self.name));
            xml.empty("w:headerReference", &[("w:type", "default"), ("r:id", &head)]);
            if with_cover {
                xml.empty("w:headerReference", &[("w:type", "first"), ("r:id", "rIdHeaderCover")]);
            }
            xml.empty("w:footerReference", &[("w:type", "default"), ("r:id", &foot)]);
            if with_cover {
                xml.empty("w:footerReference", &[("w:type", "first"), ("r:id", &foot)]);
            }
            xml.value("w:type", "nextPage");
            let (width, height) = (twips(self.width).to_string(), twips(self.height).to_string());
            if self.height < self.width {
                xml.empty("w:pgSz", &[("w:w", &width), ("w:h", &height), ("w:orient", "landscape")]);
            } else {
                xml.empty("w:pgSz", &[("w:w", &width), ("w:h", &height)]);
            }
            let [left, right, top, bottom] =
                [self.left, self.right, self.top, self.bottom].map(|margin| twips(margin).to_string());
            let margins = [
                ("w:top", top.as_str()),
                ("w:right", &right),
                ("w:bottom", &bottom),
                ("w:left", &left),
                ("w:header", "737"),
                ("w:footer", "567"),
                ("w:gutter", "0"),
            ];
            xml.empty("w:pgMar", &margins);
            if with_cover {
                xml.empty("w:titlePg", &[]);
            }
        });
    }
}
