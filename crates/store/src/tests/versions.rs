//! What is taken out, taken back, and how two versions differ.

use super::{block, class_block, delivery, exam, folder, points_of};
use crate::*;

#[test]
fn what_is_withdrawn_stays_out_until_it_comes_with_other_content() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    let key = exam("a").key;
    let first = [block("a", "one.xlsx", 1, &[(1, 1, 3), (1, 2, 4), (2, 3, 5)])];
    store.commit(&delivery(&first)).unwrap();
    let moved = store.withdraw(&key, "edu1", Some("8А"), "чужой класс").unwrap();
    assert_eq!((moved.version, moved.units.len(), moved.rows), (2, 1, 1));
    assert_eq!(points_of(&store, "a").len(), 2);
    let again = store.commit(&delivery(&first)).unwrap();
    assert_eq!((again.version, again.unchanged_units, again.still_withdrawn.len()), (2, 2, 1));
    store.readmit(&key, "edu1", None, "").unwrap();
    assert_eq!(points_of(&store, "a").len(), 3);
    store.withdraw(&key, "edu1", None, "").unwrap();
    let corrected = store.commit(&delivery(&[block("a", "one.xlsx", 1, &[(1, 2, 7)])])).unwrap();
    assert_eq!((corrected.new_units, corrected.still_withdrawn.len()), (1, 0));
    assert_eq!(points_of(&store, "a"), [("2".to_owned(), 7), ("3".to_owned(), 5)]);
    let nothing = store.withdraw(&key, "edu9", None, "").unwrap_err();
    assert!(nothing.message.contains("edu9") && nothing.hint.contains("srez history"), "{nothing}");
    assert!(store.readmit(&key, "edu2", None, "").is_err());
}

#[test]
fn a_return_makes_all_as_it_was_and_can_be_undone() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    assert!(store.return_to(None, "").unwrap_err().message.contains("пусто"));
    for points in 1..4 {
        store.commit(&delivery(&[block("a", "one.xlsx", 1, &[(1, 1, points)])])).unwrap();
    }
    let state = |store: &Store| (store.version(), points_of(store, "a").first().map(|row| row.1));
    assert_eq!(store.return_to(None, "не тот файл").unwrap(), 2);
    assert_eq!(state(&store), (4, Some(2)));
    assert_eq!(store.return_to(None, "").unwrap(), 3);
    assert_eq!(state(&store), (5, Some(3)));
    assert_eq!(store.return_to(Some(0), "").unwrap(), 0);
    assert_eq!(state(&store), (6, None));
    assert_eq!(store.return_to(Some(1), "").unwrap(), 1);
    drop(store);
    assert_eq!(state(&Store::open(&path).unwrap()), (7, Some(1)));
    let mut store = Store::open(&path).unwrap();
    assert!(store.return_to(Some(7), "").is_err() && store.return_to(Some(8), "").is_err());
    let reasons: Vec<String> = store.snapshot().versions().into_iter().map(|version| version.reason).collect();
    assert_eq!(reasons[3], "не тот файл");
}

#[test]
fn a_hundred_returns_are_no_burden() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    for points in 1..3 {
        store.commit(&delivery(&[block("a", "one.xlsx", 1, &[(1, 1, points)])])).unwrap();
    }
    for _ in 0..100 {
        store.return_to(None, "").unwrap();
    }
    drop(store);
    let store = Store::open(&path).unwrap();
    assert_eq!((store.version(), points_of(&store, "a")[0].1), (102, 2));
    assert_eq!(store.snapshot().versions().len(), 102);
}

#[test]
fn two_versions_differ_in_units_and_participants() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    store
        .commit(&delivery(&[
            class_block("one.xlsx", "8А", &[(1, 1), (2, 2), (3, 3)]),
            class_block("2", "8Б", &[(4, 4)]),
        ]))
        .unwrap();
    store
        .commit(&delivery(&[
            class_block("one.xlsx", "8А", &[(1, 1), (2, 5), (9, 3)]),
            class_block("3", "8В", &[(5, 5)]),
        ]))
        .unwrap();
    let last = store.snapshot().clone();
    let difference = last.at(1).unwrap().difference(&last).unwrap();
    let told: Vec<_> = difference
        .units
        .iter()
        .map(|unit| (unit.unit.class.as_str(), unit.rows_before, unit.rows_after, unit.came, unit.went, unit.changed))
        .collect();
    assert_eq!(told, [("8А", Some(3), Some(3), 1, 1, 1), ("8В", None, Some(1), 1, 0, 0)]);
    assert_eq!(difference.same, 1);
    assert_eq!(last.difference(&last).unwrap(), Difference { units: Vec::new(), same: 3 });
    let versions = last.versions();
    assert_eq!((versions[0].rows, versions[1].rows), (4, 5));
    assert!(last.at(3).unwrap_err().message.contains("последний — 2"));
}
