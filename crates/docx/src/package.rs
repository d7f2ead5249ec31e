//! Which parts a text document has, and what refers to what.

use srez_model::figure::Figure;
pub(super) use srez_render::ooxml::Part;
use srez_render::ooxml::package::{self, RELATIONSHIPS};
use srez_render::ooxml::{properties, theme};
use std::sync::Arc;

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
/// Path of the document itself.
pub(super) const DOCUMENT: &str = "word/document.xml";
/// Path of the theme, below the folder `word`.
const THEME: &str = "theme/theme1.xml";

/// Parts of the word folder that the document refers to: path, relationship id, kind of relationship and of content.
pub(super) const REFERRED: [(&str, &str, &str, &str); 9] = [
    ("styles.xml", "rIdStyles", "styles", "styles"),
    ("numbering.xml", "rIdNumbering", "numbering", "numbering"),
    ("settings.xml", "rIdSettings", "settings", "settings"),
    ("fontTable.xml", "rIdFonts", "fontTable", "fontTable"),
    ("headerPortrait.xml", "rIdHeaderPortrait", "header", "header"),
    ("headerLandscape.xml", "rIdHeaderLandscape", "header", "header"),
    ("headerCover.xml", "rIdHeaderCover", "header", "header"),
    ("footerPortrait.xml", "rIdFooterPortrait", "footer", "footer"),
    ("footerLandscape.xml", "rIdFooterLandscape", "footer", "footer"),
];

/// Relationship id of the picture with this place among the pictures.
pub(super) fn picture_id(place: usize) -> String {
    format!("rIdPicture{}", place + 1)
}

/// The theme as a part.
pub(super) fn theme() -> Part {
    theme::theme(format!("word/{THEME}"))
}

/// What the container holds.
pub(super) fn content_types() -> Part {
    let by_extension = [("rels", RELATIONSHIPS), ("xml", "application/xml"), ("png", "image/png")];
    let mut by_path = vec![(format!("/{DOCUMENT}"), format!("{WORD}.document.main+xml"))];
    by_path.extend(REFERRED.iter().map(|(path, _, _, kind)| (format!("/word/{path}"), format!("{WORD}.{kind}+xml"))));
    by_path.push((format!("/word/{THEME}"), theme::KIND.to_owned()));
    by_path.extend(properties::kinds());
    package::content_types(&by_extension, &by_path)
}

/// Where a reader of the container starts.
pub(super) fn root_relationships() -> Part {
    package::root_relationships(DOCUMENT)
}

/// What the document refers to.
pub(super) fn document_relationships(pictures: usize) -> Part {
    let mut targets: Vec<_> =
        REFERRED.iter().map(|(path, id, kind, _)| ((*id).to_owned(), *kind, (*path).to_owned())).collect();
    targets.push(("rIdTheme".to_owned(), "theme", THEME.to_owned()));
    for place in 0..pictures {
        targets.push((picture_id(place), "image", format!("media/figure{}.png", place + 1)));
    }
    package::relationships(DOCUMENT, &targets)
}

/// The pictures as parts.
pub(super) fn pictures(pictures: &[Arc<Figure>]) -> impl Iterator<Item = Part> {
    let part = |(number, figure): (usize, &Arc<Figure>)| {
        Part::new(format!("word/media/figure{number}.png"), figure.png.clone())
    };
    (1..).zip(pictures).map(part)
}
