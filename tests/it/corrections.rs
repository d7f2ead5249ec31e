//! A school sends its file again: the next run says what was mended and what was not.

use crate::trial::{Trial, printed, srez};
use std::collections::BTreeMap;

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
formats = [\"xlsx\", \"docx\", \"html\"]
audiences = [\"office\"]
";

/// The form of a school with its cells of points.
fn write(trial: &Trial, name: &str, points: [&str; 6]) {
    let [a, b, c, d, e, f] = points;
    let text = format!(
        "Код участника;Вариант;1 (2б);2 (1б);Порядковый номер класса;Итого баллов\n\
         80001;1;{a};{b};1;3\n80002;1;{c};{d};1;2\n80003;2;{e};{f};1;1\n"
    );
    std::fs::create_dir_all(trial.path().join("in")).unwrap();
    std::fs::write(trial.path().join("in").join(name), text).unwrap();
}

fn states(trial: &Trial) -> BTreeMap<String, String> {
    trial.table("corrections").into_iter().map(|row| (row["cell"].clone(), row["state"].clone())).collect()
}

#[test]
fn the_next_run_says_what_was_mended() {
    let trial = Trial::new(PIPELINE);
    let name = "edu230001_Форма сбора результатов Математика 8 класс ВПР 2026.csv";
    write(&trial, name, ["7", "1", "2", "9", "1", "0"]);
    let first = trial.run();
    assert_eq!(first.status.code(), Some(2), "cells were lost: {}", printed(&first));
    assert!(states(&trial).is_empty(), "the first check has nothing to compare with");
    let letter = trial.period().join("qa/returns/edu230001/letter.docx");
    assert!(letter.is_file());

    // The corrected file has another name; one of two cells is mended, and a new one is wrong.
    std::fs::remove_file(trial.path().join("in").join(name)).unwrap();
    let again = "edu230001_исправлено_Математика 8 класс ВПР 2026.csv";
    write(&trial, again, ["2", "1", "2", "9", "текст", "0"]);
    let second = trial.run();
    let said = printed(&second);
    assert!(said.contains("С прошлой проверки (05.06.2026): исправлено 1, не исправлено 1, новых ошибок 1"), "{said}");
    let expected = [("C2", "fixed"), ("D3", "remains"), ("C4", "new")];
    let expected: BTreeMap<String, String> =
        expected.into_iter().map(|(cell, state)| (cell.to_owned(), state.to_owned())).collect();
    assert_eq!(states(&trial), expected);
    let page = std::fs::read_to_string(trial.period().join("qa/index.html")).unwrap();
    for words in ["Исправлено и не исправлено", "не исправлено", "новое", "изменены:"]
    {
        assert!(page.contains(words), "«{words}» is missing");
    }
    assert!(text_of(&letter).contains("После проверки от 05.06.2026 исправлена 1"), "{}", text_of(&letter));
    assert!(text_of(&letter).contains("Не исправлено с прошлого раза"));

    // The same inputs again: the same documents.
    let before = trial.hashes("reports");
    assert!(printed(&trial.run()).contains("исправлено 1, не исправлено 1"));
    assert_eq!(trial.hashes("reports"), before);

    // A total that is not the sum is a warning: the next run says that it is gone, and does not count it as a mended
    // error.
    let file = trial.path().join("in").join(again);
    let right = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, right.replace(";1;3\n", ";1;2\n")).unwrap();
    assert!(printed(&trial.run()).contains("предупреждений снято 0, осталось 0, новых 1"));
    let warned: Vec<_> = trial.table("corrections").into_iter().filter(|row| row["severity"] == "warning").collect();
    assert_eq!(warned.iter().map(|row| (&*row["code"], &*row["state"])).collect::<Vec<_>>(), [("V02", "new")]);
    std::fs::write(&file, right.replace("80001;1;2", "80001;1;1").replace(";1;3\n", ";1;2\n")).unwrap();
    assert!(printed(&trial.run()).contains("предупреждений снято 1, осталось 0, новых 0"));

    // Everything mended: there is no letter any more.
    write(&trial, again, ["2", "1", "2", "0", "1", "0"]);
    assert!(printed(&trial.run()).contains("исправлено 2, не исправлено 0, новых ошибок 0"));
    assert!(!letter.exists());

    // The file is gone: nothing counts as mended, the work is named as missing.
    write(&trial, again, ["2", "1", "2", "8", "1", "0"]);
    trial.run();
    std::fs::remove_file(trial.path().join("in").join(again)).unwrap();
    std::fs::write(trial.path().join("in/note.txt"), "ничего").unwrap();
    let said = printed(&trial.run());
    assert!(said.contains("исправлено 0, не исправлено 0, новых ошибок 0, проверить нельзя 1"), "{said}");
}

/// A cell of an accepted row that cannot be read is lost: run and check say so by their code, whatever the cell holds.
#[test]
fn a_lost_cell_of_an_accepted_row_is_told_by_the_code() {
    let name = "edu230001_Форма сбора результатов Математика 8 класс ВПР 2026.csv";
    for (cell, code) in [("2", 0), ("X", 0), ("#Н/Д", 2), ("9", 2), ("сдал", 2)] {
        let trial = Trial::new(PIPELINE);
        write(&trial, name, [cell, "1", "2", "0", "1", "0"]);
        let run = trial.run();
        let said = printed(&run);
        assert_eq!(run.status.code(), Some(code), "{cell}: {said}");
        assert!(said.contains("принято 3") && said.contains("не принято 0"), "{cell}: the row counts: {said}");
        assert_eq!(said.contains("Не принятое — с адресами ячеек"), code == 2, "{cell}: {said}");
        let notes = trial.table("notes");
        let at_cell = notes.iter().filter(|note| note["cell"] == "C2" && note["severity"] != "warning").count();
        assert_eq!(at_cell, usize::from(code == 2), "{cell}: {notes:?}");
        let check = srez(trial.path(), &["check", "trial.toml"]);
        assert_eq!(check.status.code(), Some(code), "{cell}: {}", printed(&check));
    }
}

#[test]
fn a_damaged_record_costs_the_comparison_alone() {
    let trial = Trial::new(PIPELINE);
    let name = "edu230001_Форма сбора результатов Математика 8 класс ВПР 2026.csv";
    write(&trial, name, ["2", "1", "2", "0", "1", "0"]);
    assert_eq!(trial.run().status.code(), Some(0));
    let damage = |folder: &str| {
        let folder = trial.path().join("store").join(folder);
        let path = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).max().unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&path, bytes).unwrap();
    };
    for (folder, what) in [("checks", "о прежней проверке"), ("releases", "о прошлом выпуске")]
    {
        damage(folder);
        // Nothing of the results is lost: the code is that of a run without remarks.
        write(&trial, name, ["2", "1", "2", "1", "1", if folder == "checks" { "0" } else { "1" }]);
        let run = trial.run();
        let said = printed(&run);
        assert_eq!(run.status.code(), Some(0), "{said}");
        assert!(said.contains(&format!("запись {what} искажена")) && said.contains("уберите этот файл"), "{said}");
        assert!(said.contains("принято 3"), "{said}");
        let verified = srez(trial.path(), &["verify", "trial.toml"]);
        assert_ne!(verified.status.code(), Some(0), "{}", printed(&verified));
        assert!(printed(&verified).contains(&format!("запись {what} искажена")), "{}", printed(&verified));
    }
}

/// All words of a document.
fn text_of(docx: &std::path::Path) -> String {
    let file = std::fs::File::open(docx).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("word/document.xml").unwrap(), &mut text).unwrap();
    let mut words = String::new();
    let mut inside = false;
    for sign in text.chars() {
        match sign {
            '<' => inside = true,
            '>' => inside = false,
            sign if !inside => words.push(if sign == '\u{a0}' { ' ' } else { sign }),
            _ => {}
        }
    }
    words
}
