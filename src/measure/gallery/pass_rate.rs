//! Share of marks 3 and above («успеваемость»).

use crate::model::measures::{Interval, MeasureDefinition};
use crate::model::unit::Percent;
use crate::statistics::wilson;

/// Definition.
pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "pass-rate",
    title: "Успеваемость",
    columns: &["marks.pass_pct", "marks.pass_low", "marks.pass_high"],
    unit: "%",
    formula: "(n3 + n4 + n5) / (n2 + n3 + n4 + n5) · 100; интервал Уилсона 95 %",
    degenerate: "нет ни одной отметки — не вычисляется",
    source: "практика; интервал: Wilson 1927",
};

/// Share of marks 3, 4 and 5 with its interval; none where there is no mark.
pub(crate) fn of(by_mark: [u64; 4]) -> Option<Interval> {
    let n: u64 = by_mark.iter().sum();
    let passed = n - by_mark[0];
    let (low, high) = wilson::of_counts(passed, n)?;
    Some(Interval { value: Percent::of(passed, n)?, low: Percent(100.0 * low), high: Percent(100.0 * high) })
}
