//! The typefaces of the charts: embedded, and measured before anything is placed.

use ab_glyph::{Font, FontRef, ScaleFont};
use resvg::usvg::fontdb;
use std::sync::{Arc, LazyLock};

const REGULAR: &[u8] = include_bytes!("../../../../assets/fonts/PTS55F.ttf");
const BOLD: &[u8] = include_bytes!("../../../../assets/fonts/PTS75F.ttf");
/// PT Sans Narrow, regular: labels of tasks.
const NARROW: &[u8] = include_bytes!("../../../../assets/fonts/PTN57F.ttf");

/// A face of the typeface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    Regular,
    Bold,
    Narrow,
}

static FACES: LazyLock<[Option<FontRef<'static>>; 3]> =
    LazyLock::new(|| [REGULAR, BOLD, NARROW].map(|bytes| FontRef::try_from_slice(bytes).ok()));

static DATABASE: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut database = fontdb::Database::new();
    for bytes in [REGULAR, BOLD, NARROW] {
        database.load_font_data(without_old_kerning(bytes));
    }
    database.set_sans_serif_family("PT Sans");
    Arc::new(database)
});

/// The typeface without its old kerning table, which duplicates a newer one (GPOS) and is larger: the shaper would walk
/// through all its pairs for every text, which takes half the time of a picture.
fn without_old_kerning(bytes: &[u8]) -> Vec<u8> {
    const RECORD: usize = 16;
    let mut bytes = bytes.to_vec();
    let tables = usize::from(bytes.get(5).copied().unwrap_or_default());
    for record in bytes.chunks_exact_mut(4).skip(3).step_by(RECORD / 4).take(tables) {
        // A tag that sorts into the same position and that nobody looks up.
        if record == b"kern" {
            record.copy_from_slice(b"kero");
        }
    }
    bytes
}

/// The embedded typefaces for the rasteriser; system fonts are never used.
pub(crate) fn database() -> Arc<fontdb::Database> {
    Arc::clone(&DATABASE)
}

/// Width of a text in points at a size in points.
pub(crate) fn width(text: &str, cut: Cut, size: f64) -> f64 {
    let Some(face) = FACES.get(cut as usize).and_then(Option::as_ref) else { return 0.0 };
    // A scale in pixels spans ascent to descent; advances are asked for in units of the em.
    let units = face.units_per_em().unwrap_or(1000.0);
    let scaled = face.as_scaled(face.height_unscaled());
    let advance: f32 = text.chars().map(|letter| scaled.h_advance(scaled.glyph_id(letter))).sum();
    f64::from(advance / units) * size
}

/// The text, cut with «…» if it is wider than the room.
pub(crate) fn fitted(text: &str, cut: Cut, size: f64, room: f64) -> String {
    if width(text, cut, size) <= room {
        return text.to_owned();
    }
    let letters = text.chars().count();
    (1..letters)
        .rev()
        .map(|limit| srez_wording::text::shortened(text, limit))
        .find(|cut_text| width(cut_text, cut, size) <= room)
        .unwrap_or_default()
}

/// True if the typeface has every letter of the text.
#[cfg(test)]
pub(crate) fn covers(text: &str) -> bool {
    FACES.iter().flatten().all(|face| text.chars().all(|letter| face.glyph_id(letter).0 != 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_the_widths_of_the_typeface() {
        let regular = width("выполнение", Cut::Regular, 10.0);
        assert!((45.0..62.0).contains(&regular), "{regular}");
        assert!(width("выполнение", Cut::Narrow, 10.0) < 0.9 * regular);
        assert!(regular < width("выполнение", Cut::Bold, 10.0));
    }

    #[test]
    fn every_sign_that_charts_print_has_a_glyph() {
        assert!(covers("0123456789 абвгдеёжзийклмнопрстуфхцчшщъыьэюя АБВ «»„“№%−–—±,.;:()…+\u{a0}n=·"));
    }

    #[test]
    fn long_labels_are_cut() {
        let long = "Применять геометрические факты для решения задач";
        let cut = fitted(long, Cut::Narrow, 8.0, 100.0);
        assert!(cut.ends_with('…') && width(&cut, Cut::Narrow, 8.0) <= 100.0, "{cut}");
        assert_eq!(fitted("5", Cut::Regular, 8.0, 100.0), "5");
    }
}
