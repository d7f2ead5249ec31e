//! Files that are damaged, missing, left over, foreign or of another layout.

use super::{block, delivery, exam, folder, points_of};
use crate::*;

#[test]
fn every_damaged_byte_and_every_missing_file_is_told() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    store.commit(&delivery(&[block("a", "one.xlsx", 2, &[(1, 1, 0), (1, 2, 5)])])).unwrap();
    let file = srez_disk::list(&path.join("data")).unwrap().files.remove(0).path;
    let whole = srez_disk::read(&file, 1 << 20).unwrap();
    for place in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[place] ^= 0x10;
        srez_disk::write_plain(&file, &damaged).unwrap();
        let error = store.read(&exam("a").key).unwrap_err();
        assert!(error.message.contains("контрольная сумма не сходится"), "byte {place}: {error}");
    }
    srez_disk::write_plain(&file, &whole[1..]).unwrap();
    assert!(store.read(&exam("a").key).unwrap_err().message.contains("размер"));
    srez_disk::remove_file(&file).unwrap();
    assert!(store.read(&exam("a").key).unwrap_err().message.contains("файла нет"));
}

#[test]
fn a_run_that_was_cut_off_leaves_nothing_that_counts() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    let first = [block("a", "one.xlsx", 1, &[(1, 1, 0)])];
    store.commit(&delivery(&first)).unwrap();
    drop(store);
    srez_disk::write_plain(&path.join("log/00000002.json.tmp"), b"{\"blake3\":\"").unwrap();
    srez_disk::write_plain(&path.join("data/0123.parquet.tmp"), b"PAR1").unwrap();
    srez_disk::write_plain(&path.join("data/0123.parquet"), b"PAR1").unwrap();
    let mut store = Store::open(&path).unwrap();
    assert_eq!((store.version(), store.commit(&delivery(&first)).unwrap().version), (1, 1));
    assert_eq!(store.commit(&delivery(&[block("b", "two.xlsx", 1, &[(1, 1, 0)])])).unwrap().version, 2);
}

#[test]
fn a_gap_in_the_log_and_a_foreign_entry_are_told() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    for points in 0..3 {
        store.commit(&delivery(&[block("a", "one.xlsx", 1, &[(1, 1, points)])])).unwrap();
    }
    drop(store);
    let second = srez_disk::read(&log::path(&path, 2), 1 << 20).unwrap();
    srez_disk::remove_file(&log::path(&path, 2)).unwrap();
    assert!(Store::open(&path).unwrap_err().message.contains("00000002.json: этой записи журнала нет"));
    srez_disk::write_plain(&log::path(&path, 2), &srez_disk::read(&log::path(&path, 1), 1 << 20).unwrap()).unwrap();
    assert!(Store::open(&path).unwrap_err().message.contains("не продолжает предыдущую"));
    srez_disk::write_plain(&log::path(&path, 2), &second).unwrap();
    assert_eq!(Store::open(&path).unwrap().version(), 3);
}

#[test]
fn a_second_run_is_told_to_wait() {
    let (_folder, path) = folder();
    let store = Store::open(&path).unwrap();
    assert!(Store::open(&path).unwrap_err().message.contains("занято"));
    drop(store);
    assert!(Store::open(&path).is_ok());
}

#[test]
fn a_sweep_removes_what_no_version_names_and_nothing_else() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    let name = "0123456789abcdef".repeat(4);
    let orphans =
        [format!("data/{name}.parquet"), format!("data/{name}.parquet.tmp"), "log/00000002.json.tmp".to_owned()];
    let write = || orphans.iter().for_each(|orphan| srez_disk::write_plain(&path.join(orphan), b"PAR1").unwrap());
    write();
    assert!(store.sweep(false).unwrap_err().message.contains("журнал"), "the log is gone");
    for points in 0..2 {
        store.commit(&delivery(&[block("a", "one.xlsx", 1, &[(1, 1, points)])])).unwrap();
    }
    write();
    srez_disk::write_plain(&path.join("data/заметка.txt"), b"").unwrap();
    let names = |sweep: &Sweep| sweep.orphans.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    let rehearsed = store.sweep(true).unwrap();
    assert_eq!((names(&rehearsed), rehearsed.kept, rehearsed.foreign.len()), (orphans.to_vec(), 2, 1));
    assert_eq!(store.sweep(false).unwrap(), rehearsed);
    assert_eq!(names(&store.sweep(false).unwrap()), [""; 0]);
    assert!(store.snapshot().verify().damages.is_empty());
    assert!(srez_disk::exists(&path.join("data/заметка.txt")));
}

#[test]
fn a_store_of_the_first_layout_is_read_and_then_converted() {
    let (_folder, path) = folder();
    let rows = [(1, 1, 3), (1, 2, 4), (2, 3, 5)];
    let mut store = Store::open(&path).unwrap();
    store.commit(&delivery(&[block("a", "one.xlsx", 1, &rows)])).unwrap();
    drop(store);
    as_in_the_first_layout(&path);
    let old = Snapshot::open(&path).unwrap();
    assert_eq!(old.read(&exam("a").key).unwrap().blocks.iter().map(Block::rows).sum::<usize>(), 3);
    assert!(old.verify().damages.is_empty());
    let mut store = Store::open(&path).unwrap();
    assert_eq!((store.version(), points_of(&store, "a").len()), (2, 3));
    assert_eq!(store.commit(&delivery(&[block("a", "two.xlsx", 1, &rows)])).unwrap().unchanged_units, 3);
    assert_eq!(store.commit(&delivery(&[block("a", "8А.xlsx", 1, &[(1, 2, 7)])])).unwrap().version, 3);
    assert_eq!(points_of(&store, "a").iter().map(|row| row.1).collect::<Vec<_>>(), [3, 7, 5]);
    assert!(store.snapshot().verify().damages.is_empty());
    drop(store);
    assert_eq!(Store::open(&path).unwrap().version(), 3, "converted once");
}

/// Writes the only entry of a log as the first layout did: a unit is a school; there was no head.
fn as_in_the_first_layout(path: &Utf8Path) {
    let (mut entry, _) = log::read(path).unwrap().remove(0);
    entry.schema = 1;
    let units = &mut entry.exams[0].units;
    units.dedup_by(|later, first| later.school == first.school);
    units.iter_mut().for_each(|unit| unit.class = None);
    srez_disk::remove_file(&path.join("head.json")).unwrap();
    srez_disk::write_plain(&log::path(path, 1), &log::bytes(&entry).unwrap().0).unwrap();
}

#[test]
fn a_newer_store_is_left_as_it_is() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    store.commit(&delivery(&[block("a", "one.xlsx", 1, &[(1, 1, 3)])])).unwrap();
    drop(store);
    let (mut entry, _) = log::read(&path).unwrap().remove(0);
    entry.schema = log::SCHEMA + 1;
    let bytes = log::bytes(&entry).unwrap().0;
    srez_disk::write_plain(&log::path(&path, 1), &bytes).unwrap();
    let error = Store::open(&path).unwrap_err();
    assert!(error.message.contains("более новой") && error.hint.contains("обновите"), "{error}");
    assert_eq!(srez_disk::read(&log::path(&path, 1), 1 << 20).unwrap(), bytes);
}
