//! Participants of a school by code, for its teachers alone: how many ask for attention, and all of them for a
//! workbook.

use super::text;
use crate::facts::class_map;
use crate::table::TableOf;
use srez_model::assessment::{Exam, Scale};
use srez_model::block::NOT_ATTEMPTED;
use srez_model::edition::{PupilRow, SchoolExam};
use srez_model::report::{Block, Cell};

/// How many participants of a school each of the three concerns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counted {
    /// Did not reach the mark or the minimum.
    pub(crate) below: u64,
    /// One point short of what comes next.
    pub(crate) short: u64,
    /// Did not attempt so many tasks that it calls for attention.
    pub(crate) skipped: u64,
}

/// Counts the participants of a school; `least_skipped` tasks left out call for attention.
pub(crate) fn counted(exam: &SchoolExam, least_skipped: usize) -> Counted {
    let mut counted = Counted::default();
    let steps = class_map::steps(&exam.exam);
    for pupil in &exam.pupils {
        let is_short = pupil.total.is_some_and(|total| steps.iter().any(|(least, _)| total + 1 == *least));
        let skipped = class_map::skipped(pupil);
        counted.below += u64::from(is_below(&exam.exam, pupil));
        counted.short += u64::from(is_short);
        counted.skipped += u64::from(skipped > 0 && least_skipped as u64 <= skipped);
    }
    counted
}

fn is_below(exam: &Exam, pupil: &PupilRow) -> bool {
    match (&exam.scale, pupil.result) {
        (Scale::Test { min_test, .. }, Some(result)) => result < *min_test,
        (_, Some(result)) => result == 2,
        _ => false,
    }
}

/// Every participant of a work, for the workbook of the school.
pub(crate) fn all(exam: &SchoolExam) -> Block {
    let whole = |value: Option<u16>| value.map_or(Cell::Missing, |value| Cell::count(u64::from(value)));
    let skipped = |pupil: &PupilRow| {
        let tasks = exam.exam.tasks.iter().zip(&pupil.points).filter(|(_, points)| **points == NOT_ATTEMPTED);
        tasks.map(|(task, _)| task.id.clone()).collect::<Vec<_>>().join(", ")
    };
    let result = if exam.exam.has_test_scores() { "Тест. балл" } else { "Отметка" };
    let name = format!("pupils_{}", exam.exam.id().replace('-', "_"));
    let note = "Порядок\u{a0}— по классу и коду. «—»: не все задания прочитаны или отметки нет.";
    TableOf::new(&exam.pupils)
        .column(text("Класс", 0.8), |pupil| {
            Cell::Text(if pupil.class.is_empty() { "—".to_owned() } else { pupil.class.clone() })
        })
        .text("Код участника", 2.0, |pupil| pupil.code.clone())
        .number("Перв. балл", 0.8, |pupil| whole(pupil.total))
        .number(result, 0.9, |pupil| whole(pupil.result))
        .text("Не приступали к заданиям", 2.6, |pupil| skipped(pupil))
        .named(&name, format!("Участники. {}", exam.exam.title()), note)
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::assessment::{ExamKey, Procedure, Task};
    use srez_model::edition::Whole;
    use std::sync::Arc;

    fn pupil(total: u16, mark: u16, points: [u8; 10]) -> PupilRow {
        let (class, code) = ("8А".to_owned(), "80001".to_owned());
        PupilRow { class, place: 0, code, total: Some(total), result: Some(mark), points: points.to_vec() }
    }

    #[test]
    fn a_participant_is_counted_by_mark_cut_and_skipped_tasks() {
        let key = ExamKey::new(Procedure::Vpr, 2026, "math", 8);
        let task = |id: u16| Task { id: id.to_string(), max: Some(2), ..Task::default() };
        let scale = Scale::Marks(vec![(0, 2), (6, 3), (12, 4), (17, 5)]);
        let exam = Exam { scale, tasks: (1..=10).map(task).collect(), ..Exam::unspecified(key) };
        let x = NOT_ATTEMPTED;
        let exam = SchoolExam {
            exam: Arc::new(exam),
            groups: Vec::new(),
            marks: [None, None],
            tasks: Vec::new(),
            skills: Vec::new(),
            whole: Whole::default(),
            thresholds: Vec::new(),
            pupils: vec![pupil(5, 2, [1; 10]), pupil(9, 3, [1; 10]), pupil(9, 3, [x; 10]), pupil(12, 4, [2; 10])],
        };
        assert_eq!(counted(&exam, 2), Counted { below: 1, short: 1, skipped: 1 });
        let Block::Table(table) = all(&exam) else { panic!("a table") };
        assert_eq!(table.rows.len(), 4, "nobody is left out of the workbook");
    }
}
