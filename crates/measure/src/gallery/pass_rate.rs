//! Share of marks 3 and above («успеваемость»).

use super::super::share;
use srez_model::measures::{Interval, MeasureDefinition, MeasuredOf, ToldIn};

pub(crate) const DEFINITION: MeasureDefinition = MeasureDefinition {
    id: "pass-rate",
    told: ToldIn::Text,
    of: MeasuredOf::Marks,
    title: "Успеваемость",
    columns: &["marks.pass_pct", "marks.pass_low", "marks.pass_high"],
    unit: "%",
    plain: "доля отметок «3», «4» и «5» среди всех отметок",
    formula: "(n3 + n4 + n5) / (n2 + n3 + n4 + n5) · 100; интервал Уилсона 95 %",
    degenerate: "нет ни одной отметки — не вычисляется",
    source: "практика; интервал: Wilson 1927",
};

/// Share of marks 3, 4 and 5 with its interval; none if there is no mark.
pub(crate) fn from_marks(by_mark: [u64; 4]) -> Option<Interval> {
    let n: u64 = by_mark.iter().sum();
    share::from_counts(n - by_mark[0], n)
}
