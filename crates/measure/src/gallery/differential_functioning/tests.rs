//! Contrasts, gates, and a task that is harder for one group.

use super::super::super::counted::{exam, settings};
use super::super::super::{add_patterns, measure};
use super::{Settings, purify, rows, to_purify};
use srez_model::assessment::Scale;
use srez_model::level::Level;
use srez_model::measures::DifRow;
use srez_model::place::School;
use srez_model::row_patterns::{LabelSums, PatternSums, Purified, RowPatterns, SchoolSums};
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
            let total = row.iter().map(|points| u16::from(*points)).sum();
            let stratum = Stratum { total: Some(total), result: Some(3), complete: true };
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
    assert_eq!((several.method, several.class, several.class_words().as_str()), ("mantel", Some('B'), "BB"));
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

/// Twelve schools, half of them in town; a task that is harder in the village.
fn localities() -> (Settings, Tally, Vec<String>) {
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
    (settings, tally, names)
}

#[test]
fn groups_of_schools_are_tested_with_whole_schools() {
    let (settings, tally, names) = localities();
    let judged = |beyond: fn(usize) -> f64| {
        let mut measures = measure(&settings, &tally);
        let one = |(place, school): (usize, &String)| SchoolSums {
            school: school.clone(),
            complete: 50,
            beyond_equals: vec![beyond(place), 0.0, 0.1 * f64::from(u8::try_from(place % 3).unwrap()), beyond(place)],
            ..SchoolSums::default()
        };
        let patterns = RowPatterns { sums: names.iter().enumerate().map(one).collect(), ..RowPatterns::default() };
        add_patterns(&settings, &mut measures, patterns);
        measures.dif
    };
    // Every village school lies below every town school.
    let all = judged(|place| (if place < 6 { 5.0 } else { -5.0 }) + [0.0, 1.0][place % 2]);
    assert!(all[0].p.unwrap() < 0.006 && all[0].q.is_some() && all[0].class == Some('C'), "{:?}", all[0]);
    assert!(all[3].class.is_some() && all[3].class_words().len() == 2, "{:?}", all[3]);
    // The same difference from one school alone is no difference between town and village.
    let one = judged(|place| if place == 7 { -60.0 } else { 5.0 });
    assert!(one[0].p.unwrap() > 0.3 && one[0].class == Some('A'), "{:?}", one[0]);
}

/// A variant that every school deals to all of its pupils is a difference of schools.
#[test]
fn a_variant_of_whole_schools_is_tested_with_whole_schools() {
    let tally = tally(Level::Variant, &[1, 1, 1, 2], &[("1", rows_with(400, 3)), ("2", rows_with(480, 8))], &[]);
    let judged = |schools: usize, both: bool| {
        let mut measures = measure(&settings(), &tally);
        let label = |label: &str, beyond: f64| {
            let scores = PatternSums { n: 40, sum: 80, squares: 200 };
            LabelSums {
                level: Level::Variant,
                label: label.to_owned(),
                scores,
                complete: 40,
                beyond_equals: vec![beyond; 4],
                ..LabelSums::default()
            }
        };
        let one = |place: usize| {
            // One school of the first variant carries all of its difference.
            let own = label("1", if place == 0 { -40.0 } else { 1.0 });
            let rest = label("2", 3.0);
            let labels = if both { vec![own, rest] } else { vec![if place.is_multiple_of(2) { own } else { rest }] };
            SchoolSums { school: format!("{place:02}"), labels, ..SchoolSums::default() }
        };
        let patterns = RowPatterns { sums: (0..schools).map(one).collect(), ..RowPatterns::default() };
        add_patterns(&settings(), &mut measures, patterns);
        measures.dif
    };
    let inside = judged(10, true);
    assert!(inside[0].p.unwrap() < 1e-6 && inside[0].class == Some('C'), "pupil against pupil: {:?}", inside[0]);
    let dealt = judged(10, false);
    assert!(dealt[0].p.unwrap() > 0.2 && dealt[0].class == Some('A'), "{:?}", dealt[0]);
    let few = judged(7, false);
    assert!(few[0].p.is_none() && few[0].q.is_none() && few[0].class.is_none());
    assert_eq!(few[0].reason, "вариант совпадает со школой: не проверяется");
}

#[test]
fn a_task_of_class_c_leaves_the_score_and_the_second_pass_stands() {
    let tally = tally(Level::Sex, &[1, 1, 1, 2], &[("ж", rows_with(400, 3)), ("м", rows_with(480, 8))], &[]);
    let mut measures = measure(&settings(), &tally);
    let wanted = to_purify(&settings(), &tally, &measures);
    assert_eq!(wanted.len(), 1);
    assert_eq!(
        (wanted[0].focal.as_str(), &*wanted[0].rest, &*wanted[0].dropped),
        ("ж", &["м".to_owned()][..], &[0, 1, 2][..])
    );
    // The first task is so much harder that two easy ones look easier at equal scores.
    // Equal in all but the first task once that has left the score.
    let alike: Vec<(Vec<u64>, Vec<u64>)> = vec![(vec![40, 40], vec![30, 30]); 4];
    let apart: Vec<(Vec<u64>, Vec<u64>)> = vec![(vec![20, 80], vec![70, 30]); 4];
    let strata = vec![apart, alike.clone(), alike.clone(), alike];
    let counted = Purified { level: Level::Sex, focal: "ж".to_owned(), strata, schools: Vec::new() };
    purify(&settings(), &mut measures, &[counted]);
    let classes: Vec<String> = measures.dif.iter().map(DifRow::class_words).collect();
    assert_eq!(classes, ["C", "A", "A", "AA"]);
    assert!(measures.dif[1].q.unwrap() > 0.5 && measures.dif[0].q.unwrap() < 1e-6);
}
