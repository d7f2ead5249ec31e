//! Embedded fonts: PT Serif, PT Sans and PT Sans Narrow, regular and bold. Nothing is taken from the system.

use std::sync::LazyLock;
use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontBook, FontInstance, FontVariations};
use typst::utils::LazyHash;

/// Millimetres in a point.
pub(super) const POINT: f64 = 25.4 / 72.0;

/// Characters before this one (Latin, Greek, Cyrillic) are looked up once: long tables ask for millions of them.
const OFTEN: u32 = 0x530;

/// A face that tables are measured with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    /// PT Sans.
    Sans,
    /// PT Sans bold.
    SansBold,
    /// PT Sans Narrow.
    Narrow,
    /// PT Sans Narrow bold.
    NarrowBold,
}

/// All faces and the book by which the compiler chooses among them.
pub(super) struct Fonts {
    /// In the order of the book.
    pub(super) faces: Vec<Font>,
    /// The same faces, ready to be measured.
    measured: Vec<FontInstance>,
    /// Advances of the characters below [`OFTEN`], face by face, in ems; 0 without a glyph.
    advances: Vec<Vec<f64>>,
    /// Which of the characters below [`OFTEN`] every face has.
    drawn: Vec<bool>,
    /// What the faces are called.
    pub(super) book: LazyHash<FontBook>,
}

/// Parsed once, at the first document.
pub(super) static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let files: [&'static [u8]; 6] = [
        include_bytes!("../../../assets/fonts/PTS55F.ttf"),
        include_bytes!("../../../assets/fonts/PTS75F.ttf"),
        include_bytes!("../../../assets/fonts/PTN57F.ttf"),
        include_bytes!("../../../assets/fonts/PTN77F.ttf"),
        include_bytes!("../../../assets/fonts/PTF55F.ttf"),
        include_bytes!("../../../assets/fonts/PTF75F.ttf"),
    ];
    let faces: Vec<Font> = files.into_iter().filter_map(|file| Font::new(Bytes::new(file), 0)).collect();
    assert_eq!(faces.len(), files.len(), "the embedded fonts are whole: they are part of the program");
    let measured = faces
        .iter()
        .map(|face| face.clone().instantiate(face.info().variant, Abs::pt(10.0), &FontVariations::default()))
        .collect();
    let mut fonts = Fonts {
        book: LazyHash::new(FontBook::from_fonts(&faces)),
        measured,
        advances: Vec::new(),
        drawn: Vec::new(),
        faces,
    };
    let often = || (0..OFTEN).map(|code| char::from_u32(code).unwrap_or_default());
    fonts.advances = fonts.measured.iter().map(|face| often().map(|it| advance(face, it)).collect()).collect();
    fonts.drawn = often().map(|it| fonts.has_glyphs(it)).collect();
    fonts
});

impl Fonts {
    /// True where every face has a glyph for the character.
    pub(super) fn draw(&self, character: char) -> bool {
        self.drawn.get(character as usize).copied().unwrap_or_else(|| self.has_glyphs(character))
    }

    fn has_glyphs(&self, character: char) -> bool {
        self.measured.iter().all(|face| face.ttf().glyph_index(character).is_some())
    }

    /// Width in millimetres of a line of text, without kerning.
    pub(super) fn width(&self, text: &str, face: Face, size_points: f64) -> f64 {
        let index = match face {
            Face::Sans => 0,
            Face::SansBold => 1,
            Face::Narrow => 2,
            Face::NarrowBold => 3,
        };
        let Some((font, advances)) = self.measured.get(index).zip(self.advances.get(index)) else { return 0.0 };
        let ems: f64 =
            text.chars().map(|it| advances.get(it as usize).copied().unwrap_or_else(|| advance(font, it))).sum();
        ems * size_points * POINT
    }
}

/// Advance of a character in ems; 0 without a glyph.
fn advance(face: &FontInstance, character: char) -> f64 {
    let glyph = face.ttf().glyph_index(character);
    glyph.and_then(|glyph| face.x_advance(glyph.0)).map_or(0.0, typst::layout::Em::get)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_all_faces_have_one_width() {
        for face in [Face::Sans, Face::SansBold, Face::Narrow, Face::NarrowBold] {
            assert!((FONTS.width("1111", face, 8.5) - FONTS.width("0458", face, 8.5)).abs() < 1e-9);
        }
        assert!(FONTS.width("Геометрия", Face::Narrow, 8.5) < FONTS.width("Геометрия", Face::Sans, 8.5));
    }
}
