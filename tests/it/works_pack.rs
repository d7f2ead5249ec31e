//! A pack of works brings the works of a new year to a program that does not know them.

use crate::trial::{Trial, printed, srez};
use serde_json::Value;

const PIPELINE: &str = "
title = \"Округ\"
date = \"2027-06-05\"
[inputs]
folders = [\"in\"]
works = \"works-2027.zip\"
exams = \"own\"
[store]
folder = \"store\"
key = \"store.key\"
[reports]
folder = \"reports\"
formats = [\"html\"]
audiences = [\"office\"]
";

/// A specification of two tasks; `five` is the lowest score of the best mark.
fn exam(subject: &str, five: u16) -> String {
    format!(
        "procedure = \"ВПР\"\nyear = 2027\nsubject = \"{subject}\"\ngrade = 8\nmax_primary = 3\n\
         marks = [[0, \"2\"], [1, \"3\"], [2, \"4\"], [{five}, \"5\"]]\n\
         [[tasks]]\nid = \"1\"\nmax = 2\n[[tasks]]\nid = \"2\"\nmax = 1\n"
    )
}

/// An office with the results of a work of 2027, and a pack as a folder that is not packed yet.
fn office() -> Trial {
    let trial = Trial::new(PIPELINE);
    let files = [
        (
            "in/edu230001_Форма сбора результатов Черчение 8 класс ВПР 2027.csv",
            "Код участника;Вариант;1 (2б);2 (1б);Порядковый номер класса;Итого баллов\n\
             80001;1;2;1;1;3\n80002;1;1;1;1;2\n80003;2;0;0;1;0\n"
                .to_owned(),
        ),
        ("own/vpr-2027-math-8.toml", exam("Математика", 3)),
        ("pack/pack.toml", "version = \"2027.1\"\ndate = \"2026-12-01\"\n".to_owned()),
        ("pack/exams/vpr-2027-math-8.toml", exam("Математика", 3).replace("[1, \"3\"], ", "")),
        ("pack/exams/vpr-2027-drawing-8.toml", exam("Черчение", 3)),
        (
            "pack/subjects.toml",
            "[[subjects]]\nslug = \"drawing\"\ntitle = \"Черчение\"\ndative = \"черчению\"\ngenitive = \"черчения\"\n"
                .to_owned(),
        ),
        ("pack/CHANGELOG.md", "Черчение, 8 класс.\n".to_owned()),
        ("pack/exams/заметки.txt", String::new()),
    ];
    for (path, text) in files {
        let path = trial.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    trial
}

fn make(trial: &Trial) -> (Option<i32>, String) {
    let output = srez(trial.path(), &["exam", "pack", "pack", "--out", "works-2027.zip"]);
    (output.status.code(), printed(&output))
}

const LINE: &str = "works-2027, версия 2027.1 от 01.12.2026: спецификаций 2, форм 0";

#[test]
fn a_pack_brings_a_work_and_a_subject_and_the_issue_names_it() {
    let trial = office();
    let (code, said) = make(&trial);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains(LINE) && said.contains("Не взято в пакет") && said.contains("заметки.txt"), "{said}");
    let hash = blake3::hash(&std::fs::read(trial.path().join("works-2027.zip")).unwrap()).to_hex().to_string();
    assert!(said.contains(&hash), "{said}");
    let (code, said) = make(&trial);
    assert_eq!(code, Some(64), "a pack that is out is not written over: {said}");

    let checked = printed(&srez(trial.path(), &["check", "trial.toml"]));
    let listed = printed(&srez(trial.path(), &["list", "exams", "trial.toml", "--year", "2027"]));
    let run = trial.run();
    let said = printed(&run);
    assert_eq!(run.status.code(), Some(0), "{said}");
    for text in [&checked, &listed, &said] {
        assert!(text.contains(&format!("Пакет работ: {LINE}")), "{text}");
    }
    let marks = trial.table("marks");
    let municipality = marks.iter().find(|row| row["exam"] == "vpr-2027-drawing-8").unwrap();
    assert_eq!(municipality["n"], "3", "{municipality:?}");
    let manifest: Value =
        serde_json::from_slice(&std::fs::read(trial.period().join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["works"], serde_json::json!({"name": "works-2027", "version": "2027.1", "blake3": hash}));
}

#[test]
fn an_issue_with_a_pack_comes_out_the_same_and_another_pack_is_named_as_the_reason() {
    let trial = office();
    assert_eq!(make(&trial).0, Some(0));
    assert_eq!(trial.run().status.code(), Some(0));
    let verified = srez(trial.path(), &["verify", "trial.toml"]);
    let said = printed(&verified);
    assert_eq!(verified.status.code(), Some(0), "{said}");
    assert!(said.contains("байт в байт"), "{said}");

    std::fs::remove_file(trial.path().join("works-2027.zip")).unwrap();
    std::fs::write(trial.path().join("pack/pack.toml"), "version = \"2027.2\"\ndate = \"2027-01-10\"\n").unwrap();
    assert_eq!(make(&trial).0, Some(0));
    let verified = srez(trial.path(), &["verify", "trial.toml"]);
    let said = printed(&verified);
    assert_eq!(verified.status.code(), Some(1), "{said}");
    let reason = said.lines().find(|line| line.starts_with("Возможная причина: ")).unwrap_or_default();
    assert!(reason.contains("works-2027 2027.1") && reason.contains("works-2027 2027.2"), "{said}");
}

#[test]
fn own_folders_are_above_the_pack_and_the_pack_is_above_what_is_built_in() {
    let trial = office();
    assert_eq!(make(&trial).0, Some(0));
    let plan = |text: &str| {
        let path = trial.path().join("other.toml");
        std::fs::write(&path, text).unwrap();
        srez::Plan::load(camino::Utf8Path::from_path(&path).unwrap(), None).unwrap()
    };
    let subjects = srez_config::subjects::built_in().unwrap();
    let parse = |text: &str| srez_config::exams::parse("vpr-2027-math-8.toml", text, &subjects).unwrap();
    let own = plan(PIPELINE);
    assert_eq!(own.exams["vpr-2027-math-8"], parse(&exam("Математика", 3)));
    let of_pack = parse(&exam("Математика", 3).replace("[1, \"3\"], ", ""));
    let packed = plan(&PIPELINE.replace("exams = \"own\"\n", ""));
    assert_eq!(packed.exams["vpr-2027-math-8"], of_pack);
    let unpacked = plan(&PIPELINE.replace("exams = \"own\"\n", "").replace("works-2027.zip", "pack"));
    assert_eq!(unpacked.exams, packed.exams);
    let built_in = plan(&PIPELINE.replace("exams = \"own\"\n", "").replace("works = \"works-2027.zip\"\n", ""));
    assert_ne!(built_in.exams.get("vpr-2027-math-8"), Some(&of_pack));
    assert!(!built_in.exams.contains_key("vpr-2027-drawing-8") && built_in.works.is_none());
    assert_eq!(built_in.exams["vpr-2026-math-8"], packed.exams["vpr-2026-math-8"]);
}

#[test]
fn a_run_with_a_damaged_pack_writes_nothing() {
    let trial = office();
    assert_eq!(make(&trial).0, Some(0));
    let path = trial.path().join("works-2027.zip");
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let run = trial.run();
    let said = printed(&run);
    assert_eq!(run.status.code(), Some(64), "{said}");
    assert!(said.contains("works-2027.zip не взят: архив обрезан или повреждён"), "{said}");
    assert!(!trial.path().join("store").exists() && !trial.path().join("reports").exists(), "{said}");
    std::fs::remove_file(&path).unwrap();
    let said = printed(&trial.run());
    assert!(said.contains("нет файла или папки") && said.contains("works = \"works-2027.zip\""), "{said}");
}
