//! The disk fails at any call, is full from some call on, or loses power at any moment.

use super::*;
use camino::Utf8PathBuf;
use srez_testkit::faults::{Fault, Made, Planned};
use std::collections::BTreeSet;
use std::io::ErrorKind;

/// A store with some versions, and the number of the last.
fn prepared(last: u64) -> (tempfile::TempDir, Utf8PathBuf) {
    let (holder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    while store.version() < last {
        step(&mut store).unwrap();
    }
    (holder, path)
}

/// Lets the disk fail at call 0, 1, 2 … of the step that follows a version, until no call is left.
fn fail_everywhere(before: u64, fault: Fault) -> usize {
    let states = undisturbed(before + 1);
    let state = |version: u64| &states[usize::try_from(version).unwrap()];
    let (_prepared, start) = prepared(before);
    let (_straight, straight) = prepared(before + 1);
    for call in 0.. {
        let (_folder, path) = folder();
        copy(&start, &path);
        let planned = Planned::new(&path, call, fault);
        let outcome = Store::open(&path).and_then(|mut store| step(&mut store));
        let struck = planned.has_struck();
        drop(planned);
        let snapshot = match Snapshot::open(&path) {
            Err(_) if before == 0 => continue,
            snapshot => snapshot.unwrap(),
        };
        assert_eq!(snapshot.verify().damages, [], "call {call}");
        assert_eq!(&content(&snapshot), state(snapshot.version()), "call {call}");
        match &outcome {
            Ok(()) => assert_eq!(snapshot.version(), before + 1, "call {call}"),
            Err(error) => {
                assert!(!error.message.is_empty() && !error.hint.is_empty(), "call {call}: {error}");
                assert!(error.message.contains(path.as_str()), "call {call} does not say where: {error}");
            }
        }
        if !struck {
            assert_eq!(outcome, Ok(()));
            return call;
        }
        let mut store = Store::open(&path).unwrap();
        if store.version() == before {
            step(&mut store).unwrap();
        }
        assert_eq!(log_bytes(&path), log_bytes(&straight), "call {call}");
        assert_eq!(store.snapshot().verify().damages, []);
    }
    0
}

#[test]
fn an_error_at_any_call_is_told_and_harms_nothing() {
    // The first version, a delivery with corrections, a withdrawal, a return.
    let mut calls = 0;
    for before in [0, 2, 5, 7] {
        calls += fail_everywhere(before, Fault::Fails(ErrorKind::Other));
    }
    println!("calls that failed once: {calls}");
    assert!(calls > 60, "{calls}");
}

#[test]
fn a_full_disk_at_any_call_is_told_and_harms_nothing() {
    let mut calls = 0;
    for before in [0, 2, 5, 7] {
        calls += fail_everywhere(before, Fault::FailsFromNowOn(ErrorKind::StorageFull));
    }
    println!("calls from which on the disk was full: {calls}");
    assert!(calls > 60, "{calls}");
}

#[test]
fn a_full_disk_and_a_store_that_cannot_be_written_have_words_of_their_own() {
    let (_prepared, path) = prepared(1);
    let message = |call: usize, kind: ErrorKind| {
        let _planned = Planned::new(&path, call, Fault::FailsFromNowOn(kind));
        Store::open(&path).and_then(|mut store| step(&mut store)).unwrap_err()
    };
    // The folder of the store, those of log and data, then the lock.
    for kind in [ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem] {
        let error = message(3, kind);
        assert!(error.message.contains("только для чтения") && error.hint.contains("srez history"), "{error}");
    }
    let full = message(6, ErrorKind::StorageFull);
    assert!(
        full.message.contains("нет места на диске")
            && full.message.contains(".parquet")
            && full.hint.contains("освободите место"),
        "{full}"
    );
    assert!(srez_disk::list(&path).unwrap().files.iter().all(|found| !found.name.ends_with(".tmp")), "takes no room");
    assert_eq!(Snapshot::open(&path).unwrap().version(), 1);
}

/// A disk on which only flushed data survives a power loss for certain.
#[derive(Clone, Default)]
struct Platter {
    /// Contents of files: as written, as flushed.
    files: Vec<(Vec<u8>, Vec<u8>)>,
    /// Names as they are, and as flushed with their folder.
    names: BTreeMap<Utf8PathBuf, usize>,
    flushed_names: BTreeMap<Utf8PathBuf, usize>,
}

impl Platter {
    /// Everything in a folder, safe on the disk.
    fn from_folder(path: &Utf8Path) -> Self {
        let mut platter = Self::default();
        for found in srez_disk::list(path).unwrap().files {
            let bytes = srez_disk::read(&found.path, 1 << 30).unwrap();
            platter.names.insert(found.path, platter.files.len());
            platter.files.push((bytes.clone(), bytes));
        }
        platter.flushed_names = platter.names.clone();
        platter
    }

    fn play(&mut self, call: &Made) {
        match call {
            Made::Create(path) => {
                self.names.insert(path.clone(), self.files.len());
                self.files.push((Vec::new(), Vec::new()));
            }
            Made::Write(path, bytes) => self.files[self.names[path]].0 = bytes.clone(),
            Made::Flush(path) => {
                let file = &mut self.files[self.names[path]];
                file.1 = file.0.clone();
            }
            Made::Rename(from, to) => {
                let file = self.names.remove(from).unwrap();
                self.names.insert(to.clone(), file);
            }
            Made::Link(from, to) => {
                self.names.insert(to.clone(), self.names[from]);
            }
            Made::Remove(path) => {
                self.names.remove(path);
            }
            Made::FlushFolder(folder) => {
                self.flushed_names.retain(|path, _| path.parent() != Some(folder));
                let names = self.names.iter().filter(|(path, _)| path.parent() == Some(folder));
                self.flushed_names.extend(names.map(|(path, file)| (path.clone(), *file)));
            }
            Made::Other => {}
        }
    }

    /// What is there after a power loss, if the system happened to save the names of some folders but no unflushed
    /// content.
    fn survives(&self, saved: &BTreeSet<&str>, from: &Utf8Path, to: &Utf8Path) {
        for folder in ["log", "data"] {
            srez_disk::make_folder(&to.join(folder)).unwrap();
        }
        let folder_of = |path: &Utf8Path| path.parent().and_then(Utf8Path::file_name).unwrap_or("").to_owned();
        let names = self.names.iter().filter(|(path, _)| saved.contains(folder_of(path).as_str()));
        let flushed = self.flushed_names.iter().filter(|(path, _)| !saved.contains(folder_of(path).as_str()));
        for (path, file) in names.chain(flushed) {
            srez_disk::write_plain(&to.join(path.strip_prefix(from).unwrap()), &self.files[*file].1).unwrap();
        }
    }
}

#[test]
fn a_loss_of_power_at_any_moment_leaves_a_whole_version_and_what_was_said_to_be_done() {
    let mut moments = 0;
    for before in [0, 2, 5, 7] {
        let states = undisturbed(before + 1);
        let (_prepared, path) = prepared(before);
        let mut platter = Platter::from_folder(&path);
        let planned = Planned::none(&path);
        step(&mut Store::open(&path).unwrap()).unwrap();
        let made = planned.made();
        for done in 0..=made.len() {
            if let Some(call) = done.checked_sub(1).and_then(|place| made.get(place)) {
                platter.play(call);
            }
            for saved in [&[][..], &["log"], &["data"], &["log", "data"]] {
                let (_after, after) = folder();
                platter.survives(&saved.iter().copied().collect(), &path, &after);
                let mut store = Store::open(&after).unwrap();
                let version = store.version();
                let lasts = done == made.len();
                assert!(
                    version == before + 1 || (version == before && !lasts),
                    "{version} after {done} calls, {saved:?}"
                );
                assert_eq!(content(store.snapshot()), states[usize::try_from(version).unwrap()]);
                assert_eq!(store.snapshot().verify().damages, []);
                if version == before {
                    step(&mut store).unwrap();
                }
                assert_eq!(log_bytes(&after), log_bytes(&path));
                moments += 1;
            }
        }
    }
    println!("losses of power: {moments}");
}
