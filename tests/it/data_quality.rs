//! The score of the data: three checks worked out by hand, and the sample district counted again from its tables.

use crate::reports::{integer, parts};
use crate::trial::{Row, Trial, demo, printed, rows, srez};
use srez_model::assessment::ExamKey;
use srez_testkit::sources::{files_below, root};
use std::collections::{BTreeMap, BTreeSet};

const PIPELINE: &str = "
title = \"Округ\"
home = \"Округ\"
date = \"2026-05-10\"
[inputs]
folders = [\"in\"]
schools = \"schools.csv\"
[period]
school-year = \"2025/26\"
[due]
vpr-2026-math-8 = \"2026-05-20\"
[store]
folder = \"store\"
key = \"store.key\"
[reports]
folder = \"reports\"
formats = [\"xlsx\", \"docx\", \"html\"]
";

const SCHOOLS: &str = "login,code,short_name,name,type,locality,municipality\n\
    edu230001,101,СОШ № 1,СОШ № 1,СОШ,город,Округ\n\
    edu230002,102,СОШ № 2,СОШ № 2,СОШ,город,Округ\n\
    edu230003,103,СОШ № 3,СОШ № 3,СОШ,город,Округ\n\
    edu230004,104,НОШ № 4,НОШ № 4,НОШ,город,Округ\n";

/// The form of a school with three participants and the points of the first of them.
fn form(trial: &Trial, school: &str, first: &str) {
    let code = &school[school.len() - 1..];
    let text = format!(
        "Код участника;Вариант;1 (2б);2 (1б);Порядковый номер класса;Итого баллов\n\
         8{code}001;1;{first};1;1;3\n8{code}002;1;2;1;1;3\n8{code}003;2;1;0;1;1\n"
    );
    let name = format!("{school}_Форма сбора результатов Математика 8 класс ВПР 2026.csv");
    std::fs::write(trial.path().join("in").join(name), text).unwrap();
}

/// Runs at a date; the period stays the same.
fn check(trial: &Trial, date: &str) -> BTreeMap<String, Row> {
    let path = trial.path().join("trial.toml");
    let line = |line: &str| if line.starts_with("date = ") { format!("date = \"{date}\"") } else { line.to_owned() };
    let text: Vec<String> = std::fs::read_to_string(&path).unwrap().lines().map(line).collect();
    std::fs::write(&path, text.join("\n")).unwrap();
    let run = srez(trial.path(), &["run", "trial.toml", "--period", "2026-05"]);
    assert!(matches!(run.status.code(), Some(0 | 2)), "{}", printed(&run));
    let of_date = trial.table("data_quality").into_iter().filter(|row| row["date"] == date);
    of_date.map(|row| (row["group"].clone(), row)).collect()
}

fn printed_score(rows: &BTreeMap<String, Row>, group: &str) -> String {
    let columns = ["completeness", "cells", "identity", "timeliness", "within_reach", "score", "change"];
    columns.map(|column| rows[group][column].clone()).join(" ")
}

/// Words of a document, without its marks.
fn words(path: &std::path::Path) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("word/document.xml").unwrap(), &mut text).unwrap();
    let without: String = text.split('<').filter_map(|part| Some(part.split_once('>')?.1)).collect();
    without.replace('\u{a0}', " ")
}

#[test]
fn the_score_follows_what_schools_send_and_when() {
    let trial = Trial::new(PIPELINE);
    std::fs::write(trial.path().join("schools.csv"), SCHOOLS).unwrap();
    std::fs::create_dir(trial.path().join("in")).unwrap();

    // A cell above the maximum; a clean file; a file that nobody knows; a school without grade 8.
    form(&trial, "edu230001", "7");
    form(&trial, "edu230002", "2");
    let unknown = trial.path().join("in/edu230003_заметки.csv");
    std::fs::write(&unknown, "Дата;Заметка\n1;не форма\n").unwrap();
    let first = check(&trial, "2026-05-10");
    assert_eq!(printed_score(&first, "edu230001"), "40 20 20  90 88.8 ", "a third of the rows");
    assert_eq!(printed_score(&first, "edu230002"), "40 30 20  90 100 ");
    assert_eq!(printed_score(&first, "edu230003"), "0  0  60 0 ", "no work, no rows, an unknown file");
    assert_eq!(printed_score(&first, "edu230004"), "    0  ", "nothing is expected of it and nothing came");
    // 40 · 2/3; 30 · 5/6; 20 · 2/3; 64,9 of 90.
    assert_eq!(printed_score(&first, "Округ"), "26.6 25 13.3  90 72.1 ");
    assert!(first["edu230001"]["reason"].contains("срок: срок сдачи ещё не наступил"), "{first:?}");
    let letter = trial.period().join("qa/returns/edu230001/letter.docx");
    assert!(words(&letter).contains("Балл качества данных: 88,8 из 100 (доля от достижимых 90)"), "{}", words(&letter));
    let profile = words(&trial.period().join("schools/edu230002/profile.docx"));
    assert!(profile.contains("Балл качества данных: 100,0 из 100"), "{profile}");

    // On the day: mended; the third school is late from now on.
    form(&trial, "edu230001", "2");
    let second = check(&trial, "2026-05-20");
    assert_eq!(printed_score(&second, "edu230001"), "40 30 20 10 100 100 ", "other parts than before are not compared");
    assert_eq!(printed_score(&second, "edu230003"), "0  0 0 70 0 ");
    assert_eq!(printed_score(&second, "Округ"), "26.6 30 13.3 6.6 100 76.5 ");

    // After the day the work comes; a check dated that day does not count it.
    std::fs::remove_file(&unknown).unwrap();
    form(&trial, "edu230003", "2");
    let third = check(&trial, "2026-06-01");
    assert_eq!(
        printed_score(&third, "edu230002"),
        "40 30 20 10 100 100 0",
        "it came in time, whenever it is looked at"
    );
    assert_eq!(printed_score(&third, "edu230003"), "40 30 20 0 100 90 ");
    assert_eq!(printed_score(&third, "Округ"), "40 30 20 6.6 100 96.6 20.1");
    let past: Vec<(String, String, String)> = trial
        .table("data_quality")
        .into_iter()
        .filter(|row| row["level"] == "municipality")
        .map(|row| (row["date"].clone(), row["score"].clone(), row["change"].clone()))
        .collect();
    let expected = [("2026-05-10", "72.1", ""), ("2026-05-20", "76.5", ""), ("2026-06-01", "96.6", "20.1")];
    assert_eq!(past, expected.map(|(date, score, change)| (date.to_owned(), score.to_owned(), change.to_owned())));
    let page = std::fs::read_to_string(trial.period().join("qa/index.html")).unwrap();
    for words in ["Балл качества данных по школам", "от проверки к проверке", "ВПР-2026. Математика, 8 класс"]
    {
        assert!(page.contains(words), "«{words}» is missing");
    }

    // The same inputs again, and later: the same documents; what came in time did not come later for it.
    let before = trial.hashes("reports");
    let again = check(&trial, "2026-06-01");
    assert_eq!(printed_score(&again, "Округ"), printed_score(&third, "Округ"));
    assert_eq!(trial.hashes("reports"), before);
    let later = check(&trial, "2026-06-08");
    assert_eq!(printed_score(&later, "edu230003"), "40 30 20 0 100 90 ");
    let verified = srez(trial.path(), &["verify", "trial.toml", "--period", "2026-05"]);
    assert_eq!(verified.status.code(), Some(0), "{}", printed(&verified));
}

/// Results of the sample district: which exam, which school.
type Held = BTreeSet<(String, String)>;

fn has_grade(school: &Row, exam: &str) -> bool {
    let grade = exam.parse::<ExamKey>().unwrap().grade;
    let last = match &*school["type"] {
        "НОШ" => 4,
        "ООШ" => 9,
        _ => 11,
    };
    grade <= last
}

fn is_there(held: &Held, school: &Row, exam: &str) -> bool {
    held.contains(&(exam.to_owned(), school["login"].clone()))
}

/// Works that three quarters of the schools with their grade have.
fn usual(held: &Held, register: &[Row]) -> Vec<String> {
    let exams: BTreeSet<&String> = held.iter().map(|(exam, _)| exam).collect();
    let is_usual = |exam: &&&String| {
        if !exam.starts_with("vpr-") && !exam.starts_with("regional-") {
            return false;
        }
        let could: Vec<&Row> = register.iter().filter(|school| has_grade(school, exam)).collect();
        75 * could.len() <= 100 * could.iter().filter(|school| is_there(held, school, exam)).count()
    };
    let usual: Vec<String> = exams.iter().filter(is_usual).map(|exam| (*exam).clone()).collect();
    assert!(5 < usual.len() && usual.len() < exams.len(), "{usual:?}");
    usual
}

#[test]
fn the_sample_district_is_counted_again() {
    let (trial, _) = demo();
    let quality: BTreeMap<String, Row> =
        trial.table("data_quality").into_iter().map(|row| (row["group"].clone(), row)).collect();
    let mut register = rows(&root().join("sample-data/schools.csv"));
    register.retain(|school| school["municipality"] == "Северная Долина");
    assert_eq!(quality.len(), register.len() + 1, "every school of the register, and all together");
    let of_schools = trial.table("marks").into_iter().filter(|row| row["level"] == "school");
    let held: Held = of_schools.map(|row| (row["exam"].clone(), row["group"].clone())).collect();
    let expected = usual(&held, &register);

    let files = trial.table("files");
    let mut sums = [0_u64; 8];
    for school in &register {
        let row = &quality[&school["login"]];
        let of: Vec<&String> = expected.iter().filter(|exam| has_grade(school, exam)).collect();
        assert_eq!(integer(row, "works_expected"), of.len() as u64, "{}", school["login"]);
        let present = of.iter().filter(|exam| is_there(&held, school, exam)).count() as u64;
        assert_eq!(integer(row, "works_present"), present, "{}", school["login"]);
        // Files of this school alone that count and are of this year; shared files are counted in addition.
        let own = files.iter().filter(|file| {
            file["school"] == school["login"]
                && !["superseded", "repeated", "skipped"].contains(&&*file["status"])
                && file["exam"].split(';').any(|exam| exam.contains("-2026-"))
        });
        let least = own.clone().count() as u64;
        assert!(least <= integer(row, "files"), "{}: {} files", school["login"], row["files"]);
        let accepted: u64 = own.map(|file| integer(file, "rows_accepted")).sum();
        assert!(accepted <= integer(row, "rows"), "{}: {} rows, {accepted} accepted", school["login"], row["rows"]);
        sums.iter_mut().zip(COUNTS).for_each(|(sum, column)| *sum += integer(row, column));
        assert_eq!((&*row["timeliness"], integer(row, "works_due")), ("", 0), "the sample sets no day");
    }
    assert_eq!(sums, COUNTS.map(|column| integer(&quality["Северная Долина"], column)), "all together are the sums");
    quality.values().for_each(score_is_made_of_its_counts);
    assert!(quality.values().any(|row| integer(row, "rows_faulty") > 0), "the sample has wrong cells");
    assert!(quality.values().any(|row| integer(row, "files_identified") < integer(row, "files")));
}

fn score_is_made_of_its_counts(row: &Row) {
    let tenths = |column: &str| (row[column].parse::<f64>().unwrap_or(0.0) * 10.0).round() as u64;
    let part = |most: u64, good: u64, of: u64| (most * good).checked_div(of).unwrap_or(0);
    let count = |column: &str| integer(row, column);
    let made = [
        part(400, count("works_present"), count("works_expected")),
        part(300, count("rows") - count("rows_faulty"), count("rows")),
        part(200, count("files_identified"), count("files")),
    ];
    assert_eq!(made, ["completeness", "cells", "identity"].map(tenths), "{}", row["group"]);
    let reach = tenths("within_reach");
    assert_eq!(tenths("score"), part(1000, made.iter().sum(), reach), "{}", row["group"]);
}

const COUNTS: [&str; 8] = [
    "works_expected",
    "works_present",
    "rows",
    "rows_faulty",
    "files",
    "files_identified",
    "works_due",
    "works_in_time",
];

#[test]
fn no_edition_tells_the_score() {
    let (trial, _) = demo();
    let folder = trial.period().join("editions");
    let mut read = 0;
    for path in files_below(&folder) {
        let text = match path.rsplit_once('.') {
            Some((_, "html" | "csv")) => std::fs::read_to_string(folder.join(&path)).unwrap(),
            Some((_, "docx" | "xlsx")) => {
                parts(&format!("editions/{path}")).into_iter().map(|(_, text)| text).collect()
            }
            _ => continue,
        };
        read += 1;
        assert!(!text.contains("Балл качества") && !text.contains("data_quality"), "{path}");
    }
    assert!(read > 20, "{read} files");
}
