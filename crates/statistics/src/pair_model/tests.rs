//! Values of numpy and scipy, and properties.

use super::{Expected, Pair, PairModel, TooFew, Treated};
use crate::school_model::Estimate;

const BEFORE: [f64; 10] = [0.52, 0.61, 0.47, 0.58, 0.66, 0.50, 0.55, 0.44, 0.63, 0.57];
const AFTER: [f64; 10] = [0.55, 0.60, 0.50, 0.55, 0.68, 0.54, 0.52, 0.49, 0.60, 0.61];
const UNITS: [f64; 10] = [40.0, 75.0, 28.0, 60.0, 33.0, 52.0, 90.0, 25.0, 48.0, 66.0];
const MORE: [f64; 10] = [2.0, -5.0, 0.0, 4.0, -3.0, 1.0, 6.0, 2.0, -4.0, 0.0];
const WITHIN: f64 = 0.04;

/// Two parts of equal size, whose variance is .0025.
fn estimate(value: f64, n: f64) -> Estimate {
    Estimate { value, variance: WITHIN / n + 0.0025 * 0.5, weight: n }
}

fn pairs() -> Vec<Pair> {
    let pair = |place: usize| Pair {
        before: estimate(BEFORE[place], UNITS[place]),
        after: estimate(AFTER[place], UNITS[place] + MORE[place]),
    };
    (0..10).map(pair).collect()
}

fn model() -> PairModel {
    PairModel::new(&pairs(), WITHIN, 0.30).unwrap()
}

fn low_group() -> Treated {
    let after = estimate(0.0, 32.0);
    Treated { before: estimate(0.38, 30.0), variance: after.variance, weight: after.weight }
}

fn is_near(name: &str, found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-6, "{name}: {found} instead of {expected}");
}

#[test]
fn a_low_group_is_expected_to_rise_as_the_second_program_says() {
    let model = model();
    let expected = model.expected(&[low_group()]).unwrap();
    is_near("mean", expected.mean, 0.505_791);
    is_near("deviation", expected.deviation, 0.072_567);
    for (value, chance) in [(0.45, 0.217_420), (0.50, 0.459_038), (0.55, 0.725_475)] {
        is_near("P+", expected.below(value), chance);
        is_near("P−", expected.above(value), 1.0 - chance);
    }
    for (place, chance) in [0.0204, 0.0507, 0.1145, 0.1746, 0.2780, 0.3617].into_iter().enumerate() {
        let found: f64 = model.points.iter().skip(place).step_by(6).map(|point| point.weight).sum();
        assert!((found - chance).abs() < 5e-5, "ρ {place}: {found}");
    }
}

#[test]
fn the_target_is_that_of_the_second_program() {
    let expected = model().expected(&[low_group()]).unwrap();
    is_near("target", expected.mean + expected.step(WITHIN, 32, 1.645).unwrap(), 0.654_920);
    assert_eq!(expected.step(WITHIN, 0, 1.645), None);
}

/// Groups together are known better than one; one twice is one.
#[test]
fn groups_together_are_known_better() {
    let model = model();
    let one = model.expected(&[low_group()]).unwrap();
    let two = model.expected(&[low_group(), low_group()]).unwrap();
    is_near("mean", two.mean, one.mean);
    assert!(two.deviation < 0.85 * one.deviation, "{} {}", two.deviation, one.deviation);
    let unseen = Treated { weight: 0.0, ..low_group() };
    assert_eq!(model.expected(&[low_group(), unseen]), Some(one));
    assert_eq!((model.expected(&[]), model.expected(&[unseen])), (None, None));
}

#[test]
fn a_mirror_changes_the_side_only() {
    let mirror = |one: Estimate| Estimate { value: 1.0 - one.value, ..one };
    let mirrored: Vec<Pair> =
        pairs().into_iter().map(|pair| Pair { before: mirror(pair.before), after: mirror(pair.after) }).collect();
    let group = Treated { before: mirror(low_group().before), ..low_group() };
    let found: Expected = PairModel::new(&mirrored, WITHIN, 0.30).unwrap().expected(&[group]).unwrap();
    is_near("mean", 1.0 - found.mean, 0.505_791);
    is_near("P−", found.above(0.45), 0.725_475);
}

#[test]
fn few_groups_expect_nothing() {
    let mut few = pairs();
    few.truncate(8);
    assert!(PairModel::new(&few, WITHIN, 0.30).is_ok());
    few[3].after.value = f64::NAN;
    assert_eq!(PairModel::new(&few, WITHIN, 0.30).err(), Some(TooFew { usable: 7 }));
    assert_eq!(PairModel::from_one_year(&[], WITHIN, 0.30).err(), Some(TooFew { usable: 0 }));
}

/// One year knows the mean and the spread; ρ has its prior, and the error of the mean is that of one mean.
#[test]
fn one_year_expects_a_part_of_the_way_to_the_mean() {
    let groups: Vec<Estimate> = pairs().iter().map(|pair| pair.before).collect();
    let model = PairModel::from_one_year(&groups, WITHIN, 0.30).unwrap();
    for (place, (_, prior)) in super::CORRELATIONS.iter().enumerate() {
        let found: f64 = model.points.iter().skip(place).step_by(6).map(|point| point.weight).sum();
        is_near("ρ", found, *prior);
    }
    let expected = model.expected(&[low_group()]).unwrap();
    assert!(0.45 < expected.mean && expected.mean < 0.56, "{expected:?}");
    assert!(expected.deviation < 0.12, "{expected:?}");
    // A group that is at the mean is expected there, whatever τ and ρ.
    let middle = model.points[40].means.0;
    let group = Treated { before: estimate(middle, 30.0), ..low_group() };
    assert!((model.expected(&[group]).unwrap().mean - middle).abs() < 0.01);
}

/// Bounds hold what they say, and a group that is at the mean of the second year is expected to stay there.
#[test]
fn bounds_hold_and_the_year_after_keeps_the_mean() {
    let expected = model().expected(&[low_group()]).unwrap();
    let (low, high) = expected.interval();
    is_near("below", expected.below(low), 0.025);
    is_near("above", expected.above(high), 0.025);
    let onward = model().onward();
    let middle = model().points[40].means.1;
    let group = Treated { before: estimate(middle, 30.0), ..low_group() };
    assert!((onward.expected(&[group]).unwrap().mean - middle).abs() < 0.01);
    // The mean of the first year is lower: the rise is not promised once more.
    assert!(onward.expected(&[group]).unwrap().mean < model().expected(&[group]).unwrap().mean);
}
