//! How charts look: colours, sizes and the sheet that charts are drawn on.

pub(super) mod canvas;
pub(super) mod raster;
pub(super) mod typeface;

use plotters::style::RGBColor;
use srez_model::finding::Verdict;

/// Width of every chart: the full text block.
pub(super) const WIDTH_MM: f64 = 170.0;
/// Points in a millimetre.
pub(super) const POINTS_PER_MM: f64 = 72.0 / 25.4;
/// Below this number of participants nothing is judged: hollow shapes, hidden lines.
pub(super) const FEW: u64 = 10;
/// Below this number of participants there is no interval.
pub(super) const NO_INTERVAL_BELOW: u64 = 5;

pub(super) const INK: RGBColor = RGBColor(0x1B, 0x27, 0x33);
pub(super) const INK_2: RGBColor = RGBColor(0x4A, 0x57, 0x63);
pub(super) const INK_3: RGBColor = RGBColor(0x6B, 0x77, 0x82);
pub(super) const RULE: RGBColor = RGBColor(0xC3, 0xCB, 0xD2);
pub(super) const HAIR: RGBColor = RGBColor(0xE3, 0xE8, 0xEC);
pub(super) const FAINT: RGBColor = RGBColor(0xEE, 0xF1, 0xF3);
pub(super) const WASH: RGBColor = RGBColor(0xF4, 0xF6, 0xF8);
pub(super) const PAPER: RGBColor = RGBColor(0xFF, 0xFF, 0xFF);
pub(super) const NEUTRAL: RGBColor = RGBColor(0xDC, 0xE2, 0xE7);
pub(super) const OWN: RGBColor = RGBColor(0x1F, 0x4E, 0x79);
pub(super) const REFERENCE: RGBColor = RGBColor(0x7C, 0x87, 0x91);
pub(super) const ZONE: RGBColor = RGBColor(0xD9, 0xA4, 0x41);
pub(super) const ZONE_TEXT: RGBColor = RGBColor(0x7A, 0x5A, 0x12);
pub(super) const ZONE_BAND: RGBColor = RGBColor(0xF8, 0xEF, 0xD9);
pub(super) const LOW: RGBColor = RGBColor(0x9A, 0x3A, 0x22);

/// Difference from the others, from far below to far above.
pub(super) const HEAT: [RGBColor; 5] = [
    RGBColor(0xD9, 0x8B, 0x6B),
    RGBColor(0xF5, 0xDD, 0xD2),
    PAPER,
    RGBColor(0xE3, 0xEF, 0xF6),
    RGBColor(0xA9, 0xCB, 0xE0),
];

/// Fills of the marks 2, 3, 4, 5, or of the four bands of the test score.
pub(super) const MARKS: [RGBColor; 4] =
    [RGBColor(0xB4, 0x47, 0x2B), RGBColor(0xEB, 0xC9, 0x8F), RGBColor(0x86, 0xB3, 0xD1), OWN];
/// Text on these fills.
pub(super) const ON_MARKS: [RGBColor; 4] = [PAPER, INK, INK, PAPER];
/// The marks as lines.
pub(super) const MARK_LINES: [RGBColor; 4] =
    [RGBColor(0xB4, 0x47, 0x2B), RGBColor(0xC9, 0x97, 0x3F), RGBColor(0x5E, 0x97, 0xBD), OWN];
/// The marks as words and outlines.
pub(super) const MARK_TEXTS: [RGBColor; 4] =
    [RGBColor(0xB4, 0x47, 0x2B), RGBColor(0x7A, 0x5A, 0x12), RGBColor(0x2F, 0x63, 0x88), OWN];

/// Fill of a verdict's shape.
pub(super) fn verdict_colour(verdict: Verdict) -> RGBColor {
    match verdict {
        Verdict::Sufficient => RGBColor(0x1C, 0x5F, 0x80),
        Verdict::Zone => ZONE,
        Verdict::Insufficient => LOW,
        Verdict::Unknown => REFERENCE,
    }
}

/// Centres of labels that keep their order and do not overlap, as near to the wanted places as possible.
///
/// If they do not fit between the bounds they start at the lower one and overflow.
pub(super) fn spread(wanted: &[f64], sizes: &[f64], low: f64, high: f64) -> Vec<f64> {
    let mut middles = Vec::with_capacity(wanted.len());
    let mut edge = low;
    for (place, size) in wanted.iter().zip(sizes) {
        let middle = place.max(edge + size / 2.0);
        edge = middle + size / 2.0;
        middles.push(middle);
    }
    let mut edge = high;
    for (middle, size) in middles.iter_mut().zip(sizes).rev() {
        *middle = middle.min(edge - size / 2.0);
        edge = *middle - size / 2.0;
    }
    let overrun = low - edge;
    if overrun > 0.0 {
        for middle in &mut middles {
            *middle += overrun;
        }
    }
    middles
}

/// Top and step of an axis from 0 that reaches a value in at most five steps.
pub(super) fn axis(greatest: f64) -> (f64, f64) {
    const STEPS: [f64; 8] = [1.0, 2.0, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0];
    let greatest = if greatest.is_finite() { greatest.max(0.1) } else { 1.0 };
    let step = STEPS.into_iter().find(|step| greatest / step <= 5.0).unwrap_or(greatest);
    ((greatest / step).ceil() * step, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stand_apart() {
        assert_eq!(spread(&[10.0, 50.0], &[10.0, 10.0], 0.0, 100.0), [10.0, 50.0]);
        assert_eq!(spread(&[98.0, 99.0], &[10.0, 10.0], 0.0, 100.0), [85.0, 95.0]);
        assert_eq!(spread(&[0.0, 0.0, 1.0], &[10.0; 3], 0.0, 100.0), [5.0, 15.0, 25.0]);
    }

    #[test]
    fn an_axis_never_has_no_length() {
        assert_eq!(axis(0.0), (1.0, 1.0));
        assert_eq!(axis(7.4), (8.0, 2.0));
        assert_eq!(axis(100.0), (100.0, 20.0));
        assert_eq!(axis(f64::NAN), (1.0, 1.0));
    }
}
