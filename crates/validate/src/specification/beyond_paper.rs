//! Columns beyond the paper: the specification has all its tasks in the block, and the block has more.

use super::{OTHER_TASKS, parent};
use srez_model::assessment::{Exam, Task};
use srez_model::block::{Block, GREATEST_POINTS, PointCode, RowState};
use srez_model::note::{Note, column_name};

/// Takes such columns out of a block, so that only tasks of the specification count, and tells of it; none where there
/// are none, or where the declared totals count them: then the paper is another one than the specification says.
pub(super) fn leave_out(specified: &Exam, block: &mut Block) -> Option<Note> {
    let of_paper: Vec<bool> = block.tasks.iter().map(|seen| parent(specified, &seen.id).is_some()).collect();
    let is_there = |task: &Task| {
        let own = |id: &str| parent(specified, id).is_some_and(|parent| parent.id == task.id);
        let fits = |id: &str, max: Option<u16>| id != task.id || max.is_none() || max == task.max;
        let mut columns = block.tasks.iter().filter(|seen| own(&seen.id)).peekable();
        columns.peek().is_some() && columns.all(|seen| fits(&seen.id, seen.max))
    };
    let is_whole = specified.tasks.iter().all(is_there);
    if !is_whole || of_paper.iter().all(|own| *own) || totals_count_all(block, &of_paper) {
        return None;
    }
    let beyond = block.tasks.iter().zip(&of_paper).filter(|(_, own)| !**own).map(|(task, _)| task);
    let first = beyond.clone().next().map_or(0, |task| task.column);
    let names: Vec<String> = beyond.map(|task| format!("{} «{}»", column_name(task.column), task.id)).collect();
    let mut own = of_paper.iter().copied();
    block.tasks.retain(|_| own.next().unwrap_or(true));
    let mut own = of_paper.iter().copied();
    block.points.retain(|_| own.next().unwrap_or(true));
    let message = format!("спецификация не знает столбцов {}: баллы в них не учтены", names.join(", "));
    Some(Note::about_file(&OTHER_TASKS, &block.file, message).at_sheet(&block.sheet).at(0, first))
}

/// True where more declared totals are sums of all columns than sums of the columns of the paper.
fn totals_count_all(block: &Block, of_paper: &[bool]) -> bool {
    let points = |code: PointCode| if code <= GREATEST_POINTS { u32::from(code) } else { 0 };
    let (mut all, mut own) = (0_usize, 0_usize);
    for row in (0..block.rows()).filter(|row| block.state.get(*row) == Some(&RowState::Accepted)) {
        let Some(declared) = block.declared_total.get(row).copied().flatten().map(u32::from) else { continue };
        let sum = |only: bool| -> u32 {
            let columns = block.points.iter().zip(of_paper).filter(|(_, own)| !only || **own);
            columns.filter_map(|(column, _)| column.get(row)).map(|code| points(*code)).sum()
        };
        all += usize::from(declared == sum(false) && declared != sum(true));
        own += usize::from(declared == sum(true) && declared != sum(false));
    }
    own < all
}

#[cfg(test)]
mod tests {
    use super::leave_out;
    use srez_model::assessment::{Exam, ExamKey, Procedure, Task};
    use srez_model::block::{Block, BlockTask, RowState};

    fn paper() -> Exam {
        let task = |(id, max): (&str, u16)| Task { id: id.to_owned(), max: Some(max), ..Task::default() };
        Exam {
            tasks: [("1", 2), ("2", 1)].map(task).to_vec(),
            specified: true,
            ..Exam::unspecified(ExamKey::new(Procedure::Vpr, 2026, "math", 5))
        }
    }

    fn block(totals: [u16; 2]) -> Block {
        let mut block = Block::new(paper().key, "vpr-school-2026", "a.xlsx", "Протокол");
        let task = |(id, column): (&str, u32)| BlockTask {
            id: id.to_owned(),
            by_position: false,
            max: None,
            difficulty: None,
            column,
        };
        block.tasks = [("1", 3), ("2", 4), ("20", 5)].map(task).to_vec();
        block.points = vec![vec![2, 1], vec![1, 0], vec![1, 1]];
        block.row = vec![2, 3];
        block.state = vec![RowState::Accepted; 2];
        block.declared_total = totals.map(Some).to_vec();
        block
    }

    #[test]
    fn a_column_beyond_the_specification_is_left_out_unless_the_totals_count_it() {
        let mut plain = block([3, 1]);
        let note = leave_out(&paper(), &mut plain).unwrap();
        assert_eq!((note.cell().as_str(), plain.tasks.len(), plain.points.len()), ("E", 2, 2));
        assert!(note.message.contains("E «20»"), "{}", note.message);
        assert_eq!(leave_out(&paper(), &mut plain), None, "nothing is left to take out");
        let mut counted = block([4, 2]);
        assert_eq!((leave_out(&paper(), &mut counted), counted.tasks.len()), (None, 3));
        let mut other = block([3, 1]);
        other.tasks[1].max = Some(3);
        assert_eq!((leave_out(&paper(), &mut other), other.tasks.len()), (None, 3), "another paper");
    }
}
