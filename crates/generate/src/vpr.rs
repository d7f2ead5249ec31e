//! ВПР of two springs: which exam is delivered in which form, and what goes wrong.

use super::district::{District, MERGED};
use super::exams::{advanced_exam, marked_exam, own_exams, unspecified_exam};
use super::forms::{individual_results, mark_statistics, school_form_2022, school_form_2026};
use super::grid::{Grid, workbook};
use super::pupils::Pupil;
use super::sitting::{Sitting, sit};
use super::{Folder, Settings, dirt, reference};
use srez_model::assessment::{Exam, ExamCatalogue, Paper};
use srez_model::error::{Error, Result};
use std::io::{Cursor, Write};

/// Indices of the schools with a role of their own.
pub(crate) mod cast {
    /// Delivers «Русский язык» of grade 5 in a form of two parts.
    pub(crate) const TWO_PARTS: usize = 10;
    /// Delivers «Русский язык» of grade 5 by itself, with Latin letters.
    pub(crate) const LATIN: usize = 8;
    /// Sends an empty form instead of its results in mathematics of grade 5.
    pub(crate) const EMPTY: usize = 12;
    /// Sends two differing forms of «Русский язык» of grade 4.
    pub(crate) const TWO_VERSIONS: usize = 13;
    /// Villages whose files come in an archive.
    pub(crate) const ARCHIVED: [usize; 3] = [9, 10, 11];
    /// Their first classes of grade 8 learn physics at the advanced level; the file and its title say so.
    pub(crate) const ADVANCED: [usize; 2] = [2, 4];
    /// Of these the one whose folder alone says it.
    pub(crate) const ADVANCED_BY_FOLDER: usize = 4;
}

/// Works of both springs as the specifications describe them; the sample's own ones and two more come on top.
const WORKS: [&str; 8] = [
    "vpr-2025-russian-4",
    "vpr-2025-russian-5",
    "vpr-2026-russian-4",
    "vpr-2026-math-4",
    "vpr-2026-russian-5",
    "vpr-2026-math-5",
    "vpr-2026-physics-8",
    "vpr-2026-chemistry-8",
];

/// Does the class of a pupil write this work? In grades 7 and 8 a choice at random, class by class, gives each one
/// subject of several, so that two classes of a school write different ones.
fn writes(exam: &Exam, pupil: &Pupil) -> bool {
    let key = &exam.key;
    let is_advanced = cast::ADVANCED.contains(&pupil.school) && pupil.class == 1;
    let drawn = pupil.school as u32 + pupil.class;
    match (key.subject.as_str(), key.grade, key.paper) {
        ("geography", 7, _) => drawn % 2 == 1,
        ("physics", 8, Paper::Advanced) => is_advanced,
        ("physics", 8, _) => !is_advanced && drawn % 3 != 2,
        ("chemistry", 8, _) => !is_advanced && drawn % 3 == 2,
        _ => true,
    }
}

/// Writes the files of both springs and the reference tables.
pub(crate) fn write(
    settings: &Settings,
    district: &District,
    catalogue: &ExamCatalogue,
    folder: &mut Folder,
) -> Result<()> {
    let mut exams = own_exams(catalogue)?;
    for id in WORKS {
        exams.push(marked_exam(catalogue, id)?);
    }
    exams.extend([advanced_exam(catalogue)?, unspecified_exam(catalogue)?]);
    for exam in &exams {
        let sitting = sit(settings, district, exam, &|pupil, _| writes(exam, pupil));
        let key = &exam.key;
        match (key.year, key.subject.as_str(), key.grade) {
            (2025, "math", 8) => school_forms_2025(district, &sitting, folder)?,
            (2026, "russian", 4) => school_forms_2026(district, &sitting, folder)?,
            (2026, "math", 5 | 8) => reports_of_schools(district, &sitting, folder)?,
            _ if key.paper == Paper::Advanced => advanced_reports(district, &sitting, folder)?,
            _ => municipal_report(district, &sitting, folder)?,
        }
        write_reference(settings, district, &sitting, folder)?;
    }
    textbooks(district, folder)
}

/// Which mathematics textbook the schools use in grade 8: a list of the municipality, because Ф1 does not say.
fn textbooks(district: &District, folder: &mut Folder) -> Result<()> {
    let mut grid = Grid::new("УМК");
    grid.push_texts(&["Логин", "ОО", "Год", "Предмет", "Класс", "УМК"]);
    for (place, school) in
        district.schools.iter().filter(|school| school.is_home() && school.last_grade >= 8).enumerate()
    {
        let textbook = ["Мерзляк А. Г. Алгебра", "Макарычев Ю. Н. Алгебра"][place % 2];
        let (login, name) = (school.school.login.as_str(), school.school.name.as_str());
        grid.push_texts(&[login, name, "2026", "Математика", "8", textbook]);
    }
    folder.put("2026-05/УМК школ 2026.xlsx", workbook(&[grid], (2026, 5, 15))?);
    Ok(())
}

/// Day on which a file of a spring was saved.
fn saved(sitting: &Sitting) -> (u16, u8, u8) {
    (sitting.exam.key.year, 5, 15)
}

/// Date of the exam as the reports print it.
fn sat(sitting: &Sitting) -> String {
    let key = &sitting.exam.key;
    let day = 16 + usize::from(key.grade) + key.subject.len() % 4 + usize::from(key.year == 2025);
    format!("{day:02}.04.{}", key.year)
}

/// «Математика 8 класс», with the level of study in brackets.
fn label(sitting: &Sitting) -> String {
    let key = &sitting.exam.key;
    let level = key.paper.title().map(|title| format!(" ({title})")).unwrap_or_default();
    format!("{} {} класс{level}", sitting.exam.subject_title, key.grade)
}

/// Schools of the district that took part, without those that deliver in another form.
fn home_schools(district: &District, sitting: &Sitting) -> Vec<usize> {
    sitting.schools().into_iter().filter(|school| district.schools[*school].is_home()).collect()
}

/// One Ф1 of the whole municipality, as its coordinator downloads it.
fn municipal_report(district: &District, sitting: &Sitting, folder: &mut Folder) -> Result<()> {
    let key = &sitting.exam.key;
    let mut schools = home_schools(district, sitting);
    let alone = match (key.year, key.subject.as_str(), key.grade) {
        (2025, "russian", 5) => Some(cast::TWO_PARTS),
        (2026, "russian", 5) => Some(cast::LATIN),
        _ => None,
    };
    schools.retain(|school| Some(*school) != alone);
    let path = format!("{}-05/Ф1_Индивидуальные результаты ВПР {} {}.xlsx", key.year, key.year, label(sitting));
    let stray = district.schools.len() - 1;
    let is_open = key.year == 2026 && matches!((key.subject.as_str(), key.grade), ("physics", 8) | ("math", 4));
    if is_open && sitting.schools().contains(&stray) {
        schools.push(stray);
        folder.remark(&path, "в конец попала школа соседнего муниципалитета (МБОУ «Приреченская СОШ»)");
    }
    let mut grid = individual_results::grid(district, sitting, &schools, &sat(sitting));
    if (key.year, key.subject.as_str()) == (2026, "physics") {
        folder.remark(&path, dirt::wrong_declared_count(&mut grid));
    }
    folder.put(path, workbook(&[grid], saved(sitting))?);
    match alone {
        Some(school) if key.year == 2025 => {
            let outcomes = sitting.school_outcomes(school);
            let grids = school_form_2022::grids(sitting, &outcomes, Some(sitting.exam.tasks.len() / 2));
            let path = school_path(district, sitting, school, "ВПР");
            folder.remark(&path, "работа из двух частей: часть учеников была только на первой");
            folder.put(path, workbook(&grids, saved(sitting))?);
        }
        Some(school) => {
            let path = school_path(district, sitting, school, "Ф1_Индивидуальные результаты ВПР");
            let mut grid = individual_results::grid(district, sitting, &[school], &sat(sitting));
            folder.remark(&path, dirt::latin_letters(&mut grid));
            folder.put(path, workbook(&[grid], saved(sitting))?);
        }
        None => {}
    }
    Ok(())
}

/// `2026-05/edu990004/<begin> 2026 Математика 8 класс.xlsx`.
fn school_path(district: &District, sitting: &Sitting, school: usize, begin: &str) -> String {
    let (year, login) = (sitting.exam.key.year, &district.schools[school].school.login);
    format!("{year}-05/{login}/{begin} {year} {}.xlsx", label(sitting))
}

fn school_forms_2025(district: &District, sitting: &Sitting, folder: &mut Folder) -> Result<()> {
    for school in home_schools(district, sitting) {
        let grids = school_form_2022::grids(sitting, &sitting.school_outcomes(school), None);
        let path = school_path(district, sitting, school, "ВПР");
        if school == MERGED {
            folder.remark(&path, "малокомплектная школа: 7 и 8 классы учатся вместе («класс-комплект»)");
        }
        folder.put(path, workbook(&grids, saved(sitting))?);
    }
    Ok(())
}

fn school_forms_2026(district: &District, sitting: &Sitting, folder: &mut Folder) -> Result<()> {
    for school in home_schools(district, sitting) {
        let mut grids = school_form_2026::grids(sitting, &sitting.school_outcomes(school));
        let login = &district.schools[school].school.login;
        let path = format!("2026-05/{login}/Форма сбора результатов {} ВПР 2026.xlsx", label(sitting));
        if let Some(wrong) = dirt::spoil_school_form(&mut grids[0], school) {
            folder.remark(&path, wrong);
        }
        folder.put(path.clone(), workbook(&grids, saved(sitting))?);
        if school == cast::TWO_VERSIONS {
            let path = path.replace(".xlsx", " (1).xlsx");
            dirt::other_version(&mut grids[0]);
            folder.remark(&path, "вторая, отличающаяся форма той же школы; какая верна, по файлам не видно");
            folder.put(path, workbook(&grids, saved(sitting))?);
        }
    }
    Ok(())
}

/// A Ф1 of each school, with the errors that schools make.
fn reports_of_schools(district: &District, sitting: &Sitting, folder: &mut Folder) -> Result<()> {
    let grade = sitting.exam.key.grade;
    let mut archived = Vec::new();
    for school in home_schools(district, sitting) {
        let mut path = school_path(district, sitting, school, "Ф1_Индивидуальные результаты ВПР");
        if (grade, school) == (5, cast::EMPTY) {
            let path = school_path(district, sitting, school, "Форма сбора результатов ВПР");
            folder.remark(&path, "пустая форма вместо результатов: школа прислала только её");
            folder.put(path, workbook(&school_form_2026::grids(sitting, &[]), saved(sitting))?);
            continue;
        }
        let mut grid = individual_results::grid(district, sitting, &[school], &sat(sitting));
        if let Some(wrong) = dirt::spoil_report(&mut grid, sitting, school) {
            folder.remark(&path, wrong);
        }
        let bytes = workbook(&[grid], saved(sitting))?;
        if (grade, school) == (5, 3) {
            write_correction(district, sitting, school, folder)?;
        }
        if (grade, school) == (8, 4) {
            let copy = path.replace("/Ф1_", "/Копия Ф1_");
            folder.remark(&copy, "тот же файл ещё раз под другим именем");
            folder.put(copy, bytes.clone());
        }
        if grade == 5 && cast::ARCHIVED.contains(&school) {
            path = path.split_once('/').map(|(_, rest)| rest.to_owned()).unwrap_or(path);
            archived.push((path, bytes));
        } else {
            folder.put(path, bytes);
        }
    }
    if grade == 8 {
        dirt::write_unknown_school(district, sitting, &sat(sitting), folder)?;
    }
    if !archived.is_empty() {
        folder.remark("2026-05/Сельские школы.zip", "архив: файлы трёх сельских школ внутри");
        folder.put("2026-05/Сельские школы.zip", archive(&archived)?);
    }
    Ok(())
}

/// A Ф1 of each school with advanced classes. One coordinator writes the level into title and name of the file, the
/// other puts the file into a folder that says it.
fn advanced_reports(district: &District, sitting: &Sitting, folder: &mut Folder) -> Result<()> {
    for school in home_schools(district, sitting) {
        let mut path = school_path(district, sitting, school, "Ф1_Индивидуальные результаты ВПР");
        let mut grid = individual_results::grid(district, sitting, &[school], &sat(sitting));
        let level = sitting.exam.key.paper.title().unwrap_or_default();
        let told = if school == cast::ADVANCED_BY_FOLDER {
            let silent = |text: &str| text.replace(&format!(" ({level})"), "");
            grid.rows[individual_results::TITLE_ROW] = vec![silent(&individual_results::exam_line(sitting)).into()];
            path = silent(&path).replace("2026-05/", &format!("2026-05/{level}/"));
            "что это углублённый уровень, видно только по папке"
        } else {
            "углублённый уровень: другая работа, она стоит отдельно от работы базового уровня"
        };
        folder.remark(&path, told);
        folder.put(path, workbook(&[grid], saved(sitting))?);
    }
    Ok(())
}

/// The report of the same school again, without the errors and with a later date.
fn write_correction(district: &District, sitting: &Sitting, school: usize, folder: &mut Folder) -> Result<()> {
    let login = &district.schools[school].school.login;
    let path = format!("2026-05/2026-05-20 исправления/{login} Ф1 ВПР 2026 {} (исправлено).xlsx", label(sitting));
    let grid = individual_results::grid(district, sitting, &[school], "20.05.2026");
    folder.remark(&path, "исправленный файл той же школы с более поздней датой: он заменяет первый");
    folder.put(path, workbook(&[grid], (2026, 5, 20))?);
    Ok(())
}

/// A ZIP archive with a fixed date.
fn archive(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>> {
    let failed = |error: &dyn std::fmt::Display| Error::run(format!("не собран архив примера: {error}"));
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default()).system(zip::System::Unix);
    for (path, bytes) in files {
        writer.start_file(path.as_str(), options).map_err(|error| failed(&error))?;
        writer.write_all(bytes).map_err(|error| failed(&error))?;
    }
    Ok(writer.finish().map_err(|error| failed(&error))?.into_inner())
}

fn write_reference(settings: &Settings, district: &District, sitting: &Sitting, folder: &mut Folder) -> Result<()> {
    let year = sitting.exam.key.year;
    let grid = mark_statistics::grid(sitting, &reference::lines(settings, district, sitting), &sat(sitting));
    let path = format!("region/{year}/Ф3_Статистика по отметкам ВПР {year} {}.xlsx", label(sitting));
    folder.put(path, workbook(&[grid], (year, 6, 1))?);
    // Of one subject the region tells the tasks, too.
    if sitting.exam.key.subject == "math" && year == 2026 {
        let path = format!("region/{year}/Выполнение заданий ВПР {year} {}.xlsx", label(sitting));
        folder.put(path, workbook(&[reference::task_grid(settings, sitting)], (year, 6, 1))?);
    }
    Ok(())
}
