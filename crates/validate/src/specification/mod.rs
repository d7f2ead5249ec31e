//! The columns of a form against the specification of its exam.

mod beyond_paper;

use srez_model::assessment::{Confirmation, Exam, ExamCatalogue, Scale, Task};
use srez_model::block::{Block, BlockTask};
use srez_model::note::{Note, NoteCode, NoteDefinition, Noted, Severity};

/// The header knows other tasks than the specification.
pub(super) const OTHER_TASKS: NoteDefinition = NoteDefinition {
    id: NoteCode::TasksUnlikeSpecification,
    severity: Severity::Warning,
    title: "задания в файле не те, что в спецификации",
    explanation: "Номера или максимумы заданий в заголовке не совпадают со спецификацией работы. Если все её задания \
                  на месте, лишние столбцы не учитываются. Иначе задания взяты из заголовка; шкала спецификации \
                  используется, только если совпадает максимум за работу.",
    hint: "проверьте, та ли это работа и год; исправьте файл спецификации в папке exams",
};

/// No specification: what the header tells is used.
pub(super) const NO_SPECIFICATION: NoteDefinition = NoteDefinition {
    id: NoteCode::NoSpecification,
    severity: Severity::Warning,
    title: "спецификации работы нет",
    explanation: "Задания и максимумы взяты из заголовка формы, отметки — из файла. Там, где уровень задания не \
                  указан, вывода о достаточности нет.",
    hint: "положите спецификацию в папку exams рядом с конвейером, чтобы появились умения, уровни и шкала",
};

/// A draft is not used by itself.
pub(super) const DRAFT: NoteDefinition = NoteDefinition {
    id: NoteCode::DraftSpecification,
    severity: Severity::Warning,
    title: "спецификация — проект",
    explanation: "Для этой работы есть только проект спецификации; сам по себе он не используется.",
    hint: "проверьте проект и положите его копию без строки status в папку exams",
};

/// The specification that stands behind a block, the same for all blocks of an exam whatever their headers are; a draft
/// is none.
pub(super) fn behind(exams: &ExamCatalogue, block: &Block) -> Noted<Exam> {
    let id = block.exam.id();
    let found = exams.get(&id);
    if let Some(specified) = found.filter(|exam| !exam.draft) {
        return Noted::clean(specified.clone());
    }
    let code = if found.is_some() { &DRAFT } else { &NO_SPECIFICATION };
    let message = if found.is_some() {
        format!("спецификация {id} — проект, использован заголовок формы")
    } else {
        format!("спецификации {id} нет, задания взяты из заголовка формы")
    };
    let mut note = Note::about_file(code, &block.file, message).at_sheet(&block.sheet);
    if found.is_none() {
        note = note
            .hint(format!("положите файл {id}.toml в папку exams рядом с конвейером: появятся умения, уровни и шкала"));
    }
    Noted { value: Exam::unspecified(block.exam.clone()), notes: vec![note] }
}

/// Fits a block to its specification: names its tasks as the specification does, and tells the exam that results. A
/// block that was fitted before stays as it is.
pub(super) fn fit(specified: &Exam, block: &mut Block) -> Noted<Exam> {
    if !specified.specified {
        let subject_title = specified.subject_title.clone();
        return Noted::clean(Exam { subject_title, ..from_header(block) });
    }
    if specified.tasks.is_empty() || block.tasks.is_empty() {
        return Noted::clean(with_header_tasks(specified, block));
    }
    if block.tasks.iter().all(|task| task.by_position) {
        return by_position(specified, block);
    }
    let mut notes = Vec::new();
    notes.extend(beyond_paper::leave_out(specified, block));
    let fitted = fit_printed(specified, block).into_value(&mut notes);
    Noted { value: fitted, notes }
}

/// Fits a block whose header prints the numbers of the tasks.
fn fit_printed(specified: &Exam, block: &mut Block) -> Noted<Exam> {
    let header: Vec<Task> = block.tasks.iter().map(|task| task_from_header(specified, task)).collect();
    if order_as_specified(specified, block) {
        let mut exam = specified.clone();
        for (task, seen) in exam.tasks.iter_mut().zip(&block.tasks) {
            task.difficulty = task.difficulty.or(seen.difficulty);
        }
        return Noted::clean(exam);
    }
    let mut exam = specified.clone();
    exam.tasks = header;
    exam.tasks_confirmed = Confirmation::FormHeader;
    exam.conditions.retain(|condition| condition.tasks.iter().all(|id| exam.tasks.iter().any(|task| task.id == *id)));
    let sum = exam.sum_of_maxima();
    if is_split_of(specified, block) && sum == specified.max_primary {
        return Noted::clean(exam);
    }
    let scale = if sum == specified.max_primary {
        "шкала спецификации сохранена"
    } else {
        "шкала не используется"
    };
    if sum != specified.max_primary {
        exam.scale = Scale::Unknown;
        exam.scale_confirmed = Confirmation::None;
        exam.max_primary = sum;
    }
    let message = format!(
        "заданий в файле {}, в спецификации {}; максимум за работу {} и {}; {scale}",
        block.tasks.len(),
        specified.tasks.len(),
        sum.map_or_else(|| "не указан".to_owned(), |sum| sum.to_string()),
        specified.max_primary.unwrap_or(0),
    );
    let notes = vec![Note::about_file(&OTHER_TASKS, &block.file, message).at_sheet(&block.sheet)];
    Noted { value: exam, notes }
}

/// Puts the columns in the order of the specification; true where ids and maxima are the same.
fn order_as_specified(exam: &Exam, block: &mut Block) -> bool {
    if exam.tasks.len() != block.tasks.len() {
        return false;
    }
    let mut order = Vec::new();
    for task in &exam.tasks {
        let same = |seen: &BlockTask| seen.id == task.id && (seen.max.is_none() || seen.max == task.max);
        let Some(place) = block.tasks.iter().position(same) else { return false };
        order.push(place);
    }
    if order.iter().copied().eq(0..order.len()) {
        return true;
    }
    block.tasks = order.iter().filter_map(|place| block.tasks.get(*place).cloned()).collect();
    block.points = order.iter().filter_map(|place| block.points.get(*place).cloned()).collect();
    true
}

/// Exports that number tasks by order: the specification knows the numbers.
fn by_position(specified: &Exam, block: &mut Block) -> Noted<Exam> {
    if specified.tasks.len() == block.tasks.len() {
        for (task, seen) in specified.tasks.iter().zip(&mut block.tasks) {
            task.id.clone_into(&mut seen.id);
            seen.by_position = false;
        }
        return Noted::clean(specified.clone());
    }
    let message = format!(
        "столбцов с баллами {}, заданий в спецификации {}; задания названы по порядку, шкала не используется",
        block.tasks.len(),
        specified.tasks.len()
    );
    let mut exam = from_header(block);
    specified.subject_title.clone_into(&mut exam.subject_title);
    let notes = vec![Note::about_file(&OTHER_TASKS, &block.file, message).at_sheet(&block.sheet)];
    Noted { value: exam, notes }
}

/// True where every column is a task of the specification or a part of one: `9.1` and `9.2` of `9`.
fn is_split_of(specified: &Exam, block: &Block) -> bool {
    block.tasks.iter().all(|seen| parent(specified, &seen.id).is_some())
}

/// The task of the specification to which a column belongs.
fn parent<'a>(specified: &'a Exam, id: &str) -> Option<&'a Task> {
    specified.tasks.iter().find(|task| task.id == id).or_else(|| {
        specified
            .tasks
            .iter()
            .find(|task| id.strip_prefix(task.id.as_str()).is_some_and(|rest| rest.starts_with(['.', 'К'])))
    })
}

/// A task as the header tells it, with the labels of its parent in the specification.
fn task_from_header(specified: &Exam, seen: &BlockTask) -> Task {
    let mut task = bare_task(seen);
    if let Some(parent) = parent(specified, &seen.id) {
        task.difficulty = parent.difficulty.or(seen.difficulty);
        task.max = seen.max.or(if parent.id == seen.id { parent.max } else { None });
        parent.content.clone_into(&mut task.content);
        parent.skill.clone_into(&mut task.skill);
        parent.content_codes.clone_into(&mut task.content_codes);
        parent.requirement_codes.clone_into(&mut task.requirement_codes);
    }
    task
}

fn bare_task(seen: &BlockTask) -> Task {
    Task { id: seen.id.clone(), position: 0, max: seen.max, difficulty: seen.difficulty, ..Task::default() }
}

/// An exam of which only the header tells: first-class, but without verdicts where no level is known.
fn from_header(block: &Block) -> Exam {
    let tasks: Vec<Task> =
        block.tasks.iter().zip(1..).map(|(seen, position)| Task { position, ..bare_task(seen) }).collect();
    let mut exam = Exam {
        max_primary: block.declared_maximum,
        tasks,
        tasks_confirmed: Confirmation::Recovered,
        tasks_note: "задания взяты из заголовка формы".to_owned(),
        ..Exam::unspecified(block.exam.clone())
    };
    exam.max_primary = exam.sum_of_maxima().or(block.declared_maximum);
    exam
}

/// A specification that knows the scale only: the header tells the tasks.
fn with_header_tasks(specified: &Exam, block: &Block) -> Exam {
    let mut exam = specified.clone();
    if !block.tasks.is_empty() {
        exam.tasks = from_header(block).tasks;
        exam.tasks_confirmed = Confirmation::Recovered;
    }
    exam
}
