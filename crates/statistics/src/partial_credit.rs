//! Partial credit model by conditional maximum likelihood; with one point per item it is the Rasch model.
//!
//! `P(x_j = k | θ) ∝ exp(k·θ − b_jk)`, `b_j0 = 0`. Given the total the ability drops out: `P(x | Σx = r) = Π exp(−b_jx)
//! / γ_r`, γ the elementary symmetric functions of the items. Maximised by Newton's method. Location of an item: `b_jm
//! / m`, the mean of its thresholds; the locations sum to 0. Standard errors from the information matrix. Ability of a
//! total: the ability at which the expected total equals it; its error is one over the square root of the information
//! there. Infit and outfit: squared distances of the points from their expectation at the ability that belongs to the
//! total, weighted by the variance or not.
//! Sources: Andersen 1972, JRSS B 34:42; Masters 1982, Psychometrika 47:149; Wright & Masters 1982.
//! Degenerate: rows with the smallest or greatest total carry no information and are left out; categories that nobody
//! has are taken as impossible; if the likelihood has no maximum there is no value.

mod fit;
mod likelihood;

use fit::{abilities, fit_of_items};
use likelihood::{Likelihood, Share};
use srez_model::unit::as_f64;

/// Answers counted: `counts[item][total][points]` = participants. Every participant is counted once per item.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// Counts by item, total and points.
    pub counts: Vec<Vec<Vec<u64>>>,
}

/// What the model says about one item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Item {
    /// Location in logits: a harder item has a greater one.
    pub location: f64,
    /// Standard error of the location.
    pub error: f64,
    /// Mean square of fit, weighted by the variance; 1 is expected.
    pub infit: f64,
    /// Mean square of fit without weights.
    pub outfit: f64,
}

/// Estimates of a test.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimates {
    /// Participants whose total carries information.
    pub informative: u64,
    /// Items in order; none if an item lacks its lowest or highest category among the informative rows.
    pub items: Vec<Option<Item>>,
    /// Abilities by total, ascending; extreme totals have none.
    pub abilities: Vec<Ability>,
}

/// Estimated ability of the participants with one total.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ability {
    pub total: u64,
    /// Participants.
    pub n: u64,
    /// Ability in logits, on the scale of the locations.
    pub ability: f64,
    /// Standard error.
    pub error: f64,
}

/// Why there are no estimates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Fewer than two items on which the informative rows differ.
    NoSpread,
    /// Totals and points contradict each other.
    Contradiction,
    /// The likelihood has no maximum, or it was not reached.
    NoMaximum,
}

/// Greatest number of Newton steps.
const MOST_STEPS: usize = 60;
/// If a step gains less than this, the next one is below the precision of a number: the error is of the order of its
/// square.
const SMALLEST_GAIN: f64 = 1e-9;
/// A parameter beyond this many logits has no maximum.
const GREATEST_LOGIT: f64 = 25.0;

/// Estimates from the answers.
///
/// # Errors
/// If nothing can be estimated; the error says why.
pub fn estimates(answers: &Answers) -> Result<Estimates, Obstacle> {
    let sizes = sizes(answers).ok_or(Obstacle::Contradiction)?;
    let shares = shares(answers, &sizes).ok_or(Obstacle::NoSpread)?;
    let likelihood = Likelihood::new(&shares, &sizes);
    let parameters = maximum(&likelihood).ok_or(Obstacle::NoMaximum)?;
    let (_, information) = likelihood.slope(&parameters);
    let factor = information.factor().ok_or(Obstacle::NoMaximum)?;
    let mut locations = likelihood.locations(&parameters, answers);
    let placed = as_f64(locations.iter().flatten().count() as u64);
    let mean_row = likelihood.mean_of_locations(&locations);
    let mean = locations.iter().flatten().sum::<f64>() / placed;
    locations.iter_mut().flatten().for_each(|location| *location -= mean);
    let abilities = abilities(&likelihood, &parameters, mean);
    let fits = fit_of_items(answers, &shares, &likelihood, &parameters);
    let items = (0..answers.counts.len()).map(|item| {
        let location = (*locations.get(item)?)?;
        let mut row = likelihood.location_row(item)?;
        for (cell, mean) in row.iter_mut().zip(&mean_row) {
            *cell -= mean;
        }
        let (infit, outfit) = (*fits.get(item)?)?;
        Some(Item { location, error: factor.quadratic(&row).sqrt(), infit, outfit })
    });
    Ok(Estimates { informative: likelihood.informative(), items: items.collect(), abilities })
}

/// Participants by total; none if the items do not agree, or the points do not sum to the total.
fn sizes(answers: &Answers) -> Option<Vec<u64>> {
    let of_item = |item: &Vec<Vec<u64>>| item.iter().map(|points| points.iter().sum()).collect::<Vec<u64>>();
    let sizes = of_item(answers.counts.first()?);
    if answers.counts.iter().any(|item| of_item(item) != sizes) {
        return None;
    }
    for (total, n) in sizes.iter().enumerate() {
        let points = answers.counts.iter().filter_map(|item| item.get(total));
        let sum: u64 = points.flat_map(|points| (0_u64..).zip(points).map(|(points, n)| points * n)).sum();
        if sum != total as u64 * n {
            return None;
        }
    }
    Some(sizes)
}

/// Categories that informative rows have; none if fewer than two items have two of them.
///
/// Leaving out a row with an extreme total may remove a category, which makes further rows extreme: repeated until
/// nothing changes.
fn shares(answers: &Answers, sizes: &[u64]) -> Option<Vec<Share>> {
    let (mut low, mut high) = (0, sizes.len().saturating_sub(1));
    loop {
        let seen: Vec<Share> = answers.counts.iter().map(|item| Share::from_rows(item, low..=high)).collect();
        if seen.iter().filter(|share| share.categories.len() > 1).count() < 2 {
            return None;
        }
        let least: usize = seen.iter().map(Share::first).sum();
        let greatest: usize = seen.iter().map(Share::last).sum();
        let inner = (low.max(least + 1), high.min(greatest.saturating_sub(1)));
        if inner.1 < inner.0 {
            return None;
        }
        if inner == (low, high) {
            return Some(seen);
        }
        (low, high) = inner;
    }
}

/// Newton's method with halved steps; none if no maximum is reached.
fn maximum(likelihood: &Likelihood) -> Option<Vec<f64>> {
    let mut parameters = likelihood.start();
    let mut height = likelihood.height(&parameters);
    for _ in 0..MOST_STEPS {
        let (gradient, information) = likelihood.slope(&parameters);
        let step = information.factor()?.solve(&gradient);
        let gain: f64 = step.iter().zip(&gradient).map(|(step, slope)| step * slope).sum();
        if gain < SMALLEST_GAIN {
            return Some(parameters.iter().zip(&step).map(|(old, step)| old + step).collect());
        }
        let mut length = 1.0;
        let (next, reached) = loop {
            let next: Vec<f64> = parameters.iter().zip(&step).map(|(old, step)| old + length * step).collect();
            let reached = likelihood.height(&next);
            // The last digits of the height are noise: a step that loses no more than that is taken.
            if height - 1e-12 * height.abs() <= reached {
                break (next, reached);
            }
            length /= 2.0;
            if length < 1e-6 {
                return None;
            }
        };
        (parameters, height) = (next, reached);
        if parameters.iter().any(|value| GREATEST_LOGIT < value.abs()) {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests;
