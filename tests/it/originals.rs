//! Originals are opened a second time, for the copies that go back to schools; by readers, as the first time.

use crate::trial::Trial;
use camino::Utf8PathBuf;
use srez_config::plan::Plan;

const PIPELINE: &str = "
title = \"Округ\"
date = \"2026-06-05\"
[inputs]
folders = [\"in\"]
[period]
school-year = \"2025/26\"
[store]
folder = \"store\"
key = \"store.key\"
[reports]
folder = \"reports\"
formats = [\"xlsx\"]
audiences = [\"office\"]
";

/// A cell that stands in the form only.
const OF_THE_FORM: &str = "Порядковый номер класса";

/// A folder with one form, of which one cell is wrong, alone or in an archive.
fn with_one_form(in_archive: bool) -> Trial {
    let trial = Trial::new(PIPELINE);
    let name = "edu230001_Форма сбора результатов Математика 8 класс ВПР 2026.csv";
    let text = format!(
        "Код участника;Вариант;1 (2б);2 (1б);{OF_THE_FORM};Итого баллов\n\
         80001;1;7;1;1;3\n80002;1;2;0;1;2\n80003;2;1;0;1;1\n"
    );
    let folder = trial.path().join("in");
    std::fs::create_dir_all(&folder).unwrap();
    if in_archive {
        let file = std::fs::File::create(folder.join("Школа.zip")).unwrap();
        let mut archive = zip::ZipWriter::new(file);
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut archive, text.as_bytes()).unwrap();
        archive.finish().unwrap();
    } else {
        std::fs::write(folder.join(name), text).unwrap();
    }
    trial
}

/// Whether the workbook that goes back to the school holds a copy of its form.
fn has_copy(trial: &Trial) -> bool {
    let folder = trial.period().join("qa/returns/edu230001");
    let name = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).next().unwrap();
    let mut archive = zip::ZipArchive::new(std::fs::File::open(name).unwrap()).unwrap();
    let mut strings = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/sharedStrings.xml").unwrap(), &mut strings).unwrap();
    strings.contains(OF_THE_FORM)
}

/// A run in this process with a program of its own for the readers.
fn run(trial: &Trial, reader: &str) {
    let path = Utf8PathBuf::from_path_buf(trial.path().join("trial.toml")).unwrap();
    let plan = Plan { reader: Some(reader.into()), ..Plan::load(&path, None).unwrap() };
    srez_pipeline::run(&plan, &srez_pipeline::Silent).unwrap();
}

#[test]
fn a_school_gets_a_copy_of_its_form_from_a_file_and_from_an_archive() {
    for in_archive in [false, true] {
        let trial = with_one_form(in_archive);
        run(&trial, env!("CARGO_BIN_EXE_srez"));
        assert!(has_copy(&trial), "in an archive: {in_archive}");
    }
}

#[cfg(unix)]
#[test]
fn without_a_reader_no_original_is_opened() {
    use std::os::unix::fs::PermissionsExt;
    for in_archive in [false, true] {
        let trial = with_one_form(in_archive);
        // Starts once, for the first reading of the only file, and never again.
        let reader = trial.path().join("reader.sh");
        let text = format!("#!/bin/sh\nmkdir \"$0.once\" || exit 1\nexec '{}' \"$@\"\n", env!("CARGO_BIN_EXE_srez"));
        std::fs::write(&reader, text).unwrap();
        std::fs::set_permissions(&reader, std::fs::Permissions::from_mode(0o700)).unwrap();
        run(&trial, reader.to_str().unwrap());
        assert!(!has_copy(&trial), "in an archive: {in_archive}");
    }
}
