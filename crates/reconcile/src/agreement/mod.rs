//! What all files of an exam agree on: its tasks, its scale, and whether the scale or the files tell the marks.
//!
//! Judged over everything that is held of the exam and never over the files of one run alone: else the same rows would
//! end with other marks where they come in three deliveries instead of one.

mod declared_mark;
mod scale;
mod tasks;

pub(super) use declared_mark::CODE as MARK_NOT_BY_SCALE;
pub(super) use scale::{OPEN as SCALE_OPEN, OTHER_SCALE, RECOVERED as SCALE_RECOVERED};
pub(super) use tasks::{CODE as OTHER_TASKS, kinds};

use super::{ExamResults, note_about, set_rows};
use scale::Marks;
use srez_model::assessment::Exam;
use srez_model::block::{Block, RowState};
use srez_model::note::Note;
use srez_model::threshold::Thresholds;

/// The agreement on one exam.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// The exam as it is counted.
    pub exam: Exam,
    marks: Marks,
}

impl Agreement {
    /// Agreement of blocks, each with the exam as it shows it; none where there are no blocks.
    pub fn of(thresholds: &Thresholds, shown: &[(&Exam, &Block)]) -> Option<Self> {
        let mut exam = tasks::agreed(shown)?;
        let alike: Vec<&Block> =
            shown.iter().filter(|(seen, _)| tasks::are_same(seen, &exam)).map(|(_, block)| *block).collect();
        let marks = scale::agree(thresholds, &mut exam, &alike);
        Some(Self { exam, marks })
    }

    /// Puts the agreement into force on a block: the marks that count; nothing of it, and a note, where its tasks are
    /// other ones.
    pub fn enforce(&self, shown: &Exam, block: &mut Block) -> Option<Note> {
        if tasks::are_same(shown, &self.exam) {
            self.marks.enforce(block);
            return None;
        }
        set_rows(block, RowState::Rejected, |_, _| true);
        let (seen, agreed) = (shown.tasks.len(), self.exam.tasks.len());
        let message = format!("заданий {seen}, в остальных файлах {} — {agreed}", self.exam.title());
        Some(note_about(&tasks::CODE, block, message))
    }

    /// Notes on the scale and on marks that do not follow it, for the files of a run on which the agreement is in
    /// force.
    pub fn notes(&self, results: &ExamResults) -> Vec<Note> {
        let of_scale = results.blocks.first().map(|block| self.marks.notes(&self.exam, &block.file));
        let mut notes = of_scale.unwrap_or_default();
        declared_mark::check(&self.exam, &results.blocks, &mut notes);
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::assessment::{ExamKey, Procedure, Scale};
    use srez_model::block::BlockTask;

    fn exam(scale: Scale) -> Exam {
        let key = ExamKey::new(Procedure::Vpr, 2026, "math", 8);
        Exam { scale, specified: true, ..Exam::unspecified(key) }
    }

    /// Rows of total and declared mark; the result is the mark of the scale 0–4–7–9.
    fn block(file: &str, rows: &[(u16, u16)]) -> Block {
        let mut block = Block::new(exam(Scale::Unknown).key, "form", file, "Лист1");
        block.tasks =
            vec![BlockTask { id: "1".to_owned(), by_position: false, max: Some(10), difficulty: None, column: 5 }];
        block.points = vec![Vec::new()];
        for (number, (total, declared)) in (7..).zip(rows) {
            block.row.push(number);
            block.state.push(RowState::Accepted);
            block.total.push(Some(*total));
            block.declared_result.push(Some(*declared));
            block.points[0].push(u8::try_from(*total).unwrap());
            block.result.push(scale().mark(*total).map(u16::from));
        }
        block
    }

    fn scale() -> Scale {
        Scale::Marks(vec![(0, 2), (4, 3), (7, 4), (9, 5)])
    }

    fn agreement(specified: &Exam, blocks: &[Block]) -> Agreement {
        let thresholds = srez_config::thresholds::built_in().unwrap();
        let shown: Vec<(&Exam, &Block)> = blocks.iter().map(|block| (specified, block)).collect();
        Agreement::of(&thresholds, &shown).unwrap()
    }

    #[test]
    fn one_file_with_other_marks_outweighs_no_others() {
        let specified = exam(scale());
        let clean: Vec<(u16, u16)> = (0..40).map(|row| (row % 10, scale_mark(row % 10))).collect();
        let strange = block("b.xlsx", &[(3, 4)]);
        let alone = agreement(&specified, std::slice::from_ref(&strange));
        assert_eq!(alone.exam.scale, Scale::Unknown);
        let mut marked = strange.clone();
        assert_eq!(alone.enforce(&specified, &mut marked), None);
        assert_eq!(marked.result, [Some(4)]);
        let together = agreement(&specified, &[block("a.xlsx", &clean), strange.clone()]);
        assert_eq!(together.exam.scale, scale());
        let mut marked = strange;
        assert_eq!(together.enforce(&specified, &mut marked), None);
        assert_eq!(marked.result, [Some(2)]);
        let results = ExamResults { exam: together.exam.clone(), blocks: vec![marked] };
        let codes: Vec<String> = together.notes(&results).into_iter().map(|note| note.code.to_string()).collect();
        assert_eq!(codes, ["C04"]);
    }

    #[test]
    fn a_scale_that_the_files_show_is_told_with_its_pairs_and_where_it_is_open() {
        let shown = |pairs: &[(u16, u16)]| {
            let unknown = exam(Scale::Unknown);
            let of = agreement(&unknown, &[block("a.xlsx", pairs)]);
            let results = ExamResults { exam: of.exam.clone(), blocks: vec![block("a.xlsx", pairs)] };
            let notes = of.notes(&results);
            let told = notes.first().map_or_else(String::new, |note| format!("{} {}", note.code, note.message));
            (of.exam.scale.clone(), told.split(": ").skip(1).collect::<Vec<_>>().join(": "))
        };
        let whole = [(2, 2), (3, 3), (5, 3), (6, 4), (8, 4), (9, 5)];
        let (scale, told) = shown(&whole);
        assert_eq!(scale, Scale::Marks(vec![(0, 2), (3, 3), (6, 4), (9, 5)]));
        assert_eq!(told, "шкала восстановлена по файлам: «3» — с 3, «4» — с 6, «5» — с 9; пар балла и отметки: 6");
        let (scale, told) = shown(&[(2, 2), (3, 3), (5, 3), (8, 4)]);
        assert_eq!(scale, Scale::Unknown);
        assert_eq!(
            told,
            "шкала видна не вся: «3» — с 3, «4» — с балла от 6 до 8, «5» — не видно; пар балла и отметки: 4"
        );
        assert_eq!(shown(&[(5, 2), (3, 3)]).1, "", "marks that fall as points rise are no scale");
    }

    fn scale_mark(total: u16) -> u16 {
        scale().mark(total).unwrap().into()
    }

    #[test]
    fn tasks_of_most_participants_stand_whatever_the_order() {
        let other = Exam { tasks: Vec::new(), ..exam(scale()) };
        let mut own = exam(scale());
        own.tasks = vec![srez_model::assessment::Task {
            id: "1".to_owned(),
            position: 1,
            max: Some(10),
            ..srez_model::assessment::Task::default()
        }];
        let (few, many) = (block("a.xlsx", &[(1, 2)]), block("b.xlsx", &[(1, 2), (5, 3)]));
        let thresholds = srez_config::thresholds::built_in().unwrap();
        let one = Agreement::of(&thresholds, &[(&other, &few), (&own, &many)]).unwrap();
        let turned = Agreement::of(&thresholds, &[(&own, &many), (&other, &few)]).unwrap();
        assert_eq!(one, turned);
        assert_eq!(one.exam.tasks.len(), 1);
        let mut left_out = few;
        assert_eq!(one.enforce(&other, &mut left_out).unwrap().code.as_str(), "C01");
        assert_eq!(left_out.state, [RowState::Rejected]);
    }
}
