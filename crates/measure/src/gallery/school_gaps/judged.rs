//! What the model says of one school, in the units of the table.

use super::super::super::comparing::NOBODY;
use super::super::super::reason;
use super::super::super::settings::Settings;
use super::quantity::Quantity;
use srez_model::check::CheckState;
use srez_model::measures::ComparisonRow;
use srez_model::unit::{PercentagePoints, as_f64};
use srez_statistics::school_model::{Detectable, Effect, Gap, NoGap, Obstacle, Posterior, Wanted, shares};

/// Why there is no model.
pub(super) fn obstacle_words(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::NoGroups => reason::NO_PARTICIPANTS,
        Obstacle::TooFewUnits => "не вычисляется: мало участников",
        Obstacle::NoSpread => reason::NO_SPREAD,
    }
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
    pub(super) fn fill(&self, row: &mut ComparisonRow, model: &Posterior, member: usize) {
        match model.gap(member) {
            Ok(gap) => {
                let points = |distance: f64| Some(PercentagePoints(100.0 * self.shown(&gap, distance)));
                (row.gap, row.low, row.high) = (points(gap.mean), points(gap.low), points(gap.high));
                if as_f64(row.n) < self.participants {
                    row.reason = format!("не проверялось: участников меньше {}", self.participants);
                } else {
                    self.judge(row, model, member, &gap);
                }
            }
            Err(NoGap::Alone) => NOBODY.clone_into(&mut row.reason),
            Err(NoGap::Empty) => reason::NO_PARTICIPANTS.clone_into(&mut row.reason),
        }
    }

    fn judge(&self, row: &mut ComparisonRow, model: &Posterior, member: usize, gap: &Gap) {
        let is_below = gap.mean < 0.0;
        let limit = self.distance(gap, if is_below { -self.size } else { self.size });
        let sure = |effect| {
            let sure = if is_below { model.below(member, effect, limit) } else { model.above(member, effect, limit) };
            sure.ok()
        };
        (row.sure, row.sure_school) = (sure(Effect::Present), sure(Effect::Lasting));
        row.above_school = model.above(member, Effect::Lasting, self.distance(gap, self.size)).ok();
        row.detectable = self.detectable(model, member, gap);
        row.state = if row.sure.is_some_and(|sure| self.sure <= sure) {
            CheckState::Found
        } else if row.detectable.is_some_and(|points| points.0 <= self.noticed) {
            CheckState::NotFound
        } else {
            CheckState::Indistinct
        };
    }

    /// Distance on the scale of the model that is this far on the scale of the table.
    fn distance(&self, gap: &Gap, share: f64) -> f64 {
        if self.is_share { shares::step(gap.reference, share) } else { share }
    }

    /// The other way round.
    fn shown(&self, gap: &Gap, distance: f64) -> f64 {
        if self.is_share { shares::share(gap.reference + distance) - shares::share(gap.reference) } else { distance }
    }

    /// The smallest gap for the worse that is found four times out of five, rounded up to half a point.
    fn detectable(&self, model: &Posterior, member: usize, gap: &Gap) -> Option<PercentagePoints> {
        let side = if self.less_is_better { 1.0 } else { -1.0 };
        let wanted = Wanted { limit: self.distance(gap, side * self.size), sure: self.sure };
        let Detectable { truly, .. } = model.detectable(member, &wanted).ok().flatten()?;
        let greatest = if self.is_share { std::f64::consts::FRAC_PI_2 } else { 1.0 };
        if self.is_bounded && !(0.0..=greatest).contains(&(gap.reference + side * truly)) {
            return None;
        }
        let points = 100.0 * self.shown(gap, side * truly).abs();
        Some(PercentagePoints((2.0 * points - 1e-9).ceil() / 2.0))
    }
}
