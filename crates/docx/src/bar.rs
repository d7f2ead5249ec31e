//! A bar in a cell: a line of no-break spaces on coloured ground, so that it needs no drawing and can be copied.

use super::text::{Look, run_with};
use super::xml::Xml;
use srez_model::report::Bar;
use srez_render::office::{HAIR, INK, REFERENCE, verdict_bar};

/// Size of the spaces in halves of a point, and their width in PT Sans in twentieths of a point.
const SIZE: u32 = 12;
const SPACE_WIDTH: i64 = 33;
/// Margins of the cell on both sides, with a reserve for other fonts.
const MARGINS: i64 = 200;

/// Writes a bar from 0 to 100 with its ticks.
pub(super) fn write(xml: &mut Xml, bar: &Bar, width: i64) {
    let (signs, _) = signs(width);
    let mut colours = vec![HAIR; signs];
    for colour in colours.iter_mut().take(place(bar.value, signs)) {
        *colour = verdict_bar(bar.verdict);
    }
    for (tick, colour) in [(bar.reference, REFERENCE), (bar.threshold, INK)] {
        if let Some(cell) = tick.and_then(|tick| colours.get_mut(place(tick, signs).min(signs - 1))) {
            *cell = colour;
        }
    }
    ground(xml, &colours);
}

/// Writes four shares as one bar in four colours; what they leave of the whole stays pale.
pub(super) fn stack(xml: &mut Xml, shares: [f64; 4], palette: [u32; 4], width: i64) {
    let (signs, _) = signs(width);
    let mut colours = vec![HAIR; signs];
    let mut sum = 0.0;
    for (share, colour) in shares.into_iter().zip(palette) {
        let start = place(sum, signs);
        sum += share;
        for sign in colours.iter_mut().take(place(sum, signs)).skip(start) {
            *sign = colour;
        }
    }
    ground(xml, &colours);
}

fn ground(xml: &mut Xml, colours: &[u32]) {
    for same in colours.chunk_by(|left, right| left == right) {
        let ground = same.first().copied();
        run_with(xml, &"\u{a0}".repeat(same.len()), Look { ground, size: Some(SIZE), ..Look::default() });
    }
}

/// Width of a bar in a cell of so many twentieths of a point.
pub(super) fn length(width: i64) -> i64 {
    signs(width).1 * SPACE_WIDTH
}

fn signs(width: i64) -> (usize, i64) {
    let signs = ((width - MARGINS) / SPACE_WIDTH).clamp(10, 48);
    (usize::try_from(signs).unwrap_or(10), signs)
}

/// How many of the signs a share fills.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0 to 100 percent of few signs")]
fn place(percent: f64, signs: usize) -> usize {
    let share = if percent.is_finite() { percent.clamp(0.0, 100.0) / 100.0 } else { 0.0 };
    (share * srez_model::unit::as_f64(signs as u64)).round() as usize
}
