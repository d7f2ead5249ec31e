//! Chance that two rows of one total agree in every task, and whether a group has more agreeing rows than chance gives.
//!
//! Tasks alone: `q_j(k) = (count + 0.5/(m_j + 1))/(n + 0.5)` among rows near the total,
//! `ρ_t = [z^t]Π_jΣ_k q_j(k)²·z^k / ([z^t]Π_jΣ_k q_j(k)·z^k)²`: rows of one total agree by chance as often as this if
//! nothing but the total links tasks. Totals of which rows agree too often anyway are left out for everybody; nothing
//! observed enters that choice. Expected repeats of a group `λ = f·Σ C(n, 2)·ρ_t`, `f` how much more often rows of the
//! other groups repeat than that; `p = P(Poisson(λ) ≥ observed)`.
//! Degenerate: a total that no row can have, or without enough rows near it, has no chance.

use crate::poisson;
use srez_model::unit::as_f64;

/// Rows by what they have in the tasks: `points[task][total][k]` rows of that total with k points in the task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// Rows by total.
    pub totals: Vec<u64>,
    /// Rows by task, total and points.
    pub points: Vec<Vec<Vec<u64>>>,
}

/// Fewest rows from which the tasks are known near a total.
pub const FEWEST_ROWS: u64 = 100;
/// Share of one row that is added over all points of a task, so that none is impossible.
const ADDED: f64 = 0.5;
/// A group whose rows repeat as rarely as this by chance does not enter the usual excess of the others.
const RARE: f64 = 0.01;

/// Chance that two rows of this total agree, for tasks with these shares of rows by points; none where no row can have
/// it.
pub fn chance(tasks: &[Vec<f64>], total: usize) -> Option<f64> {
    let (mut once, mut twice) = (vec![1.0], vec![1.0]);
    for shares in tasks {
        let squares: Vec<f64> = shares.iter().map(|share| share * share).collect();
        once = product(&once, shares, total);
        twice = product(&twice, &squares, total);
    }
    let of_total = once.get(total).copied().filter(|share| 0.0 < *share)?;
    // Rounding may leave more than 1 where only one row is possible.
    Some((twice.get(total)? / of_total / of_total).min(1.0))
}

/// Product of two polynomials up to a power.
fn product(left: &[f64], right: &[f64], last: usize) -> Vec<f64> {
    let length = (left.len() + right.len()).saturating_sub(1).min(last + 1);
    let mut product = vec![0.0; length];
    for (i, a) in left.iter().enumerate() {
        for (cell, b) in product.iter_mut().skip(i).zip(right) {
            *cell += a * b;
        }
    }
    product
}

impl Rows {
    /// For every total the chance that two rows of it agree; none where it is unknown or too great.
    pub fn chances(&self, fewest: u64, greatest: f64) -> Vec<Option<f64>> {
        let of_total = |total| chance(&self.near(total, fewest)?, total).filter(|chance| *chance <= greatest);
        (0..self.totals.len()).map(of_total).collect()
    }

    /// Shares of points in every task among rows whose totals are as near as needed to have enough of them.
    fn near(&self, total: usize, fewest: u64) -> Option<Vec<Vec<f64>>> {
        let last = self.totals.len().checked_sub(1)?;
        let window = |width: usize| total.saturating_sub(width)..=total.saturating_add(width).min(last);
        let rows = |width: &usize| self.totals[window(*width)].iter().sum::<u64>();
        let width = (0..=last).find(|width| fewest <= rows(width))?;
        Some(self.points.iter().map(|task| shares(&task[window_of(task, &window(width))])).collect())
    }
}

/// The part of a window for which a task has counts.
fn window_of(task: &[Vec<u64>], window: &std::ops::RangeInclusive<usize>) -> std::ops::Range<usize> {
    let end = task.len().min(window.end() + 1);
    (*window.start()).min(end)..end
}

/// Shares by points, none of them 0.
fn shares(totals: &[Vec<u64>]) -> Vec<f64> {
    let length = totals.iter().map(Vec::len).max().unwrap_or(0);
    let mut counts = vec![0; length];
    for total in totals {
        for (sum, count) in counts.iter_mut().zip(total) {
            *sum += count;
        }
    }
    let all = as_f64(counts.iter().sum()) + ADDED;
    let added = ADDED / as_f64(length as u64);
    counts.into_iter().map(|count| (as_f64(count) + added) / all).collect()
}

/// Repeats of one group.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Repeats {
    /// Rows that repeat another of their part and total.
    pub observed: u64,
    /// Expected from the tasks alone.
    pub expected: f64,
}

/// A group against chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreement {
    /// How much more often rows of the others repeat than the tasks alone make them.
    pub usual: f64,
    /// Expected repeats with that.
    pub expected: f64,
    /// Probability of as many repeats or more.
    pub p: f64,
}

/// Every group against chance and the others, in the order given.
pub fn agreements(groups: &[Repeats]) -> Vec<Agreement> {
    let is_ordinary = |own: &Repeats| RARE <= poisson::upper_tail(own.observed, own.expected);
    let add =
        |(observed, expected): (f64, f64), own: &Repeats| (observed + as_f64(own.observed), expected + own.expected);
    let all = groups.iter().filter(|own| is_ordinary(own)).fold((0.0, 0.0), add);
    let of_group = |own: &Repeats| {
        let (observed, expected) =
            if is_ordinary(own) { (all.0 - as_f64(own.observed), all.1 - own.expected) } else { all };
        let usual = ((observed + 1.0) / (expected.max(0.0) + 1.0)).max(1.0);
        let expected = usual * own.expected;
        Agreement { usual, expected, p: poisson::upper_tail(own.observed, expected) }
    };
    groups.iter().map(of_group).collect()
}

#[cfg(test)]
mod tests {
    use super::{Repeats, Rows, agreements, chance, shares};
    use crate::poisson;

    fn is_near(found: &[Option<f64>], expected: &[f64]) {
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            assert!((found.unwrap() - expected).abs() < 1e-6, "{found:?} instead of {expected}");
        }
    }

    fn three_tasks() -> Vec<Vec<f64>> {
        [0.9, 0.6, 0.3].map(|share| vec![1.0 - share, share]).to_vec()
    }

    /// Values of the enumeration of all rows.
    #[test]
    fn chances_are_those_of_the_enumeration() {
        let mut tasks = three_tasks();
        let found: Vec<_> = (0..4).map(|total| chance(&tasks, total)).collect();
        is_near(&found, &[1.0, 0.698_577, 0.609_694, 1.0]);
        tasks.push(vec![0.2, 0.3, 0.5]);
        let found: Vec<_> = (0..6).map(|total| chance(&tasks, total)).collect();
        is_near(&found, &[1.0, 0.554_697, 0.287_651, 0.276_623, 0.454_624, 1.0]);
        assert_eq!((chance(&tasks, 6), chance(&[], 0), chance(&[], 1)), (None, Some(1.0), None));
    }

    /// All rows of tasks of 0, 1 and 2 points, one by one.
    #[test]
    fn chances_are_those_of_all_pairs() {
        let tasks: Vec<Vec<f64>> = vec![vec![0.5, 0.2, 0.3], vec![0.1, 0.9], vec![0.25; 4], vec![0.7, 0.1, 0.2]];
        let mut rows = vec![(0, 1.0)];
        for task in &tasks {
            let with = |(total, share): &(usize, f64)| {
                let (total, share) = (*total, *share);
                task.iter().enumerate().map(move |(points, one)| (total + points, share * one)).collect::<Vec<_>>()
            };
            rows = rows.iter().flat_map(with).collect();
        }
        for total in 0..9 {
            let own: Vec<f64> = rows.iter().filter(|row| row.0 == total).map(|row| row.1).collect();
            let all: f64 = own.iter().sum();
            let agree: f64 = own.iter().map(|share| (share / all).powi(2)).sum();
            assert!((chance(&tasks, total).unwrap() - agree).abs() < 1e-12, "{total}");
        }
    }

    #[test]
    fn no_points_are_impossible() {
        // (3 + 1/6)/4.5, (0 + 1/6)/4.5, (1 + 1/6)/4.5.
        let found = shares(&[vec![2, 0], vec![1, 0, 1]]);
        for (found, expected) in found.iter().zip([19.0 / 27.0, 1.0 / 27.0, 7.0 / 27.0]) {
            assert!((found - expected).abs() < 1e-15, "{found}");
        }
        assert!(shares(&[]).is_empty());
    }

    /// One task of one point, sixty rows a total: rows of a total are near only to the neighbours.
    #[test]
    fn neighbours_are_asked_until_there_are_enough_rows() {
        let by_total = |ones: u64| vec![60 - ones, ones];
        let rows = Rows { totals: vec![60; 4], points: vec![[0, 10, 50, 60].map(by_total).to_vec()] };
        let near = rows.near(1, 100).unwrap();
        // Totals 0 to 2: 60 of 180.
        assert!((near[0][1] - 60.25 / 180.5).abs() < 1e-15, "{near:?}");
        let own = rows.near(1, 60).unwrap();
        assert!((own[0][1] - 10.25 / 60.5).abs() < 1e-15, "{own:?}");
        assert_eq!((rows.near(3, 241), Rows::default().near(0, 1)), (None, None));
        assert!(rows.near(0, 240).is_some());
    }

    #[test]
    fn totals_whose_rows_agree_anyway_are_left_out() {
        let task = |m: usize| (0..=12).map(|_| vec![20; m + 1]).collect::<Vec<_>>();
        let rows = Rows { totals: vec![40; 13], points: (0..12).map(|_| task(1)).collect() };
        let found = rows.chances(100, 0.02);
        // Of twelve equal tasks the rows of total t are C(12, t).
        assert_eq!((found[0], found[1], found[11], found[12]), (None, None, None, None));
        assert!((found[2].unwrap() - 1.0 / 66.0).abs() < 1e-12 && (found[6].unwrap() - 1.0 / 924.0).abs() < 1e-12);
    }

    #[test]
    fn a_group_is_compared_with_what_is_usual_among_the_others() {
        let group = |observed, expected| Repeats { observed, expected };
        let groups = [group(12, 0.4), group(3, 1.0), group(4, 2.0), group(0, 1.0)];
        let found = agreements(&groups);
        // The first is too rare to speak for the others: (7 + 1)/(4 + 1).
        assert!((found[0].usual - 1.6).abs() < 1e-12 && (found[0].expected - 0.64).abs() < 1e-12);
        assert!((found[0].p - poisson::upper_tail(12, 0.64)).abs() < 1e-15 && found[0].p < 1e-10);
        // Without itself: (4 + 1)/(3 + 1), (3 + 1)/(2 + 1) and (7 + 1)/(3 + 1).
        for (found, usual) in found[1..].iter().zip([1.25, 4.0 / 3.0, 2.0]) {
            assert!((found.usual - usual).abs() < 1e-12, "{found:?}");
        }
        // Others with fewer repeats than expected do not make one more sensitive.
        assert_eq!(agreements(&[group(2, 1.0), group(0, 9.0)])[0].usual, 1.0);
        assert!(agreements(&[]).is_empty());
    }
}
