//! Values of a second program (numpy, scipy; the likelihood also against lme4 of R).

use super::{
    Assumptions, Count, Detectable, Effect, Estimate, Group, NoGap, Observed, Posterior, Sample, Wanted, shares,
};
use crate::moments::Sums;
use srez_model::unit::as_f64;

/// The values are printed with six digits.
const TOLERANCE: f64 = 5e-6;
/// The second program keeps the points of the grid that have less weight than a millionth.
const DROPPED: f64 = 2e-7;

/// Parts of the first set: group, units, points, squares; 18 points at most.
const SIX: [(usize, u64, u64, u64); 12] = [
    (0, 24, 262, 3074),
    (0, 22, 228, 2570),
    (1, 25, 300, 3848),
    (1, 21, 246, 3080),
    (2, 18, 141, 1253),
    (2, 20, 152, 1370),
    (3, 12, 118, 1264),
    (4, 27, 301, 3597),
    (4, 26, 270, 3058),
    (4, 23, 246, 2838),
    (5, 14, 170, 2196),
    (5, 9, 99, 1191),
];

/// Parts of the second set, in the same columns.
const TEN: [(usize, u64, u64, u64); 24] = [
    (0, 23, 164, 1504),
    (0, 19, 132, 1110),
    (0, 27, 167, 1309),
    (1, 27, 261, 2857),
    (1, 17, 156, 1618),
    (2, 19, 141, 1227),
    (2, 19, 182, 2034),
    (3, 18, 189, 2131),
    (3, 23, 320, 4616),
    (3, 20, 237, 3171),
    (4, 22, 227, 2661),
    (5, 19, 212, 2560),
    (5, 27, 312, 4008),
    (6, 24, 219, 2311),
    (6, 24, 245, 3023),
    (6, 18, 149, 1387),
    (6, 18, 199, 2401),
    (7, 26, 329, 4425),
    (7, 20, 193, 2103),
    (8, 26, 267, 2913),
    (8, 25, 311, 4091),
    (8, 17, 203, 2621),
    (9, 22, 218, 2492),
    (9, 22, 249, 3177),
];

fn groups(parts: &[(usize, u64, u64, u64)]) -> Vec<Group<Observed>> {
    let last = parts.last().map_or(0, |part| part.0);
    let of = |group: usize| {
        let own = parts.iter().filter(|part| part.0 == group);
        own.filter_map(|(_, n, sum, squares)| Observed::from_points(&Sums { n: *n, sum: *sum, squares: *squares }, 18))
            .collect()
    };
    (0..=last).map(|group| Group::Parts(of(group))).collect()
}

/// The groups of the second set.
pub(super) fn ten_groups() -> Vec<Group<Observed>> {
    groups(&TEN)
}

fn model(groups: &[Group<Observed>]) -> Posterior {
    Posterior::new(Sample::from_values(groups).unwrap(), Assumptions::default())
}

fn is_near(name: &str, found: &[f64], expected: &[f64], tolerance: f64) {
    assert!(expected.len() <= found.len(), "{name}");
    for (place, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert!((found - expected).abs() <= tolerance, "{name} {place}: {found} instead of {expected}");
    }
}

fn chances(model: &Posterior, effect: Effect, distance: f64) -> Vec<f64> {
    (0..model.laws.len()).map(|group| model.below(group, effect, distance).unwrap()).collect()
}

fn chances_above(model: &Posterior, effect: Effect, distance: f64) -> Vec<f64> {
    (0..model.laws.len()).map(|group| model.above(group, effect, distance).unwrap()).collect()
}

fn gaps(model: &Posterior, of: impl Fn(&super::Gap) -> f64) -> Vec<f64> {
    (0..model.laws.len()).map(|group| of(&model.gap(group).unwrap())).collect()
}

#[test]
fn six_groups_have_the_gaps_of_the_second_program() {
    let model = model(&groups(&SIX));
    is_near("within", &[model.within()], &[0.030_598_977_4], 5e-11);
    is_near("spread", &[model.spread().groups, model.spread().parts], &[0.005_591_351_4, 0.000_617_625_4], DROPPED);
    let raw = [0.009_736, 0.093_323, -0.184_664, -0.039_584, 0.019_444, 0.072_796];
    is_near("raw", &gaps(&model, |gap| gap.raw), &raw, TOLERANCE);
    let mean = [0.007_900, 0.080_979, -0.161_397, -0.028_041, 0.017_310, 0.056_206];
    is_near("mean", &gaps(&model, |gap| gap.mean), &mean, TOLERANCE);
    let low = [-0.044_505, 0.027_483, -0.222_799, -0.114_666, -0.027_756, -0.011_326];
    is_near("low", &gaps(&model, |gap| gap.low), &low, TOLERANCE);
    let high = [0.060_502, 0.135_393, -0.100_530, 0.056_464, 0.062_587, 0.125_978];
    is_near("high", &gaps(&model, |gap| gap.high), &high, TOLERANCE);
}

#[test]
fn six_groups_have_the_probabilities_of_the_second_program() {
    let model = model(&groups(&SIX));
    let below = [0.036_573, 0.000_003, 0.999_966, 0.387_453, 0.006_353, 0.002_474];
    is_near("below", &chances(&model, Effect::Present, -0.04), &below, TOLERANCE);
    let above = [0.115_093, 0.932_542, 0.000_000, 0.057_130, 0.162_133, 0.675_099];
    is_near("above", &chances_above(&model, Effect::Present, 0.04), &above, TOLERANCE);
    let below = [0.056_722, 0.001_029, 0.979_518, 0.361_020, 0.017_522, 0.007_625];
    is_near("lasting below", &chances(&model, Effect::Lasting, -0.04), &below, TOLERANCE);
    let above = [0.133_489, 0.859_729, 0.000_087, 0.070_255, 0.179_858, 0.613_326];
    is_near("lasting above", &chances_above(&model, Effect::Lasting, 0.04), &above, TOLERANCE);
}

/// Place of a point by its places on both scales.
fn point(groups: usize, parts: usize) -> usize {
    parts * 15 + groups
}

#[test]
fn one_point_of_the_grid_is_worked_out_by_hand() {
    let model = model(&groups(&SIX));
    let weights = [point(8, 2), point(5, 3), point(0, 0)].map(|place| model.grid.weights[place]);
    is_near("weights", &weights[..2], &[0.027_925_3, 0.004_668_7], DROPPED);
    // 4.78567e-8 before it is dropped.
    assert_eq!(weights[2], 0.0);
    let point = &model.grid.points[point(8, 2)];
    let at = model.grid.at(point, 2);
    let kept = point.variance / (point.variance + at.error);
    let found = [point.totals.mean(), at.mean, at.error, kept];
    is_near("level", &found, &[0.579_960, 0.428_474, 0.001_198, 0.723_472], TOLERANCE);
    let law = &super::gap::laws(&model.grid, point, 1.0, &model.sample.members, model.within(), &model.assumptions)[2];
    let found = [law.lasting, law.present, law.far].map(|moments| [moments.mean, moments.variance]).concat();
    is_near("gap", &found, &[-0.134_269, 0.001_045, -0.151_227, 0.000_782, -0.173_730, 0.000_913], TOLERANCE);
    is_near("far", &[law.far_share], &[0.163_845], TOLERANCE);
}

#[test]
fn ten_groups_have_the_values_of_the_second_program() {
    let model = model(&ten_groups());
    is_near("within", &[model.within()], &[0.039_395_772_3], 5e-11);
    is_near("spread", &[model.spread().groups, model.spread().parts], &[0.006_557_764_3, 0.003_367_960_2], DROPPED);
    let below =
        [1.000_000, 0.422_531, 0.921_619, 0.000_000, 0.103_863, 0.000_079, 0.294_172, 0.000_100, 0.000_001, 0.011_731];
    is_near("below", &chances(&model, Effect::Present, -0.04), &below, TOLERANCE);
    let lasting = chances(&model, Effect::Lasting, -0.04);
    is_near("lasting", &lasting, &[0.978_280, 0.369_724, 0.695_753], TOLERANCE);
    assert!(lasting[1..].iter().all(|chance| *chance < 0.9), "{lasting:?}");
    let mean = [-0.203_388, -0.034_265, -0.084_753, 0.121_618];
    is_near("mean", &gaps(&model, |gap| gap.mean), &mean, TOLERANCE);
    for group in 0..10 {
        let gap = model.gap(group).unwrap();
        let tails = [gap.low, gap.high].map(|bound| model.below(group, Effect::Present, bound).unwrap());
        is_near("tails", &tails, &[0.025, 0.975], 1e-9);
    }
}

#[test]
fn a_group_whose_parts_are_not_known_takes_part() {
    let mut groups = groups(&SIX);
    groups[4] = Group::Whole(groups[4].together().unwrap());
    let model = model(&groups);
    is_near("within", &[model.within()], &[0.031_020_317_1], 5e-11);
    let mean = [0.007_920, 0.080_840, -0.161_043, -0.028_174, 0.017_174, 0.056_166];
    is_near("mean", &gaps(&model, |gap| gap.mean), &mean, TOLERANCE);
    let below = [0.037_321, 0.000_004, 0.999_961, 0.389_756, 0.006_614, 0.002_590];
    is_near("below", &chances(&model, Effect::Present, -0.04), &below, TOLERANCE);
    let lasting = [0.066_216, 0.002_826, 0.946_455, 0.344_956, 0.021_444, 0.012_108];
    is_near("lasting", &chances(&model, Effect::Lasting, -0.04), &lasting, TOLERANCE);
}

#[test]
fn shares_are_compared_as_angles() {
    let counts = [
        vec![(3, 25), (5, 24)],
        vec![(2, 22), (8, 26)],
        vec![(1, 12)],
        vec![(0, 20)],
        vec![(9, 27), (4, 25)],
        vec![(12, 28), (3, 24)],
    ];
    let groups: Vec<Group<Count>> =
        counts.iter().map(|parts| Group::Parts(parts.iter().map(|(k, n)| Count { k: *k, n: *n }).collect())).collect();
    let model = Posterior::new(Sample::from_counts(&groups).unwrap(), Assumptions::default());
    let references = gaps(&model, |gap| gap.reference);
    let expected = [0.466_698, 0.454_545, 0.464_947, 0.488_599, 0.438_675, 0.429_028];
    is_near("reference", &references, &expected, TOLERANCE);
    let steps: Vec<f64> = references.iter().map(|reference| shares::step(*reference, 0.04)).collect();
    let expected = [0.048_133, 0.048_916, 0.048_243, 0.046_844, 0.050_018, 0.050_734];
    is_near("step", &steps, &expected, TOLERANCE);
    let above: Vec<f64> =
        steps.iter().enumerate().map(|(group, step)| model.above(group, Effect::Present, *step).unwrap()).collect();
    let expected = [0.107_243, 0.275_249, 0.116_581, 0.001_596, 0.548_859, 0.724_008];
    is_near("above", &above, &expected, TOLERANCE);
}

#[test]
fn one_group_alone_leaves_the_prior_and_has_no_gap() {
    let model = model(&[Group::Parts(vec![Observed { n: 30, mean: 0.5, spread: 1.0 }])]);
    let spread = model.spread();
    let found = [spread.groups / model.within(), spread.parts / model.within()];
    is_near("prior", &found, &[0.089_683, 0.085_860], TOLERANCE);
    assert_eq!(model.gap(0), Err(NoGap::Alone));
    assert_eq!(model.below(0, Effect::Lasting, 0.0), Err(NoGap::Alone));
    assert_eq!(model.detectable(0, &Wanted { limit: -0.04, sure: 0.9 }), Err(NoGap::Alone));
    assert_eq!(model.gap(7), Err(NoGap::Empty));
}

/// Shares of the lowest mark in two years: what a change of one group exceeds those of the others by.
#[test]
fn changes_between_two_years_are_compared_without_parts() {
    let before: [(u64, u64); 6] = [(8, 40), (12, 52), (5, 30), (9, 45), (4, 28), (10, 50)];
    let after: [(u64, u64); 6] = [(9, 42), (10, 50), (6, 30), (22, 48), (5, 27), (11, 49)];
    let changes: Vec<Estimate> = before
        .iter()
        .zip(&after)
        .map(|((k0, n0), (k1, n1))| Estimate {
            value: shares::angle(*k1, *n1) - shares::angle(*k0, *n0),
            variance: shares::variance(*n1) + shares::variance(*n0),
            weight: as_f64(*n1),
        })
        .collect();
    let values: Vec<f64> = changes.iter().map(|change| change.value).collect();
    let expected = [0.016_843, -0.036_456, 0.041_394, 0.274_559, 0.054_983, 0.029_399];
    is_near("change", &values, &expected, TOLERANCE);
    let sample = Sample::from_changes(&changes, shares::WITHIN).unwrap();
    let model = Posterior::new(sample, Assumptions::default());
    assert_eq!(model.spread().parts, 0.0);
    let slopes = [1.188_431, 1.190_321, 1.184_495, 1.247_655, 1.181_090, 1.188_862];
    let above: Vec<f64> = slopes
        .iter()
        .enumerate()
        .map(|(group, slope)| model.above(group, Effect::Present, 0.04 * slope).unwrap())
        .collect();
    is_near("above", &above, &[0.123_504, 0.054_153, 0.169_129, 0.574_564, 0.187_016, 0.127_005], TOLERANCE);
}

#[test]
fn what_would_be_noticed_is_that_of_the_second_program() {
    let model = model(&groups(&SIX));
    let wanted = Wanted { limit: -0.04, sure: 0.9 };
    let found: Vec<Detectable> = (0..6).map(|group| model.detectable(group, &wanted).unwrap().unwrap()).collect();
    let observed: Vec<f64> = found.iter().map(|one| one.observed).collect();
    is_near("observed", &observed, &[0.109_940, 0.108_946, 0.116_196, 0.158_823, 0.103_035, 0.127_144], TOLERANCE);
    // Rounded up to tenths of a percentage point.
    let truly: Vec<f64> = found.iter().map(|one| (1000.0 * one.truly).ceil() / 10.0).collect();
    is_near("truly", &truly, &[13.6, 13.5, 14.5, 21.0, 12.4, 16.4], 1e-9);
    assert_eq!(model.detectable(0, &Wanted { limit: -0.95, sure: 0.9 }), Ok(None));
}

/// Whether a group is asked alone or after others changes nothing that is printed.
#[test]
fn groups_asked_together_have_the_answers_that_they_have_alone() {
    let model = model(&groups(&SIX));
    let wanted = |limit| Wanted { limit, sure: 0.9 };
    let all = [Some(wanted(-0.04)), None, Some(wanted(-0.95)), Some(wanted(0.04)), Some(wanted(-0.06)), None];
    let found = model.detectables(&[&all[..], &[Some(wanted(-0.04))]].concat());
    assert_eq!(found.len(), 7);
    for (group, (found, wanted)) in found.iter().zip(all).enumerate() {
        let alone = wanted.and_then(|wanted| model.detectable(group, &wanted).unwrap());
        assert_eq!(found.is_some(), alone.is_some(), "{group}");
        let Some((found, alone)) = found.zip(alone) else { continue };
        is_near("noticed", &[found.observed, found.truly], &[alone.observed, alone.truly], 1e-5);
    }
    assert_eq!((found[2], found[6]), (None, None));
}

/// Every value mirrored, every gap and every side is mirrored.
#[test]
fn both_sides_are_alike() {
    let six = groups(&SIX);
    let mirror = |part: &Observed| Observed { mean: 1.0 - part.mean, ..*part };
    let mirrored: Vec<Group<Observed>> =
        six.iter().map(|group| Group::Parts(group.known().iter().map(mirror).collect())).collect();
    let (model, other) = (model(&six), model(&mirrored));
    for group in 0..6 {
        let (one, two) = (model.gap(group).unwrap(), other.gap(group).unwrap());
        is_near("gap", &[one.mean, one.low, one.high], &[-two.mean, -two.high, -two.low], 1e-9);
        let sides = [-0.04, 0.04].map(|limit| Wanted { limit, sure: 0.9 });
        let (down, up) = (model.detectable(group, &sides[0]), other.detectable(group, &sides[1]));
        is_near("noticed", &[down.unwrap().unwrap().truly], &[up.unwrap().unwrap().truly], 1e-9);
    }
}

#[test]
fn where_nobody_or_everybody_is_counted_sizes_make_no_gap() {
    for all in [false, true] {
        let group = |n: u64| Group::Parts(vec![Count { k: if all { n } else { 0 }, n }]);
        let groups: Vec<Group<Count>> = [10, 200, 35, 4].map(group).to_vec();
        let model = Posterior::new(Sample::from_counts(&groups).unwrap(), Assumptions::default());
        for group in 0..4 {
            let gap = model.gap(group).unwrap();
            assert!(gap.raw.abs() < 1e-12 && gap.mean.abs() < 1e-12, "{group}: {gap:?}");
        }
    }
}

#[test]
fn a_group_may_count_in_the_reference_with_another_weight() {
    let six = groups(&SIX);
    let sample = Sample::from_values(&six).unwrap();
    let same =
        Posterior::new(sample.clone().with_weights(&[46.0, 46.0, 38.0, 12.0, 76.0, 23.0]), Assumptions::default());
    let other = Posterior::new(sample.with_weights(&[46.0, 0.0, 38.0, 12.0, 76.0, 23.0]), Assumptions::default());
    let model = model(&six);
    assert_eq!(same.gap(0), model.gap(0));
    // Without the group that is above, the reference is lower and the others stand higher.
    assert!(other.gap(0).unwrap().reference < model.gap(0).unwrap().reference - 0.01);
    assert!(model.gap(0).unwrap().mean + 0.01 < other.gap(0).unwrap().mean);
}

/// Groups of one unit and of thousands, equal and extreme ones: nothing is ever no number or no probability.
#[test]
fn whatever_the_groups_are_there_are_numbers() {
    let mut chance = srez_testkit::chance::Chance::new(11);
    for round in 0..60 {
        let spread = [0.0, 1e-9, 0.04, 0.25][round % 4];
        let groups: Vec<Group<Observed>> = (0..2 + chance.below(9))
            .map(|_| {
                let mut part = || {
                    let n = *chance.one_of(&[1, 2, 5, 24, 700, 40_000]);
                    let mean = *chance.one_of(&[0.0, 1e-7, 0.31, 0.5, 1.0]);
                    Observed { n, mean, spread: spread * as_f64(n - 1) }
                };
                let parts = vec![part(), part(), part()];
                if chance.once_in(4) { Group::Whole(parts[0]) } else { Group::Parts(parts) }
            })
            .collect();
        let Ok(sample) = Sample::from_values(&groups) else { continue };
        let model = Posterior::new(sample, Assumptions::default());
        for group in 0..groups.len() {
            let gap = model.gap(group).unwrap();
            assert!(gap.low <= gap.high && gap.low.is_finite() && gap.mean.is_finite(), "{round}: {gap:?} {groups:?}");
            for effect in [Effect::Present, Effect::Lasting] {
                let chances = [-2.0, -0.04, 0.04, 2.0].map(|at| model.below(group, effect, at).unwrap());
                assert!(
                    chances.is_sorted() && chances.iter().all(|one| (-1e-9..1.0 + 1e-9).contains(one)),
                    "{chances:?}"
                );
            }
            let noticed = model.detectable(group, &Wanted { limit: 0.04, sure: 0.9 }).unwrap();
            assert!(noticed.is_none_or(|one| one.observed.is_finite() && one.observed <= one.truly), "{noticed:?}");
        }
    }
}

/// Prints its time: `cargo test -p srez-statistics --release -- --ignored --nocapture three_hundred`.
#[test]
#[ignore = "measures time"]
fn three_hundred_groups() {
    let mut chance = srez_testkit::chance::Chance::new(7);
    let mut parts = 0;
    let groups: Vec<Group<Observed>> = (0..300)
        .map(|group| {
            let level = 0.55 + 0.08 * chance.normal();
            let count = 7 + u64::from(group % 50 < 13);
            parts += count;
            let part = |_| Observed { n: 25, mean: level + 0.03 * chance.normal(), spread: 24.0 * 0.04 };
            Group::Parts((0..count).map(part).collect())
        })
        .collect();
    let started = std::time::Instant::now();
    let model = model(&groups);
    let built = started.elapsed();
    let found: Vec<super::Gap> = (0..300).filter_map(|group| model.gap(group).ok()).collect();
    let compared = started.elapsed();
    let wanted = Wanted { limit: -0.04, sure: 0.9 };
    let noticed = (0..300).filter_map(|group| model.detectable(group, &wanted).ok()).flatten().count();
    let points = model.laws[0].len();
    println!("{parts} parts, {points} points: {built:?}, {} gaps {compared:?}", found.len());
    println!("{noticed} distances {:?}", started.elapsed());
    assert_eq!((found.len(), parts), (300, 2178));
}
