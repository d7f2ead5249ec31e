//! A group of schools against its own smooth curve: is something moved across the cuts, and by more than one school?

use super::{Exam, GroupOfSchools};
use crate::settings::Settings;
use srez_model::check::CheckState;
use srez_model::measures::{BoundaryRow, Moved};
use srez_model::unit::as_f64;
use srez_statistics::smooth_counts::{Bunching, Curve};
use srez_statistics::{Z_POWER, student};

/// What was found, and the curve behind it.
pub(crate) struct Tested {
    pub(crate) rows: Vec<BoundaryRow>,
    pub(crate) curve: Option<Curve>,
}

/// The test of one group.
pub(crate) fn test(settings: &Settings, exam: &Exam<'_>, group: &GroupOfSchools<'_>) -> Tested {
    let curve = exam.curve(&group.counts);
    let mut rows = exam.rows((group.level, group.name), &group.counts, curve.as_ref().ok().map(|curve| (curve, 0.0)));
    if let Some(all) = rows.last_mut() {
        match bunching(settings, exam, group, curve.as_ref()) {
            Ok((curve, found)) => judge(settings, all, curve, &found, without_leader(exam, group, curve)),
            Err(why) => {
                all.state = Some(CheckState::NotTested);
                why.clone_into(&mut all.reason);
            }
        }
    }
    Tested { rows, curve: curve.ok() }
}

fn bunching<'a>(
    settings: &Settings,
    exam: &Exam<'_>,
    group: &GroupOfSchools<'_>,
    curve: Result<&'a Curve, &&'static str>,
) -> Result<(&'a Curve, Bunching), &'static str> {
    let curve = curve.map_err(|why| *why)?;
    if as_f64(group.counts.iter().sum()) < settings.thresholds.value("city.bunching_works") {
        return Err("не проверяется: мало работ");
    }
    let found = curve.bunching(&group.counts, &exam.tested).ok_or("не проверяется: у границ нет работ")?;
    Ok((curve, found))
}

/// p without the school of the greatest excess, by a curve without it; none where nothing can be tested without it.
fn without_leader(exam: &Exam<'_>, group: &GroupOfSchools<'_>, curve: &Curve) -> Option<f64> {
    let excess = |place: &usize| {
        let school = exam.schools.get(*place)?;
        curve.excess(&exam.pairs(&school.counts), 0.0).map(|own| (own.value * own.n, school))
    };
    let (_, leader) = group.members.iter().filter_map(excess).max_by(|left, right| left.0.total_cmp(&right.0))?;
    let rest: Vec<u64> = group.counts.iter().zip(&leader.counts).map(|(all, own)| all.saturating_sub(*own)).collect();
    let curve = exam.curve(&rest).ok()?;
    curve.bunching(&rest, &exam.tested).map(|found| found.p)
}

fn judge(settings: &Settings, row: &mut BoundaryRow, curve: &Curve, found: &Bunching, without: Option<f64>) {
    let share = |id: &str| settings.thresholds.value(id) / 100.0;
    let (greatest_p, least) = (share("city.bunching_p"), share("city.bunching_share"));
    let is_great = found.p <= greatest_p && least <= found.share;
    let holds = without.is_some_and(|p| p <= share("city.bunching_without"));
    // Twice the p of one side; and the size must be reached too.
    let seen = student::value(2.0 * greatest_p, curve.degrees) * found.error;
    let detectable = seen.max(least) + Z_POWER * found.error;
    row.moved = Some(Moved { share: found.share, low: found.low, high: found.high });
    (row.p, row.p_without, row.detectable) = (Some(found.p), without, Some(detectable));
    row.of_one_school = is_great && !holds;
    row.state = Some(if is_great && holds {
        CheckState::Found
    } else if detectable <= 2.0 * least {
        CheckState::NotFound
    } else {
        CheckState::Indistinct
    });
    if row.of_one_school {
        "скопление создаёт одна школа".clone_into(&mut row.reason);
    }
}
