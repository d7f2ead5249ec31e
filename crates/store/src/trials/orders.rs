//! A batch gives the same history in any order and divided into any runs.

use super::*;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

/// A batch of a dozen files: exports of a whole district, of a school, of a class.
fn batch() -> Vec<Block> {
    let mut blocks = Vec::new();
    for (place, subject) in SUBJECTS.into_iter().enumerate() {
        let place = u8::try_from(place).unwrap();
        let rows = |schools: std::ops::Range<u8>, classes: std::ops::Range<u8>| -> Vec<Row> {
            schools
                .flat_map(|school| classes.clone().map(move |class| (school, class)))
                .flat_map(|(school, class)| {
                    (0..4).map(move |pupil| (school, class, 10 * class + pupil, (pupil + place) % 10))
                })
                .collect()
        };
        blocks.push(block(subject, &format!("district {subject}.xlsx"), &rows(1..5, 0..3)));
        blocks.push(block(subject, &format!("school {subject}.xlsx"), &rows(5..6, 0..2)));
        blocks.push(block(subject, &format!("class {subject}.xlsx"), &rows(5..6, 2..3)));
        blocks.push(block(subject, &format!("other class {subject}.xlsx"), &rows(6..7, 3..4)));
    }
    blocks
}

#[test]
fn a_hundred_orders_and_splits_of_a_batch_are_one_history() {
    let (_straight, straight) = folder();
    Store::open(&straight).unwrap().commit(&delivery(&batch())).unwrap();
    let whole = Snapshot::open(&straight).unwrap();
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(3);
    for _ in 0..100 {
        let mut blocks = batch();
        blocks.shuffle(&mut random);
        let (_one, one) = folder();
        Store::open(&one).unwrap().commit(&delivery(&blocks)).unwrap();
        assert_eq!(log_bytes(&one), log_bytes(&straight), "the same batch in another order");
        let (_many, many) = folder();
        let mut rest = blocks.as_slice();
        while !rest.is_empty() {
            let (run, later) = rest.split_at(random.random_range(1..=rest.len()));
            Store::open(&many).unwrap().commit(&delivery(run)).unwrap();
            rest = later;
        }
        let split = Snapshot::open(&many).unwrap();
        assert_eq!(content(&split), content(&whole), "the same batch in several runs");
        for key in whole.exams() {
            assert_eq!(split.read(&key).unwrap(), whole.read(&key).unwrap());
        }
        assert_eq!(
            Store::open(&many).unwrap().commit(&delivery(&blocks)).unwrap().version,
            split.version(),
            "and again"
        );
    }
}
