//! Before and after of the schools of an action, against what was to be expected of them without it.
//!
//! The schools without the action say what a school like this comes to in a year: one that was chosen because it was
//! low rises by itself. The expected value is averaged over how much schools differ and keep, which is not estimated.

use super::super::settings::Settings;
use super::classes::{Spread, whole};
use super::reading::{Reading, UNIT};
use srez_model::action::EffectVerdict;
use srez_model::compared::MeasureId;
use srez_model::threshold::Thresholds;
use srez_model::unit::as_f64;
use srez_statistics::normal;
use srez_statistics::pair_model::{self, PairModel, Treated};
use srez_statistics::school_model::Group;

/// What a good change looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Favourable {
    /// Completion, quality.
    Rise,
    /// Share of low results.
    Fall,
}

impl Favourable {
    /// That of a measure of `dynamics.csv`.
    pub(crate) fn of(measure: &MeasureId) -> Self {
        if measure.is_low_share() { Self::Fall } else { Self::Rise }
    }

    pub(crate) fn sign(self) -> f64 {
        if self == Self::Rise { 1.0 } else { -1.0 }
    }
}

/// A school in both years, with its classes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pair {
    pub(crate) before: Group<Reading>,
    pub(crate) after: Group<Reading>,
}

/// Schools without the action.
pub(crate) struct Peers {
    model: PairModel,
    /// Before and after.
    pub(crate) spreads: (Spread, Spread),
    /// All of them together.
    pub(crate) together: (Reading, Reading),
}

/// Why nothing can be expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lack {
    /// Fewer schools than [`pair_model::FEWEST`].
    TooFewSchools,
    /// Pupils or schools do not differ, or too few are there to know.
    NoSpread,
}

impl Peers {
    pub(crate) fn new(settings: &Settings, pairs: &[Pair]) -> Result<Self, Lack> {
        if pairs.len() < pair_model::FEWEST {
            return Err(Lack::TooFewSchools);
        }
        let of = |year: fn(&Pair) -> &Group<Reading>| pairs.iter().map(year).cloned().collect::<Vec<_>>();
        let (before, after) = (of(|pair| &pair.before), of(|pair| &pair.after));
        let spread = |year: &[Group<Reading>]| Spread::new(settings, year).ok_or(Lack::NoSpread);
        let (mut old, mut new) = (spread(&before)?, spread(&after)?);
        let classes = f64::midpoint(old.classes, new.classes);
        (old.classes, new.classes) = (classes, classes);
        let pair = |pair: &Pair| {
            Some(pair_model::Pair { before: old.estimate(&pair.before)?, after: new.estimate(&pair.after)? })
        };
        let estimates: Vec<_> = pairs.iter().filter_map(pair).collect();
        let within = f64::midpoint(old.within, new.within);
        let model = PairModel::new(&estimates, within, settings.assumptions().groups);
        let model = model.map_err(|_| Lack::TooFewSchools)?;
        let together = pooled(&before).zip(pooled(&after)).ok_or(Lack::NoSpread)?;
        Ok(Self { model, spreads: (old, new), together })
    }
}

/// Numbers and verdict of one action. Unit: that of the measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Assessment {
    pub(crate) expected: f64,
    /// Value after minus the expected one, and its 95 % interval.
    pub(crate) effect: (f64, f64, f64),
    /// Probability that the value after is better than it would be without the action.
    pub(crate) chance: f64,
    /// Distance from the expected value whose reaching is seen as a possible effect four times out of five.
    pub(crate) min_detectable: Option<f64>,
}

/// Several schools as one.
pub(crate) fn pooled(schools: &[Group<Reading>]) -> Option<Reading> {
    let mut readings = schools.iter().map(whole);
    let first = readings.next()??;
    readings.try_fold(first, |all, one| all.plus(one?))
}

/// Assesses schools together; none if a value is missing.
pub(crate) fn assess(
    thresholds: &Thresholds,
    peers: &Peers,
    treated: &[&Pair],
    favourable: Favourable,
) -> Option<Assessment> {
    let (old, new) = peers.spreads;
    let of = |pair: &&Pair| {
        let after = new.estimate(&pair.after)?;
        Some(Treated { before: old.estimate(&pair.before)?, variance: after.variance, weight: after.weight })
    };
    let groups: Vec<Treated> = treated.iter().filter_map(of).collect();
    let after = pooled(&treated.iter().map(|pair| pair.after.clone()).collect::<Vec<_>>())?;
    let value = after.value()? / UNIT;
    let expected = peers.model.expected(&groups)?;
    let (low, high) = expected.interval();
    let chance = if favourable == Favourable::Rise { expected.below(value) } else { expected.above(value) };
    let step = expected.step(new.within, after.n(), possible(thresholds));
    Some(Assessment {
        expected: UNIT * expected.mean,
        effect: (UNIT * (value - expected.mean), UNIT * (value - high), UNIT * (value - low)),
        chance,
        min_detectable: step.map(|step| UNIT * step),
    })
}

/// Deviations beyond which an effect is possible.
pub(crate) fn possible(thresholds: &Thresholds) -> f64 {
    normal::quantile(thresholds.value("effect.possible") / 100.0)
}

/// What may be said of an action with so many participants in the smaller year.
pub(crate) fn verdict(thresholds: &Thresholds, found: &Assessment, measure: &MeasureId, n: u64) -> EffectVerdict {
    let value = |id: &str| thresholds.value(id);
    // A mean mark moves on another scale than percents.
    let unseen = *measure != MeasureId::MeanMark && found.min_detectable.is_none_or(|least| value("plan.most") < least);
    if as_f64(n) < value("effect.participants") {
        EffectVerdict::TooFewData
    } else if value("effect.confirmed") / 100.0 <= found.chance {
        EffectVerdict::Confirmed
    } else if value("effect.possible") / 100.0 <= found.chance {
        EffectVerdict::Possible
    } else if unseen {
        EffectVerdict::TooFewData
    } else {
        EffectVerdict::NotConfirmed
    }
}

/// Position of a value among the schools without the action: distance from all of them together in standard deviations
/// for a school of this kind.
pub(crate) fn place(school: &Group<Reading>, spread: &Spread, together: Reading) -> Option<f64> {
    let own = spread.estimate(school)?;
    let place = (own.value - together.value()? / UNIT) / (spread.schools + own.variance).sqrt();
    place.is_finite().then_some(place)
}

#[cfg(test)]
mod tests;
