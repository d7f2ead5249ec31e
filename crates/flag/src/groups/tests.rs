use crate::tests::{Scene, bunching, school};
use srez_model::finding::GroupState;
use srez_model::row_patterns::{HalfSums, PatternSums};
use srez_model::sign::SignId;

#[test]
fn groups_of_signs_are_counted_once_each_and_an_even_distribution_never_alone() {
    let mut scene = Scene::with_schools(9);
    scene.boundaries.push(bunching("1"));
    scene.patterns.half_maxima = (5, 5);
    for place in 1..=9_i64 {
        let id = place.to_string();
        scene.school_marks(&id, [5, 20, 10, 5]);
        // School «1» has its hard tasks done and its easy ones not.
        let around = if place == 1 { 9 } else { place % 3 };
        let mut sums = PatternSums::default();
        (0..40).zip([-2, 2].into_iter().cycle()).for_each(|(_, off)| sums.add(around + off));
        let halves = vec![HalfSums { class: String::new(), total: 5, sums }];
        scene.patterns.schools.push(school(&id, |one| one.halves = halves));
    }
    let findings = scene.flagged();
    let first = &findings.particulars[0];
    assert_eq!((first.fired(), first.signs.as_slice()), (2, [SignId("S05"), SignId("S09")].as_slice()));
    assert_eq!(first.groups[1], GroupState::NotComputed);
    // Beside a school so far off little can be told of the others.
    assert_eq!(findings.particulars[1].groups[2], GroupState::Indistinct);
}
