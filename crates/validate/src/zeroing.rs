//! Criteria that count only where another one has points: «если за К1 выставлено 0 баллов, К2 и К3 не проверяются».

use srez_model::assessment::Exam;
use srez_model::block::{Block, GREATEST_POINTS, NOT_ATTEMPTED, PointCode, RowState, ZEROED};
use srez_model::note::{Note, NoteCode, NoteDefinition, Severity};

/// Points against the rule of the work stay as they are: which of the two cells is wrong is not known.
pub(super) const CODE: NoteDefinition = NoteDefinition {
    id: NoteCode::AgainstDependence,
    severity: Severity::Warning,
    title: "баллы за критерий, который по правилам работы не проверяется",
    explanation: "По правилам работы критерий засчитывается, только если за другой критерий есть баллы. В строке за \
                  первый стоит 0, а за зависимый — баллы. Баллы оставлены как есть и входят в сумму.",
    hint: "сверьте обе ячейки с работой ученика",
};

/// Marks the zeros that the rules of the work made, so that they are no failed skill.
pub(super) fn check(exam: &Exam, block: &mut Block, notes: &mut Vec<Note>) {
    let has_none = |code: PointCode| matches!(code, 0 | NOT_ATTEMPTED | ZEROED);
    // A chain is followed to its end, as the tasks stand in the order of the work: 1К1, 1К2, 1К3.
    for (place, task) in exam.tasks.iter().enumerate().filter(|(_, task)| !task.requires.is_empty()) {
        let Some(required) = exam.tasks.iter().position(|other| other.id == task.requires) else { continue };
        let (Some(from), Some(mut own)) = (block.points.get(required), block.points.get(place).cloned()) else {
            continue;
        };
        let mut against = Vec::new();
        for (row, (code, required)) in own.iter_mut().zip(from).enumerate() {
            if !has_none(*required) || block.state.get(row) != Some(&RowState::Accepted) {
                continue;
            }
            if has_none(*code) {
                *code = ZEROED;
            } else if *code <= GREATEST_POINTS {
                against.push(row);
            }
        }
        notes.extend(note(block, place, &task.id, &task.requires, &against));
        if let Some(column) = block.points.get_mut(place) {
            *column = own;
        }
    }
}

/// One note per criterion, at the first of the rows.
fn note(block: &Block, place: usize, id: &str, required: &str, rows: &[usize]) -> Option<Note> {
    let first = *rows.first()?;
    let column = block.tasks.get(place).map_or(0, |task| task.column);
    let message = format!("за {required} баллов нет, а за {id} есть; таких строк: {}", rows.len());
    Some(super::note_at(&CODE, block, first, column, message))
}

#[cfg(test)]
mod tests {
    use super::check;
    use srez_model::assessment::{Exam, ExamKey, Procedure, Task};
    use srez_model::block::{Block, BlockTask, NOT_ATTEMPTED, RowState, UNREADABLE, ZEROED};

    #[test]
    fn a_zero_that_a_rule_made_is_no_failed_skill() {
        let task = |id: &str, requires: &str| Task {
            id: id.to_owned(),
            max: Some(3),
            requires: requires.to_owned(),
            ..Task::default()
        };
        let key = ExamKey::new(Procedure::Vpr, 2026, "social-studies", 8);
        let tasks = vec![task("8К1", ""), task("8К2", "8К1"), task("8К3", "8К2")];
        let exam = Exam { tasks, ..Exam::unspecified(key.clone()) };
        let mut block = Block::new(key, "form", "a.xlsx", "Лист1");
        let column =
            |id: &str| BlockTask { id: id.to_owned(), by_position: false, max: Some(3), difficulty: None, column: 1 };
        block.tasks = vec![column("8К1"), column("8К2"), column("8К3")];
        block.row = vec![5, 6, 7, 8, 9];
        block.state = vec![RowState::Accepted; 5];
        let x = NOT_ATTEMPTED;
        block.points = vec![vec![0, 1, 0, x, UNREADABLE], vec![0, 0, 2, x, 0], vec![x, 1, 0, x, 0]];
        let mut notes = Vec::new();
        check(&exam, &mut block, &mut notes);
        assert_eq!(block.points[1], [ZEROED, 0, 2, ZEROED, 0]);
        assert_eq!(block.points[2], [ZEROED, 1, 0, ZEROED, ZEROED], "by 8К2, which has none");
        let messages: Vec<&str> = notes.iter().map(|note| note.message.as_str()).collect();
        let expected =
            ["за 8К1 баллов нет, а за 8К2 есть; таких строк: 1", "за 8К2 баллов нет, а за 8К3 есть; таких строк: 1"];
        assert_eq!(messages, expected);
        assert_eq!(notes[0].row, 7);
    }
}
