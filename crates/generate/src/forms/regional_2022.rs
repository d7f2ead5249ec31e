//! The regional concatenation of 2022: code and name in one cell, date of upload, sheets «Классы» and «Протокол».

use super::{sex, task_cells, task_header};
use crate::district::{District, HOME, REGION};
use crate::grid::{Grid, Value};
use crate::sitting::{Outcome, Sitting};

/// Columns that both sheets begin with.
const FIXED: [&str; 6] = ["Пользователь", "Код региона", "Регион", "Муниципалитет", "Школа", "Дата загрузки"];
/// Index of the first task's column in «Протокол».
pub(crate) const FIRST_TASK: usize = 8;

/// Uploads in the order of the file: school and date of upload as text.
pub(crate) type Upload = (usize, String, Vec<Outcome>);

/// The two sheets.
pub(crate) fn grids(district: &District, sitting: &Sitting, uploads: &[Upload]) -> Vec<Grid> {
    let grade = sitting.exam.key.grade;
    let mut classes = Grid::new("Классы");
    let mut header: Vec<_> = FIXED.map(Value::from).to_vec();
    header.push("Буква (цифра) класса. Введите \"нет\" - если отсутствует".into());
    header.extend(["Основной учебник по предмету", "Другое (автор учебника)"].map(Value::from));
    header.push("Другое (название учебника)".into());
    classes.push(header);
    let mut results = Grid::new("Протокол");
    let mut header: Vec<_> = FIXED.map(Value::from).to_vec();
    header.extend(["Код", "Вариант"].map(Value::from));
    header.extend(sitting.exam.tasks.iter().map(|task| Value::from(task_header(task))));
    header.extend(["Наименование класса", "Пол"].map(Value::from));
    header.extend(["Отметка за предыдущий триместр/ четверть/полугодие", "Итого баллов"].map(Value::from));
    results.push(header);
    for (school, loaded, outcomes) in uploads {
        let fixed = fixed_cells(district, *school, loaded);
        let mut names: Vec<_> = outcomes.iter().map(|outcome| outcome.pupil.class_name(grade)).collect();
        names.dedup();
        for name in names {
            let mut row = fixed.clone();
            row.extend([Value::from(name), "Учебник из федерального перечня".into()]);
            classes.push(row);
        }
        for outcome in outcomes {
            let mut row = fixed.clone();
            row.push(outcome.pupil.code(grade).into());
            row.push(if outcome.absent { "отсутствовал".into() } else { outcome.variant.into() });
            row.extend(task_cells(outcome));
            row.push(outcome.pupil.class_name(grade).into());
            row.push(sex(outcome).into());
            row.push(super::journal_cell(outcome));
            row.push(if outcome.absent { 0_u8.into() } else { outcome.total.into() });
            results.push(row);
        }
    }
    vec![classes, results]
}

fn fixed_cells(district: &District, school: usize, loaded: &str) -> Vec<Value> {
    let school = &district.schools[school].school;
    let code = if school.municipality == HOME { "reg99_m010" } else { "reg99_m011" };
    vec![
        school.login.clone().into(),
        99_u8.into(),
        format!("reg990000 | {REGION}").into(),
        format!("{code} | {}", school.municipality).into(),
        format!("{} | {}", school.login, school.name.replace(['«', '»'], "\"")).into(),
        loaded.into(),
    ]
}
