//! What the model says of one school, in the units of the table.

use super::super::super::comparing::{Circle, NOBODY};
use super::super::super::reason;
use super::super::super::settings::Settings;
use super::quantity::Quantity;
use srez_model::check::CheckState;
use srez_model::measures::ComparisonRow;
use srez_model::unit::{PercentagePoints, as_f64};
use srez_statistics::school_model::{Detectable, Effect, Gap, NoGap, Obstacle, Posterior, Wanted, shares};
use std::collections::BTreeSet;

/// Why there is no model.
pub(super) fn obstacle_words(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::NoGroups => reason::NO_PARTICIPANTS,
        Obstacle::TooFewUnits => "не вычисляется: мало участников",
        Obstacle::NoSpread => reason::NO_SPREAD,
    }
}

/// The model of a circle of schools, and what of each would be noticed.
pub(super) struct Modelled {
    pub(super) posterior: Posterior,
    /// By member; none where it is not asked or nothing would be.
    detectable: Vec<Option<PercentagePoints>>,
}

/// When a school is found, and on which scale.
pub(super) struct Judge {
    is_share: bool,
    /// Differences of shares have no bounds, shares have.
    is_bounded: bool,
    less_is_better: bool,
    /// Gap that counts, as a share.
    size: f64,
    sure: f64,
    /// Gap that must be detectable where nothing is found, in percentage points.
    noticed: f64,
    participants: f64,
}

impl Judge {
    pub(super) fn new(settings: &Settings, quantity: &Quantity<'_>) -> Self {
        let value = |id: &str| settings.thresholds.value(id);
        Self {
            is_share: quantity.is_share(),
            is_bounded: quantity.max.is_some(),
            less_is_better: quantity.less_is_better,
            size: value("gap.size") / 100.0,
            sure: value("gap.sure") / 100.0,
            noticed: value("gap.noticed"),
            participants: value(quantity.participants),
        }
    }

    /// Fills gap, interval, probabilities and state of a school.
    pub(super) fn fill(&self, row: &mut ComparisonRow, model: &Modelled, member: usize) {
        match model.posterior.gap(member) {
            Ok(gap) => {
                let points = |distance: f64| Some(PercentagePoints(100.0 * self.shown(gap.reference, distance)));
                (row.gap, row.low, row.high) = (points(gap.mean), points(gap.low), points(gap.high));
                if !self.is_judged(row.n) {
                    row.reason = format!("не проверялось: участников меньше {}", self.participants);
                } else {
                    self.judge(row, model, member, &gap);
                }
            }
            Err(NoGap::Alone) => NOBODY.clone_into(&mut row.reason),
            Err(NoGap::Empty) => reason::NO_PARTICIPANTS.clone_into(&mut row.reason),
        }
    }

    fn is_judged(&self, n: u64) -> bool {
        self.participants <= as_f64(n)
    }

    fn judge(&self, row: &mut ComparisonRow, modelled: &Modelled, member: usize, gap: &Gap) {
        let model = &modelled.posterior;
        let is_below = gap.mean < 0.0;
        let limit = self.distance(gap.reference, if is_below { -self.size } else { self.size });
        let sure = |effect| {
            let sure = if is_below { model.below(member, effect, limit) } else { model.above(member, effect, limit) };
            sure.ok()
        };
        (row.sure, row.sure_school) = (sure(Effect::Present), sure(Effect::Lasting));
        row.above_school = model.above(member, Effect::Lasting, self.distance(gap.reference, self.size)).ok();
        row.detectable = modelled.detectable.get(member).copied().flatten();
        row.state = if row.sure.is_some_and(|sure| self.sure <= sure) {
            CheckState::Found
        } else if row.detectable.is_some_and(|points| points.0 <= self.noticed) {
            CheckState::NotFound
        } else {
            CheckState::Indistinct
        };
    }

    /// Distance on the scale of the model that is this far on the scale of the table.
    fn distance(&self, reference: f64, share: f64) -> f64 {
        if self.is_share { shares::step(reference, share) } else { share }
    }

    /// The other way round.
    fn shown(&self, reference: f64, distance: f64) -> f64 {
        if self.is_share { shares::share(reference + distance) - shares::share(reference) } else { distance }
    }

    /// The model with the smallest gap for the worse that is found four times out of five, for the schools of a circle
    /// that are judged.
    pub(super) fn modelled(&self, posterior: Posterior, circle: &Circle, sizes: &[u64]) -> Modelled {
        let side = if self.less_is_better { 1.0 } else { -1.0 };
        let asked: BTreeSet<usize> = circle.asked.iter().copied().collect();
        let is_asked = |member: usize, n: u64| {
            self.is_judged(n) && circle.members.get(member).is_some_and(|place| asked.contains(place))
        };
        let references: Vec<Option<f64>> = (0..)
            .zip(sizes)
            .map(|(member, n)| posterior.reference(member).ok().filter(|_| is_asked(member, *n)))
            .collect();
        let wanted = |reference: &Option<f64>| {
            let limit = self.distance((*reference)?, side * self.size);
            Some(Wanted { limit, sure: self.sure })
        };
        let found = posterior.detectables(&references.iter().map(wanted).collect::<Vec<_>>());
        let points =
            |(reference, found): (Option<f64>, Option<Detectable>)| self.detectable(reference?, side * found?.truly);
        Modelled { detectable: references.into_iter().zip(found).map(points).collect(), posterior }
    }

    /// Rounded up to half a point; none beyond nothing and all.
    fn detectable(&self, reference: f64, distance: f64) -> Option<PercentagePoints> {
        let greatest = if self.is_share { std::f64::consts::FRAC_PI_2 } else { 1.0 };
        if self.is_bounded && !(0.0..=greatest).contains(&(reference + distance)) {
            return None;
        }
        let points = 100.0 * self.shown(reference, distance).abs();
        Some(PercentagePoints((2.0 * points - 1e-6).ceil() / 2.0))
    }
}
