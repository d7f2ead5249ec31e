//! The regional concatenation of 2021: one sheet, every cell a text, tasks by their order.

use crate::district::District;
use crate::grid::{Grid, Value};
use crate::sitting::Sitting;

/// The sheet with these schools.
pub(crate) fn grid(district: &District, sitting: &Sitting, schools: &[usize]) -> Grid {
    let mut grid = Grid::new("Sheet");
    let mut header: Vec<Value> = [
        "логин школы",
        "регион",
        "номер обучающегося",
        "код обучающегося",
        "отметка за предыдущую четверть/триместр",
        "пол",
        "класс",
        "вариант",
        "всего баллов",
    ]
    .map(Value::from)
    .to_vec();
    header.extend((1..=sitting.exam.tasks.len()).map(|position| Value::from(format!("балл за {position}"))));
    header.extend(["Учебник", "Др.уч. автор", "Др.уч. название"].map(Value::from));
    grid.push(header);
    let grade = sitting.exam.key.grade;
    for school in schools {
        let sample = &district.schools[*school];
        for (at, outcome) in sitting.school_outcomes(*school).iter().enumerate() {
            let journal = outcome.journal.map_or_else(|| "нет отметки".to_owned(), |mark| mark.to_string());
            let absent = outcome.absent;
            let mut row = vec![
                sample.school.login.replace("edu", "sch"),
                sample.school.municipality.clone(),
                (at + 1).to_string(),
                outcome.pupil.code(grade).to_string(),
                journal,
                super::sex(outcome).to_owned(),
                outcome.pupil.class_name(grade).chars().filter(|letter| letter.is_alphabetic()).collect(),
                if absent { "отсутствовал".to_owned() } else { outcome.variant.to_string() },
                if absent { String::new() } else { outcome.total.to_string() },
            ];
            row.extend(super::task_cells(outcome).iter().map(Value::as_text));
            row.push("Учебник из федерального перечня".to_owned());
            grid.push_texts(&row.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
    grid
}
