//! Rows of an action: what each may say, and what none may.

use super::{Aim, effectiveness};
use crate::counted::{Pupil, count, exam, settings};
use crate::measure;
use srez_model::action::{EffectRow, EffectVerdict};
use srez_model::assessment::Scale;
use srez_model::compared::MeasureId;
use srez_model::level::Level;
use srez_model::measures::Measures;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Schools of `n` pupils, of whom so many have a «2».
fn year(year: u16, schools: &[(&str, u16, u16)]) -> Measures {
    let of_school = |(school, n, twos): &(&str, u16, u16)| {
        let (school, twos) = ((*school).to_owned(), *twos);
        (0..*n).map(move |place| Pupil {
            school: school.clone(),
            journal: None,
            points: vec![u8::from(twos <= place)],
            result: if place < twos { 2 } else { 4 },
        })
    };
    let pupils: Vec<Pupil> = schools.iter().flat_map(of_school).collect();
    measure(&settings(), &count(exam(year, &[1], Scale::Marks(vec![(0, 2), (1, 4)])), &pupils, 0))
}

/// «а» and «б» are low; of the others there are as many as wanted, with about 30 % of «2» in both years.
fn district(others: usize, low: [[(u16, u16); 2]; 2]) -> [Measures; 2] {
    const NAMES: [&str; 12] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"];
    let other = |year: u16| {
        let twos = move |(place, name): (u16, &'static str)| (name, 50, 13 + (3 * place + 5 * year) % 6);
        (0..).zip(NAMES).map(twos).take(others)
    };
    [0, 1].map(|place: u16| {
        let own = low.map(|years| years[usize::from(place)]);
        let low = ["а", "б"].into_iter().zip(own).filter(|(_, (n, _))| *n != 0).map(|(name, (n, k))| (name, n, k));
        year(2025 + place, &other(place).chain(low).collect::<Vec<_>>())
    })
}

fn rows(years: &[Measures; 2], schools: &[&str]) -> Vec<EffectRow> {
    let [before, now] = years;
    let (schools, others) = (schools.iter().copied().collect(), BTreeSet::new());
    effectiveness(&settings(), &Aim { action: 1, schools, others, measure: &MeasureId::ShareOfTwo, now, before })
}

#[test]
fn a_low_school_is_expected_to_recover_a_part_and_only_what_is_more_is_an_effect() {
    // 60 % come to 34 %.
    let years = district(10, [[(50, 30), (50, 17)], [(50, 16), (50, 15)]]);
    let found = rows(&years, &["а"]);
    let [row] = found.as_slice() else { panic!("{found:?}") };
    let (expected, (effect, low, high)) = (row.expected.unwrap(), row.effect.unwrap());
    assert!(30.0 < expected && expected < 60.0, "{row:?}");
    assert!((34.0 - expected - effect).abs() < 1e-9 && low < effect && effect < high, "{row:?}");
    assert_eq!((row.values, row.n, row.peers), (Some((60.0, 34.0)), (50, 50), 11));
    // What it would have come to by itself is no effect.
    let back = district(10, [[(50, 30), (50, 27)], [(50, 16), (50, 15)]]);
    let back = &rows(&back, &["а"])[0];
    assert!(!matches!(back.verdict, EffectVerdict::Confirmed | EffectVerdict::Possible), "{back:?}");
    assert!(back.chance.unwrap() < row.chance.unwrap());
    // Nobody would expect such a fall.
    let years = district(10, [[(50, 30), (50, 0)], [(50, 16), (50, 15)]]);
    assert_eq!(rows(&years, &["а"])[0].verdict, EffectVerdict::Confirmed);
}

#[test]
fn single_schools_beside_all_of_an_action_have_numbers_and_no_verdict() {
    let years = district(10, [[(50, 30), (50, 5)], [(50, 28), (50, 6)]]);
    let found = rows(&years, &["а", "б"]);
    assert_eq!(
        found.iter().map(|row| row.level).collect::<Vec<_>>(),
        [Level::Municipality, Level::School, Level::School]
    );
    assert_eq!(found[0].verdict, EffectVerdict::Confirmed);
    let is_part =
        |row: &EffectRow| row.verdict == EffectVerdict::Part && row.expected.is_some() && row.effect.is_some();
    assert!(found[1..].iter().all(is_part), "{found:?}");
}

#[test]
fn what_cannot_be_compared_says_why() {
    let whole = [[(50, 30), (50, 5)], [(50, 28), (50, 6)]];
    let verdict = |years: &[Measures; 2], schools: &[&str]| {
        let row = rows(years, schools).remove(0);
        (row.verdict, row.reason, row.expected.is_some())
    };
    let seven = verdict(&district(7, whole), &["а", "б"]);
    assert_eq!(seven, (EffectVerdict::NoComparison, "школ без меры меньше 8".to_owned(), false));
    let alone = verdict(&district(0, [[(120, 60), (120, 10)], [(0, 0), (0, 0)]]), &["а"]);
    assert_eq!(alone, (EffectVerdict::NoComparison, "мера охватила все школы с результатами".to_owned(), false));
    let new = verdict(&district(10, [[(0, 0), (50, 5)], [(50, 28), (50, 6)]]), &["а"]);
    assert_eq!((new.0, new.2), (EffectVerdict::NoBase, false));
    let few = verdict(&district(10, [[(9, 6), (50, 2)], [(50, 28), (50, 6)]]), &["а"]);
    assert_eq!((few.0, few.2), (EffectVerdict::TooFewData, true));
    let mut changed = district(10, whole);
    Arc::make_mut(&mut changed[0].exam).scale = Scale::Marks(vec![(0, 2), (1, 5)]);
    let row = rows(&changed, &["а"]).remove(0);
    assert_eq!((row.verdict, row.expected), (EffectVerdict::NotComparable, None));
    let (before, after) = row.place.unwrap();
    assert!(1.0 < before && after < before, "{row:?}");
}
