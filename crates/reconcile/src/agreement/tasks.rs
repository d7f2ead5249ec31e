//! Do all files of an exam have the same tasks?

use srez_model::assessment::Exam;
use srez_model::block::{Block, BlockTask, RowState};
use srez_model::note::{NoteCode, NoteDefinition, Severity};
use std::collections::BTreeMap;

/// Tasks of another paper cannot be added up.
pub(crate) const CODE: NoteDefinition = NoteDefinition {
    id: NoteCode::TasksDisagree,
    severity: Severity::RejectFile,
    title: "состав заданий не такой, как в других файлах этой работы",
    explanation: "Задания и максимумы файлов одной работы должны совпадать, иначе их нельзя сложить. Принят состав, \
                  по которому писало больше участников.",
    hint: "проверьте, той ли работы и того ли года этот файл; запросите верную форму",
};

/// Ids and maxima: what must agree.
type Signature<'a> = Vec<(&'a str, Option<u16>)>;

fn signature(exam: &Exam) -> Signature<'_> {
    exam.tasks.iter().map(|task| (task.id.as_str(), task.max)).collect()
}

/// True where two blocks show the same tasks.
pub(super) fn are_same(one: &Exam, other: &Exam) -> bool {
    signature(one) == signature(other)
}

/// The exam with the tasks that most participants wrote; none where there are no blocks. Of two that are as many the
/// one of the specification stands, so that names and order of files decide nothing.
pub(super) fn agreed(shown: &[(&Exam, &Block)]) -> Option<Exam> {
    let mut weights: BTreeMap<Signature<'_>, (u32, bool, &Exam)> = BTreeMap::new();
    for (exam, block) in shown {
        let weight = weights.entry(signature(exam)).or_insert((0, exam.specified, exam));
        weight.0 += block.count(RowState::Accepted);
    }
    let heaviest = weights.values().rev().max_by_key(|(rows, specified, _)| (*rows, *specified));
    let mut agreed = heaviest.map(|(_, _, exam)| (*exam).clone())?;
    // One block may know levels from its own header row that another lacks.
    for (seen, _) in shown.iter().filter(|(seen, _)| are_same(seen, &agreed)).collect::<Vec<_>>() {
        for (task, other) in agreed.tasks.iter_mut().zip(&seen.tasks) {
            task.difficulty = task.difficulty.or(other.difficulty);
        }
    }
    Some(agreed)
}

/// For every block the place of the first one with the same tasks: two papers of one class do not contradict each
/// other, one of them is simply another work.
pub(crate) fn kinds(blocks: &[Block]) -> Vec<usize> {
    let mut firsts: Vec<usize> = Vec::new();
    let mut kinds = Vec::new();
    for (place, block) in blocks.iter().enumerate() {
        let same = |first: &&usize| blocks.get(**first).is_some_and(|first| fit_together(first, block));
        let first = firsts.iter().find(same).copied();
        kinds.push(first.unwrap_or(place));
        if first.is_none() {
            firsts.push(place);
        }
    }
    kinds
}

/// The same ids, and the same maxima as far as both headers tell them.
fn fit_together(one: &Block, other: &Block) -> bool {
    let alike = |(one, other): (&BlockTask, &BlockTask)| {
        one.id == other.id && (one.max.is_none() || other.max.is_none() || one.max == other.max)
    };
    one.tasks.len() == other.tasks.len() && one.tasks.iter().zip(&other.tasks).all(alike)
}
