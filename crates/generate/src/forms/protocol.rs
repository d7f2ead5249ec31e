//! Protocols of ОГЭ and ЕГЭ: rows with made-up names and strings of answers, before any layout.

use crate::district::District;
use crate::pupils::Pupil;
use crate::sitting::{Outcome, Sitting};
use srez_model::assessment::{AnswerKind, Exam};

/// One participant of a protocol.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// Code of the school.
    pub(crate) school: String,
    /// Code of the municipality: the first three digits of the school's.
    pub(crate) municipality: String,
    /// Class: `11А`.
    pub(crate) class: String,
    /// Code of the exam point.
    pub(crate) point: u32,
    /// Room with its leading zeros.
    pub(crate) room: String,
    /// Surname, name, patronymic: made up.
    pub(crate) names: [String; 3],
    /// Series and number of a document: made up.
    pub(crate) document: [String; 2],
    /// Answers of tasks with a short answer.
    pub(crate) short: String,
    /// Answers of tasks with an extended answer.
    pub(crate) extended: String,
    /// Answers of oral tasks.
    pub(crate) oral: String,
    /// Primary score.
    pub(crate) primary: u16,
    /// Mark or test score.
    pub(crate) result: u16,
}

/// A protocol of one exam.
#[derive(Clone, Debug)]
pub(crate) struct Protocol {
    /// «01 - Русский язык 2026.06.04».
    pub(crate) title: String,
    /// Name of the last column: «Оценка», «Балл» or «Тестовый балл».
    pub(crate) result_name: &'static str,
    /// False if the paper has no tasks with an extended answer.
    pub(crate) has_extended: bool,
    /// True if the paper has an oral part.
    pub(crate) has_oral: bool,
    pub(crate) lines: Vec<Line>,
}

const SURNAMES: [&str; 12] = [
    "Тестов",
    "Примеров",
    "Образцов",
    "Пробнов",
    "Выдуманов",
    "Учебнов",
    "Канарейкин",
    "Шаблонов",
    "Черновиков",
    "Макетов",
    "Условнов",
    "Небывалов",
];
const GIRLS: [&str; 8] = ["Анна", "Мария", "Дарья", "Полина", "Алиса", "Вера", "Ольга", "Ирина"];
const BOYS: [&str; 8] = ["Иван", "Пётр", "Максим", "Артём", "Егор", "Лев", "Павел", "Илья"];
const FATHERS: [&str; 6] = ["Иванов", "Петров", "Павлов", "Максимов", "Егоров", "Артёмов"];

/// The protocol of a sitting, in the order of the participants.
pub(crate) fn protocol(district: &District, sitting: &Sitting, title: &str, result_name: &'static str) -> Protocol {
    let lines =
        sitting.outcomes.iter().filter(|outcome| !outcome.absent).map(|outcome| line(district, sitting, outcome));
    let has = |is_meant: fn(Option<AnswerKind>) -> bool| sitting.exam.tasks.iter().any(|task| is_meant(task.answer));
    Protocol {
        title: title.to_owned(),
        result_name,
        has_extended: has(|kind| !matches!(kind, Some(AnswerKind::Short | AnswerKind::Oral))),
        has_oral: has(|kind| kind == Some(AnswerKind::Oral)),
        lines: lines.collect(),
    }
}

fn line(district: &District, sitting: &Sitting, outcome: &Outcome) -> Line {
    let pupil = &outcome.pupil;
    let school = &district.schools[pupil.school].school;
    let [short, extended, oral] = answer_strings(&sitting.exam, &outcome.points);
    Line {
        school: school.code.clone(),
        municipality: school.code.chars().take(3).collect(),
        class: pupil.class_name(sitting.exam.key.grade),
        point: 1_001 + pupil.school as u32 % 3,
        room: format!("{:04}", 1 + pupil.number % 17),
        names: names(pupil),
        document: ["0000".to_owned(), format!("{:06}", 100_000 + pupil.number)],
        short,
        extended,
        oral,
        primary: outcome.total,
        result: outcome.result,
    }
}

/// Surname, name and patronymic of a pupil: made up.
pub(crate) fn names(pupil: &Pupil) -> [String; 3] {
    let number = pupil.number as usize;
    let pick = |names: &[&str], step: usize| names[(number / step) % names.len()].to_owned();
    let surname = pick(&SURNAMES, 1);
    if pupil.girl {
        [format!("{surname}а"), pick(&GIRLS, 3), format!("{}на", pick(&FATHERS, 5))]
    } else {
        [surname, pick(&BOYS, 3), format!("{}ич", pick(&FATHERS, 5))]
    }
}

/// `++-2`, `1(2)0(3)`, and of the oral part `0(4)2(5)`.
fn answer_strings(exam: &Exam, points: &[Option<u16>]) -> [String; 3] {
    let (mut short, mut extended, mut oral) = (String::new(), String::new(), String::new());
    for (task, points) in exam.tasks.iter().zip(points) {
        let (points, max) = (points.unwrap_or(0), task.max.unwrap_or(1));
        if task.answer == Some(AnswerKind::Oral) {
            oral.push_str(&format!("{points}({max})"));
        } else if task.answer != Some(AnswerKind::Short) {
            extended.push_str(&format!("{points}({max})"));
        } else if points == 0 {
            short.push('-');
        } else if max == 1 {
            short.push('+');
        } else {
            short.push_str(&points.to_string());
        }
    }
    [short, extended, oral]
}
