//! Smallest rise and fall that a comparison detects at the level left to it by its family.

use super::settings::Settings;
use srez_model::measures::{ComparisonRow, Measures};
use srez_model::unit::{PercentagePoints, as_f64};
use srez_statistics::{Z_POWER, detectable, normal};
use std::collections::BTreeMap;

/// Fills `mdd_up` and `mdd_down` of every row of a family, after the adjusted p.
///
/// Level: `max(r, 1)·q/m`, r rejected of m tests; it is the level at which one more test would be rejected.
pub(super) fn fill(settings: &Settings, all: &mut [Measures]) {
    let greatest = settings.greatest_q();
    let mut families: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for row in all.iter().flat_map(|measures| &measures.comparisons) {
        if let (false, Some(q)) = (row.family.is_empty(), row.q) {
            let (tests, rejected) = families.entry(row.family.clone()).or_default();
            *tests += 1;
            *rejected += u64::from(q <= greatest);
        }
    }
    for row in all.iter_mut().flat_map(|measures| &mut measures.comparisons) {
        let Some((tests, rejected)) = families.get(&row.family) else { continue };
        let level = (as_f64((*rejected).max(1)) * greatest / as_f64(*tests)).min(greatest);
        let (up, down) = if row.method == "hypergeometric" { for_shares(row, level) } else { for_points(row, level) };
        (row.mdd_up, row.mdd_down) = (up, down);
    }
}

type Both = (Option<PercentagePoints>, Option<PercentagePoints>);

fn for_shares(row: &ComparisonRow, level: f64) -> Both {
    let points = |fraction| PercentagePoints(100.0 * fraction);
    let rise = detectable::rise(row.n, row.k_reference, row.n_reference, level);
    let fall = detectable::fall(row.n, row.k_reference, row.n_reference, level);
    (rise.map(points), fall.map(points))
}

/// Approximate: `(z + 0.84)·S·√(1/n + 1/n_ref)`; none if it leaves the range 0 to 100.
fn for_points(row: &ComparisonRow, level: f64) -> Both {
    let Some((deviation, reference)) = row.deviation.zip(row.reference) else { return (None, None) };
    if row.n == 0 || row.n_reference == 0 {
        return (None, None);
    }
    let z = normal::quantile(1.0 - level / 2.0) + Z_POWER;
    let size = z * deviation * (1.0 / as_f64(row.n) + 1.0 / as_f64(row.n_reference)).sqrt();
    let points = PercentagePoints((10.0 * size - 1e-9).ceil() / 10.0);
    ((reference.0 + size <= 100.0).then_some(points), (size <= reference.0).then_some(points))
}
