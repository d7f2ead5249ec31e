//! Variants that are equal and not, and groups of schools.

use super::super::super::counted::{Pupil, count, exam, settings};
use super::super::super::{add_patterns, adjust, measure};
use srez_model::assessment::Scale;
use srez_model::compared::TOTAL;
use srez_model::level::Level;
use srez_model::place::School;
use srez_model::row_patterns::{PatternSums, RowPatterns, SchoolSums};
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
            stratum.total += shift * i16::try_from(half).unwrap();
            ParticipantCount { group, stratum, n: 4 * cell.n + half }
        }));
    }
}

#[test]
fn variants_of_unequal_difficulty_are_told_apart() {
    for (shift, differs) in [(0, false), (1, true)] {
        let mut tally = count(exam(2026, &[7], Scale::Unknown), &pupils(8, 30), 0);
        with_halves(&mut tally, Level::Variant, ["1", "2"], shift);
        let measures = measure(&settings(), &tally);
        let row = measures.comparison_of(Level::Variant, "1", TOTAL).unwrap();
        assert_eq!((row.method.as_str(), row.family.as_str()), ("normal", "variant-total-vpr-2026"));
        assert_eq!(row.p.unwrap() < 0.01, differs, "{row:?}");
        assert!(measures.comparison_of(Level::Variant, "2", TOTAL).is_none());
    }
}

#[test]
fn groups_of_schools_are_compared_by_the_means_of_schools() {
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
    let row = measures.comparison_of(Level::Locality, "город", TOTAL).unwrap();
    assert_eq!((row.method.as_str(), row.reason.as_str()), ("welch", ""));
    settings.register.schools.pop();
    let measures = measure(&settings, &tally);
    let row = measures.comparison_of(Level::Locality, "город", TOTAL).unwrap();
    assert!(row.p.is_none() && row.reason.contains("меньше четырёх школ"), "{row:?}");
    assert!(row.value.is_some() && row.reference.is_some());
}

#[test]
fn textbooks_are_compared_by_the_means_of_schools() {
    let mut tally = count(exam(2026, &[7], Scale::Unknown), &pupils(8, 30), 0);
    with_halves(&mut tally, Level::Textbook, ["Виленкин", "Мерзляк"], 0);
    let sums = |school: u32, book: &str, mean: i64| {
        let mut scores = PatternSums::default();
        (0..10).for_each(|pupil| scores.add(mean + pupil % 2));
        SchoolSums {
            school: school.to_string(),
            scores_by_textbook: vec![(book.to_owned(), scores)],
            low_by_textbook: vec![(book.to_owned(), PatternSums { n: 10, sum: i64::from(school % 4), squares: 3 })],
            ..SchoolSums::default()
        }
    };
    let judged = |schools: u32| {
        let mut measures = [measure(&settings(), &tally)];
        let book = |school: u32| if school.is_multiple_of(2) { ("Виленкин", 2) } else { ("Мерзляк", 5) };
        let sums = (0..schools).map(|school| sums(school, book(school).0, book(school).1 + i64::from(school % 4 / 2)));
        let patterns = RowPatterns { sums: sums.collect(), ..RowPatterns::default() };
        add_patterns(&settings(), &mut measures[0], patterns);
        adjust(&settings(), &mut measures);
        let rows = measures[0].comparisons.iter().filter(|row| row.level == Level::Textbook);
        rows.map(|row| (row.measure.clone(), row.method.clone(), row.p, row.q, row.reason.clone())).collect::<Vec<_>>()
    };
    let found = judged(8);
    let total = found.iter().find(|row| row.0 == TOTAL).unwrap();
    assert!(total.1 == "welch" && total.2.unwrap() < 0.001 && total.3 == total.2 && total.4.is_empty(), "{total:?}");
    let few = judged(7);
    assert!(few.iter().all(|row| row.2.is_none() && row.4.contains("меньше четырёх школ")), "{few:?}");
}
