//! Nothing that somebody wrote is lost: whatever the order of runs, edits and failures of the disk.

use super::*;
use crate::KEPT_FOLDER;
use srez_testkit::chance::Chance;
use srez_testkit::faults::{Fault, Planned};
use std::collections::BTreeSet;
use std::io::ErrorKind;

const PERIOD: &str = "2026-06";
const NAMES: [&str; 4] = ["index.html", "drafts/order.docx", "qa/index.html", "data/marks.csv"];

/// The files of an issue with their manifest.
fn issue(version: u64) -> Vec<Artifact> {
    let mut artifacts: Vec<Artifact> = NAMES
        .iter()
        .map(|name| Artifact { path: (*name).to_owned(), bytes: format!("{name} {version}").into_bytes() })
        .collect();
    let outputs: Vec<String> = artifacts
        .iter()
        .map(|artifact| format!("\"{}\": \"{}\"", artifact.path, blake3::hash(&artifact.bytes).to_hex()))
        .collect();
    let manifest = format!(
        "{{\"version\": \"1\", \"plan_blake3\": \"\", \"history_version\": {version}, \"date\": \"2026-06-25\", \
         \"inputs\": [], \"outputs\": {{{}}}}}",
        outputs.join(", ")
    );
    artifacts.push(Artifact { path: MANIFEST.to_owned(), bytes: manifest.into_bytes() });
    artifacts
}

fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
    (folder, path.join("отчёты"))
}

/// The contents of all files below the reports.
fn contents(reports: &Utf8Path) -> BTreeSet<Vec<u8>> {
    let files = srez_disk::list(reports).map(|listing| listing.files).unwrap_or_default();
    files.into_iter().map(|found| srez_disk::read(&found.path, 1 << 20).unwrap()).collect()
}

fn names(reports: &Utf8Path) -> Vec<String> {
    srez_disk::list(reports).unwrap().files.into_iter().map(|found| found.name).collect()
}

#[test]
fn edited_and_foreign_files_move_beside_the_periods() {
    let (_folder, reports) = folder();
    assert_eq!(publish(&reports, PERIOD, &issue(1)).unwrap().kept, []);
    assert_eq!(publish(&reports, PERIOD, &issue(1)).unwrap().kept, [], "nothing was written in between");
    let period = reports.join(PERIOD);
    srez_disk::write_plain(&period.join("drafts/order.docx"), "мой приказ".as_bytes()).unwrap();
    srez_disk::write_plain(&period.join("заметки.txt"), "позвонить".as_bytes()).unwrap();
    srez_disk::write_plain(&period.join("drafts/~$order.docx"), b"lock").unwrap();
    let kept = publish(&reports, PERIOD, &issue(2)).unwrap().kept;
    let own = reports.join(KEPT_FOLDER).join(PERIOD).join("срез 1 от 2026-06-25");
    let expected = ["drafts/order.docx", "заметки.txt"].map(|name| own.join(name));
    assert_eq!(kept.iter().map(|kept| kept.to.clone()).collect::<Vec<_>>(), expected);
    assert_eq!(srez_disk::read_text(&own.join("drafts/order.docx")).unwrap(), "мой приказ");
    assert_eq!(srez_disk::read_text(&period.join("drafts/order.docx")).unwrap(), "drafts/order.docx 2");
    // The same issue a second time gets a folder of its own.
    publish(&reports, PERIOD, &issue(1)).unwrap();
    srez_disk::write_plain(&period.join("заметки.txt"), "ещё раз".as_bytes()).unwrap();
    let kept = publish(&reports, PERIOD, &issue(2)).unwrap().kept;
    assert!(kept[0].to.as_str().ends_with("срез 1 от 2026-06-25 (2)/заметки.txt"), "{kept:?}");
}

#[test]
fn folders_that_are_not_ours_are_moved_as_they_are() {
    let (_folder, reports) = folder();
    for name in [PERIOD, "2026-06.old", "2026-06.new"] {
        srez_disk::write_plain(&reports.join(name).join("архив/копия.xlsx"), name.as_bytes()).unwrap();
    }
    assert_eq!(publish(&reports, PERIOD, &issue(1)).unwrap().kept.len(), 3);
    let names = names(&reports);
    for name in [PERIOD, "2026-06.old", "2026-06.new"] {
        assert!(names.contains(&format!("{KEPT_FOLDER}/{PERIOD}/{name}/архив/копия.xlsx")), "{names:?}");
    }
}

#[test]
fn what_cannot_be_moved_stops_the_swap_and_all_is_where_it_was() {
    let (_folder, reports) = folder();
    publish(&reports, PERIOD, &issue(1)).unwrap();
    srez_disk::write_plain(&reports.join(PERIOD).join("drafts/order.docx"), b"mine").unwrap();
    srez_disk::write_plain(&reports.join(PERIOD).join("note.txt"), b"mine too").unwrap();
    let before = names(&reports);
    let calls = {
        let watched = Planned::none(&reports);
        let (_other, elsewhere) = folder();
        publish(&elsewhere, PERIOD, &issue(1)).unwrap();
        watched.made().len()
    };
    assert_eq!(calls, 0, "a plan holds below its folder alone");
    for at in 0.. {
        let planned = Planned::new(&reports, at, Fault::Fails(ErrorKind::PermissionDenied));
        let published = publish(&reports, PERIOD, &issue(2));
        let has_struck = planned.has_struck();
        drop(planned);
        if published.is_ok() {
            assert!(!has_struck || srez_disk::exists(&reports.join(KEPT_FOLDER)), "call {at}");
            break;
        }
        let now: Vec<String> = names(&reports).into_iter().filter(|name| !name.starts_with("2026-06.new/")).collect();
        assert_eq!(now, before, "call {at}");
    }
}

#[test]
fn no_sequence_of_runs_edits_and_failures_loses_a_byte() {
    let mut struck = 0;
    for seed in 0..400 {
        let (_folder, reports) = folder();
        let mut chance = Chance::new(seed);
        let mut hers: BTreeSet<Vec<u8>> = BTreeSet::new();
        for step in 0..12_u64 {
            if chance.once_in(2) {
                let place = *chance.one_of(&[PERIOD, PERIOD, PERIOD, "2026-06.new", "2026-06.old"]);
                let name = *chance.one_of(&["index.html", "drafts/order.docx", "заметки.txt", "свои/таблица.xlsx"]);
                let path = reports.join(place).join(name);
                let bytes = format!("её слова {seed} {step}").into_bytes();
                // She writes over what she wrote before: that is her own doing.
                if let Ok(before) = srez_disk::read(&path, 1 << 20) {
                    hers.remove(&before);
                }
                srez_disk::write_plain(&path, &bytes).unwrap();
                hers.insert(bytes);
            } else {
                let fault = *chance.one_of(&[
                    Fault::Fails(ErrorKind::PermissionDenied),
                    Fault::Fails(ErrorKind::StorageFull),
                    Fault::FailsFromNowOn(ErrorKind::StorageFull),
                    Fault::FailsFromNowOn(ErrorKind::Other),
                ]);
                let planned = Planned::new(&reports, chance.below(60), fault);
                let _ = publish(&reports, PERIOD, &issue(step));
                struck += u32::from(planned.has_struck());
            }
            let now = contents(&reports);
            let lost: Vec<_> = hers.difference(&now).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
            assert_eq!(lost, Vec::<String>::new(), "seed {seed}, step {step}: {:?}", names(&reports));
        }
        // Without failures the issue comes out whole, and everything of hers is there.
        publish(&reports, PERIOD, &issue(99)).unwrap();
        assert!(hers.is_subset(&contents(&reports)), "seed {seed}");
        for artifact in issue(99) {
            let written = srez_disk::read(&reports.join(PERIOD).join(&artifact.path), 1 << 20).unwrap();
            assert_eq!(written, artifact.bytes, "seed {seed}: {}", artifact.path);
        }
    }
    assert!(struck > 500, "only {struck} runs met a failure");
}
