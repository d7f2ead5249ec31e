//! Values of numpy and scipy, planted lifting, and exams in which nothing can be tested.

use super::Exam;
use crate::census::Census;
use crate::counted::{exam, settings};
use crate::{Settings, adjust, measure};
use srez_model::assessment::Scale;
use srez_model::check::CheckState;
use srez_model::level::Level;
use srez_model::measures::{BoundaryRow, Measures};
use srez_model::place::{Register, School};
use srez_model::tally::{Group, ParticipantCount, Stratum, Tally};
use srez_statistics::smooth_counts::Curve;
use srez_testkit::chance::Chance;
use std::collections::BTreeMap;
use std::sync::Arc;

const ONE_CUT: [u64; 19] = [3, 9, 20, 38, 60, 88, 121, 131, 869, 150, 142, 131, 118, 96, 75, 52, 33, 17, 6];
const THREE_CUTS: [u64; 19] = [2, 5, 11, 22, 35, 30, 75, 66, 70, 48, 92, 60, 51, 29, 44, 22, 13, 7, 2];

/// A municipality with the counts of every school.
fn tally(cuts: &[u16], schools: &[Vec<u64>]) -> Tally {
    let max = u16::try_from(schools[0].len() - 1).unwrap();
    let marks: Vec<(u16, u8)> = [(0, 2)].into_iter().chain(cuts.iter().copied().zip(3..)).collect();
    let scale = if cuts.is_empty() { Scale::Unknown } else { Scale::Marks(marks) };
    let mut groups = vec![
        Group { level: Level::All, name: String::new() },
        Group { level: Level::Municipality, name: "Долина".to_owned() },
    ];
    groups.extend((0..schools.len()).map(|place| Group { level: Level::School, name: id(place) }));
    let mut counts = BTreeMap::new();
    for (own, scores) in (2_u32..).zip(schools) {
        for (score, n) in (0_u16..).zip(scores).filter(|(_, n)| **n != 0) {
            let stratum = Stratum { total: Some(score), result: Some(3), complete: true };
            for group in [0, 1, own] {
                *counts.entry((group, stratum)).or_insert(0) += u32::try_from(*n).unwrap();
            }
        }
    }
    Tally {
        exam: Arc::new(exam(2026, &[max], scale)),
        groups,
        outcomes: Vec::new(),
        participants: counts.into_iter().map(|((group, stratum), n)| ParticipantCount { group, stratum, n }).collect(),
        journal: Vec::new(),
        absent: None,
        classes: Vec::new(),
        skills: Vec::new(),
        skill_tasks: Vec::new(),
        skill_counts: Vec::new(),
        demands: Vec::new(),
    }
}

fn id(place: usize) -> String {
    format!("{place:03}")
}

fn in_the_valley(schools: usize) -> Settings {
    let school =
        |place| School {
            id: id(place), login: id(place), municipality: "Долина".to_owned(), ..School::default()
        };
    let register = Register { schools: (0..schools).map(school).collect(), ..Register::default() };
    Settings { register, home: "Долина".to_owned(), ..settings() }
}

/// Counts dealt out evenly.
fn dealt(counts: &[u64], schools: u64) -> Vec<Vec<u64>> {
    let share = |of: u64, n: u64| n / schools + u64::from(of < n % schools);
    // What is left over goes to another school at every score, so that none is larger.
    let of_school = |school| (0..).zip(counts).map(|(score, n)| share((school + score) % schools, *n)).collect();
    (0..schools).map(of_school).collect()
}

fn measured(cuts: &[u16], schools: &[Vec<u64>]) -> Measures {
    let settings = in_the_valley(schools.len());
    let mut all = [measure(&settings, &tally(cuts, schools))];
    adjust(&settings, &mut all);
    let [measures] = all;
    measures
}

fn city(measures: &Measures) -> &BoundaryRow {
    measures.bunching_of(Level::Municipality, "Долина").unwrap()
}

fn is_near(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{found} instead of {expected}");
}

#[test]
fn a_municipality_with_131_works_below_the_cut_and_869_at_it_is_told_so() {
    let measures = measured(&[8], &dealt(&ONE_CUT, 8));
    let row = city(&measures);
    assert_eq!((row.n, row.n_below, row.n_at, row.state), (2_159, 131, 869, Some(CheckState::Found)));
    is_near(row.p.unwrap() / 1.433e-10, 1.0, 5e-4);
    let moved = row.moved.unwrap();
    is_near(moved.share, 0.7275, 5e-5);
    is_near(moved.high - moved.low, 2.0 * srez_statistics::student::value(0.05, 11.0) * 0.0343, 5e-4);
    // 1,000 works of which 1/(1 + exp(4.922928 − 4.999794)) stand at the cut.
    is_near(row.expected.unwrap(), 519.207, 1e-2);
    assert!(row.p_without.unwrap() < 1e-6 && !row.of_one_school, "{row:?}");
    // The curve that the rule sees stands beside the counts.
    let score = |at: u16| measures.scores_of(Level::Municipality, "Долина").iter().find(|one| one.score == at).unwrap();
    is_near(score(8).expected.unwrap(), libm::exp(4.999_794), 1e-3);
    is_near(score(7).expected.unwrap(), libm::exp(4.922_928), 1e-3);
    assert_eq!(measures.scores_of(Level::School, "000")[0].expected, None);
    // All schools lift alike: none of them is unusual among the others.
    let schools = (0..8).map(|place| measures.bunching_of(Level::School, &id(place)).unwrap().state.unwrap());
    assert!(schools.into_iter().all(|state| matches!(state, CheckState::NotFound | CheckState::Indistinct)));
}

#[test]
fn three_cuts_are_one_test() {
    let measures = measured(&[6, 10, 14], &dealt(&THREE_CUTS, 10));
    let rows = measures.boundaries_of(Level::Municipality, "Долина");
    assert_eq!(rows.iter().map(|row| row.cut).collect::<Vec<_>>(), [Some(6), Some(10), Some(14), None]);
    assert!(rows[..3].iter().all(|row| row.state.is_none() && row.p.is_none() && row.expected.is_some()));
    let row = &rows[3];
    is_near(row.p.unwrap() / 1.668e-4, 1.0, 5e-4);
    is_near(row.moved.unwrap().share, 0.3334, 5e-5);
    is_near(row.expected.unwrap(), rows[..3].iter().filter_map(|row| row.expected).sum(), 1e-9);
    // (t(0.99; 8) + 0.8416)·0.0558.
    is_near(row.detectable.unwrap(), (2.896_459 + 0.841_6) * 0.0558, 5e-4);
    assert_eq!(row.state, Some(CheckState::Found));
}

#[test]
fn the_curve_is_tilted_to_the_school() {
    let tally = tally(&[6, 10, 14], &dealt(&THREE_CUTS, 10));
    let (settings, census) = (settings(), Census::from_tally(&tally));
    let exam = Exam::new(&settings, &tally, &census);
    let curve = Curve::through(&THREE_CUTS, &[6, 10, 14]).unwrap();
    let mut counts = vec![0; 19];
    for (cut, below, at) in [(6, 3, 9), (10, 4, 11), (14, 2, 6)] {
        (counts[cut - 1], counts[cut]) = (below, at);
    }
    let rows = exam.rows((Level::School, "1"), &counts, Some((&curve, 0.08)));
    for (row, share) in rows.iter().zip([0.570_487, 0.508_268, 0.448_516]) {
        is_near(row.expected.unwrap() / (row.n_below + row.n_at) as f64, share, 1e-6);
    }
    is_near(26.0 - rows[3].expected.unwrap(), 7.942_014, 5e-6);
    is_near(rows[3].excess.unwrap(), 0.226_915, 1e-6);
}

/// Scores around 11 of 20, and lifted ones.
fn drawn(chance: &mut Chance, n: usize, lifted: f64) -> Vec<u64> {
    let mut counts = vec![0; 21];
    for _ in 0..n {
        let score = (11.0 + 3.5 * chance.normal()).round().clamp(0.0, 20.0) as usize;
        let is_below = [7, 12, 16].contains(&(score + 1));
        counts[score + usize::from(is_below && chance.share() < lifted)] += 1;
    }
    counts
}

#[test]
fn one_school_that_lifts_is_named_and_the_municipality_is_not() {
    let mut chance = Chance::new(4_711);
    let mut schools: Vec<Vec<u64>> = (0..11).map(|_| drawn(&mut chance, 60, 0.0)).collect();
    schools.push(drawn(&mut chance, 400, 0.9));
    let measures = measured(&[7, 12, 16], &schools);
    let found: Vec<&str> = measures.boundaries.iter().filter(|row| row.is_found()).map(|row| &*row.group).collect();
    assert_eq!(found, ["011"]);
    let city = city(&measures);
    assert!(city.of_one_school && 0.05 < city.p_without.unwrap() && city.p.unwrap() < 0.01, "{city:?}");
    assert_eq!(city.reason, "скопление создаёт одна школа");
    let row = measures.bunching_of(Level::School, "011").unwrap();
    assert!(row.excess.unwrap() - row.excess_others.unwrap() > 0.1 && row.q.unwrap() <= 0.1, "{row:?}");
}

fn reasons(cuts: &[u16], schools: &[Vec<u64>]) -> [(CheckState, String); 2] {
    let measures = measured(cuts, schools);
    let of = |row: &BoundaryRow| {
        assert!(row.p.is_none() || row.state != Some(CheckState::NotTested));
        (row.state.unwrap(), row.reason.clone())
    };
    [of(city(&measures)), of(measures.bunching_of(Level::School, "000").unwrap())]
}

#[test]
fn what_cannot_be_tested_says_why() {
    let untested = |why: &str| (CheckState::NotTested, format!("не проверяется: {why}"));
    let everywhere = |why: &str| [untested(why), untested(why)];
    let schools = dealt(&ONE_CUT, 8);
    assert_eq!(reasons(&[], &schools), everywhere("границы отметок неизвестны"));
    assert_eq!(reasons(&[8, 9], &schools), everywhere("нет границ, пригодных для проверки"));
    assert_eq!(reasons(&[3, 6], &dealt(&[9; 10], 8)), everywhere("баллов вне границ мало для плавной кривой"));
    let mut alike = vec![0; 19];
    alike[8] = 900;
    assert_eq!(reasons(&[8], &dealt(&alike, 8)), everywhere("по этим баллам плавной кривой не провести"));
    let few: Vec<u64> = ONE_CUT.iter().map(|n| n / 25).collect();
    assert_eq!(
        reasons(&[8], &dealt(&few, 2)),
        [untested("мало работ"), untested("мало школ, с которыми можно сравнить")]
    );
    assert_eq!(reasons(&[8], &dealt(&few, 8))[1], untested("мало участников"));
}

#[test]
fn a_single_school_is_no_municipality() {
    let measures = measured(&[8], &dealt(&ONE_CUT, 1));
    let city = city(&measures);
    assert!(city.of_one_school && city.p_without.is_none() && !city.is_found(), "{city:?}");
    assert_eq!(measures.bunching_of(Level::School, "000").unwrap().state, Some(CheckState::NotTested));
}

#[test]
fn of_two_cuts_that_touch_neither_is_tested() {
    let measures = measured(&[8, 9, 14], &dealt(&ONE_CUT, 8));
    let rows = measures.boundaries_of(Level::Municipality, "Долина");
    let tested: Vec<bool> = rows.iter().map(|row| row.expected.is_some()).collect();
    assert_eq!(tested, [false, false, true, true]);
    assert_eq!((rows[3].n_below, rows[3].n_at), (ONE_CUT[13], ONE_CUT[14]));
    assert!(rows[0].reason.ends_with("делит работы с соседней границей"));
}
