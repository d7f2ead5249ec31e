//! Do all files of an exam have the same tasks?

use super::{ExamResults, note_about, set_rows};
use crate::model::assessment::Exam;
use crate::model::block::{Block, RowState};
use crate::model::note::{Note, NoteCode, Severity};

/// Tasks of another paper cannot be added up.
pub(super) const CODE: NoteCode = NoteCode {
    id: "C01",
    severity: Severity::RejectFile,
    title: "состав заданий не такой, как в других файлах этой работы",
    explanation: "Задания и максимумы файлов одной работы должны совпадать, иначе их нельзя сложить. Принят состав, \
                  по которому писало больше участников.",
    hint: "проверьте, той ли работы и того ли года этот файл; запросите верную форму",
};

/// Ids and maxima: what must agree.
fn signature(exam: &Exam) -> Vec<(String, Option<u16>)> {
    exam.tasks.iter().map(|task| (task.id.clone(), task.max)).collect()
}

/// Keeps the blocks whose tasks most participants wrote.
pub(super) fn agree(pairs: Vec<(Exam, Block)>, notes: &mut Vec<Note>) -> ExamResults {
    let weight = |seen: &Exam| -> u32 {
        let alike = pairs.iter().filter(|(exam, _)| signature(exam) == signature(seen));
        alike.map(|(_, block)| block.count(RowState::Accepted)).sum()
    };
    let mut best: Option<(u32, &Exam)> = None;
    for (exam, _) in &pairs {
        if best.is_some_and(|(_, kept)| signature(kept) == signature(exam)) {
            continue;
        }
        let heavier = (weight(exam), exam);
        if best.is_none_or(|(most, _)| most < heavier.0) {
            best = Some(heavier);
        }
    }
    // `reconcile` makes groups of at least one block.
    let Some((_, exam)) = best else { unreachable!("an exam without blocks") };
    let mut exam = exam.clone();
    // One block may know levels from its own header row that another lacks.
    let agreed = signature(&exam);
    for (seen, _) in pairs.iter().filter(|(seen, _)| signature(seen) == agreed) {
        for (task, other) in exam.tasks.iter_mut().zip(&seen.tasks) {
            task.difficulty = task.difficulty.or(other.difficulty);
        }
    }
    let blocks = pairs
        .into_iter()
        .map(|(seen, mut block)| {
            if signature(&seen) != agreed {
                set_rows(&mut block, RowState::Rejected, |_, _| true);
                let message =
                    format!("заданий {}, в остальных файлах {} — {}", seen.tasks.len(), exam.title(), exam.tasks.len());
                notes.push(note_about(&CODE, &block, message));
            }
            block
        })
        .collect();
    ExamResults { exam, blocks }
}
