//! Participants of a school by code, for its teachers alone: who did not reach the mark, who stands at a cut, who did
//! not attempt what.

use crate::table::TableOf;
use srez_model::assessment::{Exam, Scale};
use srez_model::block::NOT_ATTEMPTED;
use srez_model::edition::{PupilRow, SchoolExam};
use srez_model::report::{Block, Cell, Text};
use srez_wording::number;
use srez_wording::sentence::tasks as said;

/// Tasks that one line names.
const MOST_TASKS: usize = 8;

/// What is to be said of a participant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Attention {
    /// True where the mark or the minimum was not reached.
    pub(crate) below: bool,
    /// «1 балл до «3»», «ровно на границе «4»»; empty away from every cut.
    pub(crate) cut: String,
    /// Ids of the tasks that were not attempted.
    pub(crate) skipped: Vec<String>,
}

impl Attention {
    /// What is to be said of a participant of an exam.
    pub(crate) fn of(exam: &Exam, pupil: &PupilRow) -> Self {
        let below = match (&exam.scale, pupil.result) {
            (Scale::Test { min_test, .. }, Some(result)) => result < *min_test,
            (_, Some(result)) => result == 2,
            _ => false,
        };
        let cut = pupil.total.map_or_else(String::new, |total| {
            let words = exam.scale.cuts().into_iter().filter_map(|(cut, title)| {
                let title = if title == "минимум" { "минимума" } else { title.as_str() };
                match total {
                    total if total == cut => Some(format!("ровно на границе {title}")),
                    total if total + 1 == cut => Some(format!("1\u{a0}балл до {title}")),
                    _ => None,
                }
            });
            words.collect::<Vec<_>>().join(", ")
        });
        let skipped = exam.tasks.iter().zip(&pupil.points).filter(|(_, points)| **points == NOT_ATTEMPTED);
        Self { below, cut, skipped: skipped.map(|(task, _)| task.id.clone()).collect() }
    }

    /// Who stands exactly at a cut has reached it, and one task left out is no news.
    fn is_needed(&self, least_skipped: usize) -> bool {
        self.below || self.is_short() || self.has_skipped(least_skipped)
    }

    fn is_short(&self) -> bool {
        self.cut.contains("балл до")
    }

    fn has_skipped(&self, least: usize) -> bool {
        !self.skipped.is_empty() && least <= self.skipped.len()
    }
}

/// How many participants of a school each of the three concerns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counted {
    /// Did not reach the mark.
    pub(crate) below: u64,
    /// One point short of a cut.
    pub(crate) short: u64,
    /// Did not attempt so many tasks that it calls for attention.
    pub(crate) skipped: u64,
}

/// Counts the participants of a school; `least_skipped` tasks left out call for attention.
pub(crate) fn counted(exam: &SchoolExam, least_skipped: usize) -> Counted {
    let mut counted = Counted::default();
    for pupil in &exam.pupils {
        let seen = Attention::of(&exam.exam, pupil);
        counted.below += u64::from(seen.below);
        counted.short += u64::from(seen.is_short());
        counted.skipped += u64::from(seen.has_skipped(least_skipped));
    }
    counted
}

/// The table by code, with what it cannot tell.
pub(crate) fn by_code(exam: &SchoolExam, least_skipped: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    if exam.exam.scale.cuts().is_empty() {
        blocks.push(super::no_data("границы отметок у этой работы неизвестны, поэтому «у границы» не указано"));
    }
    let rows: Vec<(&PupilRow, Attention)> = exam
        .pupils
        .iter()
        .map(|pupil| (pupil, Attention::of(&exam.exam, pupil)))
        .filter(|(_, seen)| seen.is_needed(least_skipped))
        .collect();
    if rows.is_empty() {
        blocks.push(Block::Paragraph(Text::plain(
            "Все достигли минимума, до границы одного балла никому не хватает, заданий почти никто не пропускал.",
        )));
        return blocks;
    }
    let test = exam.exam.has_test_scores();
    let all = exam.pupils.len() as u64;
    let caption = format!(
        "Участники, которым нужно внимание: {} из {}. {}",
        number::count(rows.len() as u64),
        number::count(all),
        exam.exam.title()
    );
    let note = format!(
        "Показаны не достигшие отметки или минимума, те, кому до границы не хватило одного балла, и не приступавшие к \
         {}. Порядок — по классу и коду. «Не приступали» — в протоколе «X» или пусто, это не ноль баллов. «—»: не все \
         задания прочитаны или отметки нет. Баллы всех участников по заданиям — в pupils.csv и points.csv.",
        said::tasks_or_more(least_skipped as u64)
    );
    let name = format!("pupils_{}", exam.exam.id().replace('-', "_"));
    // Above the table: below a long one it would stand alone on the next page.
    blocks.push(Block::Note(Text::plain(note)));
    let whole = |value: Option<u16>| value.map_or(Cell::Missing, |value| Cell::count(u64::from(value)));
    let table = TableOf::new(rows)
        .text("Класс", 0.8, |(pupil, _)| if pupil.class.is_empty() { "—".to_owned() } else { pupil.class.clone() })
        .text("Код участника", 2.0, |(pupil, _)| pupil.code.clone())
        .number("Перв. балл", 0.8, |(pupil, _)| whole(pupil.total))
        .number(if test { "Тест. балл" } else { "Отметка" }, 0.9, |(pupil, _)| whole(pupil.result))
        .text(if test { "Ниже минимума" } else { "Не достигли «3»" }, 1.1, |(_, seen)| {
            if seen.below { "да".to_owned() } else { String::new() }
        })
        .text("У границы", 1.9, |(_, seen)| seen.cut.clone())
        .text("Не приступали к заданиям", 2.6, |(_, seen)| tasks(&seen.skipped));
    blocks.push(table.named(&name, caption, ""));
    blocks
}

/// «5, 7.2», at most so many and how many more.
fn tasks(ids: &[String]) -> String {
    let named = ids.iter().take(MOST_TASKS).cloned().collect::<Vec<_>>().join(", ");
    match ids.len().checked_sub(MOST_TASKS) {
        None | Some(0) => named,
        Some(more) => format!("{named} и ещё {}", number::count(more as u64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::assessment::{ExamKey, Procedure, Task};
    use std::sync::Arc;

    fn exam(scale: Scale) -> Exam {
        let key = ExamKey::new(Procedure::Vpr, 2026, "math", 8);
        let task = |id: u16| Task { id: id.to_string(), max: Some(2), ..Task::default() };
        Exam { scale, tasks: (1..=10).map(task).collect(), ..Exam::unspecified(key) }
    }

    fn pupil(total: u16, mark: u16, points: [u8; 10]) -> PupilRow {
        let (class, code) = ("8А".to_owned(), "80001".to_owned());
        PupilRow { class, code, total: Some(total), result: Some(mark), points: points.to_vec() }
    }

    #[test]
    fn a_participant_is_told_by_mark_cut_and_skipped_tasks() {
        let exam = exam(Scale::Marks(vec![(0, 2), (6, 3), (12, 4), (17, 5)]));
        let seen = |total, mark, points| Attention::of(&exam, &pupil(total, mark, points));
        let x = NOT_ATTEMPTED;
        let low = seen(5, 2, [1, x, 1, 1, 1, 1, 0, 0, 0, x]);
        assert!(low.below && low.cut == "1\u{a0}балл до «3»", "{low:?}");
        assert_eq!(low.skipped, ["2", "10"]);
        assert_eq!(seen(12, 4, [2; 10]).cut, "ровно на границе «4»");
        assert!(!seen(14, 4, [1; 10]).is_needed(2), "two points from every cut");
        assert!(!seen(12, 4, [2; 10]).is_needed(2), "the mark is reached");
        let one_left_out = seen(14, 4, [1, x, 1, 1, 1, 1, 1, 1, 1, 1]);
        assert!(!one_left_out.is_needed(2) && one_left_out.is_needed(1));
        let unknown = Attention::of(&super::tests::exam(Scale::Unknown), &pupil(5, 2, [1; 10]));
        assert!(unknown.below && unknown.cut.is_empty());
        let test =
            super::tests::exam(Scale::Test { table: vec![0, 10, 24, 36, 40], min_test: 36, min_certificate: None });
        let near = Attention::of(&test, &pupil(2, 24, [1; 10]));
        assert!(near.below && near.cut == "1\u{a0}балл до минимума", "{near:?}");
    }

    #[test]
    fn who_needs_nothing_is_not_listed_and_the_rest_is_counted() {
        let x = NOT_ATTEMPTED;
        let exam = SchoolExam {
            exam: Arc::new(exam(Scale::Marks(vec![(0, 2), (6, 3), (12, 4), (17, 5)]))),
            groups: Vec::new(),
            marks: [None, None],
            tasks: Vec::new(),
            pupils: vec![pupil(5, 2, [1; 10]), pupil(9, 3, [1; 10]), pupil(9, 3, [x; 10])],
        };
        assert_eq!(counted(&exam, 2), Counted { below: 1, short: 1, skipped: 1 });
        let [Block::Note(_), Block::Table(table)] = &by_code(&exam, 2)[..] else { panic!("a note and a table") };
        assert_eq!(table.rows.len(), 2);
        assert!(table.caption.contains("2 из 3"), "{}", table.caption);
        let Some(Cell::Text(skipped)) = table.rows[1].cells.last() else { panic!("text") };
        assert_eq!(skipped, "1, 2, 3, 4, 5, 6, 7, 8 и ещё 2");
    }
}
