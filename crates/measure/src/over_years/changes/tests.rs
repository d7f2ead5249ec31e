//! Values of a second program, what cannot be computed, and how often an ordinary year is taken for more.

use super::{Changes, Drift, Effect, Group, Posterior, Sample, School, shares};
use crate::counted::settings;
use crate::over_years::reading::Reading;
use srez_model::compared::MeasureId;
use srez_statistics::school_model::Count;
use srez_testkit::chance::Chance;

const NOW: [(u64, u64); 6] = [(9, 42), (10, 50), (6, 30), (22, 48), (5, 27), (11, 49)];
const BEFORE: [(u64, u64); 6] = [(8, 40), (12, 52), (5, 30), (9, 45), (4, 28), (10, 50)];
const IDS: [&str; 6] = ["0", "1", "2", "3", "4", "5"];

fn schools() -> Vec<School<'static>> {
    let count = |(k, n)| Reading::Count { k, n };
    let of = |place: usize| School { id: IDS[place], now: count(NOW[place]), before: count(BEFORE[place]) };
    (0..6).map(of).collect()
}

/// Values of numpy and scipy: the probability that the share rose by four points more than elsewhere.
#[test]
fn changes_of_a_share_are_those_of_the_second_program() {
    let changes = Changes::new(&settings(), &MeasureId::ShareOfTwo, &schools()).unwrap();
    let expected = [0.123_504, 0.054_153, 0.169_129, 0.574_564, 0.187_016, 0.127_005];
    for (place, expected) in expected.into_iter().enumerate() {
        let slope = changes.slopes[place];
        let above = changes.posterior.above(place, Effect::Present, 0.04 * slope).unwrap();
        assert!((above - expected).abs() < 5e-6, "{place}: {above}");
    }
    let fourth = changes.of("3").unwrap();
    assert!((fourth.sure.unwrap() - 0.574_564).abs() < 5e-6 && fourth.gap > 0.0, "{fourth:?}");
    assert!(fourth.interval.0 < fourth.gap && fourth.gap < fourth.interval.1, "{fourth:?}");
    // Among six schools nothing of this size can be called unusual, and a rise must be large to be noticed.
    assert!(fourth.p.is_some_and(|p| 0.0 < p && p < 1.0) && 15.0 < fourth.detectable.unwrap());
}

#[test]
fn one_school_and_equal_pupils_have_no_change_and_five_are_too_few_for_the_unusual() {
    assert_eq!(Changes::new(&settings(), &MeasureId::ShareOfTwo, &schools()[..1]).unwrap().of("0"), None);
    let five = Changes::new(&settings(), &MeasureId::ShareOfTwo, &schools()[..5]).unwrap();
    assert!(five.of("3").is_some_and(|change| change.p.is_none() && change.sure.is_some()));
    assert_eq!(five.of("5"), None);
    let nobody = |id| School { id, now: Reading::Count { k: 0, n: 40 }, before: Reading::Count { k: 0, n: 20 } };
    let none = Changes::new(&settings(), &MeasureId::ShareOfTwo, &IDS.map(nobody)).unwrap().of("2").unwrap();
    assert!(none.gap.abs() < 1e-9 && none.sure.unwrap() < 0.1, "{none:?}");
}

/// A value that is no share keeps its scale; the size that counts says nothing of marks.
#[test]
fn other_values_change_as_they_are() {
    let numbers = |sum: u64| {
        let sums = srez_statistics::moments::Sums { n: 50, sum, squares: sum * sum / 50 + 450 };
        Reading::Numbers { sums, scale: 1.0 }
    };
    let school = |(id, more): (_, u64)| School { id, now: numbers(150 + more), before: numbers(150) };
    let schools: Vec<School<'_>> = IDS.into_iter().zip([0, 2, 0, 1, 2, 200]).map(school).collect();
    let total = Changes::new(&settings(), &MeasureId::Total, &schools).unwrap();
    let last = total.of("5").unwrap();
    assert!(2.0 < last.gap && last.gap < 4.0 && last.p.unwrap() < 0.05, "{last:?}");
    let mark = Changes::new(&settings(), &MeasureId::MeanMark, &schools).unwrap();
    assert_eq!(mark.of("5").unwrap().sure, None);
}

fn counted(chance: &mut Chance, n: u64, share: f64) -> (u64, u64) {
    ((0..n).filter(|_| chance.share() < share).count() as u64, n)
}

/// Names of S04 in a municipality whose schools keep a part of their level: a rise is real, and either this year is
/// low by the model of schools or the rise is unusual. The first school rises by `rise` beyond that.
fn named(chance: &mut Chance, ids: &[String], keeps: f64, n_first: u64, rise: f64) -> Vec<bool> {
    let share = |level: f64| 1.0 / (1.0 + libm::exp(-(-1.5 + 0.55 * level)));
    let counts: Vec<[(u64, u64); 2]> = (0..ids.len())
        .map(|place| {
            let before = chance.normal();
            let now = keeps * before + (1.0 - keeps * keeps).sqrt() * chance.normal();
            let n = if place == 0 { n_first } else { (libm::exp(3.6 + 0.5 * chance.normal()) as u64).clamp(12, 90) };
            let more = if place == 0 { rise } else { 0.0 };
            [counted(chance, n, (share(now) + more).min(0.95)), counted(chance, n, share(before))]
        })
        .collect();
    let reading = |(k, n): (u64, u64)| Reading::Count { k, n };
    let schools: Vec<School<'_>> = ids
        .iter()
        .zip(&counts)
        .map(|(id, [now, before])| School { id, now: reading(*now), before: reading(*before) })
        .collect();
    let changes = Changes::new(&settings(), &MeasureId::ShareOfTwo, &schools).unwrap();
    let drifts: Vec<Drift> = ids.iter().map(|id| changes.of(id).unwrap()).collect();
    let p: Vec<f64> = drifts.iter().map(|drift| drift.p.unwrap_or(1.0)).collect();
    let q = srez_statistics::benjamini_hochberg::adjusted(&p);
    let groups: Vec<_> = counts.iter().map(|[(k, n), _]| Group::Whole(Count { k: *k, n: *n })).collect();
    let level = Posterior::new(Sample::from_counts(&groups).unwrap(), settings().assumptions());
    let is_low = |place: usize| {
        let size = shares::step(level.gap(place).unwrap().reference, 0.04);
        0.9 <= level.above(place, Effect::Present, size).unwrap()
    };
    let is_named = |(place, drift): (usize, &Drift)| {
        let is_real = 0.0 < drift.gap && 0.9 <= drift.sure.unwrap();
        let [(k, n), (k_before, n_before)] = counts[place];
        k_before * n < k * n_before && is_real && (is_low(place) || q[place] <= 0.1)
    };
    drifts.iter().enumerate().map(is_named).collect()
}

/// Few schools, too, change from year to year anyway: that is no reason to name one of them.
#[test]
fn an_ordinary_year_seldom_names_one_of_few_schools() {
    for schools in [5, 7] {
        let ids: Vec<String> = (0..schools).map(|id: usize| id.to_string()).collect();
        let mut chance = Chance::new(77 + schools as u64);
        let any = (0..60).filter(|_| named(&mut chance, &ids, 0.5, 40, 0.0).contains(&true)).count();
        assert!(any <= 6, "{schools}: {any} of 60");
    }
}

/// Prints how often S04 names a school in an ordinary year, and a school whose share rose by 25 points.
#[test]
#[ignore = "long: 200 municipalities of each kind"]
fn operating_rises_of_low_results() {
    const RUNS: usize = 200;
    for schools in [5, 8, 12, 30] {
        let ids: Vec<String> = (0..schools).map(|id: usize| id.to_string()).collect();
        for keeps in [0.5, 0.7, 0.9, 1.0] {
            let mut chance = Chance::new(11 + schools as u64 + (100.0 * keeps) as u64);
            let runs: Vec<Vec<bool>> = (0..RUNS).map(|_| named(&mut chance, &ids, keeps, 40, 0.0)).collect();
            let any = runs.iter().filter(|run| run.contains(&true)).count();
            let all = runs.iter().flatten().filter(|is_named| **is_named).count();
            print!("{schools} schools, keep {keeps}: any name {any} of {RUNS}, {all} names; found of 25 points");
            for n in [25, 60] {
                let found = (0..RUNS).filter(|_| named(&mut chance, &ids, keeps, n, 0.25)[0]).count();
                print!(" n {n}: {found}");
            }
            println!();
        }
    }
}
