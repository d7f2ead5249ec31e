//! The change of every school between two years among the changes of the others.
//!
//! Shares change as angles, `d = x1 − x0` with variance `1/(4n1 + 2) + 1/(4n0 + 2)`, and come back to percent by the
//! slope at the share of the others in both years together; other values as they are, with `σ²(1/n1 + 1/n0)`. The
//! model is that of schools without classes: what classes contribute is part of what schools change by anyway.
//! Degenerate: one school has nothing to be compared with; without spread within schools there is no model.

use super::super::settings::Settings;
use super::reading::{Reading, UNIT};
use srez_model::compared::MeasureId;
use srez_model::measures::Drift;
use srez_model::unit::as_f64;
use srez_statistics::school_model::{Effect, Estimate, Group, Observed, Posterior, Sample, Wanted, shares};
use srez_statistics::unusual::{self, Place, Unit};
use std::collections::BTreeMap;

/// What can be noticed is printed in steps of half a point, upwards.
const STEP: f64 = 0.5;

/// A school in both years.
#[derive(Clone, Copy, Debug)]
pub(crate) struct School<'a> {
    pub(crate) id: &'a str,
    pub(crate) now: Reading,
    pub(crate) before: Reading,
}

/// Changes of the schools of one circle.
#[derive(Clone, Debug)]
pub(crate) struct Changes<'a> {
    places: BTreeMap<&'a str, usize>,
    posterior: Posterior,
    unusual: Vec<Option<Place>>,
    /// By how much the model's scale moves with a hundredth of the unit, by school.
    slopes: Vec<f64>,
    /// The size that counts, in hundredths of the unit, and how sure it must be.
    wanted: Option<(f64, f64)>,
    is_low_share: bool,
}

impl<'a> Changes<'a> {
    /// None where nothing can be computed.
    pub(crate) fn new(settings: &Settings, measure: &MeasureId, schools: &[School<'a>]) -> Option<Self> {
        let (estimates, within) = match counts(schools) {
            Some(counts) => (angles(&counts), shares::WITHIN),
            None => plain(schools)?,
        };
        let units: Vec<Unit> = estimates.iter().map(|one| Unit { value: one.value, variance: one.variance }).collect();
        let posterior = Posterior::new(Sample::from_changes(&estimates, within).ok()?, settings.assumptions());
        let thresholds = &settings.thresholds;
        let wanted = || (thresholds.value("gap.size") / UNIT, thresholds.value("gap.sure") / 100.0);
        Some(Self {
            places: schools.iter().zip(0..).map(|(school, place)| (school.id, place)).collect(),
            posterior,
            unusual: unusual::places(&units).unwrap_or_else(|_| vec![None; units.len()]),
            slopes: counts(schools).map_or_else(|| vec![1.0; schools.len()], |counts| slopes(&counts)),
            // The size that counts is of percents.
            wanted: (!measure.is_mean_result()).then(wanted),
            is_low_share: measure.is_low_share(),
        })
    }

    /// The change of a school; none for one that is not among them or is alone.
    pub(crate) fn of(&self, school: &str) -> Option<Drift> {
        let place = *self.places.get(school)?;
        let gap = self.posterior.gap(place).ok()?;
        let slope = *self.slopes.get(place)?;
        let back = |value: f64| UNIT * value / slope;
        let sure = self.wanted.and_then(|(size, _)| {
            let of = if gap.mean < 0.0 { Posterior::below } else { Posterior::above };
            of(&self.posterior, place, Effect::Present, (size * slope).copysign(gap.mean)).ok()
        });
        Some(Drift {
            gap: back(gap.mean),
            interval: (back(gap.low), back(gap.high)),
            sure,
            usual: back(self.posterior.spread().groups.sqrt()),
            detectable: self.detectable(place, slope),
            p: self.unusual.get(place).copied().flatten().map(|place| place.two_sided()),
            q: None,
        })
    }

    fn detectable(&self, place: usize, slope: f64) -> Option<f64> {
        let (size, sure) = self.wanted.filter(|_| self.is_low_share)?;
        let found = self.posterior.detectable(place, &Wanted { limit: size * slope, sure }).ok()??;
        Some((UNIT * found.truly / slope / STEP).ceil() * STEP)
    }
}

/// Participants counted now and before; none where the measure is no count.
type Counts = [(u64, u64); 2];

fn counts(schools: &[School<'_>]) -> Option<Vec<Counts>> {
    let count = |reading| if let Reading::Count { k, n } = reading { Some((k, n)) } else { None };
    schools.iter().map(|school| Some([count(school.now)?, count(school.before)?])).collect()
}

fn together(counts: &[Counts]) -> (u64, u64) {
    counts.iter().flatten().fold((0, 0), |(k, n), one| (k + one.0, n + one.1))
}

/// Changes of angles. Where nobody or everybody is counted nothing changes, whatever the sizes.
fn angles(counts: &[Counts]) -> Vec<Estimate> {
    let (k, n) = together(counts);
    let is_constant = k == 0 || k == n;
    let change = |[now, before]: &Counts| Estimate {
        value: if is_constant { 0.0 } else { shares::angle(now.0, now.1) - shares::angle(before.0, before.1) },
        variance: shares::variance(now.1) + shares::variance(before.1),
        weight: as_f64(now.1),
    };
    counts.iter().map(change).collect()
}

/// Slopes at the share of the others in both years together.
fn slopes(counts: &[Counts]) -> Vec<f64> {
    let (k, n) = together(counts);
    let of_others = |own: &Counts| {
        let (k_own, n_own) = together(std::slice::from_ref(own));
        shares::slope(as_f64(k - k_own) / as_f64((n - n_own).max(1)))
    };
    counts.iter().map(of_others).collect()
}

/// Changes of other values, and the variance of one participant within a school and year.
fn plain(schools: &[School<'_>]) -> Option<(Vec<Estimate>, f64)> {
    let years: Vec<[Observed; 2]> = schools
        .iter()
        .map(|school| Some([school.now.observed()?, school.before.observed()?]))
        .collect::<Option<_>>()?;
    let groups: Vec<_> = years.iter().flatten().map(|year| Group::Parts(vec![*year])).collect();
    let within = Sample::from_values(&groups).ok()?.within();
    let change = |[now, before]: &[Observed; 2]| Estimate {
        value: now.mean - before.mean,
        variance: within * (1.0 / as_f64(now.n) + 1.0 / as_f64(before.n)),
        weight: as_f64(now.n),
    };
    Some((years.iter().map(change).collect(), within))
}

#[cfg(test)]
mod tests;
