//! Diagnostic works of a region: the form of a school with works side by side under headers of three rows, and the
//! protocol of a centre on one work. Names stand in both: they are made up.

use super::protocol::names;
use super::task_header;
use crate::district::District;
use crate::grid::{Grid, Value};
use crate::sitting::{Outcome, Sitting};

/// Columns before the works.
const FIXED: [&str; 5] = ["№ п/п", "Фамилия", "Имя", "Отчество", "Класс"];
/// Columns of a work before its tasks.
const OF_WORK: [&str; 2] = ["Присутствие (ДА/НЕТ)", "Вариант (1/2)"];

/// The form of a school with works that the same pupils wrote.
pub(crate) fn grid(district: &District, sittings: &[Sitting], school: usize) -> Grid {
    let mut grid = Grid::new("РЕЗУЛЬТАТЫ");
    let grade = sittings.first().map_or(0, |sitting| sitting.exam.key.grade);
    grid.push_texts(&[&format!("Мониторинг обучающихся {grade} классов")]);
    let mut headers =
        [FIXED.map(Value::from).to_vec(), vec![Value::Empty; FIXED.len()], vec![Value::Empty; FIXED.len()]];
    for sitting in sittings {
        let tasks = &sitting.exam.tasks;
        let width = OF_WORK.len() + tasks.len();
        headers[0].push(sitting.exam.subject_title.to_uppercase().into());
        headers[0].extend(vec![Value::Empty; width - 1]);
        headers[1].extend(OF_WORK.map(Value::from));
        headers[1].push("Баллы за задания".into());
        headers[1].extend(vec![Value::Empty; tasks.len().saturating_sub(1)]);
        headers[2].extend(vec![Value::Empty; OF_WORK.len()]);
        headers[2].extend(tasks.iter().map(|task| Value::from(format!("{}\n{}б", task.id, task.max.unwrap_or(1)))));
    }
    headers[0].extend(["SchoolID", "Код учителя"].map(Value::from));
    headers.into_iter().for_each(|row| grid.push(row));
    let outcomes: Vec<Vec<Outcome>> = sittings.iter().map(|sitting| sitting.school_outcomes(school)).collect();
    let Some(first) = outcomes.first() else { return grid };
    for (at, outcome) in first.iter().enumerate() {
        let mut row = vec![Value::from(u32::try_from(at + 1).unwrap_or(0))];
        row.extend(names(&outcome.pupil).map(Value::from));
        row.push(outcome.pupil.class_name(grade).into());
        for of_work in &outcomes {
            row.extend(of_work.get(at).map(cells).unwrap_or_default());
        }
        row.extend([district.schools[school].school.code.clone().into(), 7_u8.into()]);
        grid.push(row);
    }
    grid
}

fn cells(outcome: &Outcome) -> Vec<Value> {
    let mut cells = vec![if outcome.absent { "НЕТ" } else { "ДА" }.into()];
    cells.push(if outcome.absent { Value::Empty } else { outcome.variant.into() });
    cells.extend(super::task_cells(outcome));
    cells
}

/// The protocol of a centre on those who wrote, with shares below them.
pub(crate) fn protocol(sitting: &Sitting, school: usize) -> Grid {
    let exam = &sitting.exam;
    let (subject, grade) = (exam.subject_title.to_lowercase(), exam.key.grade);
    let mut grid = Grid::new("Лист1");
    grid.push_texts(&[&format!("Протокол проверки результатов диагностических работ в {grade} классе {subject}")]);
    grid.push(Vec::new());
    let mut header: Vec<Value> = ["№", "ФИО", "Предмет", "Вариант"].map(Value::from).to_vec();
    header.extend(exam.tasks.iter().map(|task| Value::from(task_header(task))));
    header.extend(["% базовой", "% дополнительной", "Уровень"].map(Value::from));
    grid.push(header);
    let wrote = sitting.school_outcomes(school).into_iter().filter(|outcome| !outcome.absent);
    for (number, outcome) in (1_u32..).zip(wrote) {
        let mut row: Vec<Value> = vec![number.into(), names(&outcome.pupil).join(" ").into(), subject.clone().into()];
        row.push(outcome.variant.into());
        row.extend(super::task_cells(&outcome));
        row.extend(["80%", "50%", "базовый"].map(Value::from));
        grid.push(row);
    }
    let mut shares = vec![Value::Empty, "% выполнения заданий".into(), Value::Empty, Value::Empty];
    shares.extend(exam.tasks.iter().map(|_| Value::from(0.5)));
    grid.push(shares);
    grid
}
