//! What a measure is, in words for the methods chapter and `explain`.

/// Definition of a measure, so that methods chapter and `explain` are generated from it.
#[derive(Clone, Copy, Debug)]
pub struct MeasureDefinition {
    /// Kebab-case of the file name.
    pub id: &'static str,
    /// Name for the reader.
    pub title: &'static str,
    /// Columns that carry it: `marks.quality_pct`.
    pub columns: &'static [&'static str],
    /// Unit for the reader.
    pub unit: &'static str,
    /// What it is, in words that need no formula.
    pub plain: &'static str,
    /// Formula for the reader.
    pub formula: &'static str,
    /// What happens where it cannot be computed.
    pub degenerate: &'static str,
    /// Source for the reader.
    pub source: &'static str,
}
