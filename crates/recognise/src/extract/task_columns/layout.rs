//! Which columns hold the points of which tasks.

use crate::Scene;
use crate::codes::{DUPLICATE_TASK, EXTRA_COLUMNS, MISSING_COLUMNS};
use crate::head::Head;
use crate::spelling::{fold, tidy};
use crate::task_header::{id_in, parse};
use srez_model::assessment::{Difficulty, Exam};
use srez_model::block::BlockTask;
use srez_model::form::{Numbering, TaskHeaders};
use srez_model::note::{Note, column_name, is_quotable};

/// Columns of a sheet of results.
pub(super) struct Layout {
    /// Tasks in the order of the columns.
    pub tasks: Vec<BlockTask>,
    /// Columns of the tasks, counted from 0.
    pub columns: Vec<u32>,
    /// Greatest points of the tasks, by the header or else the specification, for messages.
    pub maxima: Vec<Option<u16>>,
    /// Column that ends the tasks where points may have slid.
    pub end: Option<u32>,
    /// Columns without a header beyond the known ones.
    pub nameless: Vec<u32>,
    extra: Vec<(u32, String)>,
}

/// Reads the header row.
pub(super) fn read(scene: &Scene<'_>, exam: Option<&Exam>, head: &Head) -> Result<Layout, Box<Note>> {
    let Some(headers) = &scene.profile.tasks else {
        return Err(Box::new(scene.sheet_note(&MISSING_COLUMNS, "профиль не говорит, где стоят задания")));
    };
    let row = scene.found.header_row;
    let end = headers.end.and_then(|field| scene.found.columns.get(&field)).copied();
    let mut layout = Layout {
        tasks: Vec::new(),
        columns: Vec::new(),
        maxima: Vec::new(),
        end,
        nameless: Vec::new(),
        extra: Vec::new(),
    };
    for column in 0..scene.sheet.width {
        if scene.found.columns.values().any(|known| *known == column) {
            continue;
        }
        let header = scene.sheet.text(row, column);
        if tidy(&header).is_empty() {
            layout.nameless.push(column);
            continue;
        }
        match task(headers, exam, &header) {
            Some(_) if end.is_some_and(|end| end < column) => {}
            Some(mut task) => {
                task.column = column + 1;
                task.difficulty =
                    head.levels.and_then(|levels| Difficulty::from_letter(&scene.sheet.text(levels, column)));
                layout.tasks.push(task);
                layout.columns.push(column);
            }
            None if is_known(scene, &header) => {}
            None => layout.extra.push((column, tidy(&header))),
        }
    }
    layout.leave_out_value_lists(scene);
    if layout.tasks.is_empty() {
        let note = scene.sheet_note(&MISSING_COLUMNS, "нет ни одного столбца с баллами за задания");
        return Err(Box::new(note.at(row + 1, 0)));
    }
    resolve_positions(&mut layout, exam);
    if let Some(note) = duplicate(scene, &layout) {
        return Err(Box::new(note));
    }
    let specified =
        |id: &str| exam.and_then(|exam| exam.tasks.iter().find(|task| task.id == id)).and_then(|task| task.max);
    layout.maxima = layout.tasks.iter().map(|task| task.max.or_else(|| specified(&task.id))).collect();
    Ok(layout)
}

fn task(headers: &TaskHeaders, exam: Option<&Exam>, header: &str) -> Option<BlockTask> {
    let (id, by_position, max) = match headers.numbering {
        Numbering::Printed => {
            let header = without_prefix(header, &headers.prefix)?;
            let parsed = parse(&header)?;
            (id_in(exam, &header, &parsed), false, parsed.max)
        }
        Numbering::Position => {
            let folded = fold(header);
            let number = folded.strip_prefix(&headers.prefix.to_lowercase())?;
            let number = number.strip_suffix(&headers.suffix.to_lowercase())?;
            let position: u16 = number.trim().parse().ok()?;
            (position.to_string(), true, None)
        }
    };
    Some(BlockTask { id, by_position, max, difficulty: None, column: 0 })
}

/// A header without what stands before the number in all headers of tasks; none where it stands there not.
fn without_prefix(header: &str, prefix: &str) -> Option<String> {
    let header = tidy(header);
    if prefix.is_empty() {
        return Some(header);
    }
    let letters = tidy(prefix).chars().count();
    let begins = fold(&header).starts_with(&fold(prefix));
    begins.then(|| header.chars().skip(letters).collect::<String>().trim_start().to_owned())
}

/// Positions become numbers of the paper where the specification has exactly these positions.
fn resolve_positions(layout: &mut Layout, exam: Option<&Exam>) {
    let Some(exam) = exam.filter(|exam| exam.tasks.len() == layout.tasks.len()) else { return };
    let of = |task: &BlockTask| {
        let position: u16 = task.id.parse().ok()?;
        exam.tasks.iter().find(|specified| specified.position == position).map(|specified| specified.id.clone())
    };
    let ids: Option<Vec<String>> =
        layout.tasks.iter().map(|task| if task.by_position { of(task) } else { None }).collect();
    for (task, id) in layout.tasks.iter_mut().zip(ids.into_iter().flatten()) {
        task.id = id;
        task.by_position = false;
    }
}

fn is_known(scene: &Scene<'_>, header: &str) -> bool {
    let folded = fold(header);
    scene.profile.columns.values().flatten().any(|known| match known.strip_suffix('*') {
        Some(beginning) => folded.starts_with(&fold(beginning)),
        None => folded == fold(known),
    })
}

fn duplicate(scene: &Scene<'_>, layout: &Layout) -> Option<Note> {
    layout.tasks.iter().enumerate().find_map(|(place, task)| {
        let first = layout.tasks.iter().take(place).find(|earlier| earlier.id == task.id)?;
        let (left, right) = (column_name(first.column), column_name(task.column));
        let message = format!("задание {} стоит в столбцах {left} и {right}", task.id);
        let row = scene.found.header_row;
        Some(
            scene
                .note(&DUPLICATE_TASK, row, task.column - 1, message)
                .found(tidy(&scene.sheet.text(row, task.column - 1))),
        )
    })
}

/// A column, and its header where that cannot be the name of a person.
fn header(column: u32, title: &str) -> String {
    let letters = column_name(column + 1);
    if is_quotable(title) { format!("{letters} «{title}»") } else { letters }
}

impl Layout {
    /// Lists of allowed values stand in far columns of the school form: numbers without a maximum, beyond a gap.
    fn leave_out_value_lists(&mut self, scene: &Scene<'_>) {
        let last = scene.found.columns.values().copied().max().unwrap_or(0);
        let gap = self.nameless.iter().copied().find(|column| last < *column);
        let Some(gap) = gap.filter(|_| self.tasks.iter().any(|task| task.max.is_some())) else { return };
        let is_list = |task: &BlockTask| task.max.is_none() && gap < task.column;
        self.columns = self.tasks.iter().filter(|task| !is_list(task)).map(|task| task.column - 1).collect();
        self.tasks.retain(|task| !is_list(task));
    }

    /// One warning about columns with values that the form does not know.
    pub(super) fn extra_columns_note(&self, scene: &Scene<'_>) -> Option<Note> {
        let row = scene.found.header_row;
        let filled = |column: u32| {
            (row + 1..scene.sheet.height()).any(|row| !scene.sheet.is_blank(scene.sheet.cell(row, column)))
        };
        let named: Vec<&(u32, String)> = self.extra.iter().filter(|(column, _)| filled(*column)).collect();
        let (first, _) = named.first()?;
        let titles: Vec<String> = named.iter().map(|(column, title)| header(*column, title)).collect();
        Some(scene.note(&EXTRA_COLUMNS, row, *first, format!("не используются столбцы: {}", titles.join(", "))))
    }
}
