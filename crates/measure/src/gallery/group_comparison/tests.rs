//! Variants that are equal and not, and groups of schools.

use super::super::super::counted::{Pupil, count, exam, settings};
use super::super::super::{add_patterns, adjust, measure};
use srez_model::assessment::Scale;
use srez_model::check::CheckState;
use srez_model::compared::MeasureId;
use srez_model::level::Level;
use srez_model::measures::Measures;
use srez_model::place::School;
use srez_model::row_patterns::{LabelSums, RowPatterns, SchoolSums};
use srez_model::tally::{Group, ParticipantCount, Tally};

fn pupils(schools: u8, each: u8) -> Vec<Pupil> {
    let pupil = |place: u8| Pupil {
        school: format!("{}", place / each),
        journal: None,
        points: vec![(place % each + place / each) % 7],
        result: i16::from(2 + place % 4),
    };
    (0..schools * each).map(pupil).collect()
}

/// Adds groups of a level to a tally: half of the participants of `all` each, the second shifted by some points.
fn with_halves(tally: &mut Tally, level: Level, names: [&str; 2], shift: i16) {
    let cells: Vec<ParticipantCount> = tally.participants_of(0).to_vec();
    for (half, name) in (0_u32..).zip(names) {
        let group = u32::try_from(tally.groups.len()).unwrap();
        tally.groups.push(Group { level, name: name.to_owned() });
        tally.participants.extend(cells.iter().map(|cell| {
            let mut stratum = cell.stratum;
            let shift = shift * i16::try_from(half).unwrap();
            stratum.total = stratum.total.and_then(|total| total.checked_add_signed(shift));
            ParticipantCount { group, stratum, n: 4 * cell.n + half }
        }));
    }
}

/// Ten pupils of a school with one label, around a mean.
fn labelled(level: Level, label: &str, mean: i64, low: i64) -> LabelSums {
    let mut sums = LabelSums { level, label: label.to_owned(), ..LabelSums::default() };
    for pupil in 0..10 {
        sums.scores.add(mean + pupil % 3);
        sums.low.add(i64::from(pupil < low));
    }
    sums
}

/// The exam with halves of a level, and what the second pass says of each school.
fn judged(level: Level, names: [&str; 2], schools: &[Vec<LabelSums>]) -> Measures {
    let mut tally = count(exam(2026, &[7], Scale::Unknown), &pupils(8, 30), 0);
    with_halves(&mut tally, level, names, 0);
    let mut measures = [measure(&settings(), &tally)];
    let school = |(place, labels): (usize, &Vec<LabelSums>)| SchoolSums {
        school: place.to_string(),
        labels: labels.clone(),
        ..SchoolSums::default()
    };
    let patterns = RowPatterns { sums: schools.iter().enumerate().map(school).collect(), ..RowPatterns::default() };
    add_patterns(&settings(), &mut measures[0], patterns);
    adjust(&settings(), &mut measures);
    let [measures] = measures;
    measures
}

/// The schools differ much more than girls and boys do, who are one point apart in each.
#[test]
fn girls_and_boys_are_compared_within_their_schools() {
    let schools: Vec<Vec<LabelSums>> = (0..8)
        .map(|school| {
            let mean = 3 * (school % 4);
            vec![labelled(Level::Sex, "ж", mean + 1, 2), labelled(Level::Sex, "м", mean + school % 2 / 2, 2)]
        })
        .collect();
    let measures = judged(Level::Sex, ["ж", "м"], &schools);
    let row = measures.comparison_of(Level::Sex, "ж", &MeasureId::Total).unwrap();
    assert_eq!((row.method.as_str(), row.state), ("within schools", CheckState::Found), "{row:?}");
    assert!((row.gap.unwrap().0 - 100.0 / 7.0).abs() < 1e-9 && row.reason.is_empty(), "{row:?}");
    assert_eq!(row.family, "sex-total-vpr-2026");
    let few = judged(Level::Sex, ["ж", "м"], &schools[..3]);
    let row = few.comparison_of(Level::Sex, "ж", &MeasureId::Total).unwrap();
    assert!(row.p.is_none() && row.state == CheckState::NotTested && row.reason.contains("меньше четырёх школ"));
}

#[test]
fn a_variant_that_a_school_deals_to_all_is_a_difference_of_schools() {
    let dealt = |school: i64| if school % 2 == 0 { "1" } else { "2" };
    let of = |means: &dyn Fn(i64) -> i64, schools: i64| {
        let school = |place: i64| vec![labelled(Level::Variant, dealt(place), means(place), 1)];
        let measures = judged(Level::Variant, ["1", "2"], &(0..schools).map(school).collect::<Vec<_>>());
        measures.comparison_of(Level::Variant, "1", &MeasureId::Total).unwrap().clone()
    };
    // Schools differ by some points anyway: one point between the variants is no news.
    let unclear = of(&|place| place % 4 / 2 * 3 + place % 2, 8);
    assert_eq!((unclear.method.as_str(), unclear.state), ("schools", CheckState::Indistinct), "{unclear:?}");
    let clear = of(&|place| place % 4 / 2 + 4 * (place % 2), 12);
    assert_eq!(clear.state, CheckState::Found, "{clear:?}");
    assert!(of(&|_| 1, 7).reason.contains("меньше четырёх школ"));
}

#[test]
fn groups_of_schools_are_compared_by_whole_schools() {
    let mut tally = count(exam(2026, &[7], Scale::Unknown), &pupils(8, 30), 0);
    with_halves(&mut tally, Level::Locality, ["город", "село"], 0);
    let mut settings = settings();
    for id in 0..8 {
        settings.register.schools.push(School {
            id: id.to_string(),
            locality: if id % 2 == 0 { "город" } else { "село" }.to_owned(),
            ..School::default()
        });
    }
    let measures = measure(&settings, &tally);
    let row = measures.comparison_of(Level::Locality, "город", &MeasureId::Total).unwrap();
    assert_eq!((row.method.as_str(), row.reason.as_str()), ("schools", ""));
    // Half of 1 − 0 twice: both groups have four schools of thirty pupils.
    let of_school = |school: u8| f64::from((0..30).map(|place| (place + school) % 7).sum::<u8>()) / 210.0;
    let of_town: f64 = [0, 2, 4, 6].map(of_school).iter().sum::<f64>() / 4.0;
    let of_village: f64 = [1, 3, 5, 7].map(of_school).iter().sum::<f64>() / 4.0;
    assert!((row.gap.unwrap().0 - 100.0 * (of_town - of_village)).abs() < 1e-9, "{row:?}");
    settings.register.schools.pop();
    let measures = measure(&settings, &tally);
    let row = measures.comparison_of(Level::Locality, "город", &MeasureId::Total).unwrap();
    assert!(row.p.is_none() && row.reason.contains("меньше четырёх школ"), "{row:?}");
    assert!(row.value.is_some() && row.reference.is_some());
}

#[test]
fn textbooks_are_compared_by_the_schools_that_use_them() {
    let book = |school: i64| if school % 2 == 0 { ("Виленкин", 1) } else { ("Мерзляк", 4) };
    let school = |place: i64| {
        let (name, mean) = book(place);
        vec![labelled(Level::Textbook, name, mean + place % 4 / 2, place % 4)]
    };
    let schools: Vec<Vec<LabelSums>> = (0..12).map(school).collect();
    let measures = judged(Level::Textbook, ["Виленкин", "Мерзляк"], &schools);
    let total = measures.comparison_of(Level::Textbook, "Виленкин", &MeasureId::Total).unwrap();
    assert!(total.method == "schools" && total.state == CheckState::Found && total.q == total.p, "{total:?}");
    let few = judged(Level::Textbook, ["Виленкин", "Мерзляк"], &schools[..7]);
    let total = few.comparison_of(Level::Textbook, "Виленкин", &MeasureId::Total).unwrap();
    assert!(total.p.is_none() && total.reason.contains("меньше четырёх школ"), "{total:?}");
}
