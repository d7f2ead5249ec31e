//! Contrasts of whole schools: groups that consist of schools, and labels that a school deals to all of its pupils.

use super::super::group_comparison::Labels;
use super::effect::class;
use super::{DifRow, FEWEST_SCHOOLS, LEVELS, Level, Measures, School, Settings, adjust};
use srez_model::unit::as_f64;
use srez_statistics::clusters::{Cluster, Difference, Mean};
use srez_statistics::mantel_haenszel::Effect;
use srez_statistics::normal;
use std::collections::BTreeMap;

/// Participants of one side of a contrast in one school: how many, and their points beyond those of their equals.
pub(super) struct OfSchool<'a> {
    pub(super) complete: u64,
    pub(super) beyond: &'a [f64],
}

/// The focal group and the rest.
pub(super) type Sides<'a> = (Vec<OfSchool<'a>>, Vec<OfSchool<'a>>);

/// Tests of the contrasts of whole schools, from the sums of the schools collected by the second pass over the rows.
pub(crate) fn test_groups_of_schools(settings: &Settings, measures: &mut Measures) {
    let mut contrasts: BTreeMap<(Level, String), Vec<&mut DifRow>> = BTreeMap::new();
    for row in measures.dif.iter_mut().filter(|row| row.effect.is_some()) {
        contrasts.entry((row.level, row.focal.clone())).or_default().push(row);
    }
    let sums = &measures.patterns.sums;
    let labels: BTreeMap<&str, &School> =
        settings.register.schools.iter().map(|school| (school.id.as_str(), school)).collect();
    for ((level, focal), mut rows) in contrasts {
        let mut sides: Sides<'_> = (Vec::new(), Vec::new());
        let mut add = |is_focal: bool, complete: u64, beyond| {
            let side = if is_focal { &mut sides.0 } else { &mut sides.1 };
            side.extend((complete != 0).then_some(OfSchool { complete, beyond }));
        };
        if is_of_schools(level) {
            for one in sums {
                let label = labels.get(one.school.as_str()).map_or("", |school| match level {
                    Level::Locality => &school.locality,
                    _ => &school.school_type,
                });
                if !label.is_empty() {
                    add(label == focal, one.complete, one.beyond_equals.as_slice());
                }
            }
        } else if sums.is_empty() || Labels::of(sums, level, &focal) == Labels::WithinSchools {
            continue;
        } else {
            for one in sums.iter().flat_map(|school| school.labelled(level)) {
                add(one.label == focal, one.complete, one.beyond_equals.as_slice());
            }
        }
        test(settings, &mut rows, &sides, |task| measures.exam.tasks.get(usize::from(task)).and_then(|task| task.max));
    }
}

/// Whether the groups of a level consist of schools, whatever their pupils.
pub(super) fn is_of_schools(level: Level) -> bool {
    LEVELS.iter().any(|(known, schools)| *known == level && *schools)
}

/// Tests the tasks of one contrast.
pub(super) fn test(
    settings: &Settings,
    rows: &mut [&mut DifRow],
    (own, others): &Sides<'_>,
    max: impl Fn(u16) -> Option<u16>,
) {
    for row in rows.iter_mut() {
        row.q = None;
        let task = usize::from(row.task);
        let mean = |schools: &[OfSchool<'_>]| {
            let cluster = |one: &OfSchool<'_>| {
                let weight = as_f64(one.complete);
                Some(Cluster { value: one.beyond.get(task)? / weight, weight })
            };
            let clusters: Vec<Cluster> = schools.iter().filter_map(cluster).collect();
            Mean::from_clusters(&clusters).filter(|_| FEWEST_SCHOOLS <= clusters.len())
        };
        let found = mean(own).zip(mean(others)).map(|(own, others)| Difference::between(&own, &others));
        let (Some(found), Some(size), Some(error), Some(_)) = (found, row.effect, row.se, max(row.task)) else {
            (row.p, row.class) = (None, None);
            row.reason = if is_of_schools(row.level) {
                "сравнение групп школ не проверялось: в одной из групп меньше четырёх школ".to_owned()
            } else {
                format!("{} совпадает со школой: не проверяется", row.level.title())
            };
            continue;
        };
        let p = found.two_sided();
        // The error for pupils drawn one by one is too small for whole schools.
        let error = error.max(size.abs() / normal::quantile(1.0 - p / 2.0).max(f64::MIN_POSITIVE));
        row.p = Some(p);
        row.class = class(settings, Effect { size, error, chi_square: 0.0, p }, row.standardised);
        row.reason.clear();
    }
    adjust(rows);
}
