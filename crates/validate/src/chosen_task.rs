//! Columns of which a participant chooses: they become the one task that the specification knows.

use srez_model::assessment::{Exam, Task};
use srez_model::block::{ABSENT_PART, Block, GREATEST_POINTS, NOT_ATTEMPTED, NOT_OFFERED, PointCode, UNREADABLE};

/// Puts one column in the place of the columns of a choice. The best of them counts; both may be written.
pub(super) fn join(specified: &Exam, block: &mut Block) {
    for task in specified.tasks.iter().filter(|task| !task.alternatives.is_empty()) {
        let Some(places) = places(task, block) else { continue };
        let of_row = |row: usize| {
            places.iter().filter_map(|place| block.points.get(*place)?.get(row).copied()).max_by_key(|code| rank(*code))
        };
        let column: Vec<PointCode> = (0..block.rows()).map(|row| of_row(row).unwrap_or(NOT_OFFERED)).collect();
        let Some((first, others)) = places.split_first() else { continue };
        if let (Some(seen), Some(points)) = (block.tasks.get_mut(*first), block.points.get_mut(*first)) {
            seen.id.clone_from(&task.id);
            seen.max = task.max;
            *points = column;
        }
        for place in others.iter().rev() {
            block.tasks.remove(*place);
            block.points.remove(*place);
        }
    }
}

/// Columns of all alternatives, ascending; none where one of them is not there.
fn places(task: &Task, block: &Block) -> Option<Vec<usize>> {
    let place = |id: &String| block.tasks.iter().position(|seen| seen.id == *id);
    let mut places: Vec<usize> = task.alternatives.iter().map(place).collect::<Option<_>>()?;
    places.sort_unstable();
    Some(places)
}

/// Which of two outcomes of a choice stands: what cannot be read might have been more, points before no points.
fn rank(code: PointCode) -> u16 {
    match code {
        UNREADABLE => 1000,
        points if points <= GREATEST_POINTS => 10 + u16::from(points),
        NOT_ATTEMPTED => 3,
        ABSENT_PART => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::join;
    use srez_model::assessment::{Exam, ExamKey, Procedure, Task};
    use srez_model::block::{Block, BlockTask, NOT_ATTEMPTED, UNREADABLE};

    #[test]
    fn of_a_choice_the_best_counts() {
        let task = |id: &str, alternatives: &[&str]| Task {
            id: id.to_owned(),
            max: Some(4),
            alternatives: alternatives.iter().map(|id| (*id).to_owned()).collect(),
            ..Task::default()
        };
        let key = ExamKey::new(Procedure::Vpr, 2026, "informatics", 8);
        let exam =
            Exam { tasks: vec![task("11", &[]), task("12", &["12.1", "12.2"])], ..Exam::unspecified(key.clone()) };
        let mut block = Block::new(key, "form", "a.xlsx", "Лист1");
        let column =
            |id: &str, max| BlockTask { id: id.to_owned(), by_position: false, max, difficulty: None, column: 1 };
        block.tasks = vec![column("11", Some(1)), column("12.1", Some(2)), column("12.2", Some(4))];
        block.row = vec![5, 6, 7, 8];
        let x = NOT_ATTEMPTED;
        block.points = vec![vec![1, 1, 1, 1], vec![2, x, x, 1], vec![x, 3, x, UNREADABLE]];
        join(&exam, &mut block);
        let ids: Vec<&str> = block.tasks.iter().map(|task| task.id.as_str()).collect();
        assert_eq!((ids, block.tasks[1].max), (vec!["11", "12"], Some(4)));
        assert_eq!(block.points[1], [2, 3, x, UNREADABLE]);
        block.tasks.truncate(1);
        block.points.truncate(1);
        join(&exam, &mut block);
        assert_eq!(block.tasks.len(), 1, "without the columns of the choice nothing is made up");
    }
}
