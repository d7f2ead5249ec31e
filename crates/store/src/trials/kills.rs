//! A run is killed: at every call that it makes to the disk, and at any moment.

use super::*;
use rand::RngExt;
use rand::SeedableRng;
use srez_testkit::faults::{Fault, Planned};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const FOLDER: &str = "SREZ_TRIAL_FOLDER";
const PARK_AT: &str = "SREZ_TRIAL_PARK_AT";
const LAST: &str = "SREZ_TRIAL_LAST";

/// The process that gets killed; does nothing unless its variables are set.
#[test]
#[ignore = "started by the trials"]
fn child() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let path = camino::Utf8PathBuf::from(folder);
    let _planned = number(PARK_AT).map(|at| Planned::new(&path, usize::try_from(at).unwrap(), Fault::Parks));
    let last = number(LAST).unwrap();
    loop {
        let mut store = Store::open(&path).unwrap();
        if last <= store.version() {
            return;
        }
        step(&mut store).unwrap();
        println!("done {}", store.version());
        std::io::stdout().flush().unwrap();
    }
}

/// Starts the process: it takes steps up to a version, and stops at a given disk call, if any.
fn start(path: &Utf8Path, last: u64, park_at: Option<usize>) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "trials::kills::child", "--ignored", "--nocapture", "--test-threads", "1"])
        .env(FOLDER, path.as_str())
        .env(LAST, last.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    if let Some(at) = park_at {
        command.env(PARK_AT, at.to_string());
    }
    command.spawn().unwrap()
}

/// Output of the process: the last version that it reported as done, and whether it stopped at the call.
fn read_progress(child: &mut Child, until_parked: bool) -> (u64, bool) {
    let mut done = 0;
    for line in BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok) {
        if let Some(version) = line.split("done ").nth(1) {
            done = version.trim().parse().unwrap();
        }
        if until_parked && line.ends_with("parked") {
            return (done, true);
        }
    }
    (done, false)
}

/// The store is intact, holds what some version of the undisturbed store holds, and has lost nothing that was reported
/// as done.
fn check(path: &Utf8Path, states: &[BTreeMap<String, Vec<String>>], done: u64) -> u64 {
    let Ok(snapshot) = Snapshot::open(path) else {
        assert_eq!(done, 0, "a store that had versions does not open");
        return 0;
    };
    let version = snapshot.version();
    assert!(done <= version, "version {done} was called done, the store has {version}");
    assert_eq!(content(&snapshot), states[usize::try_from(version).unwrap()], "version {version}");
    assert_eq!(snapshot.verify().damages, []);
    version
}

#[test]
fn a_kill_at_any_call_leaves_a_whole_version_and_the_next_run_ends_the_same() {
    let states = undisturbed(STEPS + 1);
    let (_straight, undisturbed_path) = folder();
    while Store::open(&undisturbed_path).unwrap().version() <= STEPS {
        step(&mut Store::open(&undisturbed_path).unwrap()).unwrap();
    }
    let mut kills = 0;
    // The first version, a delivery with corrections, a withdrawal, a return.
    for last in [1, 3, 6, 8] {
        for call in 0.. {
            let (_folder, path) = folder();
            let mut before = 0;
            if last > 1 {
                let mut store = Store::open(&path).unwrap();
                while store.version() + 1 < last {
                    step(&mut store).unwrap();
                }
                before = store.version();
            }
            let mut child = start(&path, last, Some(call));
            let (done, parked) = read_progress(&mut child, true);
            child.kill().unwrap();
            child.wait().unwrap();
            let version = check(&path, &states, done.max(before));
            if !parked {
                assert_eq!(version, last);
                break;
            }
            kills += 1;
            assert!(start(&path, last, None).wait().unwrap().success());
            assert_eq!(check(&path, &states, last), last);
            assert_eq!(log_bytes(&path), log_bytes(&undisturbed_path)[..usize::try_from(last).unwrap()]);
            Store::open(&path).unwrap().sweep(false).unwrap();
            assert_eq!(check(&path, &states, last), last);
        }
    }
    println!("kills at calls: {kills}");
    assert!(kills > 60, "{kills}");
}

/// Kills at random moments; the store continues from whatever is left.
fn at_random(kills: u32, seed: u64) {
    const VERSIONS: u64 = 60;
    let states = undisturbed(VERSIONS);
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(seed);
    let (mut whole, mut cut_short, mut versions) = (0, 0, 0);
    let mut store = folder();
    let mut version = 0;
    for _ in 0..kills {
        if version == VERSIONS {
            store = folder();
            version = 0;
        }
        let mut child = start(&store.1, VERSIONS, None);
        std::thread::sleep(Duration::from_micros(random.random_range(0..60_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        let (done, _) = read_progress(&mut child, false);
        let now = check(&store.1, &states, done.max(version));
        versions += now - version;
        let unfinished = srez_disk::is_folder(&store.1)
            && srez_disk::list(&store.1).unwrap().files.iter().any(|found| found.name.ends_with(".tmp"));
        cut_short += u32::from(unfinished);
        whole += 1;
        version = now;
    }
    assert!(start(&store.1, VERSIONS, None).wait().unwrap().success());
    assert_eq!(check(&store.1, &states, VERSIONS), VERSIONS);
    println!(
        "{whole} kills at random moments, {versions} versions written between them, {cut_short} left a file unfinished"
    );
    assert!(versions > 0, "the kills came too early to mean anything");
}

#[test]
fn forty_kills_at_random_moments() {
    at_random(40, 1);
}

#[test]
#[ignore = "takes minutes"]
fn a_thousand_kills_at_random_moments() {
    at_random(1000, 2);
}
