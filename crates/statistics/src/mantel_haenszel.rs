//! Whether two groups of equal total score differ on one item: Mantel–Haenszel for one point, Mantel for several.
//!
//! One point: common odds ratio `Σ(a·d/T) / Σ(b·c/T)` (a, b right and wrong of the reference, c, d of the focal
//! group), `Δ = −2.35·ln OR`, error of Robins, Breslow & Greenland, chi-square with the correction 0.5.
//! Several points: chi-square of the focal sum against its hypergeometric mean and variance; effect is the mean
//! difference at equal totals, weighted by the focal group. A negative effect: harder for the focal group.
//! Sources: Mantel & Haenszel 1959; Robins, Breslow & Greenland 1986, Biometrics 42:311; Mantel 1963, JASA 58:690;
//! Holland & Thayer 1988; Zwick & Thayer 1996, JEBS 21:187 (error of the mean difference).
//! Degenerate: strata with one group carry no information; an odds ratio of 0 or ∞ has no logarithm.

use super::normal;
use srez_model::unit::as_f64;

/// Participants of one total, by points on the item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stratum {
    /// Reference group.
    pub reference: Vec<u64>,
    /// Focal group.
    pub focal: Vec<u64>,
}

/// Effect, its standard error, and the two-sided p of no effect.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// Δ for one point, a difference in points for several.
    pub size: f64,
    /// Standard error of the size.
    pub error: f64,
    /// Chi-square with one degree of freedom.
    pub chi_square: f64,
    pub p: f64,
}

/// Points of one group in one stratum.
#[derive(Clone, Copy)]
struct Sums {
    n: f64,
    sum: f64,
    squares: f64,
}

impl Sums {
    fn from_counts(counts: &[u64]) -> Self {
        let mut sums = Self { n: 0.0, sum: 0.0, squares: 0.0 };
        for (points, n) in (0..).zip(counts) {
            let (points, n) = (as_f64(points), as_f64(*n));
            sums.n += n;
            sums.sum += n * points;
            sums.squares += n * points * points;
        }
        sums
    }
}

/// Number of strata with both groups.
pub fn shared(strata: &[Stratum]) -> usize {
    both(strata).count()
}

fn both(strata: &[Stratum]) -> impl Iterator<Item = (Sums, Sums)> + '_ {
    let sums = strata.iter().map(|stratum| (Sums::from_counts(&stratum.reference), Sums::from_counts(&stratum.focal)));
    sums.filter(|(reference, focal)| reference.n > 0.0 && focal.n > 0.0)
}

/// Observed less expected focal sum, and its variance.
fn distance(strata: &[Stratum]) -> (f64, f64) {
    let (mut distance, mut variance) = (0.0, 0.0);
    for (reference, focal) in both(strata) {
        let n = reference.n + focal.n;
        let (sum, squares) = (reference.sum + focal.sum, reference.squares + focal.squares);
        distance += focal.sum - focal.n * sum / n;
        variance += variance_of_focal(reference.n, focal.n, sum, squares);
    }
    (distance, variance)
}

fn variance_of_focal(reference: f64, focal: f64, sum: f64, squares: f64) -> f64 {
    let n = reference + focal;
    reference * focal * (n * squares - sum * sum) / (n * n * (n - 1.0))
}

/// Effect on an item of one point; none if the odds ratio is 0, infinite or undefined.
pub fn one_point_effect(strata: &[Stratum]) -> Option<Effect> {
    let (mut over, mut under, mut first, mut mixed, mut last) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (reference, focal) in both(strata) {
        let n = reference.n + focal.n;
        let (a, b, c, d) = (reference.sum, reference.n - reference.sum, focal.sum, focal.n - focal.sum);
        let (agree, differ) = ((a + d) / n, (b + c) / n);
        let (r, s) = (a * d / n, b * c / n);
        over += r;
        under += s;
        first += agree * r;
        mixed += agree * s + differ * r;
        last += differ * s;
    }
    if !(over > 0.0 && under > 0.0) {
        return None;
    }
    let (distance, variance) = distance(strata);
    let chi_square = (distance.abs() - 0.5).max(0.0).powi(2) / variance;
    let of_logarithm = first / (2.0 * over * over) + mixed / (2.0 * over * under) + last / (2.0 * under * under);
    Some(Effect {
        size: -2.35 * libm::log(over / under),
        error: 2.35 * of_logarithm.sqrt(),
        chi_square,
        p: normal::two_sided(chi_square.sqrt()),
    })
}

/// Effect on an item of several points; none if nothing varies at equal totals.
pub fn several_points_effect(strata: &[Stratum]) -> Option<Effect> {
    let (distance, variance) = distance(strata);
    if variance.is_nan() || variance <= 0.0 {
        return None;
    }
    let focal_rows: f64 = both(strata).map(|(_, focal)| focal.n).sum();
    let (mut size, mut of_size) = (0.0, 0.0);
    for (reference, focal) in both(strata) {
        let weight = focal.n / focal_rows;
        size += weight * (focal.sum / focal.n - reference.sum / reference.n);
        let own = variance_of_focal(reference.n, focal.n, reference.sum + focal.sum, reference.squares + focal.squares);
        of_size += (weight * (1.0 / focal.n + 1.0 / reference.n)).powi(2) * own;
    }
    let chi_square = distance * distance / variance;
    Some(Effect { size, error: of_size.sqrt(), chi_square, p: normal::two_sided(chi_square.sqrt()) })
}

#[cfg(test)]
mod tests {
    use super::{Stratum, one_point_effect, several_points_effect, shared};

    /// Right and wrong of the reference, right and wrong of the focal group.
    fn strata(cells: &[[u64; 4]]) -> Vec<Stratum> {
        let of = |[a, b, c, d]: [u64; 4]| Stratum { reference: vec![b, a], focal: vec![d, c] };
        cells.iter().copied().map(of).collect()
    }

    #[test]
    fn effects_are_those_of_the_tables() {
        for (cells, ratio, size, error, chi_square) in [
            ([[10, 30, 8, 32], [25, 25, 20, 30], [40, 10, 36, 14]], 1.4741, -0.912, 0.627, 1.738),
            ([[10, 30, 2, 38], [25, 25, 10, 40], [40, 10, 25, 25]], 4.3043, -3.430, 0.698, 24.32),
        ] {
            let found = one_point_effect(&strata(&cells)).unwrap();
            assert!((libm::exp(-found.size / 2.35) - ratio).abs() < 5e-5, "{found:?}");
            assert!((found.size - size).abs() < 5e-4 && (found.error - error).abs() < 5e-4, "{found:?}");
            assert!((found.chi_square - chi_square).abs() < 5e-3, "{found:?}");
        }
    }

    #[test]
    fn strata_with_one_group_tell_nothing_and_extreme_odds_have_no_effect() {
        let cells = [[10, 30, 8, 32], [25, 25, 20, 30], [40, 10, 36, 14]];
        let plain = strata(&cells);
        let more = strata(&[cells[0], cells[1], cells[2], [9, 9, 0, 0], [0, 0, 0, 7]]);
        assert_eq!((shared(&more), one_point_effect(&more)), (3, one_point_effect(&plain)));
        assert_eq!(one_point_effect(&strata(&[[10, 0, 0, 10]])), None);
        assert_eq!(several_points_effect(&strata(&[[10, 0, 10, 0]])), None);
    }

    /// Pooled odds ratio, error, corrected and plain tests as statsmodels 0.14 gives them.
    #[test]
    fn effects_are_those_of_another_program() {
        let cases = [
            (
                [[10, 30, 8, 32], [25, 25, 20, 30], [40, 10, 36, 14]],
                [1.474_137_931_034_482_9, 0.266_863_228_887_756_2, 1.737_594_561_269_037_3, 0.187_443_900_560_761_32],
                [2.102_489_419_135_534_5, 0.147_059_536_668_729_95],
            ),
            (
                [[10, 30, 2, 38], [25, 25, 10, 40], [40, 10, 25, 25]],
                [4.304_347_826_086_956, 0.296_998_519_229_344_5, 24.321_040_628_393_08, 8.154_346_790_023_581e-7],
                [25.653_457_025_127_548, 4.085_629_131_678_203_4e-7],
            ),
        ];
        let close = |found: f64, wanted: f64| assert!((found / wanted - 1.0).abs() < 1e-9, "{found} {wanted}");
        for (cells, [ratio, error, chi_square, p], [plain, p_plain]) in cases {
            let found = one_point_effect(&strata(&cells)).unwrap();
            close(libm::exp(-found.size / 2.35), ratio);
            close(found.error / 2.35, error);
            close(found.chi_square, chi_square);
            close(found.p, p);
            // With one point the test for several points equals the test without the correction.
            let several = several_points_effect(&strata(&cells)).unwrap();
            close(several.chi_square, plain);
            close(several.p, p_plain);
        }
    }

    #[test]
    fn the_difference_of_means_is_weighted_by_the_focal_group() {
        let found = several_points_effect(&strata(&[[10, 30, 2, 38], [25, 25, 10, 40], [40, 10, 25, 25]])).unwrap();
        // Focal shares 0.05, 0.2, 0.5 against 0.25, 0.5, 0.8, weights 40, 50, 50 of 140.
        let size = -(40.0 * 0.2 + 50.0 * 0.3 + 50.0 * 0.3) / 140.0;
        assert!((found.size - size).abs() < 1e-12 && found.error > 0.0, "{found:?}");
    }
}
