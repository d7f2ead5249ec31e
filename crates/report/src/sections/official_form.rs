//! Headings of the reports on exams, with the numbers of their forms.

use srez_model::assessment::Exam;

/// A part of the report on an exam.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Participants,
    Results,
    Schools,
    Lists,
    Conclusions,
    Outline,
    Tasks,
    Content,
    Metasubject,
    Mastered,
    Advice,
    Published,
    Plan,
}

/// The heading of a part: sections 2.1 to 5 of the form of ОГЭ, 1 to 5 of that of ЕГЭ.
pub(super) fn heading(part: Part, exam: &Exam) -> String {
    let (oge, ege, title) = match part {
        Part::Participants => ("2.1", "1", "Характеристика участников"),
        Part::Results => ("2.2.1–2.2.2", "2.1–2.2", "Результаты и их динамика"),
        Part::Schools => ("2.2.3", "2.3", "Результаты по школам"),
        Part::Lists => ("2.2.5–2.2.6", "2.4", "Школы с более высокими и с низкими результатами"),
        Part::Conclusions => ("2.2.7", "2.5", "Выводы о результатах"),
        Part::Outline => ("2.3.1", "3.1", "Краткая характеристика КИМ"),
        Part::Tasks => ("2.3.2", "3.2.1", "Статистический анализ выполнения заданий"),
        Part::Content => ("2.3.3", "3.2.2", "Содержательный анализ заданий"),
        Part::Metasubject => ("2.3.4", "3.2.3", "Метапредметные результаты"),
        Part::Mastered => ("2.3.5", "3.2.4", "Выводы об усвоении"),
        Part::Advice => ("2.4", "4", "Рекомендации"),
        Part::Published => ("2.5", "4.4", "Где размещён анализ"),
        Part::Plan => ("5", "5", "План мер и меры прошлого года"),
    };
    format!("{}. {title}", if exam.has_test_scores() { ege } else { oge })
}
