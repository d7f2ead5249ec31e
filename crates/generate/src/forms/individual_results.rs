//! «Индивидуальные результаты» of ФИС ОКО (Ф1): those who wrote, school by school.

use super::{journal_cell, task_cells, task_header};
use crate::district::District;
use crate::exams::level;
use crate::grid::{Grid, Value};
use crate::sitting::Sitting;

/// Columns before the tasks.
const FIXED: [&str; 6] = ["ОО", "Муниципалитет", "Название ОО", "Код участника", "Класс", "Вариант"];
/// Index of the first task's column.
pub(crate) const FIRST_TASK: usize = FIXED.len();
/// Index of the row that names the exam.
pub(crate) const TITLE_ROW: usize = 2;
/// Index of the first pupil's row in a file of one school.
pub(crate) const FIRST_PUPIL: usize = 9;

/// The report on some schools, in the order given.
pub(crate) fn grid(district: &District, sitting: &Sitting, schools: &[usize], date: &str) -> Grid {
    let exam = &sitting.exam;
    let title = "Индивидуальные результаты";
    let mut grid = Grid::new(&format!("{} {} {title}", sheet_code(&exam.key.subject), exam.key.grade));
    grid.push_texts(&[title]);
    grid.push(Vec::new());
    grid.push_texts(&[&exam_line(sitting)]);
    grid.push_texts(&["Предмет:", &exam.subject_title]);
    grid.push(vec!["Максимальный первичный балл:".into(), exam.sum_of_maxima().unwrap_or(0).into()]);
    grid.push_texts(&["Дата:", date]);
    let mut levels = vec![Value::Empty; FIRST_TASK];
    levels[2] = "Уровень сложности задания".into();
    levels.extend((0..exam.tasks.len()).map(|at| Value::from(level(exam, at).letter())));
    grid.push(levels);
    let mut header: Vec<_> = FIXED.map(Value::from).to_vec();
    header.extend(exam.tasks.iter().map(|task| Value::from(task_header(task))));
    header.extend(["Первичный балл", "Отметка", "Отметка по журналу"].map(Value::from));
    grid.push(header);
    grid.bold = vec![0, 7];
    grid.wide = vec![(0, 28.0), (1, 24.0), (2, 42.0), (3, 11.0)];
    let last = u16::try_from(FIRST_TASK + exam.tasks.len()).unwrap_or(u16::MAX);
    grid.wide.extend([(last, 11.0), (last + 2, 13.0)]);
    for school in schools {
        push_school(&mut grid, district, sitting, *school);
    }
    grid
}

/// «ВПР 2026 Математика 8 класс»: the line that names the exam; its level of study stands in brackets.
pub(crate) fn exam_line(sitting: &Sitting) -> String {
    let key = &sitting.exam.key;
    let level = key.paper.title().map(|title| format!(" ({title})")).unwrap_or_default();
    format!("ВПР {} {} {} класс{level}", key.year, sitting.exam.subject_title, key.grade)
}

/// Two letters before the grade in names of sheets.
pub(crate) fn sheet_code(subject: &str) -> &'static str {
    match subject {
        "russian" => "РУ",
        "math" => "МА",
        "physics" => "ФИ",
        "chemistry" => "ХИ",
        "geography" => "ГГ",
        _ => "ПР",
    }
}

fn push_school(grid: &mut Grid, district: &District, sitting: &Sitting, school: usize) {
    let sample = &district.schools[school];
    let wrote: Vec<_> = sitting.school_outcomes(school).into_iter().filter(|outcome| !outcome.absent).collect();
    grid.push(vec![sample.name_with_login().into(), format!("Кол-во участников: {}", wrote.len()).into()]);
    for outcome in wrote {
        let mut row = vec![
            Value::from(sample.school.login.clone()),
            sample.school.municipality.clone().into(),
            sample.name_with_login().into(),
            outcome.pupil.code(sitting.exam.key.grade).into(),
            outcome.pupil.class.into(),
            outcome.variant.into(),
        ];
        row.extend(task_cells(&outcome));
        row.extend([outcome.total.into(), outcome.result.into(), journal_cell(&outcome)]);
        grid.push(row);
    }
}
