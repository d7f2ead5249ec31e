//! What a store keeps, replaces, distinguishes and refuses.

use super::*;
use camino::Utf8PathBuf;
use proptest::prelude::*;
use srez_model::assessment::{Confirmation, Procedure, Scale};
use srez_model::block::{BlockTask, Labels, RowState};

pub(super) fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = Utf8PathBuf::from_path_buf(folder.path().join("store")).unwrap();
    (folder, path)
}

pub(super) fn exam(subject: &str) -> Exam {
    Exam {
        subject_title: "Математика".to_owned(),
        max_primary: Some(9),
        scale: Scale::Marks(vec![(0, 2), (3, 3)]),
        scale_confirmed: Confirmation::One,
        tasks_confirmed: Confirmation::One,
        specified: true,
        ..Exam::unspecified(ExamKey::new(Procedure::Vpr, 2026, subject, 8))
    }
}

/// A block of tasks `1`, `2`, … in which row `(school, participant, points)` scores the same on every task.
pub(super) fn block(subject: &str, file: &str, tasks: u8, rows: &[(u8, u8, u8)]) -> Block {
    let mut block = Block::new(exam(subject).key, "form", file, "Лист1");
    let task = |number: u8| BlockTask {
        id: number.to_string(),
        by_position: false,
        max: Some(9),
        difficulty: None,
        column: u32::from(number) + 4,
    };
    block.tasks = (1..=tasks).map(task).collect();
    block.points = vec![Vec::new(); block.tasks.len()];
    for (number, (school, participant, points)) in (7_u32..).zip(rows) {
        block.row.push(number);
        block.state.push(match points {
            8 => RowState::Rejected,
            9 => RowState::Absent,
            _ => RowState::Accepted,
        });
        block.school.push(&format!("edu{school}"));
        block.municipality.push("Северная Долина");
        block.class.push(if participant % 2 == 0 { "8А" } else { "" });
        block.participant.push(&participant.to_string());
        block.variant.push("1");
        block.sex.push("");
        block.textbook.push("");
        block.uploaded.push("");
        block.journal.push(points % 4 + 2);
        block.declared_total.push(-1);
        block.declared_result.push(i16::from(*points));
        block.total.push(i16::from(*points) * i16::from(tasks));
        block.result.push(i16::from(points % 4));
        block.points.iter_mut().for_each(|column| column.push(*points));
    }
    block
}

pub(super) fn delivery(blocks: &[Block]) -> Vec<ExamDelivery> {
    let one = |block: &Block| ExamDelivery { exam: exam(&block.exam.subject), blocks: vec![block.clone()] };
    blocks.iter().map(one).collect()
}

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

/// Participants in force with their points on the first task.
pub(super) fn points_of(store: &Store, subject: &str) -> Vec<(String, u8)> {
    let blocks = store.read(&exam(subject).key).map(|stored| stored.blocks).unwrap_or_default();
    let rows = |block: &Block| -> Vec<(String, u8)> {
        (0..block.rows()).map(|row| (block.participant.name(row).to_owned(), block.points[0][row])).collect()
    };
    let mut points: Vec<_> = blocks.iter().flat_map(rows).collect();
    points.sort();
    points
}

/// A block of one class: participants with their points.
pub(super) fn class_block(file: &str, class: &str, rows: &[(u8, u8)]) -> Block {
    let rows: Vec<(u8, u8, u8)> = rows.iter().map(|(participant, points)| (1, *participant, *points)).collect();
    let mut block = block("a", file, 1, &rows);
    block.class = Labels::default();
    rows.iter().for_each(|_| block.class.push(class));
    block
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
