//! Nothing that somebody wrote is lost: whatever the order of runs, edits and failures of the disk.

use super::*;
use crate::KEPT_FOLDER;
use srez_model::artifact::Artifact;
use srez_testkit::chance::Chance;
use srez_testkit::faults::{Fault, Made, Planned};
use std::collections::BTreeSet;
use std::io::ErrorKind;

const PERIOD: &str = "2026-06";
const NAMES: [&str; 4] = ["index.html", "drafts/order.docx", "qa/index.html", "data/marks.csv"];

/// The files of an issue with their manifest.
fn issue(version: u64) -> Vec<Prepared> {
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
    artifacts.into_iter().map(Prepared::from).collect()
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

/// An issue in which she changed a document and left a note, and what must be found afterwards.
fn edited_issue(reports: &Utf8Path) -> BTreeSet<Vec<u8>> {
    publish(reports, PERIOD, &issue(1)).unwrap();
    srez_disk::write_plain(&reports.join(PERIOD).join("drafts/order.docx"), b"mine").unwrap();
    srez_disk::write_plain(&reports.join(PERIOD).join("note.txt"), b"mine too").unwrap();
    [b"mine".to_vec(), b"mine too".to_vec()].into()
}

/// True for what a failed run may leave beside the period: files of its own.
fn is_left_over(name: &str) -> bool {
    name.starts_with("2026-06.new") || name.starts_with("2026-06.old")
}

#[test]
fn what_cannot_be_moved_stops_the_swap_and_all_is_where_it_was() {
    let mut failed = 0;
    for at in 0.. {
        let (_folder, reports) = folder();
        edited_issue(&reports);
        let before = names(&reports);
        let planned = Planned::new(&reports, at, Fault::Fails(ErrorKind::PermissionDenied));
        let published = publish(&reports, PERIOD, &issue(2));
        let has_struck = planned.has_struck();
        drop(planned);
        if !has_struck {
            break;
        }
        let now: Vec<String> = names(&reports).into_iter().filter(|name| !is_left_over(name)).collect();
        if published.is_err() {
            failed += 1;
            assert_eq!(now, before, "call {at}");
        } else {
            // Alone, or with the whole folder where a part of it could not be looked into.
            let is_kept = |name: &String| name.starts_with(KEPT_FOLDER) && name.ends_with("/note.txt");
            assert!(now.iter().any(is_kept), "call {at}: {now:?}");
        }
    }
    assert!(failed > 10, "only {failed} calls failed");
}

#[test]
fn a_kill_at_any_call_loses_nothing() {
    let mut kills = 0;
    for at in 0.. {
        let (_folder, reports) = folder();
        let hers = edited_issue(&reports);
        // After a kill nothing more reaches the disk.
        let planned = Planned::new(&reports, at, Fault::FailsFromNowOn(ErrorKind::Other));
        let _ = publish(&reports, PERIOD, &issue(2));
        let has_struck = planned.has_struck();
        drop(planned);
        if !has_struck {
            break;
        }
        kills += 1;
        assert!(hers.is_subset(&contents(&reports)), "call {at}: {:?}", names(&reports));
        publish(&reports, PERIOD, &issue(3)).unwrap();
        assert!(hers.is_subset(&contents(&reports)), "call {at}, next run: {:?}", names(&reports));
        let rest: Vec<String> = names(&reports).into_iter().filter(|name| is_left_over(name)).collect();
        assert_eq!(rest, Vec::<String>::new(), "call {at}: the next run clears up");
        for artifact in issue(3) {
            let written = srez_disk::read(&reports.join(PERIOD).join(&artifact.path), 1 << 20).unwrap();
            assert_eq!(written, *artifact.bytes().unwrap(), "call {at}: {}", artifact.path);
        }
        // Nothing but her words is kept: no document of ours is taken for one of hers.
        let kept = names(&reports).into_iter().filter(|name| name.starts_with(KEPT_FOLDER));
        assert!(
            kept.clone().all(|name| name.ends_with("order.docx") || name.ends_with("note.txt")),
            "call {at}: {kept:?}",
            kept = kept.collect::<Vec<_>>()
        );
    }
    assert!(kills > 20, "only {kills} kills");
}

#[test]
fn a_folder_that_cannot_be_removed_is_in_nobodys_way() {
    let (_folder, reports) = folder();
    publish(&reports, PERIOD, &issue(1)).unwrap();
    srez_disk::rename(&reports.join(PERIOD), &reports.join("2026-06.old")).unwrap();
    // Every removal fails as long as a document of the former issue is open.
    for version in 2..5 {
        let held = Planned::new(&reports.join("2026-06.old"), 1, Fault::FailsFromNowOn(ErrorKind::PermissionDenied));
        publish(&reports, PERIOD, &issue(version)).unwrap();
        assert!(held.has_struck());
    }
    assert!(names(&reports).iter().any(|name| name.starts_with("2026-06.old/")));
    publish(&reports, PERIOD, &issue(5)).unwrap();
    assert!(!names(&reports).iter().any(|name| is_left_over(name)), "{:?}", names(&reports));
}

/// A scanner or an indexer looks into the folder that was just written.
#[test]
fn a_new_folder_that_is_held_never_leaves_the_period_without_one() {
    let (_folder, reports) = folder();
    edited_issue(&reports);
    let before = names(&reports);
    let held = Planned::new(&reports.join("2026-06.new-2"), 0, Fault::FailsFromNowOn(ErrorKind::ResourceBusy));
    let aside = Planned::none(&reports.join("2026-06.old"));
    let told = publish(&reports, PERIOD, &issue(2)).unwrap_err();
    assert!(held.has_struck() && told.message.contains("2026-06.new занята"), "{}", told.message);
    assert!(!aside.made().iter().any(|made| matches!(made, Made::Rename(..))), "the former issue was moved");
    drop((held, aside));
    let now: Vec<String> = names(&reports).into_iter().filter(|name| !is_left_over(name)).collect();
    assert_eq!(now, before);
    publish(&reports, PERIOD, &issue(3)).unwrap();
    assert!(!names(&reports).iter().any(|name| is_left_over(name)), "{:?}", names(&reports));
}

#[test]
fn what_will_be_moved_is_told_before() {
    let (_folder, reports) = folder();
    edited_issue(&reports);
    srez_disk::write_plain(&reports.join("2026-06.old/копия.xlsx"), b"backup").unwrap();
    let told = to_be_kept(&reports, PERIOD).unwrap();
    let listed = crate::kept_of_period(&reports, PERIOD, &told).unwrap();
    let expected = ["2026-06.old", "срез 1 от 2026-06-25/drafts/order.docx", "срез 1 от 2026-06-25/note.txt"];
    assert_eq!(listed, expected);
    let mut kept = publish(&reports, PERIOD, &issue(2)).unwrap().kept;
    kept.sort();
    let mut told = told;
    told.sort();
    assert_eq!(kept, told);
    assert_eq!(to_be_kept(&reports, PERIOD).unwrap(), []);
    let now = crate::kept_of_period(&reports, PERIOD, &[]).unwrap();
    assert_eq!(now, ["2026-06.old/копия.xlsx", expected[1], expected[2]]);
}

#[test]
fn no_sequence_of_runs_edits_and_failures_loses_a_byte() {
    let mut struck = 0;
    for seed in 0..150 {
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
            assert_eq!(written, *artifact.bytes().unwrap(), "seed {seed}: {}", artifact.path);
        }
    }
    assert!(struck > 200, "only {struck} runs met a failure");
}
