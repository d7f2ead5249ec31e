//! A drawing as PNG.

use super::typeface::database;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use rustc_hash::FxHashMap;

/// Image pixels per screen pixel: two, so that thin letters survive printing.
const SCALE: f32 = 2.0;

/// The drawing as an opaque PNG on white; empty if it cannot be drawn.
pub(crate) fn png(svg: &str) -> Vec<u8> {
    draw(svg).and_then(|pixmap| encode(&pixmap)).unwrap_or_default()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a page is a few thousand pixels wide")]
fn draw(svg: &str) -> Option<Pixmap> {
    let options = Options { fontdb: database(), font_family: "PT Sans".to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).ok()?;
    let size = tree.size();
    let mut pixmap = Pixmap::new((size.width() * SCALE).ceil() as u32, (size.height() * SCALE).ceil() as u32)?;
    pixmap.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixmap.as_mut());
    Some(pixmap)
}

fn encode(pixmap: &Pixmap) -> Option<Vec<u8>> {
    let (palette, indices) = indexed(pixmap.data());
    let mut bytes = Vec::with_capacity(indices.len() / 8);
    let mut encoder = png::Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette);
    encoder.set_compression(png::Compression::Fast);
    encoder.set_filter(png::Filter::Up);
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: PIXELS_PER_METRE,
        yppu: PIXELS_PER_METRE,
        unit: png::Unit::Meter,
    }));
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&indices).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

/// Palette, and the palette index of every pixel: charts have few colours, so one byte per pixel is enough.
///
/// The 256 most frequent colours stay as they are; the rest, single pixels on the edges of letters, take the nearest.
fn indexed(pixels: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let runs = runs(pixels);
    let mut counts: FxHashMap<[u8; 4], usize> = FxHashMap::default();
    for (colour, length) in &runs {
        *counts.entry(*colour).or_default() += length;
    }
    let mut by_count: Vec<([u8; 4], usize)> = counts.into_iter().collect();
    by_count.sort_unstable_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
    let palette: Vec<[u8; 3]> =
        by_count.iter().take(256).map(|([red, green, blue, _], _)| [*red, *green, *blue]).collect();
    let places: FxHashMap<[u8; 4], u8> =
        by_count.iter().map(|(colour, _)| (*colour, nearest(&palette, *colour))).collect();
    let mut indices = Vec::with_capacity(pixels.len() / 4);
    for (colour, length) in runs {
        indices.resize(indices.len() + length, places.get(&colour).copied().unwrap_or_default());
    }
    (palette.into_flattened(), indices)
}

/// Runs of equal neighbouring pixels: most of a chart is plain.
fn runs(pixels: &[u8]) -> Vec<([u8; 4], usize)> {
    let mut runs = Vec::new();
    let (mut last, mut length) = ([0; 4], 0);
    for colour in pixels.as_chunks::<4>().0 {
        if *colour == last {
            length += 1;
            continue;
        }
        runs.push((last, length));
        (last, length) = (*colour, 1);
    }
    runs.push((last, length));
    runs.retain(|(_, length)| *length > 0);
    runs
}

fn nearest(palette: &[[u8; 3]], colour: [u8; 4]) -> u8 {
    let distance = |other: &[u8; 3]| -> u32 {
        other.iter().zip(colour).map(|(one, two)| u32::from(one.abs_diff(two)).pow(2)).sum()
    };
    let place = palette.iter().enumerate().min_by_key(|(_, other)| distance(other)).map_or(0, |(place, _)| place);
    u8::try_from(place).unwrap_or_default()
}

/// 192 dots per inch.
const PIXELS_PER_METRE: u32 = 7559;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_colours_take_the_nearest() {
        let mut pixels = Vec::new();
        for value in 0..=255_u8 {
            pixels.extend([value, 0, 0, 255].repeat(2));
        }
        pixels.extend([200, 3, 0, 255]);
        let (palette, indices) = indexed(&pixels);
        assert_eq!((palette.len(), indices.len()), (3 * 256, 513));
        let last = usize::from(*indices.last().unwrap());
        assert_eq!(palette[3 * last..3 * last + 3], [200, 0, 0]);
        assert_eq!(indices[0], indices[1]);
    }
}
