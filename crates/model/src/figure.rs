//! A drawn chart.

/// A chart as SVG and PNG from one drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Kebab-case id of the chart: `marks-stacked`.
    pub chart: String,
    /// File name without extension, unique in its document: `vpr-2026-math-8-marks-stacked`.
    pub name: String,
    /// What is shown, of whom, unit, how to read the marks; without number and full stop.
    pub caption: String,
    /// The conclusion, for those who cannot see the picture.
    pub alt: String,
    /// Width in millimetres.
    pub width_mm: f64,
    /// Height in millimetres.
    pub height_mm: f64,
    /// The drawing.
    pub svg: String,
    /// The same, rasterised; empty where not asked for.
    pub png: Vec<u8>,
}
