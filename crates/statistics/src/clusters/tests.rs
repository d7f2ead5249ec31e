//! Values of numpy and scipy, and hand-worked ones.

use super::{Cluster, Difference, Mean, Verdict, without};
use crate::school_model::{Assumptions, Group, Observed, Obstacle, Posterior, Sample};
use crate::student;

const VALUES: [f64; 6] = [0.52, 0.61, 0.47, 0.58, 0.66, 0.50];
const WEIGHTS: [f64; 6] = [40.0, 75.0, 28.0, 60.0, 33.0, 52.0];

fn six() -> Mean {
    let clusters: Vec<Cluster> =
        VALUES.iter().zip(WEIGHTS).map(|(value, weight)| Cluster { value: *value, weight }).collect();
    Mean::from_clusters(&clusters).unwrap()
}

fn groups(n: &[u64]) -> Vec<Group<Observed>> {
    let observed = |(value, n): (&f64, &u64)| Observed { n: *n, mean: *value, spread: 0.04 * (*n as f64 - 1.0) };
    VALUES.iter().zip(n).map(|one| Group::Parts(vec![observed(one)])).collect()
}

#[test]
fn the_mean_of_six_groups_is_that_of_the_second_program() {
    let mean = six();
    assert!((mean.value - 0.563_507).abs() < 1e-6, "{mean:?}");
    assert!((mean.variance.sqrt() - 0.025_250).abs() < 1e-6, "{mean:?}");
    assert!((mean.effective - 5.3853).abs() < 5e-5 && (mean.degrees - 4.3853).abs() < 5e-5, "{mean:?}");
    let half = mean.interval().1 - mean.value;
    assert!((half / mean.variance.sqrt() - 2.682_84).abs() < 5e-6, "{}", half / mean.variance.sqrt());
    assert_eq!(Mean::from_groups(&groups(&[40, 75, 28, 60, 33, 52]), Assumptions::default()).unwrap(), mean);
}

/// One great group among small ones: the differences of the groups say little, the model more.
#[test]
fn few_effective_groups_take_their_variance_from_the_model() {
    let groups = groups(&[30, 400, 20, 25]);
    let mean = Mean::from_groups(&groups, Assumptions::default()).unwrap();
    let posterior = Posterior::new(Sample::from_values(&groups).unwrap(), Assumptions::default());
    let spread = posterior.spread();
    // Each group is one part.
    let of_group = |n: f64| (n / 475.0).powi(2) * (spread.groups + spread.parts + posterior.within() / n);
    let expected: f64 = [30.0, 400.0, 20.0, 25.0].map(of_group).iter().sum();
    assert!((mean.variance - expected).abs() < 1e-15 && mean.degrees == 6.0, "{mean:?}");
    assert!((mean.effective - 475.0 * 475.0 / (900.0 + 160_000.0 + 400.0 + 625.0)).abs() < 1e-12);
    let alone = Mean::from_groups(&groups[1..2], Assumptions::default()).unwrap();
    assert_eq!((alone.effective, alone.degrees, alone.value), (1.0, 6.0, 0.61));
    assert!(alone.interval().0 < 0.45 && 0.75 < alone.interval().1, "one group says little: {alone:?}");
}

/// Three parts of equal size have a third of the variance between parts.
#[test]
fn parts_share_the_variance_between_them() {
    let part = Observed { n: 25, mean: 0.6, spread: 0.96 };
    let groups = [Group::Parts(vec![part; 3])];
    let mean = Mean::from_groups(&groups, Assumptions::default()).unwrap();
    let posterior = Posterior::new(Sample::from_values(&groups).unwrap(), Assumptions::default());
    let spread = posterior.spread();
    let expected = spread.groups + spread.parts / 3.0 + posterior.within() / 75.0;
    assert!((mean.variance - expected).abs() < 1e-15, "{mean:?}");
    let whole = [Group::Whole(groups[0].together().unwrap())];
    let posterior = Posterior::new(Sample::from_values(&whole).unwrap(), Assumptions::default());
    let expected = posterior.spread().parts / 3.0 + posterior.within() / 75.0;
    assert!((posterior.sampling(0).unwrap() - expected).abs() < 1e-15);
}

#[test]
fn what_has_no_variance_says_why() {
    let of = |groups: &[Group<Observed>]| Mean::from_groups(groups, Assumptions::default()).err();
    assert_eq!(of(&[]), Some(Obstacle::NoGroups));
    assert_eq!(of(&groups(&[3, 5])), Some(Obstacle::TooFewUnits));
    let alike = [Group::Parts(vec![Observed { n: 40, mean: 1.0, spread: 0.0 }])];
    assert_eq!(of(&alike), Some(Obstacle::NoSpread));
    assert_eq!(Mean::from_clusters(&[Cluster { value: 0.5, weight: 10.0 }]), None);
    let broken = Cluster { value: f64::NAN, weight: 10.0 };
    assert_eq!(Mean::from_clusters(&[broken, broken, Cluster { value: 0.5, weight: 0.0 }]), None);
    // A group without units keeps its place and says nothing.
    let mut with_empty = groups(&[30, 400, 20, 25]);
    let mean = Mean::from_groups(&with_empty, Assumptions::default());
    with_empty.insert(1, Group::Parts(vec![]));
    assert_eq!(Mean::from_groups(&with_empty, Assumptions::default()), mean);
}

#[test]
fn a_difference_has_the_fewer_degrees() {
    let (one, other) = (six(), Mean { value: 0.50, variance: 0.0004, effective: 40.0, degrees: 39.0, weight: 2000.0 });
    let difference = Difference::between(&one, &other);
    assert!((difference.value - 0.063_507).abs() < 1e-6);
    assert!((difference.variance - one.variance - 0.0004).abs() < 1e-15);
    assert_eq!(difference.degrees, one.degrees);
    assert_eq!(Difference::between(&other, &one).degrees, one.degrees);
    let t = difference.value / difference.variance.sqrt();
    assert!((difference.two_sided() - student::two_sided(t, one.degrees)).abs() < 1e-15);
    let (low, high) = difference.interval();
    assert!(low < 0.0 && (high - low - 2.0 * difference.half_width()).abs() < 1e-15);
}

/// Of the rest only its units and its share are known: 288 of 2,288 units are ours.
#[test]
fn what_is_published_is_compared_without_our_own_units() {
    let one = six();
    let part = Cluster { value: one.value, weight: one.weight };
    let rest = without(0.60, 2288.0, part, 0.0005).unwrap();
    let expected = (0.60 * 2288.0 - one.value * 288.0) / 2000.0;
    assert!((rest.value - expected).abs() < 1e-12 && (rest.weight - 2000.0).abs() < 1e-9);
    let difference = Difference::from_value(&one, rest.value, rest.weight).unwrap();
    assert!((difference.variance - one.variance * (1.0 + 288.0 / 2000.0)).abs() < 1e-15);
    assert_eq!(difference.degrees, one.degrees);
    assert_eq!(without(0.60, 288.0, part, 0.0005), None);
    assert_eq!(without(0.05, 300.0, part, 0.0005), None);
    assert_eq!(Difference::from_value(&one, 0.5, 0.0), None);
}

#[test]
fn there_are_three_things_to_say() {
    let difference = |value: f64, deviation: f64| Difference { value, variance: deviation * deviation, degrees: 30.0 };
    let t = student::value(0.05, 30.0);
    assert_eq!(difference(-0.05, 0.01).verdict(0.04), Verdict::Differs);
    let Verdict::AtMost(most) = difference(-0.01, 0.01).verdict(0.04) else { panic!("narrow") };
    assert!((most - 0.01 - 0.01 * t).abs() < 1e-12);
    let Verdict::Unclear(least) = difference(0.01, 0.03).verdict(0.04) else { panic!("wide") };
    assert!((least - 0.03 * (t + 0.8416)).abs() < 1e-12);
    // Nothing differs and nothing varies.
    assert_eq!((difference(0.0, 0.0).verdict(0.04), difference(0.0, 0.0).two_sided()), (Verdict::AtMost(0.0), 1.0));
}
