//! Operating characteristics of the signs that name schools: how many they name, how many of them falsely, and how many
//! of those that should be named.
//!
//! The long run prints the tables:
//! `cargo test --release --test it characteristics -- --ignored --nocapture`.

use crate::municipalities::id;
use crate::worlds::{ALIKE, Deed, Judged, ORDINARY, TASKS, Truth, World};
use rayon::prelude::*;
use srez_model::finding::Status;
use srez_model::level::Level;
use srez_model::measures::BoundaryRow;
use std::fmt::Write as _;

/// Difference that a name claims, in percentage points.
const CLAIMED: f64 = 4.0;
/// Sizes of planted schools.
const SIZES: [usize; 4] = [12, 25, 60, 150];
/// Worlds of the first seed; each number of schools has seeds of its own.
const SEED: u64 = 5_318_000;

/// What a name claims of a school.
#[derive(Clone, Copy, PartialEq)]
enum Claim {
    /// It is lower than the others.
    Lower,
    /// It is higher.
    Higher,
    /// Something was done in it.
    Done,
}

/// Signs by what they claim.
const SIGNS: [(&str, Claim); 11] = [
    ("S01a", Claim::Lower),
    ("S02", Claim::Lower),
    ("S03", Claim::Higher),
    ("S05", Claim::Done),
    ("S06", Claim::Done),
    ("S07", Claim::Done),
    ("S08", Claim::Done),
    ("S09", Claim::Done),
    ("S10", Claim::Done),
    ("S12", Claim::Done),
    ("S01", Claim::Lower),
];

impl Claim {
    fn is_false(self, world: &World, school: usize, gap: f64) -> bool {
        match self {
            Self::Lower => -CLAIMED < gap,
            Self::Higher => gap < CLAIMED,
            Self::Done => world.deed(school) == Deed::Nothing,
        }
    }
}

/// What one sign did over the runs of a world.
#[derive(Clone, Copy, Default)]
struct Score {
    runs: f64,
    named: f64,
    /// Sums over runs of the share of false names: by the truth of the year, and of the school.
    false_by_year: f64,
    false_by_school: f64,
    /// Runs with a name that is false by the truth of the year.
    with_false: f64,
    planted: f64,
    found: f64,
    /// Runs with a sentence on the whole municipality.
    of_city: f64,
}

impl Score {
    fn of(world: &World, judged: &Judged, (sign, claim): (&str, Claim)) -> Self {
        let named: Vec<usize> =
            (0..world.schools).filter(|school| judged.findings.has_fired(sign, &id(*school))).collect();
        let share = |gap: &dyn Fn(&Truth) -> f64| {
            let falsely = named.iter().filter(|school| claim.is_false(world, **school, gap(&judged.truths[**school])));
            falsely.count() as f64 / named.len().max(1) as f64
        };
        let (by_year, by_school) = (share(&|truth| truth.year), share(&|truth| truth.school));
        let of_city = judged
            .findings
            .findings
            .iter()
            .any(|one| one.sign.id == *sign && one.level == Level::Municipality && one.status == Status::Probable);
        Self {
            runs: 1.0,
            named: named.len() as f64,
            false_by_year: by_year,
            false_by_school: by_school,
            with_false: f64::from(u8::from(by_year > 0.0)),
            planted: world.planted.len() as f64,
            found: named.iter().filter(|school| **school < world.planted.len()).count() as f64,
            of_city: f64::from(u8::from(of_city)),
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            runs: self.runs + other.runs,
            named: self.named + other.named,
            false_by_year: self.false_by_year + other.false_by_year,
            false_by_school: self.false_by_school + other.false_by_school,
            with_false: self.with_false + other.with_false,
            planted: self.planted + other.planted,
            found: self.found + other.found,
            of_city: self.of_city + other.of_city,
        }
    }

    fn line(&self) -> String {
        let percent = |sum: f64| 100.0 * sum / self.runs;
        format!(
            "названо {:.2}; ложных среди названных по году {:.1} %, по школе {:.1} %; с ложным {:.1} %; найдено {:.2}; \
             о муниципалитете {:.1} %",
            self.named / self.runs,
            percent(self.false_by_year),
            percent(self.false_by_school),
            percent(self.with_false),
            self.found / self.planted.max(1.0),
            percent(self.of_city)
        )
    }
}

/// Every sign over the runs of a world.
fn simulate(world: &World, runs: u64, seed: u64) -> Vec<Score> {
    let one = |run: u64| -> Vec<Score> {
        let judged = world.judged(seed + run);
        SIGNS.iter().map(|sign| Score::of(world, &judged, *sign)).collect()
    };
    let add = |left: Vec<Score>, right: Vec<Score>| left.iter().zip(&right).map(|(a, b)| a.plus(*b)).collect();
    (0..runs).into_par_iter().map(one).reduce(|| vec![Score::default(); SIGNS.len()], add)
}

fn table(world: &World, scores: &[Score], signs: impl Fn(Claim) -> bool) -> String {
    let mut text = format!("{}, школ {}, муниципалитетов {}\n", world.name, world.schools, scores[0].runs);
    for ((sign, _), score) in SIGNS.iter().zip(scores).filter(|((_, claim), _)| signs(*claim)) {
        writeln!(text, "  {sign:<4} {}", score.line()).unwrap();
    }
    text
}

/// How many municipalities of a world are drawn: as many as the variable says, else these.
fn runs(ordinary: u64) -> u64 {
    std::env::var("SREZ_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(ordinary)
}

#[test]
#[ignore = "hundreds of municipalities of every world take half an hour"]
fn names_and_false_names_by_world() {
    let worlds = [
        ALIKE,
        World { name: "равны, классы 0,3", classes: 0.3, ..ALIKE },
        World { name: "равны, классы 0,4, один класс", classes: 0.4, one_class: true, ..ALIKE },
        World { name: "4 п.п.", between: 0.225, ..ALIKE },
        World { name: "4 п.п., классы 0,3", between: 0.225, classes: 0.3, ..ALIKE },
        World { name: "8 п.п.", between: 0.45, ..ALIKE },
        ORDINARY,
        World { name: "8 п.п., классы 0,3, 20 % с отбором", selective: 0.2, ..ORDINARY },
    ];
    for schools in [5, 8, 14, 30, 120] {
        for world in &worlds {
            let world = World { schools, ..world.clone() };
            let scores = simulate(&world, runs(100), SEED + 1_000 * schools as u64);
            println!("{}", table(&world, &scores, |_| true));
        }
    }
}

#[test]
#[ignore = "hundreds of municipalities of every size take half an hour"]
fn power_by_size_of_a_planted_school() {
    let deeds = [
        ("слабее на 0,9", Deed::Knows(-0.9), Claim::Lower),
        ("сильнее на 0,9", Deed::Knows(0.9), Claim::Higher),
        ("поднято 60 % работ", Deed::Lifts(0.6), Claim::Done),
        ("двенадцать равных работ", Deed::Copies, Claim::Done),
    ];
    for schools in [8, 30] {
        for (name, deed, claim) in deeds {
            for (place, n) in SIZES.into_iter().enumerate() {
                let world = World { name, schools, planted: vec![(deed, n)], ..ORDINARY };
                let scores = simulate(&world, runs(80), SEED + 100_000 * (1 + place as u64) + schools as u64);
                println!("n = {n}; {}", table(&world, &scores, |one| one == claim));
            }
        }
    }
}

#[test]
#[ignore = "hundreds of municipalities take some minutes"]
fn sentences_on_the_municipality() {
    for (name, all, planted) in [
        ("никто не поднимает", Deed::Nothing, Vec::new()),
        ("все поднимают 20 %", Deed::Lifts(0.2), Vec::new()),
        ("все поднимают 40 %", Deed::Lifts(0.4), Vec::new()),
        ("все поднимают 70 %", Deed::Lifts(0.7), Vec::new()),
        ("одна школа поднимает 90 %", Deed::Nothing, vec![(Deed::Lifts(0.9), 150)]),
    ] {
        for schools in [5, 8, 30, 120] {
            let world = World { name, schools, all, planted: planted.clone(), ..ORDINARY };
            let scores = simulate(&world, runs(100), SEED + 900_000 + schools as u64);
            println!("{}", table(&world, &scores, |claim| claim == Claim::Done));
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
    let scores = simulate(&world, 4, SEED + 11);
    let (place, _) = SIGNS.iter().enumerate().find(|(_, (sign, _))| *sign == "S05").unwrap();
    assert!(scores[place].of_city >= 4.0, "{}", scores[place].line());
    let nobody = simulate(&ORDINARY, 10, SEED + 12);
    assert!(nobody[place].of_city <= 1.0 && nobody[place].with_false <= 3.0, "{}", nobody[place].line());
    let row = world.judged(SEED + 11).measures.bunching_of(Level::Municipality, "Долина").cloned().unwrap();
    assert!(row.is_found() && row.moved.is_some_and(|moved| 0.4 < moved.share), "{row:?}");
    let of_schools = |row: &&BoundaryRow| row.level == Level::School && row.cut.is_none();
    assert_eq!(world.judged(SEED + 11).measures.boundaries.iter().filter(of_schools).count(), world.schools);
}

/// Two schools with copies, of whatever totals, are both found, and the honest schools beside them are not.
#[test]
fn copies_in_two_schools_are_both_found() {
    let world = World { planted: vec![(Deed::Copies, 60), (Deed::Copies, 40)], schools: 25, ..ORDINARY };
    let scores = simulate(&world, 5, SEED + 13);
    let (place, _) = SIGNS.iter().enumerate().find(|(_, (sign, _))| *sign == "S12").unwrap();
    let score = scores[place];
    assert!((score.found - 10.0).abs() < 1e-9 && score.with_false <= 1.0, "{}", score.line());
}
