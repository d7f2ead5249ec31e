//! Deviations from the journal: what is expected, who is named in one work and over several, and what is not tested.

use super::expected::{self, Way};
use crate::tests::{Scene, school};
use srez_model::check::CheckState;
use srez_model::finding::{Finding, Findings};
use srez_model::level::Level;
use srez_model::row_patterns::JournalMark;

type Marks = [JournalMark; 4];

/// Journal marks 3, 4 and 5 as lowered and all.
fn marks(cells: [(u64, u64); 3]) -> Marks {
    let [three, four, five] = cells.map(|(lowered, n)| JournalMark { n, lowered, raised: 0 });
    [JournalMark::default(), three, four, five]
}

/// Schools with two classes of equal marks.
fn scene(subject: &str, schools: &[(&str, u64)]) -> Scene {
    let mut scene = Scene::with_schools(schools.len().try_into().unwrap());
    scene.exam(subject, 8);
    for (id, lowered) in schools {
        let classes = ["а", "б"].map(|class| (format!("{id}/{class}"), marks([(*lowered, 20), (0, 0), (0, 0)])));
        scene.patterns.schools.push(school(id, |one| one.journal = classes.to_vec()));
    }
    scene.patterns.schools.sort_by(|left, right| left.school.cmp(&right.school));
    scene
}

const IDS: [&str; 12] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];

fn of_schools(findings: &Findings) -> Vec<&Finding> {
    findings.findings.iter().filter(|one| one.sign.id == "S06" && one.level == Level::School).collect()
}

fn named(findings: &Findings) -> Vec<&str> {
    let found = of_schools(findings).into_iter().filter(|one| one.state == Some(CheckState::Found));
    found.map(|one| one.group.as_str()).collect()
}

fn quiet(findings: &Findings) -> String {
    let of_all = findings.findings.iter().find(|one| one.sign.id == "S06" && one.level != Level::School);
    of_all.map_or(String::new(), |one| one.text().replace('\u{a0}', " "))
}

#[test]
fn the_mix_of_journal_marks_is_expected() {
    let mut scene = Scene::default();
    let own = vec![("1/а".to_owned(), marks([(3, 10), (15, 30), (36, 60)]))];
    let others = vec![(String::new(), marks([(20, 100), (40, 100), (55, 100)]))];
    scene.patterns.schools = vec![school("1", |one| one.journal = own), school("2", |one| one.journal = others)];
    let measures = scene.measures();
    let found = expected::schools(&scene.settings(), &measures);
    let (count, by_others) = found[0].counts(Way::Lowered);
    assert_eq!((count, found[0].n(), found[0].left_out()), (54, 100, 0));
    assert!((by_others - 47.0).abs() < 1e-9);
    // −54 and 47 of a hundred.
    let whole = found[0].group().together().unwrap();
    assert!((whole.mean + 0.07).abs() < 1e-12, "{}", whole.mean);
    // Σe² by hand: r is −.2, −.4, −.55; e is −1 − r where the mark fell and −r where it did not.
    let squares = 3.0 * 0.64 + 7.0 * 0.04 + 15.0 * 0.36 + 15.0 * 0.16 + 36.0 * 0.2025 + 24.0 * 0.3025;
    assert!((whole.spread - (squares - 0.49)).abs() < 1e-9, "{}", whole.spread);
    assert!((found[0].plain_p(Way::Lowered) - 2.0 * 0.257_564_7).abs() < 1e-6, "{}", found[0].plain_p(Way::Lowered));
}

#[test]
fn a_mark_that_nobody_else_has_is_left_out() {
    let mut scene = Scene::default();
    let own = vec![("1/а".to_owned(), marks([(3, 9), (0, 0), (20, 30)]))];
    let others = vec![("2/а".to_owned(), marks([(20, 100), (40, 100), (0, 0)]))];
    scene.patterns.schools = vec![school("1", |one| one.journal = own), school("2", |one| one.journal = others)];
    let measures = scene.measures();
    let found = expected::schools(&scene.settings(), &measures);
    assert_eq!((found[0].n(), found[0].left_out()), (9, 30));
}

#[test]
fn a_school_far_from_the_others_is_named_and_the_rest_is_kept_as_checked() {
    let schools: Vec<(&str, u64)> = IDS.iter().map(|id| (*id, if *id == "1" { 15 } else { 4 })).collect();
    let findings = scene("math", &schools).flagged();
    assert_eq!((of_schools(&findings).len(), named(&findings)), (12, vec!["1"]));
    let one = of_schools(&findings)[0];
    assert!(one.text().contains("30 из 40") && one.value.unwrap() < -15.0 && one.unit == "п.п.", "{one:?}");
    assert!(quiet(&findings).contains("найдено: 1"), "{}", quiet(&findings));
}

#[test]
fn where_all_schools_differ_only_one_far_from_all_is_named() {
    let schools: Vec<(&str, u64)> =
        IDS.iter().zip([20, 3, 4, 5, 6, 7, 3, 4, 5, 6, 7, 5]).map(|(id, lowered)| (*id, lowered)).collect();
    assert_eq!(named(&scene("math", &schools).flagged()), ["1"]);
}

/// Far from the others by any plain test, and yet among schools that lie as far apart: no verdict, but no «нет».
#[test]
fn the_farthest_of_schools_that_differ_is_told_without_a_verdict() {
    let schools: Vec<(&str, u64)> =
        IDS.iter().zip([14, 2, 10, 4, 12, 3, 9, 6, 11, 5, 1, 8]).map(|(id, lowered)| (*id, lowered)).collect();
    let findings = scene("math", &schools).flagged();
    assert!(named(&findings).is_empty(), "{:?}", named(&findings));
    let words = quiet(&findings);
    assert!(words.contains("Больше всего отличается") && !words.contains("не выявлено"), "{words}");
}

/// Half of the schools lower nearly every mark and half nearly none: no share could lie far enough from that to be
/// seen.
#[test]
fn no_difference_is_promised_that_no_school_can_have() {
    let schools: Vec<(&str, u64)> =
        IDS.iter().zip([19, 1, 19, 1, 19, 1, 19, 1, 19, 1, 19, 1]).map(|(id, lowered)| (*id, lowered)).collect();
    let words = quiet(&scene("math", &schools).flagged());
    assert!(words.contains("у 12 школ различить ничего нельзя"), "{words}");
}

/// Behind the journal by as much in every one of seven works, among schools that differ from work to work.
#[test]
fn a_school_behind_in_all_its_works_is_named_over_all_of_them() {
    let subjects = ["math", "russian", "biology", "history", "physics", "geography", "chemistry"];
    let works: Vec<Scene> = (0..7)
        .map(|work| {
            let lowered = |place: usize| match place {
                0 => 9 + [0, 1, 0, 1, 0, 1, 0][work],
                place => [1, 5, 9, 3, 7, 4, 6][(place + 3 * work) % 7],
            };
            let schools: Vec<(&str, u64)> = IDS.iter().enumerate().map(|(at, id)| (*id, lowered(at))).collect();
            scene(subjects[work], &schools)
        })
        .collect();
    let all = Scene::flagged_of(&works);
    for findings in &all {
        assert_eq!(named(findings), ["1"], "{}", quiet(findings));
    }
    let text = of_schools(&all[0])[0].text().replace('\u{a0}', " ");
    assert!(text.contains("по 7 работам вместе") && text.contains("в этой работе"), "{text}");
    // By itself no work names it.
    let alone: Vec<(usize, f64)> = works
        .iter()
        .map(|work| {
            let findings = work.flagged();
            (named(&findings).len(), of_schools(&findings)[0].p.unwrap())
        })
        .collect();
    assert!(alone.iter().filter(|(named, _)| *named == 0).count() > 3, "{alone:?}");
}

/// One adjustment over all works of a procedure and year: what a work says for itself agrees with it.
#[test]
fn a_school_that_its_work_alone_would_name_is_not_said_to_be_found_among_two_works() {
    let quiet_ones = [4, 5, 3, 4, 6, 4, 5, 3, 4, 6, 5];
    let work = |subject: &str, first: u64| {
        let lowered = std::iter::once(first).chain(quiet_ones);
        scene(subject, &IDS.into_iter().zip(lowered).collect::<Vec<_>>())
    };
    let is_named_alone = |first: &u64| !named(&work("math", *first).flagged()).is_empty();
    let first = (6..20).find(is_named_alone).unwrap();
    let found = Scene::flagged_of(&[work("math", first), work("russian", 4)]);
    assert!(named(&found[0]).is_empty(), "{:?}", named(&found[0]));
    assert!(!quiet(&found[0]).contains("найдено: 1"), "{}", quiet(&found[0]));
    let of_first = of_schools(&found[0]).into_iter().find(|one| one.group == "1").unwrap();
    assert!(of_first.q.unwrap() > 0.1 && of_first.p.unwrap() < 0.1 / 12.0, "{of_first:?}");
}

#[test]
fn few_schools_and_no_journal_are_not_tested_and_say_so() {
    let findings = scene("math", &IDS[..5].iter().map(|id| (*id, 4)).collect::<Vec<_>>()).flagged();
    assert!(of_schools(&findings).is_empty());
    assert!(quiet(&findings).contains("Не проверялось — 5 (школ, которые можно сравнить, меньше 6)"));
    let mut none = Scene::with_schools(8);
    none.patterns.schools = (1..=8).map(|id| school(&id.to_string(), |_| {})).collect();
    let findings = none.flagged();
    assert!(quiet(&findings).contains("Не проверялось — 8 (нет отметок журнала)"), "{}", quiet(&findings));
    // Everybody as the journal says.
    let alike = scene("math", &IDS.map(|id| (id, 0))).flagged();
    assert!(quiet(&alike).contains("Не проверялось — 12 (нет разброса)"), "{}", quiet(&alike));
    // Schools of a few.
    let mut small = scene("math", &IDS.map(|id| (id, 4)));
    small.patterns.schools[0].journal = vec![(String::new(), marks([(9, 9), (0, 0), (0, 0)]))];
    let findings = small.flagged();
    assert_eq!(of_schools(&findings).len(), 11);
    assert!(quiet(&findings).contains("не проверялось — 1 (участников меньше 10)"), "{}", quiet(&findings));
}
