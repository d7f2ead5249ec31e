//! The form that schools filled in from 2022 to 2025: class as a number that refers to the sheet «Классы», sex, and a
//! second variant column in the middle of a work of two parts.

use super::{column_letters, journal_cell, sex, task_header};
use crate::district::MERGED;
use crate::grid::{Grid, Value};
use crate::sitting::{Outcome, Sitting};

/// The two sheets; `second_part` is the index of the first task of part 2. Every twelfth pupil of a work of two parts
/// was absent in its second part.
pub(crate) fn grids(sitting: &Sitting, outcomes: &[Outcome], second_part: Option<usize>) -> Vec<Grid> {
    let exam = &sitting.exam;
    let mut form = Grid::new("Протокол");
    let mut header: Vec<Value> = vec!["Код".into()];
    header.push(if second_part.is_some() { "Вариант (часть 1)" } else { "Вариант" }.into());
    for (at, task) in exam.tasks.iter().enumerate() {
        if second_part == Some(at) {
            header.push("Вариант (часть 2)".into());
        }
        header.push(task_header(task).into());
    }
    header.push("Класс № (список формируется из листа \"Классы\")".into());
    header.push("Пол".into());
    header.push("Отметка за предыдущий триместр/ четверть/полугодие".into());
    header.push("Итого баллов".into());
    form.push(header);
    form.bold = vec![0];
    for (at, outcome) in outcomes.iter().enumerate() {
        let absent_later = second_part.filter(|_| at % 12 == 5 && !outcome.absent);
        let row = form.rows.len() + 1;
        form.push(pupil_row(sitting, outcome, second_part, absent_later, row));
    }
    vec![form, classes(sitting, outcomes)]
}

fn pupil_row(
    sitting: &Sitting,
    outcome: &Outcome,
    second_part: Option<usize>,
    absent_later: Option<usize>,
    row: usize,
) -> Vec<Value> {
    let variant = if outcome.absent { Value::from("отсутствовал") } else { outcome.variant.into() };
    let mut cells = vec![Value::from(outcome.pupil.code(sitting.exam.key.grade)), variant.clone()];
    let mut summed = Vec::new();
    let mut total = 0;
    for (at, points) in outcome.points.iter().enumerate() {
        if second_part == Some(at) {
            cells.push(if absent_later.is_some() { "отсутствовал".into() } else { variant.clone() });
        }
        summed.push(format!("{}{row}", column_letters(cells.len())));
        let there = !outcome.absent && absent_later.is_none_or(|later| at < later);
        cells.push(match points {
            _ if !there => Value::Empty,
            Some(points) => {
                total += *points;
                Value::from(*points)
            }
            None => "X".into(),
        });
    }
    cells.extend([outcome.pupil.class.into(), sex(outcome).into(), journal_cell(outcome)]);
    let cached = if outcome.absent { String::new() } else { total.to_string() };
    let first = summed.first().cloned().unwrap_or_default();
    cells.push(Value::Formula(format!("=IF(LEN({first})>0,SUM({}),\"\")", summed.join(",")), cached));
    cells
}

fn classes(sitting: &Sitting, outcomes: &[Outcome]) -> Grid {
    let mut grid = Grid::new("Классы");
    grid.push_texts(&[
        "Класс №",
        "Буква (цифра) класса. Введите \"нет\" - если отсутствует",
        "Основной учебник по предмету",
        "Другое (автор учебника)",
        "Другое (название учебника)",
    ]);
    let mut pupils: Vec<_> = outcomes.iter().map(|outcome| &outcome.pupil).collect();
    pupils.dedup_by_key(|pupil| pupil.class);
    let single = pupils.len() == 1;
    for pupil in pupils {
        let merged = pupil.school == MERGED;
        let name = pupil.class_name(sitting.exam.key.grade);
        let letter: String = name.chars().filter(|letter| letter.is_alphabetic()).collect();
        let letter = match single {
            true if merged => "нет (класс-комплект 7–8)".to_owned(),
            true => "нет".to_owned(),
            false => letter,
        };
        grid.push(vec![pupil.class.into(), letter.into(), "Учебник из федерального перечня".into()]);
    }
    grid
}
