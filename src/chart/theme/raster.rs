//! A drawing as PNG.

use super::typeface::database;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// Pixels to a pixel of the screen: twice, so that thin letters stay whole on paper.
const SCALE: f32 = 2.0;

/// The drawing as an opaque PNG on white; empty where it cannot be drawn.
pub(in crate::chart) fn png(svg: &str) -> Vec<u8> {
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
    // On white every pixel is opaque, so three channels tell all.
    let rgb: Vec<u8> = pixmap.data().chunks_exact(4).flat_map(|pixel| pixel.iter().take(3).copied()).collect();
    let mut bytes = Vec::with_capacity(rgb.len() / 16);
    let mut encoder = png::Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: PIXELS_PER_METRE,
        yppu: PIXELS_PER_METRE,
        unit: png::Unit::Meter,
    }));
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&rgb).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

/// 192 dots per inch.
const PIXELS_PER_METRE: u32 = 7559;
