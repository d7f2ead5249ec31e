//! Contrasts, gates, and a task that is harder for one group.

use super::super::super::counted::{exam, settings};
use super::super::super::{add_patterns, measure};
use super::rows;
use srez_model::assessment::Scale;
use srez_model::level::Level;
use srez_model::measures::DifRow;
use srez_model::place::School;
use srez_model::row_patterns::{RowPatterns, SchoolSums};
use srez_model::tally::{Group, OutcomeCount, ParticipantCount, Stratum, Tally};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Points of one participant by task.
type Points = Vec<u8>;

/// A tally with groups of one level only, and with `schools`.
fn tally(level: Level, maxima: &[u16], groups: &[(&str, Vec<Points>)], schools: &[&str]) -> Tally {
    let mut names: Vec<Group> =
        schools.iter().map(|name| Group { level: Level::School, name: (*name).to_owned() }).collect();
    names.extend(groups.iter().map(|(name, _)| Group { level, name: (*name).to_owned() }));
    let (mut outcomes, mut participants) = (BTreeMap::new(), BTreeMap::new());
    for (group, (_, rows)) in (u32::try_from(schools.len()).unwrap()..).zip(groups) {
        for row in rows {
            let total = row.iter().map(|points| i16::from(*points)).sum();
            let stratum = Stratum { total, result: 3, complete: true };
            *participants.entry((group, stratum)).or_insert(0) += 1;
            for (task, points) in (0_u16..).zip(row) {
                *outcomes.entry((group, task, stratum, *points)).or_insert(0) += 1;
            }
        }
    }
    Tally {
        exam: Arc::new(exam(2026, maxima, Scale::Unknown)),
        groups: names,
        outcomes: outcomes
            .into_iter()
            .map(|((group, task, stratum, outcome), n)| OutcomeCount { group, task, stratum, outcome, n })
            .collect(),
        participants: participants
            .into_iter()
            .map(|((group, stratum), n)| ParticipantCount { group, stratum, n })
            .collect(),
        journal: Vec::new(),
        absent: None,
        skills: Vec::new(),
        skill_tasks: Vec::new(),
        skill_counts: Vec::new(),
        classes: Vec::new(),
        demands: Vec::new(),
    }
}

/// Rows with a task that `solved` of ten solve, two that rise with the index, and one of two points.
fn rows_with(n: u16, solved: u16) -> Vec<Points> {
    (0..n)
        .map(|place| {
            let level = u8::try_from(place % 4).unwrap();
            vec![
                u8::from(place / 4 % 10 < solved),
                u8::from(level > 0),
                u8::from(level > 1),
                u8::try_from(place % 3).unwrap(),
            ]
        })
        .collect()
}

#[test]
fn a_task_that_is_harder_for_one_group_is_found() {
    let tally = tally(Level::Sex, &[1, 1, 1, 2], &[("ж", rows_with(400, 3)), ("м", rows_with(480, 8))], &[]);
    let found = rows(&settings(), &tally);
    assert_eq!(found.len(), 4);
    let hard: &DifRow = &found[0];
    assert_eq!((hard.focal.as_str(), hard.n_focal, hard.n_reference, hard.method), ("ж", 400, 480, "mantel-haenszel"));
    assert!(hard.effect.unwrap() < -1.5 && hard.class == Some('C') && hard.q.unwrap() < 1e-6, "{hard:?}");
    let several = &found[3];
    assert_eq!((several.method, several.class), ("mantel", None));
    assert!(several.reason.contains("класс только"));
}

#[test]
fn alike_groups_are_class_a() {
    let tally = tally(Level::Variant, &[1, 1, 1, 2], &[("1", rows_with(400, 5)), ("2", rows_with(400, 5))], &[]);
    for row in rows(&settings(), &tally).iter().filter(|row| row.method == "mantel-haenszel") {
        assert!(row.effect.unwrap().abs() < 1e-9 && row.class == Some('A') && row.focal == "2", "{row:?}");
    }
}

#[test]
fn small_groups_and_groups_of_few_schools_have_reasons() {
    let small = tally(Level::Sex, &[1, 1, 1, 2], &[("ж", rows_with(49, 3)), ("м", rows_with(480, 8))], &[]);
    assert!(rows(&settings(), &small).iter().all(|row| row.effect.is_none() && row.reason.contains("одной из групп")));
    let one = tally(Level::Sex, &[1, 1, 1, 2], &[("ж", rows_with(400, 3))], &[]);
    assert!(rows(&settings(), &one).is_empty());

    let mut settings = settings();
    let names = ["1", "2", "3", "4", "5", "6", "7", "8"];
    for (place, name) in names.iter().enumerate() {
        let locality = if place < 4 { "город" } else { "село" };
        let school = School { id: (*name).to_owned(), locality: locality.to_owned(), ..School::default() };
        settings.register.schools.push(school);
    }
    let groups = [("город", rows_with(400, 8)), ("село", rows_with(300, 3))];
    let found = rows(&settings, &tally(Level::Locality, &[1, 1, 1, 2], &groups, &names));
    assert!(found[0].effect.is_some() && found[0].p.is_none() && found[0].class.is_none());
    assert!(found[0].reason.contains("сравнение групп школ не проверялось"));
    let found = rows(&settings, &tally(Level::Locality, &[1, 1, 1, 2], &groups, &names[..7]));
    assert!(found[0].effect.is_none() && found[0].reason.contains("меньше четырёх школ"));
}

#[test]
fn groups_of_schools_are_tested_by_permuting_whole_schools() {
    let mut settings = settings();
    let names: Vec<String> = (0..12).map(|place| format!("{place:02}")).collect();
    for (place, name) in names.iter().enumerate() {
        let locality = if place < 6 { "город" } else { "село" };
        let school = School { id: name.clone(), locality: locality.to_owned(), ..School::default() };
        settings.register.schools.push(school);
    }
    let schools: Vec<&str> = names.iter().map(String::as_str).collect();
    let groups = [("город", rows_with(400, 8)), ("село", rows_with(300, 3))];
    let tally = tally(Level::Locality, &[1, 1, 1, 2], &groups, &schools);
    let judged = |beyond: fn(usize) -> f64| {
        let mut measures = measure(&settings, &tally);
        let one = |(place, school): (usize, &String)| SchoolSums {
            school: school.clone(),
            beyond_equals: vec![beyond(place), 0.0, 0.1 * f64::from(u8::try_from(place % 3).unwrap()), beyond(place)],
            ..SchoolSums::default()
        };
        let patterns = RowPatterns { sums: names.iter().enumerate().map(one).collect(), ..RowPatterns::default() };
        add_patterns(&settings, &mut measures, patterns);
        measures.dif
    };
    // Every village school below every town school: only 2 of the 924 ways lie as far.
    let all = judged(|place| if place < 6 { 5.0 } else { -5.0 });
    assert!(all[0].p.unwrap() < 0.006 && all[0].q.is_some() && all[0].class == Some('C'), "{:?}", all[0]);
    assert!(all[3].class.is_none() && all[3].reason.contains("класс только"), "{:?}", all[3]);
    assert!(all[1].effect.is_none() || all[1].p == Some(1.0), "{:?}", all[1]);
    // The same difference from one school alone is no difference between town and village.
    let one = judged(|place| if place == 7 { -60.0 } else { 5.0 });
    assert!(one[0].p.unwrap() > 0.3 && one[0].class == Some('A'), "{:?}", one[0]);
}
