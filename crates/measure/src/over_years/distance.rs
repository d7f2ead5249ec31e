//! Distance of a group to its reference in two years, and the change of the region.
//!
//! A municipality is compared with the rest of its region according to the regional report; without one, with the other
//! municipalities of the run. A school or class is compared with the other schools of its municipality; how far a
//! school changed against them is said by the model of their changes. Of a class no uncertainty is known.

use super::super::settings::Settings;
use super::changes::{Changes, School};
use super::reading::Reading;
use srez_model::compared::MeasureId;
use srez_model::level::Level;
use srez_model::measures::{Distance, Drift, Measures};
use srez_model::reference::ReferenceKind;
use srez_model::unit::as_f64;
use srez_statistics::{Z_95, normal};
use std::collections::BTreeMap;

/// Fewest other municipalities that can represent a region.
const FEWEST_MUNICIPALITIES: usize = 3;
/// Fewest participants of a reference.
const FEWEST_OF_REFERENCE: u64 = 100;

/// Two years of one measure.
pub(crate) struct TwoYears<'a> {
    now: &'a Measures,
    before: &'a Measures,
    /// Measure now and before: the same name, except for a cohort.
    measures: (&'a MeasureId, &'a MeasureId),
    municipalities: &'a BTreeMap<&'a str, &'a str>,
    /// Changes of the schools of each municipality; those of none stand together.
    changes: BTreeMap<&'a str, Changes<'a>>,
}

impl<'a> TwoYears<'a> {
    /// Compares the schools of two exams; `municipalities` gives their municipality by school id.
    pub(crate) fn new(
        settings: &Settings,
        municipalities: &'a BTreeMap<&'a str, &'a str>,
        now: &'a Measures,
        before: &'a Measures,
        measures: (&'a MeasureId, &'a MeasureId),
    ) -> Self {
        let mut schools: BTreeMap<&str, Vec<School<'a>>> = BTreeMap::new();
        // Of tasks no school is followed.
        let followed =
            now.marks.iter().filter(|row| row.level == Level::School && !matches!(measures.0, MeasureId::Task(_)));
        for row in followed {
            let new = Reading::find(now, Level::School, &row.group, measures.0);
            let old = Reading::find(before, Level::School, &row.group, measures.1);
            if let Some((now, before)) = new.zip(old) {
                let home = municipalities.get(row.group.as_str()).copied().unwrap_or_default();
                schools.entry(home).or_default().push(School { id: &row.group, now, before });
            }
        }
        let changes = |schools: Vec<School<'a>>| Changes::new(settings, measures.0, &schools);
        let changes = schools.into_iter().filter_map(|(home, schools)| Some((home, changes(schools)?))).collect();
        Self { now, before, measures, municipalities, changes }
    }

    /// Readings of a group now and before.
    pub(crate) fn readings(&self, level: Level, now: &str, before: &str) -> (Option<Reading>, Option<Reading>) {
        (
            Reading::find(self.now, level, now, self.measures.0),
            Reading::find(self.before, level, before, self.measures.1),
        )
    }

    /// Change of the region, in the unit of the measure; none if a year has no regional report.
    pub(crate) fn region_change(&self) -> Option<f64> {
        let now = region_value(self.now, self.measures.0)?;
        Some(now - region_value(self.before, self.measures.1)?)
    }

    /// Distance of a group in both years; none without a reference.
    pub(crate) fn distance(
        &self,
        level: Level,
        (group, group_before): (&str, &str),
        (now, before): (Reading, Reading),
    ) -> Option<Distance> {
        let (kind, reference_now) = self.reference(self.now, level, group, self.measures.0, now)?;
        let (kind_before, reference_before) =
            self.reference(self.before, level, group_before, self.measures.1, before)?;
        if kind != kind_before || reference_now.n().min(reference_before.n()) < FEWEST_OF_REFERENCE {
            return None;
        }
        let distance = distance(kind, (now, before), (reference_now, reference_before))?;
        // Of a class it is not known what classes change by anyway; of a school its drift says it.
        let change = match level {
            Level::School => self.change(group),
            Level::Class => None,
            _ => return Some(distance),
        };
        Some(Distance {
            interval: change.map(|change| change.interval),
            p: change.and_then(|change| change.p),
            ..distance
        })
    }

    /// The change of a school among those of the other schools of its municipality.
    pub(crate) fn change(&self, school: &str) -> Option<Drift> {
        let home = self.municipalities.get(school).copied().unwrap_or_default();
        self.changes.get(home)?.of(school)
    }

    fn reference(
        &self,
        measures: &Measures,
        level: Level,
        group: &str,
        measure: &MeasureId,
        own: Reading,
    ) -> Option<(&'static str, Reading)> {
        match level {
            Level::School | Level::Class => {
                let school = group.split('/').next().unwrap_or(group);
                let home = self.municipalities.get(school);
                let whole = home
                    .and_then(|home| Reading::find(measures, Level::Municipality, home, measure))
                    .or_else(|| Reading::find(measures, Level::All, "", measure))?;
                // A class is compared with the other schools: its own school is left out as a whole.
                let part = match level {
                    Level::Class => Reading::find(measures, Level::School, school, measure)?,
                    _ => own,
                };
                Some(("others", whole.without(part)?))
            }
            Level::Municipality | Level::All => {
                let others = measures.marks.iter().filter(|row| row.level == Level::Municipality);
                region(measures, measure, Some(own)).map(|region| ("region", region)).or_else(|| {
                    let enough = level == Level::Municipality && FEWEST_MUNICIPALITIES < others.count();
                    let whole = Reading::find(measures, Level::All, "", measure).filter(|_| enough)?;
                    Some(("others", whole.without(own)?))
                })
            }
            _ => None,
        }
    }
}

/// Marks of the region if their counts can be recovered, without `part` if that is contained.
fn region(measures: &Measures, measure: &MeasureId, part: Option<Reading>) -> Option<Reading> {
    let counts = measures.reference(ReferenceKind::Region)?.counts?;
    let whole = Reading::from_marks(counts, measure)?;
    Some(part.and_then(|part| whole.without(part)).unwrap_or(whole))
}

/// The region's own value as the report prints it: from counts, else from percents.
fn region_value(measures: &Measures, measure: &MeasureId) -> Option<f64> {
    if let Some(reading) = region(measures, measure, None) {
        return reading.value();
    }
    let [two, three, four, five] = measures.reference(ReferenceKind::Region)?.percent;
    let sum = two + three + four + five;
    match measure {
        _ if sum <= 0.0 => None,
        MeasureId::ShareOfTwo => Some(two),
        MeasureId::Pass => Some(three + four + five),
        MeasureId::Quality => Some(four + five),
        MeasureId::MeanMark => Some((2.0 * two + 3.0 * three + 4.0 * four + 5.0 * five) / sum),
        _ => None,
    }
}

fn distance(
    kind: &str,
    (now, before): (Reading, Reading),
    (reference, reference_before): (Reading, Reading),
) -> Option<Distance> {
    let of = |own: Reading, reference: Reading| Some(own.value()? - reference.value()?);
    let (distance_now, distance_before) = (of(now, reference)?, of(before, reference_before)?);
    let change = distance_now - distance_before;
    let sampling = [now, before, reference, reference_before]
        .into_iter()
        .map(|reading| Some(reading.variance()? / as_f64(reading.n())))
        .sum::<Option<f64>>();
    // If nobody differs, nothing is uncertain, and a test would call everything a difference.
    let deviation = sampling.map(f64::sqrt).filter(|deviation| *deviation > 0.0);
    Some(Distance {
        kind: kind.to_owned(),
        reference: (reference.value()?, reference_before.value()?),
        n: (reference.n(), reference_before.n()),
        now: distance_now,
        before: distance_before,
        change,
        interval: deviation.map(|deviation| (change - Z_95 * deviation, change + Z_95 * deviation)),
        p: deviation.map(|deviation| normal::two_sided(change / deviation)),
    })
}

#[cfg(test)]
mod tests {
    use super::{Reading, distance};
    use srez_statistics::Z_95;

    #[test]
    fn a_distance_changes_by_the_difference_of_the_differences() {
        let count = |k, n| Reading::Count { k, n };
        // 30 % against 20 %, before 25 % against 22 %: ten points away, before three.
        let found = distance("others", (count(12, 40), count(10, 40)), (count(200, 1_000), count(220, 1_000))).unwrap();
        assert_eq!((found.now, found.before, found.change), (10.0, 3.0, 7.0));
        let deviation = (2_100.0_f64 / 40.0 + 1_875.0 / 40.0 + 1.6 + 1.716).sqrt();
        let (low, high) = found.interval.unwrap();
        assert!((high - low - 2.0 * Z_95 * deviation).abs() < 1e-9, "{found:?}");
        assert!(found.p.unwrap() > 0.4);
        let alike = distance("others", (count(0, 9), count(0, 9)), (count(0, 9), count(0, 9))).unwrap();
        assert_eq!((alike.change, alike.p), (0.0, None));
    }
}
