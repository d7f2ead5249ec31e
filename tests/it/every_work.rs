//! Every work of 2026 in every form, as real files through the program's own check: known by its name, and nothing is
//! noted but what a form brings about by itself.

use srez_generate::{Settings, WorkFile, every_work};
use srez_model::note::{Note, NoteCode};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static FILES: LazyLock<Vec<WorkFile>> = LazyLock::new(|| {
    let catalogue = srez_config::exams::built_in(&srez_config::subjects::built_in().unwrap()).unwrap();
    every_work(&Settings::default(), &catalogue, 2026).unwrap()
});

/// Works found in each file, by its name below the folder, and all that was noted.
type Found = (BTreeMap<String, Vec<String>>, Vec<Note>);

/// Checks files under the names that are given to them.
fn check<'a>(files: impl Iterator<Item = (String, &'a WorkFile)>) -> Found {
    let folder = tempfile::tempdir().unwrap();
    let base = camino::Utf8Path::from_path(folder.path()).unwrap().join("in");
    for (name, file) in files {
        let path = base.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &file.artifact.bytes).unwrap();
    }
    let mut plan = srez::Plan::from_folder(&base).unwrap();
    plan.reader = Some(camino::Utf8PathBuf::from_path_buf(assert_cmd::cargo::cargo_bin("srez")).unwrap());
    let outcome = srez::check(&plan, &srez::Silent).unwrap().outcome;
    let below = |name: &str| name.strip_prefix("in/").unwrap().to_owned();
    (outcome.files.into_iter().map(|entry| (below(&entry.file.name), entry.exams)).collect(), outcome.notes)
}

/// What a form brings about by itself, whatever stands in it.
fn is_expected(form: &str, note: &Note) -> bool {
    match note.code {
        // No real file of the layout was seen.
        NoteCode::UnconfirmedForm => form == "regional-diagnostic-protocol",
        // Diagnostic works have no specification.
        NoteCode::NoSpecification => form.starts_with("regional-diagnostic"),
        // The scale is not published, and a few pupils do not show all of it.
        NoteCode::ScaleOpen => form == "vpr-f1-2026",
        _ => false,
    }
}

#[test]
fn every_work_of_2026_is_known_in_a_file_of_every_form() {
    let forms: BTreeSet<&str> = FILES.iter().map(|file| file.form).collect();
    let mut wrong = Vec::new();
    for form in &forms {
        let of_form = || FILES.iter().filter(|file| file.form == *form);
        let (found, notes) = check(of_form().map(|file| (file.artifact.path.clone(), file)));
        for file in of_form() {
            let works = &found[&file.artifact.path];
            let expected: BTreeSet<&String> = file.exams.iter().collect();
            if works.iter().collect::<BTreeSet<_>>() != expected {
                wrong.push(format!("{}: {works:?} and not {:?}", file.artifact.path, file.exams));
            }
        }
        let unexpected = notes.iter().filter(|note| !is_expected(form, note));
        wrong.extend(unexpected.map(|note| format!("{} {}: {} {}", note.code, note.file, note.cell(), note.message)));
    }
    let works: BTreeSet<&String> =
        FILES.iter().flat_map(|file| &file.exams).filter(|id| !id.starts_with('r')).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), FILES.len(), wrong.join("\n"));
    assert_eq!((forms.len(), works.len()), (9, 43 + 48));
}

#[test]
fn the_levels_of_a_work_are_told_apart_by_their_columns_in_any_order_of_files() {
    let of_level = |file: &&WorkFile| {
        let ordinary = file.exams[0].trim_end_matches("-advanced");
        let has = |id: &str| FILES.iter().any(|other| other.exams[0] == id);
        let has_both = has(ordinary) && has(&format!("{ordinary}-advanced"));
        file.form == "vpr-f1-2026" && has_both
    };
    let files: Vec<&WorkFile> = FILES.iter().filter(of_level).collect();
    assert_eq!(files.len(), 2 * 2);
    for reversed in [false, true] {
        let number = |place: usize| if reversed { files.len() - place } else { place };
        let named = || files.iter().enumerate().map(|(place, file)| (format!("Ф1 {}.xlsx", number(place)), *file));
        let (found, notes) = check(named());
        for (name, file) in named() {
            assert_eq!(found[&name], file.exams, "{name} {notes:?}");
        }
    }
}
