//! Share of marks 4 and 5 («качество»).

use crate::model::measures::{Interval, MeasureDefinition};
use crate::model::unit::Percent;
use crate::statistics::wilson;

/// Definition.
pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "quality-rate",
    title: "Качество",
    columns: &["marks.quality_pct", "marks.quality_low", "marks.quality_high"],
    unit: "%",
    formula: "(n4 + n5) / (n2 + n3 + n4 + n5) · 100; интервал Уилсона 95 %",
    degenerate: "нет ни одной отметки — не вычисляется",
    source: "практика; интервал: Wilson 1927",
};

/// Share of marks 4 and 5 with its interval; none where there is no mark.
pub(crate) fn of(by_mark: [u64; 4]) -> Option<Interval> {
    let n: u64 = by_mark.iter().sum();
    let good = by_mark[2] + by_mark[3];
    let (low, high) = wilson::of_counts(good, n)?;
    Some(Interval { value: Percent::of(good, n)?, low: Percent(100.0 * low), high: Percent(100.0 * high) })
}
