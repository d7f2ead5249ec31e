//! The conditional likelihood of a test: height, slope and information.

use super::Answers;
use crate::positive_definite::Symmetric;
use srez_model::unit::as_f64;
use std::ops::RangeInclusive;

/// Categories of one item that informative rows have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Share {
    /// Points, ascending, with their number of rows.
    pub(super) categories: Vec<(usize, u64)>,
}

impl Share {
    /// Categories of an item among rows with these totals.
    pub(super) fn from_rows(item: &[Vec<u64>], totals: RangeInclusive<usize>) -> Self {
        let mut counts: Vec<u64> = Vec::new();
        for (total, points) in item.iter().enumerate() {
            if totals.contains(&total) {
                counts.resize(counts.len().max(points.len()), 0);
                counts.iter_mut().zip(points).for_each(|(sum, n)| *sum += n);
            }
        }
        Self { categories: counts.into_iter().enumerate().filter(|(_, n)| *n != 0).collect() }
    }

    /// Fewest points.
    pub(super) fn first(&self) -> usize {
        self.categories.first().map_or(0, |(points, _)| *points)
    }

    /// Most points.
    pub(super) fn last(&self) -> usize {
        self.categories.last().map_or(0, |(points, _)| *points)
    }
}

/// Likelihood as a function of the parameters: one per item and category above its lowest.
pub(super) struct Likelihood<'a> {
    shares: &'a [Share],
    /// Place of the first parameter of every item.
    places: Vec<usize>,
    parameters: usize,
    /// Sum of the lowest categories: total that counts as 0.
    pub(super) offset: usize,
    /// Informative rows by total less the offset; the two ends are 0.
    sizes: Vec<u64>,
}

impl<'a> Likelihood<'a> {
    pub(super) fn new(shares: &'a [Share], sizes: &[u64]) -> Self {
        let mut places = Vec::with_capacity(shares.len());
        let mut parameters = 0;
        for share in shares {
            places.push(parameters);
            parameters += share.categories.len().saturating_sub(1);
        }
        let offset = shares.iter().map(Share::first).sum();
        let last: usize = shares.iter().map(Share::last).sum();
        let mut inner: Vec<u64> = (offset..=last).map(|total| sizes.get(total).copied().unwrap_or(0)).collect();
        if let [first, .., last] = inner.as_mut_slice() {
            (*first, *last) = (0, 0);
        }
        Self { shares, places, parameters, offset, sizes: inner }
    }

    /// Rows that tell something.
    pub(super) fn informative(&self) -> u64 {
        self.sizes.iter().sum()
    }

    /// Rows by total less the offset.
    pub(super) fn sizes(&self) -> &[u64] {
        &self.sizes
    }

    /// Parameters from the plain logarithms of the counts, so that the sum over the direction of the ability is 0.
    pub(super) fn start(&self) -> Vec<f64> {
        let mut start = Vec::with_capacity(self.parameters);
        for share in self.shares {
            let first = share.categories.first().map_or(1, |(_, n)| *n);
            start.extend(share.categories.iter().skip(1).map(|(_, n)| libm::log(as_f64(first) / as_f64(*n))));
        }
        let direction = self.direction();
        let along: f64 = start.iter().zip(&direction).map(|(value, step)| value * step).sum();
        let length: f64 = direction.iter().map(|step| step * step).sum();
        start.iter().zip(&direction).map(|(value, step)| value - along / length * step).collect()
    }

    /// The change of the parameters that an ability would make: the likelihood does not feel it.
    fn direction(&self) -> Vec<f64> {
        let steps = self.shares.iter().flat_map(|share| {
            share.categories.iter().skip(1).map(|(points, _)| as_f64((points - share.first()) as u64))
        });
        steps.collect()
    }

    /// Law of every item at ability 0: probability of each number of points above its lowest, and `ln Σ exp(−b)`.
    pub(super) fn laws(&self, parameters: &[f64]) -> Vec<(Vec<f64>, f64)> {
        let laws = self.shares.iter().zip(&self.places).map(|(share, place)| {
            let mut weights = vec![0.0; share.last() - share.first() + 1];
            weights[0] = 1.0;
            for (category, (points, _)) in share.categories.iter().enumerate().skip(1) {
                weights[points - share.first()] = libm::exp(-parameters[place + category - 1]);
            }
            let sum: f64 = weights.iter().sum();
            weights.iter_mut().for_each(|weight| *weight /= sum);
            (weights, libm::log(sum))
        });
        laws.collect()
    }

    /// Logarithm of the conditional likelihood.
    pub(super) fn height(&self, parameters: &[f64]) -> f64 {
        let laws = self.laws(parameters);
        let norm: f64 = laws.iter().map(|(_, norm)| norm).sum();
        let whole = laws.iter().fold(vec![1.0], |sum, (law, _)| convolved(&sum, law));
        let of_totals: f64 = self
            .sizes
            .iter()
            .zip(&whole)
            .filter(|(n, _)| **n != 0)
            .map(|(n, gamma)| as_f64(*n) * (libm::log(*gamma) + norm))
            .sum();
        let mut of_items = 0.0;
        for (share, place) in self.shares.iter().zip(&self.places) {
            for (category, (_, n)) in share.categories.iter().enumerate().skip(1) {
                of_items += as_f64(*n) * parameters[place + category - 1];
            }
        }
        -of_items - of_totals
    }

    /// Gradient, and information with the direction of the ability closed.
    pub(super) fn slope(&self, parameters: &[f64]) -> (Vec<f64>, Symmetric) {
        let laws: Vec<Vec<f64>> = self.laws(parameters).into_iter().map(|(law, _)| law).collect();
        let mut ahead = vec![vec![1.0]];
        for law in &laws {
            ahead.push(convolved(ahead.last().map_or(&[][..], Vec::as_slice), law));
        }
        let mut behind = vec![vec![1.0]];
        for law in laws.iter().rev() {
            behind.push(convolved(behind.last().map_or(&[][..], Vec::as_slice), law));
        }
        behind.reverse();
        let whole = &behind[0];
        // Probability of every category of an item, given the total.
        let given: Vec<Vec<Vec<f64>>> = (0..laws.len())
            .map(|item| self.given_total(&laws[item], &convolved(&ahead[item], &behind[item + 1]), whole, item))
            .collect();
        let mut gradient = vec![0.0; self.parameters];
        let mut information = Symmetric::zero(self.parameters);
        for (item, share) in self.shares.iter().enumerate() {
            let place = self.places[item];
            for category in 1..share.categories.len() {
                let expected = self.sum(|total| given[item][category][total]);
                gradient[place + category - 1] = expected - as_f64(share.categories[category].1);
                information.add(place + category - 1, place + category - 1, expected);
                for other in 1..=category {
                    let both = self.sum(|total| given[item][category][total] * given[item][other][total]);
                    information.add(place + category - 1, place + other - 1, -both);
                }
            }
        }
        self.pairs(&laws, (&ahead, &behind), &given, &mut information);
        let direction = self.direction();
        let weight = information.trace() / direction.iter().map(|step| step * step).sum::<f64>();
        for (row, left) in direction.iter().enumerate() {
            for (column, right) in direction.iter().enumerate().take(row + 1) {
                information.add(row, column, weight * left * right);
            }
        }
        (gradient, information)
    }

    /// Adds the covariances of different items.
    fn pairs(
        &self,
        laws: &[Vec<f64>],
        (ahead, behind): (&[Vec<f64>], &[Vec<f64>]),
        given: &[Vec<Vec<f64>>],
        information: &mut Symmetric,
    ) {
        let whole = &behind[0];
        for (first, share) in self.shares.iter().enumerate() {
            if share.categories.len() < 2 {
                continue;
            }
            let mut between = ahead[first].clone();
            for second in first + 1..laws.len() {
                if self.shares[second].categories.len() > 1 {
                    let without = convolved(&between, &behind[second + 1]);
                    self.pair((first, second), laws, &without, whole, given, information);
                }
                between = convolved(&between, &laws[second]);
            }
        }
    }

    fn pair(
        &self,
        (first, second): (usize, usize),
        laws: &[Vec<f64>],
        without: &[f64],
        whole: &[f64],
        given: &[Vec<Vec<f64>>],
        information: &mut Symmetric,
    ) {
        let (left, right) = (&self.shares[first], &self.shares[second]);
        for (i, (points, _)) in left.categories.iter().enumerate().skip(1) {
            let points = points - left.first();
            for (j, (other, _)) in right.categories.iter().enumerate().skip(1) {
                let other = other - right.first();
                let weight = laws[first][points] * laws[second][other];
                let covariance = self.sum(|total| {
                    let rest = total.checked_sub(points + other).and_then(|rest| without.get(rest)).unwrap_or(&0.0);
                    weight * rest / whole[total] - given[first][i][total] * given[second][j][total]
                });
                information.add(self.places[first] + i - 1, self.places[second] + j - 1, covariance);
            }
        }
    }

    /// By category of an item, then total: the probability of the category given the total.
    fn given_total(&self, law: &[f64], without: &[f64], whole: &[f64], item: usize) -> Vec<Vec<f64>> {
        let share = &self.shares[item];
        let of_category = |(points, _): &(usize, u64)| {
            let points = points - share.first();
            let at = |(total, gamma): (usize, &f64)| {
                let rest = total.checked_sub(points).and_then(|rest| without.get(rest)).unwrap_or(&0.0);
                law[points] * rest / gamma
            };
            whole.iter().enumerate().map(at).collect()
        };
        share.categories.iter().map(of_category).collect()
    }

    /// Sum over the informative rows.
    fn sum(&self, value: impl Fn(usize) -> f64) -> f64 {
        let totals = self.sizes.iter().enumerate().filter(|(_, n)| **n != 0);
        totals.map(|(total, n)| as_f64(*n) * value(total)).sum()
    }

    /// Location of every item before centring: the last parameter over the maximum.
    pub(super) fn locations(&self, parameters: &[f64], answers: &Answers) -> Vec<Option<f64>> {
        let items = self.shares.iter().zip(&self.places).zip(&answers.counts);
        items
            .map(|((share, place), counts)| {
                let max = counts.iter().map(Vec::len).max()?.checked_sub(1)?;
                let whole = share.first() == 0 && share.last() == max && max != 0;
                let last = place + share.categories.len().checked_sub(2)?;
                whole.then(|| parameters[last] / as_f64(max as u64))
            })
            .collect()
    }

    /// Weights of the parameters in the location of an item.
    pub(super) fn location_row(&self, item: usize) -> Option<Vec<f64>> {
        let share = self.shares.get(item)?;
        let mut row = vec![0.0; self.parameters];
        let last = self.places.get(item)? + share.categories.len().checked_sub(2)?;
        *row.get_mut(last)? = 1.0 / as_f64(share.last() as u64);
        Some(row)
    }

    /// Weights of the parameters in the mean of the locations that there are.
    pub(super) fn mean_of_locations(&self, locations: &[Option<f64>]) -> Vec<f64> {
        let placed = as_f64(locations.iter().flatten().count() as u64);
        let mut mean = vec![0.0; self.parameters];
        for item in (0..locations.len()).filter(|item| locations[*item].is_some()) {
            for (sum, weight) in mean.iter_mut().zip(self.location_row(item).unwrap_or_default()) {
                *sum += weight / placed;
            }
        }
        mean
    }
}

/// Law of the sum of two independent numbers, from 0.
fn convolved(left: &[f64], right: &[f64]) -> Vec<f64> {
    let mut sum = vec![0.0; (left.len() + right.len()).saturating_sub(1)];
    for (place, weight) in left.iter().enumerate() {
        for (cell, other) in sum[place..].iter_mut().zip(right) {
            *cell += weight * other;
        }
    }
    sum
}
