//! A home is named and no register is given: the schools are those of the files, and all of them count.

use crate::district_files::Inputs;
use crate::trial::{Row, Trial, printed};
use srez_testkit::sources::files_below;
use std::collections::BTreeSet;

const PIPELINE: &str = "
title = \"Округ\"
home = \"Округ\"
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
formats = [\"html\"]
";

/// Participants of each school in the table of marks, and those of the group of which the documents speak.
fn counted(trial: &Trial, exam: &str) -> (Vec<u64>, u64) {
    let marks: Vec<Row> = trial.table("marks").into_iter().filter(|row| row["exam"] == exam).collect();
    let n = |row: &Row| row["n"].parse::<u64>().unwrap_or(0);
    let schools = marks.iter().filter(|row| row["level"] == "school").map(n).collect();
    let home = marks.iter().filter(|row| row["level"] == "municipality").map(n).sum();
    (schools, home)
}

/// Pages on which something is said to be none of none.
fn none_of_none(trial: &Trial) -> BTreeSet<String> {
    let period = trial.period();
    let pages = files_below(&period).into_iter().filter(|path| path.ends_with(".html"));
    let says = |path: &String| {
        let text = std::fs::read_to_string(period.join(path)).unwrap().replace(['\u{a0}', '\u{202f}'], " ");
        text.match_indices("0 из 0").any(|(at, _)| !text[..at].ends_with(|sign: char| sign.is_ascii_digit()))
    };
    pages.filter(says).collect()
}

/// Forms of schools say no municipality: nobody but the pipeline does.
#[test]
fn schools_of_forms_without_a_municipality_belong_to_the_home() {
    let trial = Trial::new(PIPELINE);
    std::fs::create_dir_all(trial.path().join("in")).unwrap();
    for school in 1..=3 {
        let mut text = "Код участника;Вариант;1 (2б);2 (1б);Порядковый номер класса;Итого баллов\n".to_owned();
        for pupil in 1..=6 + school {
            let (first, second) = (pupil % 3, (pupil + school) % 2);
            text += &format!("8{school}{pupil:03};1;{first};{second};1;{}\n", first + second);
        }
        let name = format!("edu23000{school}_Форма сбора результатов Математика 8 класс ВПР 2026.csv");
        std::fs::write(trial.path().join("in").join(name), text).unwrap();
    }
    let run = trial.run();
    let said = printed(&run);
    assert_eq!(run.status.code(), Some(0), "{said}");
    assert!(said.contains("принято 24"), "{said}");
    let schools: Vec<u64> = trial
        .table("scores")
        .iter()
        .filter(|row| row["level"] == "school")
        .map(|row| row["n"].parse().unwrap())
        .collect();
    assert_eq!(schools.iter().sum::<u64>(), 24, "{schools:?}");
    assert_eq!(none_of_none(&trial), BTreeSet::new());
}

/// The table of a municipality names it in each row.
#[test]
fn schools_of_a_table_without_a_register_all_count() {
    let trial = Inputs { register: false, ..Inputs::whole() }.trial();
    let run = trial.run();
    assert!(matches!(run.status.code(), Some(0 | 2)), "{}", printed(&run));
    let (schools, home) = counted(&trial, "vpr-2026-math-8");
    assert_eq!(schools.len(), 8);
    let expected: u64 = (1..=8).map(|school| 16 + 3 * school).sum();
    assert_eq!((schools.iter().sum::<u64>(), home), (expected, expected));
    assert_eq!(none_of_none(&trial), BTreeSet::new());
}
