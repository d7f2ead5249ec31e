//! A flipped byte anywhere in a stored file is noticed.

use super::*;
use srez_model::corrections::CheckRecord;
use srez_model::delta::Release;

/// What names versions beside the log.
const NAMING: [&str; 4] = ["checks", "releases", "lists", "head.json"];

/// Whether a verification of the store finds something.
fn is_noticed(path: &Utf8Path) -> bool {
    match Snapshot::open(path) {
        Ok(snapshot) => {
            !snapshot.verify().damages.is_empty()
                || snapshot.check_end().is_err()
                || snapshot.count_checks().is_ok_and(|counts| !counts.damaged.is_empty())
                || snapshot.count_releases().is_ok_and(|counts| !counts.damaged.is_empty())
        }
        Err(_) => true,
    }
}

fn flip(every: usize, masks: &[u8]) -> usize {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    for _ in 0..STEPS {
        step(&mut store).unwrap();
    }
    store.remember_check(&CheckRecord { date: "2026-05-01".to_owned(), ..CheckRecord::default() }).unwrap();
    drop(store);
    assert!(!is_noticed(&path));
    let mut flips = 0;
    for found in srez_disk::list(&path).unwrap().files {
        let whole = srez_disk::read(&found.path, 1 << 30).unwrap();
        for place in (0..whole.len()).step_by(every) {
            for mask in masks {
                let mut flipped = whole.clone();
                flipped[place] ^= mask;
                srez_disk::write_plain(&found.path, &flipped).unwrap();
                assert!(is_noticed(&path), "{} byte {place} mask {mask}", found.name);
                flips += 1;
            }
        }
        for cut in [0, whole.len() / 2, whole.len().saturating_sub(1)] {
            srez_disk::write_plain(&found.path, &whole[..cut]).unwrap();
            assert!(whole.is_empty() || is_noticed(&path), "{} cut to {cut}", found.name);
        }
        srez_disk::write_plain(&found.path, &whole).unwrap();
    }
    assert!(!is_noticed(&path));
    println!("flipped bytes, all noticed: {flips}");
    flips
}

#[test]
fn a_flipped_byte_is_noticed() {
    assert!(flip(97, &[1]) > 100);
}

#[test]
fn the_loss_of_the_newest_entry_is_noticed() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    for _ in 0..STEPS {
        step(&mut store).unwrap();
    }
    let version = store.version();
    let newest = path.join(format!("log/{version:08}.json"));
    let entry = srez_disk::read(&newest, 1 << 30).unwrap();
    let check = CheckRecord { version, ..CheckRecord::default() };
    let release = Release { version, period: "2026-06".to_owned(), ..Release::default() };
    store.remember_check(&check).unwrap();
    store.remember_release(&release).unwrap();
    store.remember_lists(&BTreeMap::from([("список", 1)].map(|(name, n)| (name.to_owned(), n)))).unwrap();
    drop(store);
    for folder in NAMING {
        for other in NAMING.into_iter().filter(|other| *other != folder) {
            srez_disk::rename(&path.join(other), &path.join(format!("{other}.aside"))).unwrap();
        }
        assert!(!is_noticed(&path), "{folder}");
        srez_disk::remove_file(&newest).unwrap();
        assert!(is_noticed(&path), "{folder}");
        let error = Store::open(&path).err().unwrap();
        assert!(error.message.contains(&format!("{version:08}.json")), "{error}");
        assert!(error.message.contains(&format!("по срезу {version}")), "{error}");
        srez_disk::write_plain(&newest, &entry).unwrap();
        for other in NAMING.into_iter().filter(|other| *other != folder) {
            srez_disk::rename(&path.join(format!("{other}.aside")), &path.join(other)).unwrap();
        }
    }
    assert!(Store::open(&path).is_ok());
}

#[test]
#[ignore = "takes minutes"]
fn every_flipped_byte_is_noticed() {
    assert!(flip(1, &[1, 0x80]) > 10_000);
}
