//! Whoever reads during a write sees a complete version, and never an older one than before.

use super::*;
use std::sync::atomic::{AtomicBool, Ordering};

fn read_while_written(reads: usize, versions: u64) {
    let states = undisturbed(versions);
    let (_folder, path) = folder();
    drop(Store::open(&path).unwrap());
    let stop = AtomicBool::new(false);
    let seen = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut store = Store::open(&path).unwrap();
            while !stop.load(Ordering::Relaxed) && store.version() < versions {
                step(&mut store).unwrap();
            }
        });
        let reader = || {
            let (mut last, mut different) = (0, 0);
            let mut counted = 0;
            while counted < reads {
                let snapshot = Snapshot::open(&path).unwrap();
                let version = snapshot.version();
                assert!(last <= version);
                different += usize::from(last < version);
                assert_eq!(content(&snapshot), states[usize::try_from(version).unwrap()]);
                last = version;
                counted += usize::from(version > 0);
            }
            different
        };
        let second = scope.spawn(reader);
        let different = reader() + second.join().unwrap();
        stop.store(true, Ordering::Relaxed);
        writer.join().unwrap();
        different
    });
    println!("{} reads while a run wrote, {seen} of them met a new version", 2 * reads);
    assert!(seen > 0);
}

#[test]
fn a_reader_sees_whole_versions() {
    read_while_written(100, 60);
}

#[test]
#[ignore = "takes minutes"]
fn ten_thousand_reads_see_whole_versions() {
    read_while_written(5000, 400);
}
