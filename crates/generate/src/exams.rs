//! Works of the sample: those of the specifications, each with what the sample must add to be able to draw results.

use srez_model::assessment::{Confirmation, Difficulty, Exam, ExamCatalogue, Scale, Task};
use srez_model::error::{Error, Result};
use std::fmt::Write;

/// Works whose tasks also stand for the year before, so that mathematics can be compared over two years.
const ALSO_IN_2025: [&str; 2] = ["vpr-2026-math-4", "vpr-2026-math-8"];
/// The work for which the sample brings its own boundaries of marks.
const OWN_SCALE: &str = "vpr-2026-math-8";
/// Maxima of the tasks of advanced physics, grade 8: the specification has their sum, the table of tasks is not known.
const ADVANCED_PHYSICS: [u16; 7] = [2, 1, 1, 1, 3, 3, 9];
/// Notes in the specifications of the sample.
const TASKS_NOTE: &str = "учебный пример: перечень заданий взят из спецификации 2026 года";
const SCALE_NOTE: &str = "учебный пример: границы отметок условны";
/// Shares of the maximum, in percent, from which the sample gives «3», «4», «5» where no scale is published.
const OWN_CUTS: [(u16, u8); 3] = [(35, 3), (58, 4), (80, 5)];

/// The exam with this name.
///
/// # Errors
/// If the catalogue lacks it.
pub(crate) fn exam(catalogue: &ExamCatalogue, id: &str) -> Result<Exam> {
    catalogue.get(id).cloned().ok_or_else(|| Error::run(format!("для примера нужна спецификация {id}, её нет")))
}

/// The exam as it is marked in the sample: by its scale, or by the sample's own where none is published.
///
/// # Errors
/// If the catalogue lacks it.
pub(crate) fn marked_exam(catalogue: &ExamCatalogue, id: &str) -> Result<Exam> {
    exam(catalogue, id).map(with_scale)
}

/// Specifications of the sample in addition to the built-in ones: a year before for which no official text is known,
/// and boundaries of marks where the official ones are not. Nothing of what is added is marked as confirmed.
///
/// # Errors
/// If the catalogue lacks an exam whose tasks are reused.
pub(crate) fn own_exams(catalogue: &ExamCatalogue) -> Result<Vec<Exam>> {
    let mut own = vec![marked_exam(catalogue, OWN_SCALE)?];
    for source in ALSO_IN_2025 {
        own.push(moved(exam(catalogue, source)?, 2025));
    }
    own.sort_by_key(Exam::id);
    Ok(own)
}

/// The geography of grade 7: there is no specification of it, so that only the header names the tasks.
///
/// # Errors
/// If the catalogue lacks the exam whose tasks are reused.
pub(crate) fn unspecified_exam(catalogue: &ExamCatalogue) -> Result<Exam> {
    let mut exam = moved(exam(catalogue, "vpr-2026-geography-8")?, 2026);
    exam.key.grade = 7;
    Ok(exam)
}

/// Physics of the advanced level: scale and maximum are those of the specification, the tasks stand in the files alone.
///
/// # Errors
/// If the catalogue lacks the exam, or its maximum is not the sum of the tasks.
pub(crate) fn advanced_exam(catalogue: &ExamCatalogue) -> Result<Exam> {
    let mut exam = exam(catalogue, "vpr-2026-physics-8-advanced")?;
    let task =
        |(max, position): (u16, u16)| Task { id: position.to_string(), position, max: Some(max), ..Task::default() };
    exam.tasks = ADVANCED_PHYSICS.into_iter().zip(1..).map(task).collect();
    if exam.max_primary == exam.sum_of_maxima() {
        Ok(exam)
    } else {
        Err(Error::run(format!("для примера: максимум {} изменился, разделите его на задания заново", exam.id())))
    }
}

/// The exam with tasks that add up to its maximum where its specification has none.
pub(crate) fn with_points(mut exam: Exam) -> Exam {
    if let Some(max) = exam.max_primary.filter(|max| exam.tasks.is_empty() && *max > 3) {
        let maxima = [1, 2, max - 3].into_iter().zip(1..);
        let task = |(max, position): (u16, u16)| Task {
            id: position.to_string(),
            position,
            max: Some(max),
            ..Task::default()
        };
        exam.tasks = maxima.map(task).collect();
    }
    exam
}

/// An exam of another year with the same tasks.
fn moved(exam: Exam, year: u16) -> Exam {
    let mut exam = with_levels(with_scale(exam));
    exam.key.year = year;
    exam.scale_confirmed = Confirmation::None;
    SCALE_NOTE.clone_into(&mut exam.scale_note);
    exam.tasks_confirmed = Confirmation::None;
    TASKS_NOTE.clone_into(&mut exam.tasks_note);
    exam
}

/// The exam with the sample's own boundaries of marks where no scale is known.
fn with_scale(mut exam: Exam) -> Exam {
    if exam.scale == Scale::Unknown {
        let max = exam.sum_of_maxima().unwrap_or(0);
        let cuts = OWN_CUTS.map(|(percent, mark)| ((max * percent + 50) / 100, mark));
        exam.scale = Scale::Marks([(0, 2)].into_iter().chain(cuts).collect());
        exam.scale_confirmed = Confirmation::None;
        SCALE_NOTE.clone_into(&mut exam.scale_note);
    }
    exam
}

fn with_levels(mut exam: Exam) -> Exam {
    let levels: Vec<_> = (0..exam.tasks.len()).map(|at| level(&exam, at)).collect();
    for (task, level) in exam.tasks.iter_mut().zip(levels) {
        task.difficulty = Some(level);
    }
    exam
}

/// Level of a task as the forms print it; invented if the specification has none: the last third is raised, and a last
/// task of many points is high.
pub(crate) fn level(exam: &Exam, at: usize) -> Difficulty {
    let tasks = exam.tasks.len();
    let last_of_many = at + 1 == tasks && exam.tasks.last().and_then(|task| task.max).unwrap_or(0) > 3;
    let invented = match 3 * at {
        _ if last_of_many => Difficulty::High,
        place if place < 2 * tasks => Difficulty::Basic,
        _ => Difficulty::Raised,
    };
    exam.tasks.get(at).and_then(|task| task.difficulty).unwrap_or(invented)
}

/// The text of a specification file.
pub(crate) fn toml(exam: &Exam) -> String {
    let mut text = String::new();
    let key = &exam.key;
    let _ =
        writeln!(text, "# Учебный пример, не официальная спецификация: задания 2026 года, границы отметок условны.");
    let _ = writeln!(text, "procedure = {}", quoted(key.procedure.title()));
    let _ = writeln!(text, "year = {}", key.year);
    let _ = writeln!(text, "subject = {}", quoted(&exam.subject_title));
    let _ = writeln!(text, "grade = {}", key.grade);
    if let Some(max) = exam.max_primary {
        let _ = writeln!(text, "max_primary = {max}");
    }
    if let Scale::Marks(bounds) = &exam.scale {
        let bounds: Vec<_> = bounds.iter().map(|(bound, mark)| format!("[{bound}, \"{mark}\"]")).collect();
        let _ = writeln!(text, "marks = [{}]", bounds.join(", "));
    }
    let _ = writeln!(text, "scale_confirmed = {}", quoted(exam.scale_confirmed.id()));
    let _ = writeln!(text, "scale_note = {}", quoted(&exam.scale_note));
    let _ = writeln!(text, "tasks_confirmed = {}", quoted(exam.tasks_confirmed.id()));
    let _ = writeln!(text, "tasks_note = {}", quoted(&exam.tasks_note));
    for task in &exam.tasks {
        task_toml(&mut text, task);
    }
    text
}

fn task_toml(text: &mut String, task: &Task) {
    let _ = writeln!(text, "\n[[tasks]]\nid = {}\nposition = {}", quoted(&task.id), task.position);
    if let Some(max) = task.max {
        let _ = writeln!(text, "max = {max}");
    }
    if let Some(difficulty) = task.difficulty {
        let _ = writeln!(text, "level = {}", quoted(difficulty.letter()));
    }
    for (name, value) in [("content", &task.content), ("skill", &task.skill)] {
        if !value.is_empty() {
            let _ = writeln!(text, "{name} = {}", quoted(value));
        }
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
