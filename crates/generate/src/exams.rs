//! Specifications of the sample: the tasks of older official works, moved to the years of the sample.

use srez_model::assessment::{Confirmation, Difficulty, Exam, ExamCatalogue, Scale, Task};
use srez_model::error::{Error, Result};
use std::fmt::Write;

/// Years of the sample.
const YEARS: [u16; 2] = [2025, 2026];
/// Note of every specification of the sample.
const TASKS_NOTE: &str = "учебный пример: перечень заданий взят из описания работы 2021 года";
const SCALE_NOTE: &str = "учебный пример: границы отметок условны";

/// The exam with this name.
///
/// # Errors
/// If the catalogue lacks it.
pub(crate) fn exam(catalogue: &ExamCatalogue, id: &str) -> Result<Exam> {
    catalogue.get(id).cloned().ok_or_else(|| Error::run(format!("для примера нужна спецификация {id}, её нет")))
}

/// Specifications of the sample in addition to the built-in ones. There is no official text for these years, so the
/// tasks are those of older exams, and nothing is marked as confirmed.
///
/// # Errors
/// If the catalogue lacks an exam whose tasks are reused.
pub fn own_exams(catalogue: &ExamCatalogue) -> Result<Vec<Exam>> {
    let mut own = Vec::new();
    for source in ["vpr-2021-math-4", "vpr-2021-russian-5", "vpr-2021-math-6", "vpr-2021-math-8", "vpr-2021-physics-8"]
    {
        for year in YEARS {
            own.push(moved(exam(catalogue, source)?, year));
        }
    }
    own.push(moved(exam(catalogue, "vpr-2026-russian-4")?, 2025));
    own.sort_by_key(Exam::id);
    Ok(own)
}

/// The geography of grade 7: its specification is left out, so that only the header names the tasks.
///
/// # Errors
/// If the catalogue lacks the exam whose tasks are reused.
pub(crate) fn unspecified_exam(catalogue: &ExamCatalogue) -> Result<Exam> {
    Ok(moved(exam(catalogue, "vpr-2021-geography-7")?, 2026))
}

/// An exam of another year with the same tasks; levels are added if the source has none.
fn moved(mut exam: Exam, year: u16) -> Exam {
    exam.key.year = year;
    exam.scale_confirmed = Confirmation::None;
    SCALE_NOTE.clone_into(&mut exam.scale_note);
    exam.tasks_confirmed = Confirmation::None;
    TASKS_NOTE.clone_into(&mut exam.tasks_note);
    for (at, task) in exam.tasks.iter_mut().enumerate() {
        task.position = u16::try_from(at + 1).unwrap_or(u16::MAX);
        task.difficulty = Some(level(task));
        task.content_codes.clear();
        task.requirement_codes.clear();
        task.form_label.clear();
    }
    exam
}

/// Level of a task; invented if no source gives it.
pub(crate) fn level(task: &Task) -> Difficulty {
    let (matter, action) = task.label().split_once(": ").unwrap_or((task.label(), ""));
    let raised = matter.contains("текст") || action.contains("объяснять") || task.max.unwrap_or(0) >= 3;
    task.difficulty.unwrap_or(if raised { Difficulty::Raised } else { Difficulty::Basic })
}

/// The text of a specification file.
pub(crate) fn toml(exam: &Exam) -> String {
    let mut text = String::new();
    let key = &exam.key;
    let _ = writeln!(text, "# Учебный пример: выдуманный год, не официальная спецификация.");
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
