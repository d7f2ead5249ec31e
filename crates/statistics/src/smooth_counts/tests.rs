//! Values of numpy and scipy.

use super::{Bunching, Curve, Pair, testable};

const ONE_CUT: [u64; 19] = [3, 9, 20, 38, 60, 88, 121, 131, 869, 150, 142, 131, 118, 96, 75, 52, 33, 17, 6];
const THREE_CUTS: [u64; 19] = [2, 5, 11, 22, 35, 30, 75, 66, 70, 48, 92, 60, 51, 29, 44, 22, 13, 7, 2];

fn is_near(name: &str, found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{name}: {found} instead of {expected}");
}

fn bunching(counts: &[u64], cuts: &[usize]) -> (Curve, Bunching) {
    let curve = Curve::through(counts, cuts).unwrap();
    let bunching = curve.bunching(counts, cuts).unwrap();
    (curve, bunching)
}

#[test]
fn one_cut_has_the_values_of_the_second_program() {
    let (curve, found) = bunching(&ONE_CUT, &[8]);
    assert_eq!((curve.degree, curve.degrees, curve.dispersion), (5, 11.0, 1.0));
    is_near("η₇", curve.eta(7), 4.922_928, 1e-6);
    is_near("η₈", curve.eta(8), 4.999_794, 1e-6);
    is_near("p", found.p / 1.433e-10, 1.0, 5e-4);
    is_near("λ", found.share, 0.7275, 5e-5);
    is_near("error", found.error, 0.0343, 5e-5);
    // 1,000 units of which π stand at the cut.
    let share = 1.0 / (1.0 + libm::exp(4.922_928 - 4.999_794));
    is_near("E", found.excess, 869.0 - 1000.0 * share, 1e-3);
    is_near("D", found.displaced, 1000.0 * (1.0 - share), 1e-3);
    let half = crate::student::value(0.05, 11.0) * found.error;
    is_near("low", found.low, found.share - half, 1e-12);
    is_near("high", found.high, found.share + half, 1e-12);
}

#[test]
fn three_cuts_have_the_values_of_the_second_program() {
    let (curve, found) = bunching(&THREE_CUTS, &[6, 10, 14]);
    assert_eq!((curve.degree, curve.degrees, curve.dispersion), (4, 8.0, 1.0));
    is_near("p", found.p / 1.668e-4, 1.0, 5e-4);
    is_near("λ", found.share, 0.3334, 5e-5);
    is_near("error", found.error, 0.0558, 5e-5);
}

#[test]
fn one_group_has_the_values_of_the_second_program() {
    let (curve, _) = bunching(&THREE_CUTS, &[6, 10, 14]);
    let pairs = [(6, 3, 9), (10, 4, 11), (14, 2, 6)].map(|(cut, below, at)| (cut, Pair { below, at }));
    let found = curve.excess(&pairs, 0.08).unwrap();
    for (found, expected) in found.shares.iter().zip([0.570_487, 0.508_268, 0.448_516]) {
        is_near("π", *found, expected, 1e-6);
    }
    is_near("E", 26.0 - found.expected, 7.942_014, 5e-6);
    is_near("n", found.n, 35.0, 0.0);
    is_near("e", found.value, 0.226_915, 1e-6);
    is_near("s²", found.variance, 0.007_076_0, 5e-8);
    assert_eq!((curve.excess(&[], 0.0), curve.excess(&[(6, Pair::default())], 0.0)), (None, None));
}

/// Counts that follow the curve are no sign, and too few at the cut have a p near 1.
#[test]
fn only_too_many_at_the_cut_are_a_sign() {
    let smooth: Vec<u64> =
        (0..=18).map(|x: i32| (900.0 * libm::exp(-0.03 * f64::from((x - 9).pow(2)))) as u64).collect();
    let (_, found) = bunching(&smooth, &[8]);
    assert!(0.2 < found.p && found.p < 0.8 && found.share.abs() < 0.05, "{found:?}");
    let mut fewer = smooth;
    fewer[7] += 200;
    fewer[8] -= 200;
    let (_, found) = bunching(&fewer, &[8]);
    assert!(0.999 < found.p && found.share < 0.0 && found.high < 0.0, "{found:?}");
}

#[test]
fn cuts_that_touch_or_have_nothing_below_are_left_out() {
    assert_eq!(testable(&[14, 6, 7, 0, 19, 10], 18), [10, 14]);
    assert_eq!(testable(&[6, 8, 8], 18), [6, 8]);
    let curve = Curve::through(&ONE_CUT, &[0, 8]).unwrap();
    assert_eq!(curve.bunching(&ONE_CUT, &[0]), None);
    let mut nobody = ONE_CUT;
    (nobody[7], nobody[8]) = (0, 0);
    assert_eq!(curve.bunching(&nobody, &[8]), None);
}
