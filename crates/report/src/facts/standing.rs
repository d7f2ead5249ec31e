//! Where the place of which the documents speak stands against the rest of the region, as the comparisons tell it.

use crate::context::Names;
use srez_model::check::CheckState;
use srez_model::compared::MeasureId;
use srez_model::measures::{ComparisonRow, Measures};

/// Kind of the reference of such a comparison.
const REGION: &str = "region";

/// The comparison of a measure; none where the region is not known at all.
pub(crate) fn of<'a>(context: &Names<'_>, measures: &'a Measures, measure: &MeasureId) -> Option<&'a ComparisonRow> {
    let rows = measures.comparisons_of(context.focus.level, &context.focus.name);
    rows.iter().find(|row| row.reference_kind == REGION && row.measure == *measure)
}

/// The comparison of a task; none where the region does not tell it. Whether a task stands out among the others of its
/// work is said elsewhere: here is where it stands by itself.
pub(crate) fn of_task<'a>(context: &Names<'_>, measures: &'a Measures, id: &str) -> Option<&'a ComparisonRow> {
    of(context, measures, &MeasureId::task(id)).filter(|row| row.reference.is_some() && row.low.is_some())
}

/// On which side of the region a task lies: its interval leaves out 0, and the difference is of a size that counts.
pub(crate) fn side_of_task(context: &Names<'_>, row: &ComparisonRow) -> Option<Side> {
    let (low, high) = (row.low?.0, row.high?.0);
    let is_large = context.thresholds.value("gap.size") <= difference(row)?.abs();
    match (is_large, low, high) {
        (true, _, high) if high < 0.0 => Some(Side::Below),
        (true, low, _) if 0.0 < low => Some(Side::Above),
        _ => None,
    }
}

/// On which side of the region a value was found to lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Below,
    Above,
}

/// The side of a difference that was found; none where nothing was.
pub(crate) fn side(row: &ComparisonRow) -> Option<Side> {
    let gap = difference(row)?;
    (row.state == CheckState::Found).then_some(if gap < 0.0 { Side::Below } else { Side::Above })
}

/// Value less reference, in percentage points.
pub(crate) fn difference(row: &ComparisonRow) -> Option<f64> {
    Some(row.value?.minus(row.reference?).0)
}

/// True where the check was made.
pub(crate) fn is_tested(row: &ComparisonRow) -> bool {
    row.state.is_tested() && row.reference.is_some()
}
