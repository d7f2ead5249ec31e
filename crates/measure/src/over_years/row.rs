//! Rows of `dynamics.csv` from two readings and a gate; what a change of a municipality is worth is filled in by
//! `city`, that of a school stands in its drift.

use super::comparability::Gate;
use super::distance::TwoYears;
use super::reading::Reading;
use srez_model::assessment::ExamKey;
use srez_model::compared::MeasureId;
use srez_model::level::Level;
use srez_model::measures::DynamicsRow;

/// The row of a group; `groups` are its names now and before.
pub(crate) fn row(
    years: &TwoYears<'_>,
    level: Level,
    groups: (&str, &str),
    measure: MeasureId,
    before_exam: &ExamKey,
    gate: Gate,
) -> Option<DynamicsRow> {
    let (now, before) = years.readings(level, groups.0, groups.1);
    let gate = match (now, before) {
        (None, None) => return None,
        (Some(_), Some(_)) => gate,
        (None, _) => Gate::closed("нет данных этого года"),
        (_, None) => Gate::closed("нет данных прошлого года"),
    };
    let pair = now.zip(before).filter(|_| gate.open);
    let reference_change = years.region_change().filter(|_| gate.open);
    let gate = if reference_change.is_none() {
        gate.with("изменение региона неизвестно")
    } else {
        gate
    };
    let n = |reading: Option<Reading>| reading.map_or(0, Reading::n);
    Some(DynamicsRow {
        level,
        group: groups.0.to_owned(),
        measure,
        now: now.and_then(Reading::value),
        before: before.and_then(Reading::value),
        n: (n(now), n(before)),
        now_interval: now.and_then(Reading::interval),
        before_interval: before.and_then(Reading::interval),
        before_exam: before_exam.clone(),
        difference: pair.and_then(|(now, before)| Some(now.value()? - before.value()?)),
        interval: None,
        p: None,
        reference_change,
        distance: now.zip(before).and_then(|pair| years.distance(level, groups, pair)),
        drift: if level == Level::School { years.change(groups.0) } else { None },
        comparable: gate.open,
        reason: gate.reason,
    })
}
