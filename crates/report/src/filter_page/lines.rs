//! What is told of every group that took part in a work.

use srez_model::assessment::{Exam, Task};
use srez_model::filter_page::{LineKind, ResultLine};
use srez_wording::sentence::filtered::{self, LineWords};
use srez_wording::text::{capitalised, unparted};

fn line(kind: LineKind, words: LineWords) -> ResultLine {
    let LineWords { what, named, said } = words;
    ResultLine {
        kind,
        task: String::new(),
        skill: String::new(),
        what: unparted(&what),
        named: unparted(&named),
        said: unparted(&said),
        origin: None,
    }
}

/// A line of the work as a whole.
pub(super) fn of_work(words: LineWords) -> ResultLine {
    line(LineKind::Work, words)
}

/// Marks or bands of these places together.
pub(super) fn of_results(exam: &Exam, places: &[usize]) -> ResultLine {
    of_work(if exam.has_test_scores() { filtered::bands(places) } else { filtered::marks(places) })
}

/// A skill.
pub(super) fn of_skill(title: &str) -> ResultLine {
    ResultLine { skill: unparted(&capitalised(title)), ..line(LineKind::Skill, filtered::skill(title)) }
}

/// A task.
pub(super) fn of_task(task: &Task) -> ResultLine {
    let skill = unparted(&capitalised(task.matter()));
    ResultLine { task: task.id.clone(), skill, ..line(LineKind::Task, filtered::task(&task.id, task.label())) }
}
