//! Copies are found whoever else copies, and where works agree anyway nobody is named.

use crate::tests::{Scene, school};
use srez_model::finding::{Finding, Status};
use srez_model::level::Level;
use srez_model::row_patterns::{EqualTotals, RowsByTotal};

const TASKS: usize = 12;

/// Twelve tasks of one point, half of the pupils of every score right in each in turn: rows of score t agree with a
/// chance of 1 of C(12, t), which is too often at 0, 1, 11 and 12.
fn scene(schools: u32) -> Scene {
    let mut scene = Scene::with_schools(schools);
    scene.measures_tasks(TASKS as u16);
    let points = vec![vec![vec![60, 60]; TASKS + 1]; TASKS];
    scene.patterns.by_total = RowsByTotal { totals: vec![120; TASKS + 1], points };
    for id in 1..=schools {
        scene.school_marks(&id.to_string(), [10; 4]);
        // 66 pairs at score 6: 0.07 expected.
        let equal = EqualTotals { total: 6, pairs: 66, same: 0 };
        scene.patterns.schools.push(school(&id.to_string(), |one| (one.n, one.repeated) = (40, vec![equal])));
    }
    scene.patterns.schools.sort_by(|left, right| left.school.cmp(&right.school));
    scene
}

fn repeat(scene: &mut Scene, id: &str, total: u16, same: u64) {
    let one = scene.patterns.schools.iter_mut().find(|one| one.school == id).unwrap();
    one.repeated = vec![EqualTotals { total, pairs: 66, same }];
}

fn of_sign(scene: &Scene) -> Vec<Finding> {
    scene.flagged().findings.into_iter().filter(|one| one.sign.id == "S12").collect()
}

fn named(scene: &Scene) -> Vec<String> {
    let found = of_sign(scene).into_iter().filter(|one| one.status == Status::Probable);
    let mut schools: Vec<String> = found.map(|one| one.group).collect();
    schools.sort();
    schools
}

#[test]
fn offenders_do_not_hide_each_other() {
    let mut one = scene(25);
    repeat(&mut one, "1", 6, 11);
    assert_eq!(named(&one), ["1"]);
    // Twelve equal works of the same score in a second class must not take the score out of the test.
    let mut two = scene(25);
    repeat(&mut two, "1", 6, 11);
    repeat(&mut two, "2", 6, 11);
    assert_eq!(named(&two), ["1", "2"]);
    let mut five = scene(25);
    ["1", "2", "3", "4", "5"].iter().for_each(|id| repeat(&mut five, id, 6, 11));
    assert_eq!(named(&five), ["1", "2", "3", "4", "5"]);
    let text = of_sign(&two).iter().find(|found| found.group == "1").unwrap().text().replace('\u{a0}', " ");
    assert!(text.starts_with("1: 11 работ совпадают с работой другого участника того же класса"), "{text}");
    assert!(text.contains("ожидалось меньше 0,1 (n = 40)"), "{text}");
}

#[test]
fn what_repeats_everywhere_or_seldom_names_nobody() {
    let mut everywhere = scene(25);
    (1..=25).for_each(|id| repeat(&mut everywhere, &id.to_string(), 6, 1));
    repeat(&mut everywhere, "7", 6, 2);
    assert_eq!(named(&everywhere), Vec::<String>::new());
}

#[test]
fn a_score_that_is_left_out_is_said_and_counts_nothing() {
    let mut scene = scene(9);
    repeat(&mut scene, "1", 12, 60);
    repeat(&mut scene, "2", 0, 60);
    repeat(&mut scene, "3", 1, 60);
    let found = of_sign(&scene);
    assert!(found.iter().all(|one| !["1", "2", "3"].contains(&one.group.as_str())), "no row, so no 0 repeats");
    let grey = found.iter().find(|one| one.level != Level::School).unwrap();
    let text = grey.text().replace('\u{a0}', " ");
    assert!(text.contains("Проверено школ: 6; не выявлено; не проверялось — 3 (классы не указаны"), "{text}");
    assert!(
        text.ends_with("Баллы 0–1, 12: при них работы часто совпадают и случайно, поэтому совпадения не учитываются."),
        "{text}"
    );
}

#[test]
fn a_work_of_few_tasks_is_not_tested() {
    let mut scene = scene(9);
    repeat(&mut scene, "1", 6, 11);
    scene.measures_tasks(7);
    let found = of_sign(&scene);
    assert_eq!(found.len(), 1, "{found:?}");
    let text = found[0].text().replace('\u{a0}', " ");
    assert!(text.ends_with("Не проверялось — 9 (заданий в работе меньше 8)."), "{text}");
}

/// Where 40 repeats are expected, twice the least size would go unseen.
#[test]
fn what_could_not_be_seen_is_not_absent() {
    let mut scene = scene(6);
    for one in &mut scene.patterns.schools {
        one.repeated = vec![EqualTotals { total: 2, pairs: 2_640, same: 40 }];
    }
    let found = of_sign(&scene);
    let grey = found.iter().find(|one| one.level != Level::School).unwrap().text().replace('\u{a0}', " ");
    assert!(grey.contains("найдено: 0; у 6 школ отличие меньше ") && !grey.contains("не выявлено"), "{grey}");
}
