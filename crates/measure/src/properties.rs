//! What must hold for measures whatever the pupils did.

use super::counted::{Pupil, count, exam, settings};
use super::measure;
use proptest::prelude::{ProptestConfig, Strategy, prop_assert, prop_assert_eq, proptest};
use srez_model::assessment::Scale;
use srez_model::block::PointCode;

/// Points of pupils on so many tasks of three points.
fn any_pupils(tasks: usize) -> impl Strategy<Value = Vec<Vec<PointCode>>> {
    proptest::collection::vec(proptest::collection::vec(0..=3_u8, tasks), 2..40)
}

fn pupils(rows: &[Vec<PointCode>], copies: usize) -> Vec<Pupil> {
    let pupil = |points: &Vec<PointCode>| Pupil {
        school: "1".to_owned(),
        journal: None,
        points: points.iter().cycle().take(copies * points.len()).copied().collect(),
        result: 3,
    };
    rows.iter().map(pupil).collect()
}

fn alpha(rows: &[Vec<PointCode>], copies: usize) -> Option<f64> {
    let tasks = copies * rows[0].len();
    measure(&settings(), &count(exam(2026, &vec![3; tasks], Scale::Unknown), &pupils(rows, copies), 0))
        .reliability
        .alpha
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn parallel_copies_of_one_task_are_wholly_reliable(rows in any_pupils(1), copies in 2..7_usize) {
        let differ = rows.iter().any(|row| row != &rows[0]);
        match alpha(&rows, copies) {
            Some(alpha) => prop_assert!(differ && (alpha - 1.0).abs() < 1e-9, "{alpha}"),
            None => prop_assert!(!differ),
        }
    }

    #[test]
    fn a_work_beside_its_copy_follows_from_its_own_alpha(rows in any_pupils(4)) {
        let (own, doubled) = (alpha(&rows, 1), alpha(&rows, 2));
        prop_assert_eq!(own.is_some(), doubled.is_some());
        if let (Some(own), Some(doubled)) = (own, doubled) {
            // The variances of the tasks double, that of the total quadruples.
            let share = 1.0 - own * 3.0 / 4.0;
            prop_assert!((doubled - 8.0 / 7.0 * (1.0 - share / 2.0)).abs() < 1e-9, "{own} {doubled}");
            prop_assert!(own <= doubled + 1e-9);
        }
    }

    #[test]
    fn the_order_of_pupils_changes_nothing(rows in any_pupils(3), turn in 0..40_usize) {
        let mut turned = rows.clone();
        let middle = turn % turned.len();
        turned.rotate_left(middle);
        let of = |rows: &[Vec<PointCode>]| {
            let measures = measure(&settings(), &count(exam(2026, &[3; 3], Scale::Unknown), &pupils(rows, 1), 0));
            format!("{:?}", (measures.items, measures.reliability, measures.skills, measures.tasks))
        };
        prop_assert_eq!(of(&rows), of(&turned));
    }
}
