//! What a delivery adds, replaces and leaves as it was.

use super::{block, class_block, delivery, exam, folder, points_of};
use crate::*;
use proptest::prelude::*;
use srez_model::assessment::Procedure;

/// The part of a block that the store keeps.
fn kept(block: &Block) -> Option<Block> {
    let rows: Vec<usize> = (0..block.rows()).filter(|row| block_rows::is_kept(block, *row)).collect();
    let part = block_rows::take(block, &rows);
    (!rows.is_empty()).then_some(part)
}

fn any_blocks() -> impl Strategy<Value = Vec<Block>> {
    let rows = proptest::collection::vec((0..4_u8, 0..6_u8, 0..10_u8), 0..8);
    let one = ("[ab]", 0..3_u8, rows);
    proptest::collection::vec(one, 0..6).prop_map(|blocks| {
        let numbered = blocks.iter().enumerate();
        numbered.map(|(place, (subject, tasks, rows))| block(subject, &format!("{place}.xlsx"), *tasks, rows)).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn what_is_committed_is_read_back_whatever_the_order(blocks in any_blocks()) {
        let (_one, straight) = folder();
        let (_two, reversed) = folder();
        let mut store = Store::open(&straight).unwrap();
        let summary = store.commit(&delivery(&blocks)).unwrap();
        let expected: Vec<Block> = blocks.iter().filter_map(kept).collect();
        for key in store.exams() {
            let mut of_exam: Vec<Block> = expected.iter().filter(|block| block.exam == key).cloned().collect();
            of_exam.sort_by(content::order);
            prop_assert_eq!(store.read(&key).unwrap().blocks, of_exam);
        }
        let exams: std::collections::BTreeSet<&ExamKey> = expected.iter().map(|block| &block.exam).collect();
        prop_assert_eq!(store.exams().len(), exams.len());
        let backwards: Vec<Block> = blocks.iter().rev().cloned().collect();
        let mut other = Store::open(&reversed).unwrap();
        prop_assert_eq!(other.commit(&delivery(&backwards)).unwrap(), summary);
        prop_assert_eq!(&other.snapshot.history, &store.snapshot.history);
        let again = store.commit(&delivery(&backwards)).unwrap();
        prop_assert_eq!(again.version, store.version());
        prop_assert_eq!((again.new_units, again.replaced.len()), (0, 0));
    }
}

#[test]
fn a_renamed_copy_changes_nothing_and_a_corrected_point_changes_its_school() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    let rows = [(1, 1, 0), (1, 2, 5), (2, 3, 7)];
    assert_eq!(store.commit(&delivery(&[block("a", "one.xlsx", 2, &rows)])).unwrap().new_units, 3);
    let turned: Vec<(u8, u8, u8)> = rows.iter().rev().copied().collect();
    let summary = store.commit(&delivery(&[block("a", "copy.xlsx", 2, &turned)])).unwrap();
    assert_eq!((summary.version, summary.unchanged_units, store.version()), (1, 3, 1));
    let summary = store.commit(&delivery(&[block("a", "new.xlsx", 2, &[(1, 1, 0), (1, 2, 4), (2, 3, 7)])])).unwrap();
    let changed: Vec<(&str, u32, u32)> =
        summary.replaced.iter().map(|unit| (unit.school.as_str(), unit.rows, unit.rows_changed)).collect();
    assert_eq!((summary.version, changed, summary.unchanged_units), (2, vec![("edu1", 1, 1)], 2));
    let blocks = store.read(&exam("a").key).unwrap().blocks;
    let origin: Vec<(&str, &[String])> =
        blocks.iter().map(|block| (block.file.as_str(), block.school.names.as_slice())).collect();
    let (first, second) = ("edu1".to_owned(), "edu2".to_owned());
    assert_eq!(origin, [("new.xlsx", &[first.clone()][..]), ("one.xlsx", &[first, second][..])]);
}

#[test]
fn a_corrected_specification_is_a_version_of_its_own() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    let blocks = vec![block("a", "one.xlsx", 1, &[(1, 1, 0)])];
    store.commit(&vec![ExamDelivery { exam: exam("a"), blocks: blocks.clone() }]).unwrap();
    let corrected = Exam { scale_note: "сверено".to_owned(), ..exam("a") };
    let summary = store.commit(&vec![ExamDelivery { exam: corrected.clone(), blocks }]).unwrap();
    assert_eq!((summary.version, summary.unchanged_units), (2, 1));
    assert_eq!(store.read(&corrected.key).unwrap().exam, corrected);
}

#[test]
fn equal_rows_of_two_exams_stand_in_two_files() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    store.commit(&delivery(&["a", "b"].map(|subject| block(subject, "one.xlsx", 2, &[(1, 1, 0)])))).unwrap();
    assert_eq!(srez_disk::list(&path.join("data")).unwrap().files.len(), 2);
    assert!(store.exams().iter().all(|key| store.read(key).unwrap().blocks[0].exam == *key));
}

#[test]
fn a_class_that_comes_alone_leaves_the_others_of_its_school() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    store.commit(&delivery(&[block("a", "one.xlsx", 1, &[(1, 1, 3), (1, 2, 4)])])).unwrap();
    let summary = store.commit(&delivery(&[block("a", "8А.xlsx", 1, &[(1, 2, 5)])])).unwrap();
    assert_eq!((summary.new_units, summary.replaced.len(), summary.unchanged_units), (0, 1, 0));
    assert_eq!(points_of(&store, "a"), [("1".to_owned(), 3), ("2".to_owned(), 5)]);
}

#[test]
fn a_class_under_another_name_and_a_pupil_in_another_class_count_once() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    store
        .commit(&delivery(&[class_block("old.xlsx", "8", &[(1, 3), (2, 4)]), class_block("б.xlsx", "8Б", &[(3, 5)])]))
        .unwrap();
    store.commit(&delivery(&[class_block("new.xlsx", "8А", &[(1, 3), (2, 6), (3, 7)])])).unwrap();
    let expected = [(1, 3), (2, 6), (3, 7)].map(|(participant, points)| (participant.to_string(), points));
    assert_eq!(points_of(&store, "a"), expected);
    let key = exam("a").key;
    store.withdraw(&key, "edu1", Some("8А"), "").unwrap();
    let before = [(1, 3), (2, 4), (3, 5)].map(|(participant, points)| (participant.to_string(), points));
    assert_eq!(points_of(&store, "a"), before, "what was delivered comes to light again");
}

#[test]
fn of_attempts_that_come_one_after_another_the_last_by_date_counts() {
    let attempt = |file: &str, date: &str, rows: &[(u8, u8)]| {
        let mut block = class_block(file, "", rows);
        block.exam.procedure = Procedure::Ege;
        block.date = date.to_owned();
        let exam = Exam { key: block.exam.clone(), ..exam("a") };
        vec![ExamDelivery { exam, blocks: vec![block] }]
    };
    let main = attempt("main.xls", "2026-06-01", &[(1, 3), (2, 4)]);
    let reserve = attempt("reserve.xls", "2026-06-20", &[(2, 6)]);
    let key = main[0].exam.key.clone();
    for order in [[&main, &reserve], [&reserve, &main]] {
        let (_folder, path) = folder();
        let mut store = Store::open(&path).unwrap();
        for delivery in order {
            assert_eq!(store.commit(delivery).unwrap().replaced, []);
        }
        let mut points: Vec<u8> =
            store.read(&key).unwrap().blocks.iter().flat_map(|block| block.points[0].clone()).collect();
        points.sort_unstable();
        assert_eq!(points, [3, 6]);
    }
}
