//! Closed forms, recovery of known difficulties, and what cannot be estimated.

use super::{Answers, Obstacle, estimates};
use srez_testkit::chance::Chance;

/// Answers of rows of points.
fn answers(rows: &[Vec<usize>], maxima: &[usize]) -> Answers {
    let greatest: usize = maxima.iter().sum();
    let mut counts: Vec<Vec<Vec<u64>>> = maxima.iter().map(|max| vec![vec![0; max + 1]; greatest + 1]).collect();
    for row in rows {
        let total: usize = row.iter().sum();
        for (item, points) in counts.iter_mut().zip(row) {
            item[total][*points] += 1;
        }
    }
    Answers { counts }
}

fn rows(pattern: &[usize], n: usize) -> Vec<Vec<usize>> {
    vec![pattern.to_vec(); n]
}

/// Two items: the rows that solve one of them tell `b2 − b1 = ln(n10/n01)`, variance `1/n10 + 1/n01`.
#[test]
fn two_items_have_a_closed_form() {
    let mut all = rows(&[1, 0], 60);
    all.extend(rows(&[0, 1], 20));
    all.extend(rows(&[1, 1], 50));
    all.extend(rows(&[0, 0], 70));
    let found = estimates(&answers(&all, &[1, 1])).unwrap();
    let (first, second) = (found.items[0].unwrap(), found.items[1].unwrap());
    assert_eq!(found.informative, 80);
    assert!((second.location - first.location - libm::log(3.0)).abs() < 1e-12, "{found:?}");
    assert!((first.location + second.location).abs() < 1e-14);
    // One point of two: as likely to come from either, so the ability is half way, here 0; information 2·p·(1 − p).
    let [middle] = found.abilities[..] else { panic!("{found:?}") };
    assert_eq!((middle.total, middle.n), (1, 80));
    let half = libm::log(3.0) / 2.0;
    let p = libm::exp(half) / (1.0 + libm::exp(half));
    assert!(middle.ability.abs() < 1e-9 && (middle.error - (2.0 * p * (1.0 - p)).sqrt().recip()).abs() < 1e-9);
    let error = (1.0 / 60.0 + 1.0 / 20.0_f64).sqrt() / 2.0;
    assert!((first.error - error).abs() < 1e-12 && (second.error - error).abs() < 1e-12);
}

/// Rows of a test with these thresholds.
fn simulated(chance: &mut Chance, n: usize, thresholds: &[Vec<f64>]) -> Vec<Vec<usize>> {
    (0..n)
        .map(|_| {
            let ability = 1.2 * chance.normal();
            let points = |thresholds: &Vec<f64>| {
                let mut weights = vec![1.0];
                for threshold in thresholds {
                    weights.push(weights[weights.len() - 1] * libm::exp(ability - threshold));
                }
                let mut rest = chance.share() * weights.iter().sum::<f64>();
                weights.iter().position(|weight| {
                    rest -= weight;
                    rest < 0.0
                })
            };
            thresholds.iter().map(points).map(Option::unwrap_or_default).collect()
        })
        .collect()
}

#[test]
fn known_difficulties_are_recovered() {
    let thresholds: Vec<Vec<f64>> = vec![
        vec![-1.5],
        vec![-0.5],
        vec![0.0],
        vec![1.0],
        vec![-1.0, 0.5],
        vec![0.2, 1.4],
        vec![1.0, -0.4],
        vec![-2.0, 0.0, 1.2],
        vec![-0.7],
        vec![0.6],
    ];
    let mut chance = Chance::new(7);
    let maxima: Vec<usize> = thresholds.iter().map(Vec::len).collect();
    let truth: Vec<f64> = thresholds.iter().map(|of| of.iter().sum::<f64>() / of.len() as f64).collect();
    let centre = truth.iter().sum::<f64>() / truth.len() as f64;
    let (mut squares, mut runs) = (vec![0.0; truth.len()], 0.0);
    for _ in 0..40 {
        let found = estimates(&answers(&simulated(&mut chance, 400, &thresholds), &maxima)).unwrap();
        runs += 1.0;
        for ((item, truth), sum) in found.items.iter().zip(&truth).zip(&mut squares) {
            let item = item.unwrap();
            *sum += ((item.location - (truth - centre)) / item.error).powi(2);
            assert!(0.5 < item.infit && item.infit < 1.5, "{item:?}");
        }
    }
    // The squared errors in units of the standard error have mean 1 and, over 400 of them, deviation 0.07.
    let mean = squares.iter().sum::<f64>() / (runs * truth.len() as f64);
    assert!(0.75 < mean && mean < 1.25, "{mean}");
    for (item, sum) in squares.iter().enumerate() {
        assert!(sum / runs < 2.0, "{item}: {}", sum / runs);
    }
}

#[test]
fn order_and_splitting_change_nothing() {
    let mut chance = Chance::new(3);
    let thresholds = vec![vec![-1.0], vec![0.0], vec![0.5, 1.0], vec![1.0]];
    let rows = simulated(&mut chance, 300, &thresholds);
    let whole = estimates(&answers(&rows, &[1, 1, 2, 1])).unwrap();
    let mut added = answers(&rows[..100], &[1, 1, 2, 1]);
    let rest = answers(&rows[100..], &[1, 1, 2, 1]);
    for (item, other) in added.counts.iter_mut().zip(&rest.counts) {
        for (points, other) in item.iter_mut().zip(other) {
            points.iter_mut().zip(other).for_each(|(sum, n)| *sum += n);
        }
    }
    assert_eq!(estimates(&added).unwrap(), whole);
}

#[test]
fn what_cannot_be_estimated_has_a_reason() {
    // Everybody alike.
    assert_eq!(estimates(&answers(&rows(&[1, 0, 1], 50), &[1, 1, 1])), Err(Obstacle::NoSpread));
    assert_eq!(estimates(&Answers::default()), Err(Obstacle::Contradiction));
    // The first item is always solved before the second: no maximum.
    let mut steps = rows(&[1, 0, 0], 30);
    steps.extend(rows(&[1, 1, 0], 30));
    assert!(estimates(&answers(&steps, &[1, 1, 1])).is_err());
    // Points that do not make the total.
    let mut wrong = answers(&rows(&[1, 0], 9), &[1, 1]);
    for item in &mut wrong.counts {
        item.rotate_right(1);
    }
    assert_eq!(estimates(&wrong), Err(Obstacle::Contradiction));
}

/// An item that all solved, and a category that nobody has: the others are as without them.
#[test]
fn items_without_spread_and_empty_categories_are_left_out() {
    let mut chance = Chance::new(11);
    let thresholds = vec![vec![-1.0], vec![0.0], vec![0.7], vec![1.0]];
    let rows = simulated(&mut chance, 250, &thresholds);
    let plain = estimates(&answers(&rows, &[1, 1, 1, 1])).unwrap();
    let solved: Vec<Vec<usize>> = rows.iter().map(|row| [&[1][..], row].concat()).collect();
    let with_solved = estimates(&answers(&solved, &[1, 1, 1, 1, 1])).unwrap();
    assert_eq!(with_solved.items[0], None);
    for (item, same) in with_solved.items[1..].iter().zip(&plain.items) {
        assert!((item.unwrap().location - same.unwrap().location).abs() < 1e-9);
        assert!((item.unwrap().outfit - same.unwrap().outfit).abs() < 1e-9);
    }
    // Two points where there was one: the middle category is empty, the location is half of the step.
    let doubled: Vec<Vec<usize>> = rows.iter().map(|row| vec![row[0] * 2, row[1], row[2], row[3]]).collect();
    let found = estimates(&answers(&doubled, &[2, 1, 1, 1])).unwrap();
    assert!(found.items.iter().all(Option::is_some), "{found:?}");
}

/// Numbers of another program, which sums over all patterns of points.
#[test]
fn estimates_are_those_of_another_program() {
    let text = include_str!("../../../../tests/fixtures/reference/partial_credit.expected.json");
    let wanted: serde_json::Value = serde_json::from_str(text).unwrap();
    let counts = serde_json::from_value(wanted["counts"].clone()).unwrap();
    let found = estimates(&Answers { counts }).unwrap();
    assert_eq!(Some(found.informative), wanted["informative"].as_u64());
    for (place, item) in found.items.iter().enumerate() {
        let item = item.unwrap();
        let values =
            [("location", item.location), ("error", item.error), ("infit", item.infit), ("outfit", item.outfit)];
        for (name, value) in values {
            let wanted = wanted[name][place].as_f64().unwrap();
            assert!((value - wanted).abs() < 1e-9, "{name} of {place}: {value} {wanted}");
        }
    }
}
