//! Operating characteristics of the signs that name schools: how many they name, how many of them falsely, and how many
//! of those that should be named.
//!
//! The long runs print the tables of `docs/operating-characteristics.md` and fail where a promise is broken:
//! `cargo test --release --test it characteristics -- --ignored --nocapture`. Short runs are ordinary tests.

use crate::municipalities::id;
use crate::scores::{Claim, List, MARKERS, RESULTS, simulate, total_of};
use crate::worlds::{ALIKE, Deed, ORDINARY, TASKS, World};
use rayon::prelude::*;
use srez_model::finding::Status;
use srez_model::level::Level;
use srez_model::measures::BoundaryRow;
use srez_model::threshold::Threshold;
use std::collections::BTreeSet;

/// Sizes of planted schools.
const SIZES: [usize; 4] = [12, 25, 60, 150];
/// Worlds of the first seed; each number of schools has seeds of its own.
const SEED: u64 = 5_318_000;
/// Of the names of a list so many are false: on average over the worlds, and in the worst of them. Percent.
const FALSE_NAMES: (f64, f64) = (10.0, 12.0);
/// What the 95 % interval of a school's gap covers where schools differ, in percent.
const COVERAGE: (f64, f64) = (93.0, 98.0);

/// How many municipalities of a world are drawn: as many as the variable says, else these.
fn runs(ordinary: u64) -> u64 {
    std::env::var("SREZ_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(ordinary)
}

/// Worlds by how schools and classes differ.
fn worlds() -> [World; 8] {
    [
        ALIKE,
        World { name: "alike, classes 0.3", classes: 0.3, ..ALIKE },
        World { name: "alike, one class 0.4", classes: 0.4, one_class: true, ..ALIKE },
        World { name: "4 points", between: 0.225, ..ALIKE },
        World { name: "4 points, classes 0.3", between: 0.225, classes: 0.3, ..ALIKE },
        World { name: "8 points", between: 0.45, ..ALIKE },
        ORDINARY,
        World { name: "8 points, classes 0.3, 20 % selective", selective: 0.2, ..ORDINARY },
    ]
}

/// The lists by world, and the promises that are broken: a list with more false names than its sentence says, or
/// intervals of gaps that cover too little or too much.
fn examine_names(sizes: &[usize], runs: u64) -> (String, Vec<String>) {
    let mut table = String::from(
        "| schools differ by | schools | S01a | S01a, as a school | S02 | S01 | S03 | interval, % |\n\
         |---|---|---|---|---|---|---|---|\n",
    );
    let mut percents = vec![Vec::new(); RESULTS.len()];
    let (mut intervals, mut covering) = (0.0, 0.0);
    for schools in sizes {
        for world in worlds() {
            let world = World { schools: *schools, ..world };
            let scores = simulate(&world, &RESULTS, runs, SEED + 1_000 * *schools as u64);
            table += &scores.row(&world);
            percents.iter_mut().zip(scores.false_names()).for_each(|(all, percent)| all.push(percent));
            if world.between > 0.0 {
                intervals += scores.intervals;
                covering += scores.covering;
            }
        }
    }
    // A share of so many runs varies by this much when a twentieth of the names is false.
    let chance = 100.0 * (0.05 * 0.95 / runs as f64).sqrt();
    let mut broken = Vec::new();
    // Of schools to learn from, which harms nobody, no more is said than what was measured.
    for (list, percents) in RESULTS.iter().zip(&percents).filter(|(list, _)| list.claim == Claim::Lower) {
        let mean = percents.iter().sum::<f64>() / percents.len() as f64;
        let worst = percents.iter().copied().fold(0.0, f64::max);
        if FALSE_NAMES.0 < mean || FALSE_NAMES.1 + chance < worst {
            broken.push(format!("{}: {mean:.1} % of the names are false, in the worst world {worst:.1} %", list.sign));
        }
    }
    let coverage = 100.0 * covering / intervals;
    if !(COVERAGE.0..=COVERAGE.1).contains(&coverage) {
        broken.push(format!("intervals of gaps cover {coverage:.1} %"));
    }
    (table, broken)
}

#[test]
fn names_are_seldom_false() {
    let (table, broken) = examine_names(&[8, 30], runs(40));
    assert!(broken.is_empty(), "{broken:?}\n{table}");
}

#[test]
#[ignore = "hundreds of municipalities of every world take many minutes"]
fn names_and_false_names_by_world() {
    let (table, broken) = examine_names(&[5, 8, 14, 30, 120], runs(100));
    println!("{table}");
    assert!(broken.is_empty(), "{broken:?}");
}

/// Share of runs in which the planted school is named.
fn power(world: &World, sign: &str, lists: &'static [List], runs: u64, seed: u64) -> f64 {
    simulate(world, lists, runs, seed).of(sign).found / runs as f64
}

#[test]
#[ignore = "hundreds of municipalities of every size take many minutes"]
fn power_by_size_of_a_planted_school() {
    println!("| planted | schools | sign | n = 12 | 25 | 60 | 150 |");
    println!("|---|---|---|---|---|---|---|");
    let deeds = [
        ("weaker by 0.9", Deed::Knows(-0.9), "S01a", [0.4, 0.6, 0.8, 0.9]),
        ("weaker by 0.9", Deed::Knows(-0.9), "S02", [0.1, 0.4, 0.8, 0.9]),
        ("stronger by 0.9", Deed::Knows(0.9), "S03", [0.0; 4]),
        ("60 % lifted", Deed::Lifts(0.6), "S05", [0.0, 0.0, 0.25, 0.6]),
        ("twelve equal works", Deed::Copies, "S12", [0.9; 4]),
    ];
    for schools in [8, 30] {
        for (name, deed, sign, least) in deeds {
            let lists: &'static [List] = if RESULTS.iter().any(|list| list.sign == sign) { &RESULTS } else { &MARKERS };
            let power_at = |(place, n): (usize, usize)| {
                let world = World { name, schools, planted: vec![(deed, n)], ..ORDINARY };
                power(&world, sign, lists, runs(80), SEED + 100_000 * (1 + place as u64) + schools as u64)
            };
            let found: Vec<f64> = SIZES.into_iter().enumerate().map(power_at).collect();
            let cells: String = found.iter().map(|found| format!(" {found:.2} |")).collect();
            println!("| {name} | {schools} | {sign} |{cells}");
            let is_found = schools < 30 || found.iter().zip(least).all(|(found, least)| least <= *found);
            assert!(is_found, "{name}: {found:?}");
        }
    }
}

/// Percentage points of the work by which a logit moves the mean of a school.
const POINTS: f64 = 17.2;

/// A gap that is printed as detectable, planted in one school of `n` participants: means over the runs.
struct Planted {
    printed: f64,
    truly: f64,
    found: f64,
}

impl Planted {
    fn new(schools: usize, n: usize, runs: u64) -> Self {
        let of_level = |level: f64| World { schools, planted: vec![(Deed::Knows(level), n)], ..ORDINARY };
        let one = |run: u64| {
            let seed = SEED + 500_000 + 1_000 * n as u64 + schools as u64 + run;
            let untouched = of_level(0.0).judged(seed);
            let printed = total_of(&untouched, 0).and_then(|row| row.detectable)?.0;
            let level = (-printed - untouched.truths[0].year) / POINTS;
            let judged = of_level(level).judged(seed);
            let found = f64::from(u8::from(judged.findings.has_fired("S01a", &id(0))));
            Some(Self { printed, truly: judged.truths[0].year, found })
        };
        let seen: Vec<Self> = (0..runs).into_par_iter().filter_map(one).collect();
        let mean = |of: fn(&Self) -> f64| seen.iter().map(of).sum::<f64>() / seen.len() as f64;
        Self { printed: mean(|one| one.printed), truly: mean(|one| one.truly), found: mean(|one| one.found) }
    }
}

/// What is printed as the gap that would be found is found four times out of five.
#[test]
#[ignore = "hundreds of municipalities of every size take many minutes"]
fn a_gap_said_to_be_detectable_is_found() {
    println!("| schools | n | printed, points | true, points | found |");
    println!("|---|---|---|---|---|");
    for schools in [8, 30] {
        for n in SIZES {
            let Planted { printed, truly, found } = Planted::new(schools, n, runs(80));
            println!("| {schools} | {n} | {printed:.1} | {truly:.1} | {found:.2} |");
            // Four out of five, less two deviations of 80 runs.
            assert!(0.71 <= found, "{schools} {n}");
        }
    }
}

#[test]
fn a_gap_said_to_be_detectable_is_mostly_found() {
    let planted = Planted::new(8, 25, 20);
    // Two deviations of 20 runs.
    assert!(0.62 <= planted.found && planted.truly < -8.0, "{} at {}", planted.found, planted.printed);
}

/// What is named lies beyond its threshold, in the threshold's own unit.
#[test]
fn the_value_and_the_threshold_of_a_name_are_of_one_thing() {
    let planted = vec![(Deed::Knows(-0.9), 60), (Deed::Lifts(0.9), 150), (Deed::Copies, 60)];
    let findings = World { planted, ..ORDINARY }.judged(SEED + 17).findings.findings;
    let thresholds = srez_config::thresholds::built_in().unwrap();
    let named = findings.iter().filter(|one| one.level == Level::School && one.status == Status::Probable);
    let mut signs = BTreeSet::new();
    for one in named.filter(|one| one.sign.id.as_str().starts_with('S')) {
        signs.insert(one.sign.id.as_str());
        let (value, threshold) = (one.value.unwrap(), one.threshold.unwrap());
        // The evenness of S08 is a part of the usual one: the less, the farther.
        let is_beyond = if one.sign.id == "S08" { value <= threshold } else { threshold.abs() <= value.abs() };
        assert!(is_beyond, "{one:?}");
        let is_its_own =
            |threshold: &Threshold| threshold.unit == one.unit && threshold.value == one.threshold.unwrap().abs();
        assert!(one.sign.thresholds.iter().any(|id| is_its_own(thresholds.get(id))), "{one:?}");
    }
    assert!(["S01a", "S02", "S05", "S12"].iter().all(|sign| signs.contains(sign)), "{signs:?}");
}

/// Sentences on the municipality, and marks of schools where nobody did anything.
#[test]
#[ignore = "hundreds of municipalities take some minutes"]
fn sentences_on_the_municipality() {
    println!("| who lifts | schools | sentence on the municipality, % | false mark of S05, % | of S06–S10, % |");
    println!("|---|---|---|---|---|");
    for (name, all, planted) in [
        ("nobody", Deed::Nothing, Vec::new()),
        ("all, 20 %", Deed::Lifts(0.2), Vec::new()),
        ("all, 40 %", Deed::Lifts(0.4), Vec::new()),
        ("all, 70 %", Deed::Lifts(0.7), Vec::new()),
        ("one school, 90 %", Deed::Nothing, vec![(Deed::Lifts(0.9), 150)]),
    ] {
        for schools in [5, 8, 30, 120] {
            let world = World { name, schools, all, planted: planted.clone(), ..ORDINARY };
            let scores = simulate(&world, &MARKERS, runs(100), SEED + 900_000 + schools as u64);
            let bunching = scores.of("S05");
            let [city, of_school] = [bunching.of_city, bunching.with_false].map(|sum| scores.percent(sum));
            let markers = scores.percent(scores.with_false_marker);
            println!("| {name} | {schools} | {city:.0} | {of_school:.0} | {markers:.0} |");
            // A tenth, and two deviations of so many runs; nobody is told of a city where nobody or one school lifts.
            let most = 10.0 + 200.0 * (0.1 * 0.9 / runs(100) as f64).sqrt();
            assert!(markers <= most && of_school <= most, "{name} {schools}");
            assert!(all != Deed::Nothing || city <= 5.0, "{name} {schools}");
        }
    }
}

/// Truths are what the rows show, up to chance; and a seed is a municipality.
#[test]
fn the_truth_of_a_world_is_seen_in_its_rows() {
    let planted = vec![(Deed::Knows(-0.9), 1_500), (Deed::Nothing, 1_500)];
    let world = World { planted, schools: 3, ..ORDINARY };
    let judged = world.judged(SEED + 7);
    let mean = |school: &str| judged.measures.marks_of(Level::School, school).unwrap().mean_score.unwrap().0;
    let shares: Vec<f64> = (0..2).map(|school| 100.0 * mean(&id(school)) / TASKS as f64).collect();
    let true_difference = {
        // Both gaps are against all the others: what they differ by, less what the third weighs in.
        let (one, two) = (judged.truths[0].year, judged.truths[1].year);
        one - two
    };
    assert!(judged.truths[0].school < -8.0 && true_difference < -16.0, "{:?}", judged.truths);
    assert!((2.0 * (shares[0] - shares[1]) - true_difference).abs() < 5.0, "{shares:?} {true_difference}");
    let again = world.judged(SEED + 7);
    assert_eq!(again.measures.scores, judged.measures.scores);
}

/// Everybody lifts: the municipality is told so, and no school is named or called free of it.
#[test]
fn lifting_everywhere_is_a_sentence_on_the_municipality() {
    let world = World { name: "", all: Deed::Lifts(0.7), ..ORDINARY };
    let lifting = simulate(&world, &MARKERS, 4, SEED + 11).of("S05");
    assert!(lifting.of_city >= 4.0, "{lifting:?}");
    let nobody = simulate(&ORDINARY, &MARKERS, 10, SEED + 12).of("S05");
    assert!(nobody.of_city <= 1.0 && nobody.with_false <= 3.0, "{nobody:?}");
    let row = world.judged(SEED + 11).measures.bunching_of(Level::Municipality, "Долина").cloned().unwrap();
    assert!(row.is_found() && row.moved.is_some_and(|moved| 0.4 < moved.share), "{row:?}");
    let of_schools = |row: &&BoundaryRow| row.level == Level::School && row.cut.is_none();
    assert_eq!(world.judged(SEED + 11).measures.boundaries.iter().filter(of_schools).count(), world.schools);
}

/// Two schools with copies, of whatever totals, are both found, and the honest schools beside them are not.
#[test]
fn copies_in_two_schools_are_both_found() {
    let world = World { planted: vec![(Deed::Copies, 60), (Deed::Copies, 40)], schools: 25, ..ORDINARY };
    let score = simulate(&world, &MARKERS, 5, SEED + 13).of("S12");
    assert!((score.found - 10.0).abs() < 1e-9 && score.with_false <= 1.0, "{score:?}");
}
