//! What changed since the issue before: findings by the release that the history keeps, data by the log of the store.

use super::compose::Scene;
use srez_config::plan::Plan;
use srez_flag::{Issued, compare_releases, keep_signs_of_both_years, remember};
use srez_model::delta::{Basis, Delta};
use srez_model::error::{Error, Result};
use srez_model::measures::Measures;
use srez_store::{Former, Snapshot};

/// What changed since the issue before, or the one that a manifest names, the hash of its record, and the records that
/// are damaged; where nothing was issued yet, since the school year before, of which `last` are the measures.
///
/// # Errors
/// Where the record of an issue cannot be read.
pub(super) fn since(
    plan: &Plan,
    history: &Snapshot,
    scene: &Scene<'_>,
    now: &Issued<'_>,
    last: &[Measures],
    named: Option<&str>,
) -> Result<(Delta, String, Vec<Error>)> {
    let Former { record, blake3, passed_over, damaged } = history.former_release(&plan.period, named)?;
    if let Some(before) = record {
        let basis = Basis::Issue { period: before.period.clone(), version: before.version };
        let changes = history.changes_since(before.version);
        let delta = compare_releases(&plan.thresholds, now, &before, basis, changes);
        return Ok((Delta { passed_over, ..delta }, blake3, damaged));
    }
    let Some(year) = plan.year.and_then(|year| year.checked_sub(1)).filter(|_| !last.is_empty()) else {
        return Ok((Delta { passed_over, ..Delta::default() }, blake3, damaged));
    };
    let findings = srez_flag::flag(&scene.flag_settings(), last);
    let before = keep_signs_of_both_years(remember(&plan.period, history.version(), last, &findings));
    let release = keep_signs_of_both_years(now.release.clone());
    let delta = compare_releases(
        &plan.thresholds,
        &Issued { release: &release, ..*now },
        &before,
        Basis::Year(year),
        Vec::new(),
    );
    Ok((Delta { passed_over, ..delta }, blake3, damaged))
}
