//! What a store must survive: being killed, a disk that fails or loses power, any order of deliveries, any flipped
//! byte.
//!
//! Short versions run with all tests. The long ones: `cargo test --release --lib -- --ignored store::trials`.

mod damage;
mod faults;
mod kills;
mod model;
mod orders;
mod readers;

use super::tests::{delivery, exam, folder};
use super::{ExamDelivery, Snapshot, Store, log};
use camino::Utf8Path;
use srez_model::assessment::ExamKey;
use srez_model::block::{Block, RowState};
use std::collections::BTreeMap;

/// Subjects of the exams that the trials deliver.
const SUBJECTS: [&str; 3] = ["a", "b", "c"];

/// A row of the trials: school, class, participant, points on both tasks; 8: rejected, 9: absent.
type Row = (u8, u8, u8, u8);

fn class_name(class: u8) -> String {
    ["", "8А", "8Б", "8В"][usize::from(class % 4)].to_owned()
}

/// A block of rows.
fn block(subject: &str, file: &str, rows: &[Row]) -> Block {
    let plain: Vec<(u8, u8, u8)> =
        rows.iter().map(|(school, _, participant, points)| (*school, *participant, *points)).collect();
    let mut block = super::tests::block(subject, file, 2, &plain);
    block.class = srez_model::block::Labels::default();
    rows.iter().for_each(|(_, class, _, _)| block.class.push(&class_name(*class)));
    block
}

/// Everything in force, as text: exam, school, class, participant, points, state; sorted.
fn content(snapshot: &Snapshot) -> BTreeMap<String, Vec<String>> {
    let text = |block: &Block, row: usize| {
        let points: Vec<u8> = block.points.iter().map(|column| column[row]).collect();
        let names = [block.school.name(row), block.class.name(row), block.participant.name(row)];
        format!("{names:?} {points:?} {}", block.state[row] == RowState::Absent)
    };
    let of_exam = |key: &ExamKey| {
        let blocks = snapshot.read(key).unwrap().blocks;
        let mut rows: Vec<String> =
            blocks.iter().flat_map(|block| (0..block.rows()).map(|row| text(block, row))).collect();
        rows.sort();
        rows
    };
    snapshot.exams().iter().map(|key| (key.id(), of_exam(key))).collect()
}

/// Bytes of the log, entry by entry: two stores with the same log hold the same.
fn log_bytes(path: &Utf8Path) -> Vec<Vec<u8>> {
    let versions = Snapshot::open(path).unwrap().version();
    (1..=versions).map(|version| srez_disk::read(&log::path(path, version), 1 << 30).unwrap()).collect()
}

fn copy(from: &Utf8Path, to: &Utf8Path) {
    for found in srez_disk::list(from).unwrap().files {
        srez_disk::write_plain(&to.join(&found.name), &srez_disk::read(&found.path, 1 << 30).unwrap()).unwrap();
    }
}

/// Number of different steps that the trials take; every step is one version.
const STEPS: u64 = 9;

/// Takes the step that follows a version.
fn step(store: &mut Store) -> srez_model::error::Result<()> {
    let version = store.version();
    let key = exam("a").key;
    match version % STEPS {
        5 => store.withdraw(&key, "edu1", None, "проверка").map(|_| ()),
        6 => store.readmit(&key, "edu1", None, "проверка").map(|_| ()),
        7 => store.return_to(None, "").map(|_| ()),
        8 => store.return_to(Some(version - 4), "").map(|_| ()),
        _ => store.commit(&step_delivery(version)).map(|_| ()),
    }
}

/// Deliveries of a step: some schools come, some are corrected.
fn step_delivery(version: u64) -> Vec<ExamDelivery> {
    let points = u8::try_from(version % 7).unwrap();
    let rows =
        |school: u8| -> Vec<Row> { (0..12).map(|place| (school, place % 3, place, (place + points) % 8)).collect() };
    let file = format!("{version}.xlsx");
    let later = 2 + points;
    delivery(&[block("a", &file, &rows(1)), block("b", &file, &rows(later)), block("a", &file, &rows(later))])
}

/// States of an undisturbed store: its content after every version, up to a number of versions.
fn undisturbed(versions: u64) -> Vec<BTreeMap<String, Vec<String>>> {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    let mut states = vec![content(store.snapshot())];
    for version in 1..=versions {
        step(&mut store).unwrap();
        assert_eq!(store.version(), version, "every step is a version");
        states.push(content(store.snapshot()));
    }
    states
}
