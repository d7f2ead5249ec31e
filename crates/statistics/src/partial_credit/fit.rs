//! How far the points of an item stand from what the model expects at the ability of each total.

use super::likelihood::{Likelihood, Share};
use super::{Ability, Answers};
use srez_model::unit::as_f64;

/// Points of one item at one ability.
#[derive(Clone, Copy, Debug, Default)]
struct Expected {
    mean: f64,
    variance: f64,
}

/// Infit and outfit of every item; none if its points have one value only.
pub(super) fn fit_of_items(
    answers: &Answers,
    shares: &[Share],
    likelihood: &Likelihood<'_>,
    parameters: &[f64],
) -> Vec<Option<(f64, f64)>> {
    let laws: Vec<Vec<f64>> = likelihood.laws(parameters).into_iter().map(|(law, _)| law).collect();
    let mut sums = vec![(0.0, 0.0, 0.0); laws.len()];
    for (total, _) in likelihood.sizes().iter().enumerate().filter(|(_, n)| **n != 0) {
        let ability = ability(&laws, as_f64(total as u64));
        for (item, law) in laws.iter().enumerate() {
            let expected = expected(law, ability);
            let counts = answers.counts[item].get(total + likelihood.offset).map_or(&[][..], Vec::as_slice);
            for (points, n) in counts.iter().enumerate().filter(|(_, n)| **n != 0) {
                let distance = as_f64((points - shares[item].first()) as u64) - expected.mean;
                let (squares, variances, standardised) = &mut sums[item];
                *squares += as_f64(*n) * distance * distance;
                *variances += as_f64(*n) * expected.variance;
                *standardised += as_f64(*n) * distance * distance / expected.variance;
            }
        }
    }
    let n = as_f64(likelihood.informative());
    let fits = sums.into_iter().zip(shares).map(|((squares, variances, standardised), share)| {
        (share.categories.len() > 1).then(|| (squares / variances, standardised / n))
    });
    fits.collect()
}

/// Abilities by total, on the scale whose middle is the mean of the locations.
pub(super) fn abilities(likelihood: &Likelihood<'_>, parameters: &[f64], middle: f64) -> Vec<Ability> {
    let laws: Vec<Vec<f64>> = likelihood.laws(parameters).into_iter().map(|(law, _)| law).collect();
    let totals = likelihood.sizes().iter().enumerate().filter(|(_, n)| **n != 0);
    let of_total = |(total, n): (usize, &u64)| {
        let ability = ability(&laws, as_f64(total as u64));
        let information: f64 = laws.iter().map(|law| expected(law, ability).variance).sum();
        let total = (total + likelihood.offset) as u64;
        Ability { total, n: *n, ability: ability - middle, error: 1.0 / information.sqrt() }
    };
    totals.map(of_total).collect()
}

/// Ability at which the expected total is the total, by halving: the expected total rises with the ability.
fn ability(laws: &[Vec<f64>], total: f64) -> f64 {
    let (mut low, mut high) = (-40.0, 40.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        let reached: f64 = laws.iter().map(|law| expected(law, middle).mean).sum();
        if reached < total { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// Mean and variance of the points at an ability.
fn expected(law: &[f64], ability: f64) -> Expected {
    let (mut sum, mut first, mut second) = (0.0, 0.0, 0.0);
    // Shifted so that no power overflows.
    let greatest = if ability > 0.0 { as_f64(law.len() as u64 - 1) } else { 0.0 };
    for (points, probability) in (0_u64..).zip(law) {
        let points = as_f64(points);
        let weight = probability * libm::exp((points - greatest) * ability);
        sum += weight;
        first += weight * points;
        second += weight * points * points;
    }
    let mean = first / sum;
    Expected { mean, variance: second / sum - mean * mean }
}
