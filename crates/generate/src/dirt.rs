//! Faults of the kinds that were measured on real files; each function says in Russian what it did.

use super::district::District;
use super::forms::individual_results::{self, FIRST_PUPIL, FIRST_TASK};
use super::forms::protocol::Protocol;
use super::forms::{regional_2022, school_form_2026};
use super::grid::{Grid, Value, workbook};
use super::sitting::Sitting;
use super::{Folder, biff};
use srez_model::error::{Error, Result};
use std::io::{Cursor, Write};

/// Errors of one school's Ф1; none for most schools.
pub(crate) fn spoil_report(grid: &mut Grid, sitting: &Sitting, school: usize) -> Option<String> {
    let tasks = sitting.exam.tasks.len();
    let total = FIRST_TASK + tasks;
    match (sitting.exam.key.grade, school) {
        (8, 0) => Some(cyrillic_not_attempted(grid)),
        (8, 1) => Some(forgotten_task(grid, total)),
        (8, 5) => Some(above_maximum(grid, sitting)),
        (8, 6) => Some(everything_is_text(grid)),
        (8, 7) => Some(unreadable_cells(grid)),
        (5, 0) => Some(same_code_twice(grid, total)),
        (5, 2) => Some(same_row_twice(grid)),
        (5, 3) => Some(format!("{}; исправленный файл пришёл позже", above_maximum(grid, sitting))),
        (5, 4) => Some(trailing_spaces(grid)),
        _ => None,
    }
}

/// Errors of one school's collection form of 2026.
pub(crate) fn spoil_school_form(grid: &mut Grid, school: usize) -> Option<String> {
    let last = grid.rows.first()?.len() - 1;
    match school {
        6 => {
            for row in grid.rows.iter_mut().skip(1).step_by(3).take(4) {
                row[last - 1] = "нет отметки".into();
            }
            Some("у четырёх учеников нет отметки за прошлый период («нет отметки»)".to_owned())
        }
        9 => {
            for (row, sign) in [(3, "x"), (4, "—")] {
                let row = grid.rows.get_mut(row)?;
                let task = school_form_2026::FIRST_TASK + 1;
                if let (Value::Number(points), Value::Formula(_, total)) = (row[task].clone(), &mut row[last]) {
                    *total = (total.parse::<f64>().unwrap_or(0.0) - points).to_string();
                }
                row[task] = sign.into();
            }
            Some("вместо «X» у одного ученика строчная латинская «x», у другого тире".to_owned())
        }
        11 => {
            if let Value::Formula(_, cached) = &mut grid.rows.get_mut(2)?[last] {
                "0".clone_into(cached);
            }
            Some("у одного ученика сумма не пересчитана: итог 0 при ненулевых баллах".to_owned())
        }
        _ => None,
    }
}

/// Another version of a collection form: two pupils have other points.
pub(crate) fn other_version(grid: &mut Grid) {
    let last = grid.rows[0].len() - 1;
    for row in grid.rows.iter_mut().skip(1).take(2) {
        let first = row[school_form_2026::FIRST_TASK].clone();
        if let (Value::Number(points), Value::Formula(_, total)) = (first, &mut row[last]) {
            let sum = total.parse::<f64>().unwrap_or(0.0);
            *total = (sum - points + other(points)).to_string();
            row[school_form_2026::FIRST_TASK] = other(points).into();
        }
    }
}

/// Other points on a task: one less, or one instead of none.
fn other(points: f64) -> f64 {
    if points > 0.0 { points - 1.0 } else { 1.0 }
}

/// The group row of one school declares two pupils more than there are below it.
pub(crate) fn wrong_declared_count(grid: &mut Grid) -> String {
    let begin = "Кол-во участников:";
    let mut groups = grid.rows.iter_mut().filter(|row| row.len() == 2 && row[1].as_text().starts_with(begin));
    if let Some([_, Value::Text(text)]) = groups.nth(3).map(Vec::as_mut_slice) {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let count = digits.parse::<u32>().unwrap_or(0);
        *text = format!("{begin} {}", count + 2);
    }
    "у четвёртой школы объявлено на два участника больше, чем строк".to_owned()
}

/// Latin K in names of tasks, Latin X, and a space at the end of a header.
pub(crate) fn latin_letters(grid: &mut Grid) -> String {
    for value in &mut grid.rows[FIRST_PUPIL - 2] {
        if let Value::Text(text) = value
            && text.contains('К')
            && text.starts_with(|first: char| first.is_ascii_digit())
        {
            *text = text.replace('К', "K");
        }
    }
    "в номерах заданий латинская K вместо русской К".to_owned()
}

fn cyrillic_not_attempted(grid: &mut Grid) -> String {
    let mut at = 0;
    for value in grid.rows.iter_mut().skip(FIRST_PUPIL).flatten() {
        if *value == Value::from("X") {
            *value = ["Х", "х", "x"][at % 3].into();
            at += 1;
        }
    }
    "«X» написано то русской, то латинской, то строчной буквой".to_owned()
}

fn forgotten_task(grid: &mut Grid, total: usize) -> String {
    for row in grid.rows.iter_mut().skip(FIRST_PUPIL) {
        if let (Value::Number(points), Value::Number(sum)) = (row[total - 1].clone(), row[total].clone()) {
            row[total] = (sum - points).into();
        }
    }
    "формула первичного балла забыла последнее задание: объявленная сумма меньше настоящей".to_owned()
}

fn above_maximum(grid: &mut Grid, sitting: &Sitting) -> String {
    let max = sitting.exam.tasks[2].max.unwrap_or(1);
    for row in [1, 4] {
        grid.rows[FIRST_PUPIL + row][FIRST_TASK + 2] = (max + 1 + u16::from(row == 4)).into();
    }
    format!("в двух ячейках задания {} балл больше максимума", sitting.exam.tasks[2].id)
}

fn everything_is_text(grid: &mut Grid) -> String {
    for row in grid.rows.iter_mut().skip(FIRST_PUPIL) {
        for value in row.iter_mut() {
            *value = Value::Text(value.as_text());
        }
    }
    "все числа записаны текстом".to_owned()
}

fn unreadable_cells(grid: &mut Grid) -> String {
    grid.rows[FIRST_PUPIL + 2][FIRST_TASK + 4] = "?".into();
    grid.rows[FIRST_PUPIL + 3][FIRST_TASK + 9] = "н/д".into();
    grid.rows[FIRST_PUPIL + 5][FIRST_TASK] = "0,5".into();
    "в трёх ячейках вместо баллов «?», «н/д» и «0,5»".to_owned()
}

fn same_code_twice(grid: &mut Grid, total: usize) -> String {
    let mut twin = grid.rows[FIRST_PUPIL + 3].clone();
    if let (Value::Number(points), Value::Number(sum)) = (twin[FIRST_TASK].clone(), twin[total].clone()) {
        twin[FIRST_TASK] = other(points).into();
        twin[total] = (sum - points + other(points)).into();
    } else {
        twin[FIRST_TASK] = 1_u8.into();
    }
    grid.push(twin);
    "один код участника в двух строках с разными баллами".to_owned()
}

fn same_row_twice(grid: &mut Grid) -> String {
    let twin = grid.rows[FIRST_PUPIL + 6].clone();
    grid.rows.insert(FIRST_PUPIL + 7, twin);
    "одна строка повторена дважды".to_owned()
}

fn trailing_spaces(grid: &mut Grid) -> String {
    grid.name.push(' ');
    for (at, value) in grid.rows[FIRST_PUPIL - 2].iter_mut().enumerate() {
        if let Value::Text(text) = value
            && at % 4 == 2
        {
            text.push(' ');
        }
    }
    for row in grid.rows.iter_mut().skip(FIRST_PUPIL).step_by(2) {
        row[1] = format!("{} ", row[1].as_text()).into();
    }
    "пробелы в конце имени листа, заголовков и названия муниципалитета".to_owned()
}

/// «не пройд.» instead of points in one class, and an unnamed column at the end.
pub(crate) fn not_taught(grid: &mut Grid) -> String {
    let tasks = grid.rows[0].iter().filter(|header| header.as_text().starts_with("балл за")).count();
    let task = tasks * 4 / 5;
    for row in grid.rows.iter_mut().skip(1).take(24).filter(|row| row[9] != Value::Empty) {
        let points = row[8 + task].as_text().parse::<u16>().unwrap_or(0);
        let total = row[8].as_text().parse::<u16>().unwrap_or(0);
        row[8] = (total - points).to_string().into();
        row[8 + task] = "не пройд.".into();
    }
    if let Some(row) = grid.rows.get_mut(30) {
        row.extend([Value::Empty, Value::Empty, "Геометрия".into()]);
    }
    format!("все ячейки текстовые; у первых учеников задание {task} отмечено «не пройд.»; лишний столбец без имени")
}

/// Spellings of classes, points above the maximum, a total that forgets tasks.
pub(crate) fn spoil_regional(grids: &mut [Grid]) -> Vec<String> {
    let spell = |name: &str, at: usize| match at % 6 {
        0 => name.replace('8', "8 "),
        1 => name.to_lowercase(),
        2 => name.replace('А', "A"),
        3 => name.replace('8', "8-"),
        4 => format!("{name} "),
        _ => format!("{name} класс"),
    };
    let results = &mut grids[1];
    let class = results.rows[0].len() - 4;
    for (at, row) in results.rows.iter_mut().skip(1).enumerate() {
        if let Value::Text(name) = row[class].clone() {
            row[class] = if row[0] == Value::from("edu990012") { "нет".into() } else { spell(&name, at / 9).into() };
        }
        let last = row.len() - 1;
        if let (true, Value::Number(sum), Value::Number(points)) =
            (row[0] == Value::from("edu990002"), row[last].clone(), row[class - 1].clone())
        {
            row[last] = (sum - points).into();
        }
    }
    for row in [200, 201, 202] {
        if let Some(row) = results.rows.get_mut(row) {
            row[regional_2022::FIRST_TASK] = 2_u8.into();
        }
    }
    vec![
        "классы написаны по-разному: «8А», «8 А», «8а», «8A» латиницей, «8-А», «нет»".to_owned(),
        "сумма одной школы забыла последнее задание; в трёх ячейках балл больше максимума".to_owned(),
    ]
}

/// One participant of a school that no register knows.
pub(crate) fn unknown_code(protocol: &mut Protocol) -> String {
    if let Some(line) = protocol.lines.get_mut(11) {
        "19999".clone_into(&mut line.school);
    }
    "русский язык: у одного участника код школы, которого нет в реестре (19999)".to_owned()
}

/// A string of answers that is too short, and a primary score that is not the sum.
pub(crate) fn wrong_answers(protocol: &mut Protocol) -> String {
    if let Some(line) = protocol.lines.get_mut(5) {
        line.short.pop();
    }
    if let Some(line) = protocol.lines.get_mut(8) {
        line.primary += 1;
    }
    "у одного участника строка ответов короче нужного, у другого первичный балл не равен сумме".to_owned()
}

/// A report of a school that is in no register.
pub(crate) fn write_unknown_school(
    district: &District,
    sitting: &Sitting,
    date: &str,
    folder: &mut Folder,
) -> Result<()> {
    let mut stranger = district.clone();
    let school = stranger.schools.len() - 1;
    "edu990777".clone_into(&mut stranger.schools[school].school.login);
    "МБОУ «СОШ № 77»".clone_into(&mut stranger.schools[school].school.name);
    let grid = individual_results::grid(&stranger, sitting, &[school], date);
    let path = "2026-05/edu990777/Ф1_Индивидуальные результаты ВПР 2026 Математика 8 класс.xlsx";
    folder.remark(path, "школы нет в реестре");
    folder.put(path, workbook(&[grid], (2026, 5, 15))?);
    Ok(())
}

/// Files that are not results at all, or cannot be read any more.
pub(crate) fn write_broken_files(folder: &mut Folder) -> Result<()> {
    let whole = folder.artifacts.iter().find(|artifact| artifact.path.ends_with("Физика 8 класс.xlsx"));
    let cut = whole.map(|artifact| artifact.bytes[..artifact.bytes.len() * 2 / 3].to_vec()).unwrap_or_default();
    let mut clubs = Grid::new("Лист1");
    clubs.push_texts(&["Занятость учащихся во внеурочной деятельности"]);
    clubs.push_texts(&["Кружок", "День недели", "Кабинет", "Число детей"]);
    for (club, day, room, children) in [("Шахматы", "вторник", "12", 14_u8), ("Хор", "среда", "актовый зал", 22)]
    {
        clubs.push(vec![club.into(), day.into(), room.into(), children.into()]);
    }
    let mut lock = vec![9];
    lock.extend(b"Metodist");
    lock.resize(165, b' ');
    for (name, wrong, bytes) in [
        ("Кружки.xlsx", "чужая таблица: не результаты оценочной процедуры", workbook(&[clubs], (2026, 5, 15))?),
        ("Математика 8 класс с паролем.xlsx", "файл защищён паролем", encrypted()?),
        ("Результаты ВПР.xlsx", "пустой файл: 0 байт", Vec::new()),
        ("Физика 8 класс не докачано.xlsx", "файл оборван: не докачан", cut),
        ("~$Результаты ВПР.xlsx", "служебный файл Excel, не данные", lock),
    ] {
        let path = format!("2026-05/прислано по почте/{name}");
        folder.remark(&path, wrong);
        folder.put(path, bytes);
    }
    Ok(())
}

/// What an encrypted workbook looks like from outside: a compound file with the encrypted package in it.
fn encrypted() -> Result<Vec<u8>> {
    let failed = |error: std::io::Error| Error::run(format!("не собран файл примера: {error}"));
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).map_err(failed)?;
    biff::fix_date(&mut file)?;
    let noise: Vec<u8> = (0..6_000_u32).map(|at| u8::try_from((at * at * 31 + at * 7) % 251).unwrap_or(0)).collect();
    for (name, body) in [("/EncryptionInfo", vec![4, 0, 4, 0, 0x40, 0, 0, 0]), ("/EncryptedPackage", noise)] {
        file.create_stream(name).and_then(|mut stream| stream.write_all(&body)).map_err(failed)?;
    }
    file.flush().map_err(failed)?;
    Ok(file.into_inner().into_inner())
}
