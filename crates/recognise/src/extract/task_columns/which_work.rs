//! Which work of a subject and grade a sheet holds: the ordinary or the advanced paper, whole or in parts.

use super::layout::{self, Layout};
use crate::Scene;
use crate::codes::PAPER_UNCLEAR;
use crate::head::Head;
use crate::identity::Identity;
use srez_model::assessment::{Exam, ExamKey, Paper, Procedure};
use srez_model::note::Note;

/// The specifications behind a sheet.
pub(super) enum Work<'a> {
    /// None is known.
    Unspecified,
    /// One for the whole work.
    Whole(&'a Exam),
    /// One for each part that has a mark of its own, in the order of their tasks.
    Parts(Vec<&'a Exam>),
}

impl Work<'_> {
    /// One specification with the tasks of all parts; none where nothing is known.
    pub(super) fn joined(&self) -> Option<Exam> {
        match self {
            Self::Unspecified => None,
            Self::Whole(exam) => Some((*exam).clone()),
            Self::Parts(parts) => {
                let key = ExamKey { part: String::new(), ..parts.first()?.key.clone() };
                let mut tasks: Vec<_> = parts.iter().flat_map(|part| part.tasks.iter().cloned()).collect();
                for (task, position) in tasks.iter_mut().zip(1..) {
                    task.position = position;
                }
                Some(Exam { tasks, specified: true, ..Exam::unspecified(key) })
            }
        }
    }
}

/// Chooses the paper where title, file and folder are silent: by numbers and maxima of the columns. Where both papers
/// fit, nothing is guessed.
pub(super) fn choose_paper(scene: &Scene<'_>, identity: &mut Identity, head: &Head) -> Result<(), Box<Note>> {
    let advanced = ExamKey { paper: Paper::Advanced, ..identity.key.clone() };
    let is_open = identity.key.procedure == Procedure::Vpr && !identity.paper_is_named;
    if !is_open || matches!(of(scene, &advanced), Work::Unspecified) {
        return Ok(());
    }
    let fits = |key: &ExamKey| {
        of(scene, key)
            .joined()
            .is_some_and(|exam| layout::read(scene, Some(&exam), head).is_ok_and(|layout| is_exactly(&exam, &layout)))
    };
    match (fits(&identity.key), fits(&advanced)) {
        (_, false) => Ok(()),
        (false, true) => {
            identity.reasons.push("углублённый уровень: номера и баллы заданий — как в его работе".to_owned());
            identity.key = advanced;
            Ok(())
        }
        (true, true) => {
            let message = format!("столбцы подходят и к работе {}, и к работе {}", identity.key.id(), advanced.id());
            Err(Box::new(scene.sheet_note(&PAPER_UNCLEAR, message).at(scene.found.header_row + 1, 0)))
        }
    }
}

/// What is known about a work, drafts aside.
pub(super) fn of<'a>(scene: &Scene<'a>, key: &ExamKey) -> Work<'a> {
    let exams = scene.settings.exams;
    if let Some(whole) = exams.get(&key.id()).filter(|exam| !exam.draft) {
        return Work::Whole(whole);
    }
    let is_part = |exam: &&Exam| !exam.draft && !exam.key.part.is_empty() && whole_of(&exam.key) == *key;
    let mut parts: Vec<&Exam> = exams.values().filter(is_part).collect();
    let number = |exam: &Exam| {
        let digits = |id: &str| id.chars().take_while(char::is_ascii_digit).collect::<String>();
        exam.tasks.first().and_then(|task| digits(&task.id).parse::<u16>().ok())
    };
    parts.sort_by_key(|exam| (number(exam), exam.id()));
    if parts.is_empty() { Work::Unspecified } else { Work::Parts(parts) }
}

fn whole_of(key: &ExamKey) -> ExamKey {
    ExamKey { part: String::new(), ..key.clone() }
}

/// True where the columns are the tasks of a specification, one to one with their maxima; a specification that knows
/// no tasks fits by their sum. A header without maxima tells too little.
fn is_exactly(exam: &Exam, layout: &Layout) -> bool {
    let sum = layout.tasks.iter().map(|task| task.max).try_fold(0_u16, |sum, max| Some(sum + max?));
    if exam.tasks.is_empty() {
        return sum.is_some() && sum == exam.max_primary;
    }
    let is_specified = |id: &str, max: Option<u16>| exam.tasks.iter().any(|task| task.id == id && task.max == max);
    sum.is_some()
        && exam.tasks.len() == layout.tasks.len()
        && layout.tasks.iter().all(|seen| is_specified(&seen.id, seen.max))
}
