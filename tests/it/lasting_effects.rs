//! A run leaves seven things behind, one after the other. Wherever it ends between them, the same run once more mends
//! it.

use crate::ground_truth::corpus;
use crate::trial::{Trial, printed, srez};
use camino::{Utf8Path, Utf8PathBuf};
use srez_config::plan::Plan;
use srez_testkit::faults::{Fault, Made, Planned};
use std::collections::BTreeMap;
use std::io::ErrorKind;

/// The seven, by the start of a path below the folder of the pipeline, in their order.
const EFFECTS: [&str; 7] =
    ["store/data", "store/quarantine", "store/editions", "reports", "store/checks", "store/lists", "store/releases"];

/// Tables that tell of earlier runs too.
const OF_EARLIER_RUNS: [&str; 3] = ["delta.csv", "corrections.csv", "notes.csv"];

/// A run in this process, with readers that are the program itself.
fn run(trial: &Trial) -> srez_model::error::Result<()> {
    let path = Utf8PathBuf::from_path_buf(trial.path().join("trial.toml")).unwrap();
    let plan = Plan { reader: Some(env!("CARGO_BIN_EXE_srez").into()), ..Plan::load(&path, None)? };
    srez_pipeline::run(&plan, &srez_pipeline::Silent).map(drop)
}

/// A folder with a key in it: all runs make the same calls and the same pseudonyms.
fn fresh() -> Trial {
    let trial = corpus("planted.zip");
    let path = Utf8PathBuf::from_path_buf(trial.path().join("store.key")).unwrap();
    srez_disk::write_private(&path, "ab".repeat(32).as_bytes()).unwrap();
    trial
}

/// The tables of results, by name.
fn tables(trial: &Trial) -> BTreeMap<String, String> {
    let all = trial.hashes("reports").into_iter();
    all.filter(|(path, _)| path.contains("/data/") && !OF_EARLIER_RUNS.iter().any(|name| path.ends_with(name)))
        .collect()
}

/// The effect that a call to the disk belongs to.
fn effect(folder: &Utf8Path, call: &Made) -> Option<&'static str> {
    let (Made::Create(path) | Made::Rename(_, path)) = call else { return None };
    let below = path.strip_prefix(folder).ok()?;
    EFFECTS.into_iter().find(|effect| below.starts_with(effect) || below.as_str().starts_with(effect))
}

#[test]
fn a_run_that_ends_between_two_effects_is_mended_by_the_same_run() {
    let whole = fresh();
    let folder = Utf8PathBuf::from_path_buf(whole.path().to_owned()).unwrap();
    let watched = Planned::none(&folder);
    run(&whole).unwrap();
    let calls = watched.made();
    drop(watched);
    let expected = tables(&whole);
    let first = |wanted: &str| calls.iter().position(|call| effect(&folder, call) == Some(wanted));
    let boundaries: Vec<(&str, usize)> = EFFECTS.into_iter().filter_map(|one| Some((one, first(one)?))).collect();
    assert!(boundaries.len() >= 5 && boundaries.is_sorted_by_key(|(_, at)| *at), "{boundaries:?}");
    for (effect, at) in boundaries {
        let trial = fresh();
        let folder = Utf8PathBuf::from_path_buf(trial.path().to_owned()).unwrap();
        let planned = Planned::new(&folder, at, Fault::FailsFromNowOn(ErrorKind::StorageFull));
        let ended = run(&trial);
        assert!(planned.has_struck(), "{effect}: call {at} was not made");
        drop(planned);
        assert!(ended.is_err() || effect == "store/releases", "{effect}: the run went on");
        let again = trial.run();
        assert!(matches!(again.status.code(), Some(0 | 2)), "{effect}: {}", printed(&again));
        assert_eq!(tables(&trial), expected, "{effect}");
        let verified = srez(trial.path(), &["verify", "trial.toml"]);
        assert_eq!(verified.status.code(), Some(0), "{effect}: {}", printed(&verified));
    }
}
