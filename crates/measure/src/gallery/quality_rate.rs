//! Share of marks 4 and 5 («качество»).

use super::super::share;
use srez_model::measures::{Interval, MeasureDefinition, MeasuredOf, ToldIn};

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "quality-rate",
    told: ToldIn::Text,
    of: MeasuredOf::Marks,
    title: "Качество",
    columns: &["marks.quality_pct", "marks.quality_low", "marks.quality_high"],
    unit: "%",
    plain: "доля отметок «4» и «5» среди всех отметок",
    formula: "(n4 + n5) / (n2 + n3 + n4 + n5) · 100; интервал Уилсона 95 %",
    degenerate: "нет ни одной отметки — не вычисляется",
    source: "практика; интервал: Wilson 1927",
};

/// Share of marks 4 and 5 with its interval; none if there is no mark.
pub(crate) fn from_marks(by_mark: [u64; 4]) -> Option<Interval> {
    let n: u64 = by_mark.iter().sum();
    share::from_counts(by_mark[2] + by_mark[3], n)
}
