//! The program as a user meets it: help, wrong use, single commands, files that are no results.

use crate::trial::{Trial, demo, printed, srez};
use srez_testkit::sources::{files_below, root};
use std::path::Path;

/// Runs the program in an empty folder and expects an exit code; what it printed.
fn output_of(arguments: &[&str], code: i32) -> String {
    let folder = tempfile::tempdir().unwrap();
    let output = srez(folder.path(), arguments);
    let text = printed(&output);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{text}");
    assert!(files_below(folder.path()).is_empty(), "{arguments:?} wrote something");
    text
}

#[test]
fn help_is_russian() {
    let commands = ["run", "check", "list", "explain", "history", "verify", "gc", "generate", "doctor", "init", "man"];
    let mut helps = vec![output_of(&["--help"], 0)];
    helps.extend(commands.map(|command| output_of(&[command, "--help"], 0)));
    for help in &helps {
        assert!(help.contains("Как вызывать:") && help.contains("Параметры:"), "{help}");
        for word in ["Usage", "Options", "OPTIONS", "Commands", "Arguments", "Print", "default", "possible", "error"] {
            assert!(!help.contains(word), "«{word}» in\n{help}");
        }
    }
    assert!(commands.iter().all(|command| helps[0].contains(command)), "{}", helps[0]);
}

#[test]
fn the_program_alone_says_where_one_is_and_what_is_next() {
    let folder = tempfile::tempdir().unwrap();
    // As in a terminal: on a desktop without one, the program opens the desk.
    let here = || {
        let mut program = assert_cmd::Command::cargo_bin("srez").unwrap();
        let program = program.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").current_dir(folder.path());
        let output = program.output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
        printed(&output)
    };
    assert!(here().contains("нет ни рабочего места, ни таблиц") && here().contains("srez doctor"));
    let table = root().join("sample-data/schools.csv");
    std::fs::copy(table, folder.path().join("schools.csv")).unwrap();
    assert!(here().contains("с результатами: 1.") && here().contains("srez check ."));
    let made = srez(folder.path(), &["init", "pipeline", "мой.toml", "."]);
    assert_eq!(made.status.code(), Some(0), "{}", printed(&made));
    assert!(here().contains("конвейеры: мой.toml") && here().contains("srez run мой.toml"));
}

#[test]
fn a_workspace_is_made_by_flags_and_only_once() {
    let folder = tempfile::tempdir().unwrap();
    let tables = root().join("sample-data/2026-05/edu990014");
    let init = |more: &[&str]| {
        let all = [&["init", "workspace", "Округ", "--from", tables.to_str().unwrap()], more].concat();
        srez(folder.path(), &all)
    };
    let wrong = init(&["--date", "завтра"]);
    assert_eq!(wrong.status.code(), Some(64), "{}", printed(&wrong));
    std::fs::remove_dir_all(folder.path().join("Округ")).unwrap();
    let made = init(&["--title", "Проба", "--date", "2026-06-05"]);
    assert_eq!(made.status.code(), Some(0), "{}", printed(&made));
    let settings = std::fs::read_to_string(folder.path().join("Округ/настройки.toml")).unwrap();
    assert!(settings.contains("title  = \"Проба\"") && settings.contains("2026-06-05"), "{settings}");
    assert!(!files_below(&folder.path().join("Округ/Входящие")).is_empty());
    let again = init(&[]);
    assert!(again.status.code() == Some(64) && printed(&again).contains("уже есть"), "{}", printed(&again));
    let check = srez(&folder.path().join("Округ"), &["check", "настройки.toml"]);
    assert!(printed(&check).contains("Ничего не записано"));
}

#[test]
fn the_doctor_tries_what_the_program_needs() {
    let folder = tempfile::tempdir().unwrap();
    let told = printed(&srez(folder.path(), &["doctor"]));
    for what in ["готово  Чтение файлов", "готово  Рабочее место", "готово  Запись в папку", "готово  Место на диске"]
    {
        assert!(told.contains(what), "{told}");
    }
    assert!(files_below(folder.path()).is_empty(), "{told}");
    std::fs::write(folder.path().join("x.toml"), "title = ").unwrap();
    let bad = srez(folder.path(), &["doctor", "x.toml"]);
    assert!(bad.status.code() == Some(2) && printed(&bad).contains("ПЛОХО   Конвейер"), "{}", printed(&bad));
}

#[test]
fn lists_and_checks_are_there_for_other_programs() {
    let parsed = |text: &str| -> serde_json::Value { serde_json::from_str(text).unwrap() };
    for what in ["forms", "rules", "measures", "signs", "charts", "thresholds", "sentences", "exams"] {
        let listed = parsed(&output_of(&["list", what, "--json"], 0));
        assert!(listed.as_array().unwrap().len() > 3, "{what}");
        assert!(listed[0]["id"].as_str().is_some_and(|id| !id.is_empty()), "{what}");
    }
    let sample = root().join("sample-data/2026-05/edu990014");
    let folder = tempfile::tempdir().unwrap();
    let output = srez(folder.path(), &["check", sample.to_str().unwrap(), "--json"]);
    let found = parsed(std::str::from_utf8(&output.stdout).unwrap());
    let files = found["files"].as_array().unwrap();
    assert_eq!(files.len(), files_below(&sample).len());
    assert!(files.iter().any(|file| file["status"] == "rejected" && file["notes"][0]["code"].is_string()));
    assert!(files.iter().all(|file| file["blake3"].as_str().is_some_and(|hash| hash.len() == 64)));
}

#[test]
fn shells_and_the_manual_know_every_command() {
    let script = output_of(&["completions", "bash"], 0);
    assert!(["doctor", "history", "--timings"].iter().all(|word| script.contains(word)));
    let folder = tempfile::tempdir().unwrap();
    let made = srez(folder.path(), &["man", "man"]);
    assert_eq!(made.status.code(), Some(0), "{}", printed(&made));
    let pages = files_below(&folder.path().join("man"));
    assert!(pages.contains(&"srez-check.1".to_owned()) && !pages.iter().any(|page| page.contains("read-worker")));
    let page = std::fs::read_to_string(folder.path().join("man/srez-check.1")).unwrap();
    assert!(page.contains(".SH ОПИСАНИЕ") && page.contains("srez"), "{page}");
}

#[test]
fn wrong_use_is_answered_with_the_nearest_name() {
    let cases: &[(&[&str], &str)] = &[
        (&["chek"], "«check»"),
        (&["run", "x.toml", "--timngs"], "«--timings»"),
        (&["list", "signz"], "«signs»"),
        (&["explain", "V0"], "V01"),
        (&["explain", "quality-rat"], "quality-rate"),
        (&["run"], "не хватает"),
        (&["run", "nowhere.toml"], "нет такого файла"),
        (&["check", "nowhere"], "нет такого файла"),
        (&["generate", "sample", "--schools", "3"], "от 12 до 16"),
    ];
    for (arguments, expected) in cases {
        let text = output_of(arguments, 64);
        assert!(text.contains(expected), "{arguments:?}\n{text}");
        assert!(text.starts_with("srez: ") && !text.contains("error"), "{text}");
    }
}

#[test]
fn a_wrong_key_is_shown_with_its_line_and_the_nearest_key() {
    let trial = Trial::new("title = \"x\"\ndate = \"2026-06-05\"\n[inputs]\nfoldres = [\".\"]\n");
    let output = trial.run();
    assert_eq!(output.status.code(), Some(64));
    let text = printed(&output);
    assert!(text.contains("trial.toml:4:1") && text.contains("«folders»"), "{text}");
}

#[test]
fn list_knows_everything_that_explain_explains() {
    for what in ["forms", "exams", "charts"] {
        assert!(output_of(&["list", what], 0).lines().count() > 3, "{what}");
    }
    for what in ["rules", "measures", "signs", "thresholds"] {
        let listed = output_of(&["list", what], 0);
        for line in listed.lines().skip(1) {
            let id = line.split_whitespace().next().unwrap();
            assert!(output_of(&["explain", id], 0).contains(id), "{id}");
        }
    }
}

#[test]
fn a_check_writes_nothing_and_says_why() {
    let sample = root().join("sample-data/2026-05");
    let text = output_of(&["check", sample.to_str().unwrap()], 2);
    for expected in ["[vpr-f1-2026], уверенность", "почему:", "что делать:", "Ничего не записано"]
    {
        assert!(text.contains(expected), "«{expected}» is missing");
    }
}

const LETTERS: &str = r#"
title = "Почта"
date = "2026-06-05"
[inputs]
folders = ["mail"]
[store]
folder = "store"
key = "store.key"
[reports]
folder = "reports"
formats = ["html"]
"#;

/// A trial with files in its input folder.
fn mail(files: &[(&str, &[u8])]) -> Trial {
    let trial = Trial::new(LETTERS);
    std::fs::create_dir(trial.path().join("mail")).unwrap();
    for (name, bytes) in files {
        std::fs::write(trial.path().join("mail").join(name), bytes).unwrap();
    }
    trial
}

fn sample(path: &str) -> Vec<u8> {
    std::fs::read(root().join("sample-data").join(path)).unwrap()
}

#[test]
fn files_that_are_no_results_are_notes_with_their_names() {
    let encrypted = sample("2026-05/прислано по почте/Математика 8 класс с паролем.xlsx");
    let broken = sample("2026-05/прислано по почте/Физика 8 класс не докачано.xlsx");
    let other = sample("2026-05/прислано по почте/Кружки.xlsx");
    let trial = mail(&[
        ("пустой.xlsx", b""),
        ("пароль.xlsx", &encrypted),
        ("оборван.xlsx", &broken),
        ("кружки.xlsx", &other),
        ("картинка.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("~$x.xlsx", b"lock"),
    ]);
    let output = trial.run();
    assert_eq!(output.status.code(), Some(2), "{}", printed(&output));
    let notes = trial.table("notes");
    let expected = [("пустой", "I01"), ("пароль", "I02"), ("оборван", "I03"), ("кружки", "R01"), ("картинка", "")];
    for (name, code) in expected {
        let note = notes.iter().find(|note| note["file"] == format!("mail/{name}.xlsx"));
        let note = note.unwrap_or_else(|| panic!("{name} has no note"));
        assert!(note["severity"] == "reject-file" && note["code"].contains(code), "{note:?}");
        assert!(!note["hint"].is_empty(), "{note:?}");
    }
    let files = trial.table("files");
    let states: Vec<&str> = files.iter().map(|file| file["status"].as_str()).collect();
    assert_eq!(states.iter().filter(|state| **state == "rejected").count(), 5, "{files:?}");
    assert_eq!(states.iter().filter(|state| **state == "skipped").count(), 1, "{files:?}");
}

#[test]
fn a_file_with_the_wrong_extension_is_read_by_its_content() {
    let (trial, _) = demo();
    let name = "2026-06/25_Информатика_2026.06.18.xlsx";
    let notes = trial.table("notes");
    assert!(notes.iter().any(|note| note["file"] == name && note["code"] == "I06"), "no note about {name}");
    let files = trial.table("files");
    let file = files.iter().find(|file| file["file"] == name).unwrap();
    assert_eq!(file["status"], "accepted-with-notes");
    assert_ne!(file["rows_accepted"], "0");
}

#[cfg(unix)]
#[test]
fn a_link_is_not_followed() {
    let trial = mail(&[]);
    std::os::unix::fs::symlink("/etc/hostname", trial.path().join("mail/ссылка.csv")).unwrap();
    trial.run();
    let notes = trial.table("notes");
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(notes[0]["file"].ends_with("ссылка.csv"), "{notes:?}");
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let trial = mail(&[]);
    trial.run();
    let key = trial.path().join("store.key");
    assert_eq!(mode(&key), 0o600, "the program makes a key that only its owner can read");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    let output = trial.run();
    assert_eq!(output.status.code(), Some(1), "{}", printed(&output));
    assert!(printed(&output).contains("chmod 600"), "{}", printed(&output));
}

#[test]
fn a_key_inside_the_store_is_refused() {
    let trial = Trial::new(&LETTERS.replace("\"store.key\"", "\"store/store.key\""));
    std::fs::create_dir(trial.path().join("mail")).unwrap();
    let output = trial.run();
    assert_eq!(output.status.code(), Some(64), "{}", printed(&output));
    assert!(!trial.path().join("store").exists());
}

#[test]
fn a_first_pipeline_is_made_from_a_folder_and_runs() {
    let trial = mail(&[]);
    let folder = root().join("sample-data/2026-05");
    let folder = folder.to_str().unwrap();
    std::fs::create_dir(trial.path().join("plans")).unwrap();
    let made = srez(trial.path(), &["init", "pipeline", "plans/мой.toml", folder]);
    assert_eq!(made.status.code(), Some(0), "{}", printed(&made));
    let text = std::fs::read_to_string(trial.path().join("plans/мой.toml")).unwrap();
    assert!(text.contains("school-year = \"2025/26\"") && text.contains("#   vpr-2026-math-8"), "{text}");
    let output = srez(trial.path(), &["run", "plans/мой.toml"]);
    assert_eq!(output.status.code(), Some(2), "{}", printed(&output));
    assert!(trial.path().join("plans/reports/мой").is_dir(), "{}", printed(&output));

    let again = srez(trial.path(), &["init", "pipeline", "plans/мой.toml", folder]);
    assert_eq!(again.status.code(), Some(64), "what she wrote is not overwritten");
    let without = srez(trial.path(), &["init", "pipeline", "plans/other.toml"]);
    assert_eq!(without.status.code(), Some(64), "{}", printed(&without));
}
