//! Files as schools and regions send them, through the whole program: nobody is lost, nobody counts twice, and what is
//! not known is in no denominator.

use crate::containers::package;
use crate::trial::{Row, Trial, printed};
use encoding_rs::{Encoding, IBM866, WINDOWS_1251};
use rust_xlsxwriter::Workbook;
use srez_testkit::sources::files_below;
use std::fmt::Write as _;

const PIPELINE: &str = "
title = \"Округ\"
date = \"2026-06-20\"
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

/// Points of four pupils of a class on two tasks.
const FOUR: [[u32; 2]; 4] = [[2, 1], [1, 1], [0, 0], [2, 0]];

const HEADER: [&str; 6] = ["Код участника", "Вариант", "1 (2б)", "2 (1б)", "Порядковый номер класса", "Итого баллов"];

/// A run over these files; its exit code must be this one.
fn run(files: &[(&str, Vec<u8>)], code: i32) -> (Trial, String) {
    let trial = Trial::new(PIPELINE);
    std::fs::create_dir_all(trial.path().join("in")).unwrap();
    for (name, bytes) in files {
        std::fs::write(trial.path().join("in").join(name), bytes).unwrap();
    }
    let output = trial.run();
    let said = printed(&output);
    assert_eq!(output.status.code(), Some(code), "{said}");
    (trial, said)
}

/// Groups of a level in the table of marks, and how many took part.
fn groups(trial: &Trial, level: &str) -> Vec<(String, u32)> {
    let rows = trial.table("marks").into_iter().filter(|row| row["level"] == level);
    rows.map(|row| (row["group"].clone(), row["n"].parse().unwrap())).collect()
}

fn of_all(trial: &Trial, table: &str) -> Row {
    trial.table(table).into_iter().find(|row| row["level"] == "all").unwrap()
}

/// The rows of a class in the form of a school; codes begin with these digits.
fn class(codes: u32, ordinal: u32) -> Vec<[u32; 6]> {
    let row = |(pupil, [first, second]): (u32, &[u32; 2])| [codes + pupil, 1, *first, *second, ordinal, first + second];
    (1..).zip(&FOUR).map(row).collect()
}

fn form_as_text(rows: &[[u32; 6]]) -> Vec<u8> {
    let mut text = HEADER.join(";") + "\n";
    rows.iter().for_each(|row| {
        let _ = writeln!(text, "{}", row.map(|cell| cell.to_string()).join(";"));
    });
    text.into_bytes()
}

fn workbook(sheets: &[(&str, Vec<[u32; 6]>)]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        sheet.write_row(0, 0, HEADER).unwrap();
        for (place, row) in (1..).zip(rows) {
            sheet.write_row(place, 0, *row).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn one_class_in_many_spellings_is_one_class() {
    let spellings = ["9Б", "9-Б", "9 Б", "9\"Б\"", "9 «Б»", "9б", "9Б класс", " 9 - Б ", "9.Б", "9/Б", "9_Б", "IXБ"];
    let mut text = "02 - Математика 2026.06.05;;;;;;;;;;;;\n№;Код ОО;Класс;Фамилия;Имя;Отчество;Серия;Номер;Задания с \
                    кратким ответом;Задания с развёрнутым ответом;Первичный балл;Оценка\n"
        .to_owned();
    for (place, class) in (0..).zip(spellings.into_iter().chain(["9В"; 5])) {
        let class = class.replace('"', "\"\"");
        let _ = writeln!(
            text,
            "{place};20202;\"{class}\";Образцов{place};Пётр;Петрович;0000;{place:06};--+++++++++++++++++;\
             0(2)0(2)0(2)0(2)0(2)0(2);17;4"
        );
    }
    let (trial, said) = run(&[("02_Математика_2026.06.05.csv", text.into_bytes())], 0);
    assert!(said.contains("принято 17"), "{said}");
    assert_eq!(groups(&trial, "class"), [("20202/9Б".to_owned(), 12), ("20202/9В".to_owned(), 5)]);
}

#[test]
fn one_school_of_a_regional_table_has_many_names_and_lost_noughts() {
    let names = ["МБОУ «Школа № 5»", "МБОУ Школа №5", "138005 - МБОУ \"Школа № 5\"", "Школа 5 (МБОУ)"];
    let towns = ["г.Верхний", "город Верхний", "г. Верхний ", "Верхний"];
    let mut text = "Код предмета;Дата экзамена;Код ОУ;Наименование ОУ;Тип ОУ;Муниципальный \
                    район;TestResultB;TestResultC;TestResultD(устн.);Балл;Зачет\n"
        .to_owned();
    for (place, code) in [(0, "0301"), (1, "0302"), (2, "0303")] {
        for pupil in 0..12 {
            // Of the second school every other row has lost its nought.
            let code = if place == 1 && pupil % 2 == 0 { &code[1..] } else { code };
            let name = names[(place + pupil) % 4].replace('5', &(5 + place).to_string()).replace('"', "\"\"");
            let (short, long, score) =
                if pupil % 2 == 0 { ("++++++------", "0(2)", 34) } else { ("++++++++++++", "2(2)", 74) };
            let town = towns[pupil % 4];
            let _ = writeln!(
                text,
                "02;01.06.2026;{code};\"{name}\";СОШ;{town};{short};{long}0(3)0(2)0(2)0(3)0(4)0(4);;{score};1"
            );
        }
    }
    let (trial, said) = run(&[("ege.csv", text.into_bytes())], 0);
    assert!(said.contains("принято 36"), "{said}");
    let rows = trial.table("bands");
    let of = |level: &str| -> Vec<(&str, &str, &str)> {
        let of_level = rows.iter().filter(|row| row["level"] == level);
        of_level.map(|row| (row["group"].as_str(), row["n"].as_str(), row["mean_test"].as_str())).collect()
    };
    assert_eq!(of("school"), [("0301", "12", "54"), ("0302", "12", "54"), ("0303", "12", "54")]);
    assert_eq!(of("municipality").len(), 1, "{rows:?}");
    let mut codes: Vec<String> = trial.table("notes").iter().map(|note| note["code"].clone()).collect();
    codes.sort();
    assert_eq!(codes, ["C15", "C20", "C25"]);
}

#[test]
fn classes_on_sheets_of_their_own_all_count_and_a_forgotten_copy_does_not() {
    let name = |school: u32| format!("edu99000{school}_Форма сбора результатов Математика 7 класс ВПР 2026.xlsx");
    let by_class = workbook(&[("7А", class(71000, 1)), ("7Б", class(72000, 2)), ("7В", class(73000, 3))]);
    let copied = workbook(&[
        ("Протокол", class(71000, 1)),
        ("Протокол (2)", class(72000, 2)),
        ("Протокол копия", class(71000, 1)),
    ]);
    let (trial, said) = run(&[(&name(1), by_class), (&name(2), copied)], 0);
    assert_eq!(groups(&trial, "school"), [("edu990001".to_owned(), 12), ("edu990002".to_owned(), 8)], "{said}");
    assert_eq!(groups(&trial, "class").iter().map(|(_, n)| *n).collect::<Vec<_>>(), [4; 5]);
    let notes = trial.table("notes");
    let copies: Vec<&Row> = notes.iter().filter(|note| note["code"] == "C05").collect();
    assert!(!copies.is_empty() && copies.iter().all(|note| note["sheet"] == "Протокол копия"), "{notes:?}");
    let copy = trial.table("files").into_iter().find(|file| file["file"].contains("edu990002")).unwrap();
    assert_eq!((copy["rows_accepted"].as_str(), copy["rows_superseded"].as_str()), ("8", "4"), "{copy:?}");
}

/// The individual results of a municipality: points of two tasks, mark and journal mark as they stand in the cells.
fn individual(pupils: impl Iterator<Item = (u32, [String; 4])>) -> Vec<u8> {
    let mut text = "Индивидуальные результаты\n\nВПР 2026 Математика 7 класс\nПредмет:;Математика\nМаксимальный \
                    первичный балл:;3\nДата:;2026-04-20\nОО;Муниципалитет;Название ОО;Код участника;Класс;Вариант;1 \
                    (2б);2 (1б);Первичный балл;Отметка;Отметка по журналу\n"
        .to_owned();
    for (pupil, [first, second, total, mark]) in pupils {
        let school = pupil % 3 + 1;
        let _ = writeln!(
            text,
            "edu99000{school};Округ;СОШ № {school};{:05};7А;1;{first};{second};{total};{mark};4",
            10_000 + pupil
        );
    }
    text.into_bytes()
}

const INDIVIDUAL: &str = "Индивидуальные результаты ВПР 2026 Математика 7 класс.csv";

#[test]
fn who_has_no_mark_is_in_no_denominator_of_marks() {
    let marked = |pupil: u32| {
        let (points, mark) = [(["2", "1", "3"], "5"), (["2", "0", "2"], "4"), (["1", "0", "1"], "3"), (["0"; 3], "2")]
            [usize::try_from(pupil / 3 % 4).unwrap()];
        let mark = if pupil < 36 { mark } else { "" };
        (pupil, [points[0], points[1], points[2], mark].map(str::to_owned))
    };
    let (trial, said) = run(&[(INDIVIDUAL, individual((0..60).map(marked)))], 0);
    assert!(said.contains("принято 60"), "{said}");
    let marks = of_all(&trial, "marks");
    let of = |name: &str| marks[name].as_str();
    assert_eq!([of("n"), of("n_without_mark"), of("n2"), of("n5")], ["60", "24", "9", "9"]);
    assert_eq!([of("pass_pct"), of("quality_pct")], ["75", "50"]);
    let says = |path: &String| {
        let text = std::fs::read_to_string(trial.period().join(path)).unwrap().replace('\u{a0}', " ");
        text.contains("без отметки — 24")
    };
    let mut pages = files_below(&trial.period()).into_iter().filter(|path| path.ends_with("analysis.html"));
    assert!(
        pages.any(|path| path.starts_with("subjects/") && says(&path)),
        "missing marks are told beside their number"
    );
}

#[test]
fn where_all_have_the_same_result_there_is_a_report_and_no_number_out_of_nothing() {
    let alike =
        |pupil: u32| (pupil, ["2", ["0", "X"][usize::try_from(pupil % 2).unwrap()], "2", "4"].map(str::to_owned));
    let (trial, said) = run(&[(INDIVIDUAL, individual((0..42).map(alike)))], 0);
    assert!(said.contains("принято 42") && !said.contains("Не составлено"), "{said}");
    let tasks = trial.table("tasks");
    let pct = tasks.iter().filter(|row| row["level"] == "all").map(|row| row["pct"].as_str());
    assert_eq!(pct.collect::<Vec<_>>(), ["100", "0"]);
    let marks = of_all(&trial, "marks");
    assert_eq!([marks["mean_score"].as_str(), marks["sd_score"].as_str()], ["2", "0"]);
    let reliability = &trial.table("reliability")[0];
    assert_eq!(reliability["alpha"], "");
    assert!(reliability["reason"].contains("нет разброса"), "{reliability:?}");
    for path in files_below(&trial.period()) {
        if path.ends_with(".html") || path.ends_with(".csv") {
            let text = std::fs::read_to_string(trial.period().join(&path)).unwrap();
            let words: Vec<&str> = text.split([',', ';', '<', '>', ' ', '\n', '\u{a0}']).collect();
            let wrong = words.iter().find(|word| ["NaN", "inf", "-inf", "∞", "-0", "−0", "−0,0"].contains(*word));
            assert_eq!(wrong, None, "{path}");
        }
    }
    let named =
        trial.table("findings").into_iter().filter(|row| row["level"] == "school" && row["status"] != "checked");
    assert_eq!(named.count(), 0, "no school differs from the others");
}

/// An archive with one form, whose name is in a code page and not marked as such.
fn archive(name: &str, encoding: &'static Encoding, form: &[u8]) -> Vec<u8> {
    let (encoded, _, lost) = encoding.encode(name);
    assert!(!lost);
    let stand_in = "q".repeat(encoded.len());
    let mut bytes = package(&[(&stand_in, form)]);
    let places: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(stand_in.as_bytes())).collect();
    assert_eq!(places.len(), 2, "beside the content and in the directory");
    for at in places {
        bytes[at..at + encoded.len()].copy_from_slice(&encoded);
    }
    bytes
}

#[test]
fn names_in_archives_are_read_in_the_code_page_of_those_who_packed_them() {
    let name = |school: u32| format!("Школа/edu99000{school}_Форма сбора результатов Математика 7 класс ВПР 2026.csv");
    let form = |school: u32| form_as_text(&class(70_000 + 1000 * school, 1));
    let files = [
        ("а.zip", archive(&name(1), IBM866, &form(1))),
        ("б.zip", archive(&name(2), WINDOWS_1251, &form(2))),
        ("в.zip", archive(&name(3), encoding_rs::UTF_8, &form(3))),
        ("г.zip", archive(&format!("./{}", name(4)), IBM866, &form(4))),
        ("д.zip", archive(&name(5).replace('/', "\\"), IBM866, &form(5))),
        ("е.zip", archive(&format!("/{}", name(6)), IBM866, &form(6))),
    ];
    let (trial, said) = run(&files, 0);
    let expected: Vec<(String, u32)> = (1..=6).map(|school| (format!("edu99000{school}"), 4)).collect();
    assert_eq!(groups(&trial, "school"), expected, "{said}");
    let files = trial.table("files");
    assert!(files.iter().all(|file| file["file"].contains("Школа/edu99000")), "{files:?}");
}
