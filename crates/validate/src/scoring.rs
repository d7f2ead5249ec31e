//! Totals from tasks, results from totals.

use srez_model::assessment::{Exam, Scale};
use srez_model::block::{ABSENT_PART, Block, GREATEST_POINTS, RowState, UNREADABLE};

/// Fills `total` and `result` of every accepted row.
///
/// A row with an unreadable cell or an unwritten part has neither. «X» and «не пройд.» add nothing. Without tasks the
/// declared total stands. Marks follow the scale, and the declared mark stands where there is none; for ЕГЭ the test
/// score of the protocol stands, and the table fills a missing one.
pub(super) fn fill(exam: &Exam, block: &mut Block) {
    block.total = (0..block.rows()).map(|row| total(exam, block, row)).collect();
    block.result = (0..block.rows()).map(|row| result(exam, block, row)).collect();
}

fn total(exam: &Exam, block: &Block, row: usize) -> Option<u16> {
    if block.state.get(row) != Some(&RowState::Accepted) {
        return None;
    }
    let declared = block.declared_total.get(row).copied().flatten();
    let codes = || block.points.iter().filter_map(move |column| column.get(row).copied());
    // An answer string that does not fit the specification leaves its tasks unreadable, but a protocol of ОГЭ or ЕГЭ
    // has the total in a column of its own, and that is the official one.
    let from_protocol = exam.key.procedure.has_attempts() && codes().any(|code| code == UNREADABLE);
    if from_protocol || codes().all(|code| code == UNREADABLE) {
        return declared;
    }
    let mut sum = 0_u16;
    for code in codes() {
        match code {
            UNREADABLE | ABSENT_PART => return None,
            points if points <= GREATEST_POINTS => sum += u16::from(points),
            _ => {}
        }
    }
    Some(sum)
}

fn result(exam: &Exam, block: &Block, row: usize) -> Option<u16> {
    let total = block.total.get(row).copied().flatten()?;
    let declared = block.declared_result.get(row).copied().flatten();
    match &exam.scale {
        Scale::Unknown => declared,
        Scale::Marks(_) => block.mark_by_scale(exam, row).map(u16::from).or(declared),
        Scale::Test { .. } => declared.or_else(|| exam.scale.test(total)),
    }
}

#[cfg(test)]
mod tests {
    use super::fill;
    use srez_model::assessment::{Exam, ExamKey, Procedure};
    use srez_model::block::{Block, NOT_ATTEMPTED, RowState};

    fn filled(marks: [Option<u16>; 4], points: Vec<Vec<u8>>) -> Block {
        let exam = Exam::unspecified(ExamKey::new(Procedure::Vpr, 2026, "social-studies", 6));
        let mut block = Block::new(exam.key.clone(), "vpr-f1-2026", "a.xlsx", "МА 6");
        block.row = (2..6).collect();
        block.state = vec![RowState::Accepted; 4];
        block.declared_total = vec![None; 4];
        block.declared_result = marks.to_vec();
        block.points = points;
        fill(&exam, &mut block);
        block
    }

    #[test]
    fn a_row_without_a_mark_has_a_total_and_no_result() {
        let block = filled([Some(5), None, Some(2), None], vec![vec![1, 1, 1, 0], vec![2, 2, 0, 1]]);
        assert_eq!(
            (block.total, block.result),
            ([3, 3, 1, 1].map(Some).to_vec(), vec![Some(5), None, Some(2), None]),
            "no mark is not a mark of zero"
        );
    }

    #[test]
    fn equal_results_and_tasks_that_nobody_tried_are_totals_as_others() {
        let block = filled([Some(4); 4], vec![vec![1; 4], vec![2; 4], vec![0, NOT_ATTEMPTED, 0, NOT_ATTEMPTED]]);
        assert_eq!((block.total, block.result), (vec![Some(3); 4], vec![Some(4); 4]));
    }
}
