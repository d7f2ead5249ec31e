//! What a store keeps, replaces, tells apart and refuses.

use super::*;
use crate::model::assessment::{Confirmation, Procedure, Scale};
use crate::model::block::{BlockTask, RowState};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = Utf8PathBuf::from_path_buf(folder.path().join("store")).unwrap();
    (folder, path)
}

fn exam(subject: &str) -> Exam {
    Exam {
        key: ExamKey { procedure: Procedure::Vpr, year: 2026, subject: subject.to_owned(), grade: 8 },
        subject_title: "Математика".to_owned(),
        max_primary: Some(9),
        tasks: Vec::new(),
        scale: Scale::Marks(vec![(0, 2), (3, 3)]),
        conditions: Vec::new(),
        scale_confirmed: Confirmation::One,
        scale_note: String::new(),
        tasks_confirmed: Confirmation::One,
        tasks_note: String::new(),
        specified: true,
        draft: false,
        disputed_cells: Vec::new(),
    }
}

/// A block of tasks `1`, `2`, … in which row `(school, participant, points)` scores the same on every task.
fn block(subject: &str, file: &str, tasks: u8, rows: &[(u8, u8, u8)]) -> Block {
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

fn delivery(blocks: &[Block]) -> Vec<ExamDelivery> {
    let one = |block: &Block| ExamDelivery { exam: exam(&block.exam.subject), blocks: vec![block.clone()] };
    blocks.iter().map(one).collect()
}

/// The part of a block that the store keeps.
fn kept(block: &Block) -> Option<Block> {
    let rows: Vec<usize> = (0..block.rows()).filter(|row| block_rows::is_kept(block, *row)).collect();
    let mut part = Block { row: Vec::new(), state: Vec::new(), ..block.clone() };
    let cells = |column: &[i16]| rows.iter().map(|row| column[*row]).collect::<Vec<i16>>();
    part.declared_total = cells(&block.declared_total);
    part.declared_result = cells(&block.declared_result);
    part.total = cells(&block.total);
    part.result = cells(&block.result);
    part.journal = rows.iter().map(|row| block.journal[*row]).collect();
    part.row = rows.iter().map(|row| block.row[*row]).collect();
    part.state = rows.iter().map(|row| block.state[*row]).collect();
    part.points = block.points.iter().map(|column| rows.iter().map(|row| column[*row]).collect()).collect();
    for (labels, whole) in block_rows::name_columns_mut(&mut part).into_iter().zip(block_rows::name_columns(block))
    {
        *labels = crate::model::block::Labels::default();
        rows.iter().for_each(|row| labels.push(whole.name(*row)));
    }
    (!rows.is_empty()).then_some(part)
}

/// Rows in force as text, by school: what two stores have in common however the rows came in.
fn rows_by_school(blocks: &[Block]) -> BTreeMap<String, Vec<String>> {
    let mut rows: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for block in blocks {
        for row in (0..block.rows()).filter(|row| block_rows::is_kept(block, *row)) {
            let points: Vec<u8> = block.points.iter().map(|column| column[row]).collect();
            let text = format!("{} {points:?} {:?}", block.participant.name(row), block.state[row]);
            rows.entry(block.school.name(row).to_owned()).or_default().push(text);
        }
    }
    rows.values_mut().for_each(|rows| rows.sort());
    rows
}

fn any_blocks() -> impl Strategy<Value = Vec<Block>> {
    let rows = proptest::collection::vec((0..4_u8, 0..6_u8, 0..10_u8), 0..8);
    let one = ("[ab]", 0..3_u8, rows);
    proptest::collection::vec(one, 0..6).prop_map(|blocks| {
        let numbered = blocks.iter().enumerate();
        numbered
            .map(|(place, (subject, tasks, rows))| block(subject, &format!("{place}.xlsx"), *tasks, rows))
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn what_is_committed_is_read_back_whatever_the_order(blocks in any_blocks()) {
        let (_one, straight) = folder();
        let (_two, reversed) = folder();
        let mut store = Store::open(&straight).unwrap();
        let summary = store.commit(delivery(&blocks)).unwrap();
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
        prop_assert_eq!(other.commit(delivery(&backwards)).unwrap(), summary);
        prop_assert_eq!(&other.history, &store.history);
        let again = store.commit(delivery(&backwards)).unwrap();
        prop_assert_eq!(again.version, store.version());
        prop_assert_eq!((again.new_units, again.replaced.len()), (0, 0));
    }

    #[test]
    fn later_units_replace_earlier_ones_as_a_whole(batches in proptest::collection::vec(any_blocks(), 1..5)) {
        let (_folder, path) = folder();
        let mut model: BTreeMap<String, BTreeMap<String, Vec<String>>> = BTreeMap::new();
        for batch in &batches {
            Store::open(&path).unwrap().commit(delivery(batch)).unwrap();
            for subject in ["a", "b"] {
                let of_exam: Vec<Block> = batch.iter().filter(|block| block.exam.subject == subject).cloned().collect();
                model.entry(subject.to_owned()).or_default().extend(rows_by_school(&of_exam));
            }
        }
        let store = Store::open(&path).unwrap();
        for (subject, rows) in model.into_iter().filter(|(_, rows)| !rows.is_empty()) {
            prop_assert_eq!(rows_by_school(&store.read(&exam(&subject).key).unwrap().blocks), rows);
        }
    }
}

#[test]
fn a_renamed_copy_changes_nothing_and_a_corrected_point_changes_its_school() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    let rows = [(1, 1, 0), (1, 2, 5), (2, 3, 7)];
    assert_eq!(store.commit(delivery(&[block("a", "one.xlsx", 2, &rows)])).unwrap().new_units, 2);
    let turned: Vec<(u8, u8, u8)> = rows.iter().rev().copied().collect();
    let summary = store.commit(delivery(&[block("a", "copy.xlsx", 2, &turned)])).unwrap();
    assert_eq!((summary.version, summary.unchanged_units, store.version()), (1, 2, 1));
    let summary = store.commit(delivery(&[block("a", "new.xlsx", 2, &[(1, 1, 0), (1, 2, 4), (2, 3, 7)])])).unwrap();
    let changed: Vec<(&str, u32, u32)> =
        summary.replaced.iter().map(|unit| (unit.school.as_str(), unit.rows, unit.rows_changed)).collect();
    assert_eq!((summary.version, changed, summary.unchanged_units), (2, vec![("edu1", 2, 1)], 1));
    let blocks = store.read(&exam("a").key).unwrap().blocks;
    let origin: Vec<(&str, &[String])> =
        blocks.iter().map(|block| (block.file.as_str(), block.school.names.as_slice())).collect();
    assert_eq!(origin, [("new.xlsx", &["edu1".to_owned()][..]), ("one.xlsx", &["edu2".to_owned()][..])]);
}

#[test]
fn a_corrected_specification_is_a_version_of_its_own() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    let blocks = vec![block("a", "one.xlsx", 1, &[(1, 1, 0)])];
    store.commit(vec![ExamDelivery { exam: exam("a"), blocks: blocks.clone() }]).unwrap();
    let corrected = Exam { scale_note: "сверено".to_owned(), ..exam("a") };
    let summary = store.commit(vec![ExamDelivery { exam: corrected.clone(), blocks }]).unwrap();
    assert_eq!((summary.version, summary.unchanged_units), (2, 1));
    assert_eq!(store.read(&corrected.key).unwrap().exam, corrected);
}

#[test]
fn every_damaged_byte_and_every_missing_file_is_told() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    store.commit(delivery(&[block("a", "one.xlsx", 2, &[(1, 1, 0), (1, 2, 5)])])).unwrap();
    let file = disk::list(&path.join("data")).unwrap().files.remove(0).path;
    let whole = disk::read(&file, 1 << 20).unwrap();
    for place in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[place] ^= 0x10;
        disk::write_plain(&file, &damaged).unwrap();
        let error = store.read(&exam("a").key).unwrap_err();
        assert!(error.message.contains("контрольная сумма не сходится"), "byte {place}: {error}");
    }
    disk::write_plain(&file, &whole[1..]).unwrap();
    assert!(store.read(&exam("a").key).unwrap_err().message.contains("размер"));
    disk::remove_file(&file).unwrap();
    assert!(store.read(&exam("a").key).unwrap_err().message.contains("файла нет"));
}

#[test]
fn a_run_that_was_cut_off_leaves_nothing_that_counts() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    let first = [block("a", "one.xlsx", 1, &[(1, 1, 0)])];
    store.commit(delivery(&first)).unwrap();
    drop(store);
    disk::write_plain(&path.join("log/00000002.json.tmp"), b"{\"blake3\":\"").unwrap();
    disk::write_plain(&path.join("data/0123.parquet.tmp"), b"PAR1").unwrap();
    disk::write_plain(&path.join("data/0123.parquet"), b"PAR1").unwrap();
    let mut store = Store::open(&path).unwrap();
    assert_eq!((store.version(), store.commit(delivery(&first)).unwrap().version), (1, 1));
    assert_eq!(store.commit(delivery(&[block("b", "two.xlsx", 1, &[(1, 1, 0)])])).unwrap().version, 2);
}

#[test]
fn a_gap_in_the_log_and_a_foreign_entry_are_told() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    for points in 0..3 {
        store.commit(delivery(&[block("a", "one.xlsx", 1, &[(1, 1, points)])])).unwrap();
    }
    drop(store);
    let second = disk::read(&log::path(&path, 2), 1 << 20).unwrap();
    disk::remove_file(&log::path(&path, 2)).unwrap();
    assert!(Store::open(&path).unwrap_err().message.contains("00000002.json: этой записи журнала нет"));
    disk::write_plain(&log::path(&path, 2), &disk::read(&log::path(&path, 1), 1 << 20).unwrap()).unwrap();
    assert!(Store::open(&path).unwrap_err().message.contains("не продолжает предыдущую"));
    disk::write_plain(&log::path(&path, 2), &second).unwrap();
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
    store.commit(delivery(&["a", "b"].map(|subject| block(subject, "one.xlsx", 2, &[(1, 1, 0)])))).unwrap();
    assert_eq!(disk::list(&path.join("data")).unwrap().files.len(), 2);
    assert!(store.exams().iter().all(|key| store.read(key).unwrap().blocks[0].exam == *key));
}
