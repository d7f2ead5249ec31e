//! Which columns hold the points of which tasks.

use crate::Scene;
use crate::codes::{DUPLICATE_TASK, EXTRA_COLUMNS, MISSING_COLUMNS, TASK_COLUMN_MISSING};
use crate::head::Head;
use crate::spelling::{fold, tidy};
use crate::task_header::{id_in, parse};
use srez_model::assessment::{Difficulty, Exam, Task};
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
    /// Lessons in which the tasks are written, by the specification.
    pub lessons: Vec<Option<u8>>,
    /// Column that ends the tasks where points may have slid.
    pub end: Option<u32>,
    /// Columns without a header beyond the known ones.
    pub nameless: Vec<u32>,
    /// Tasks that neither their header nor the specification is sure of: without a maximum, or unknown to the
    /// specification.
    pub doubtful: Vec<bool>,
    /// Columns with the header of a task that the paper does not have: nothing of them counts.
    pub beyond: Vec<BlockTask>,
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
        lessons: Vec::new(),
        end,
        nameless: Vec::new(),
        doubtful: Vec::new(),
        beyond: Vec::new(),
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
    layout.leave_out_strays(scene, exam);
    if layout.tasks.is_empty() {
        let note = scene.sheet_note(&MISSING_COLUMNS, "нет ни одного столбца с баллами за задания");
        return Err(Box::new(note.at(row + 1, 0)));
    }
    resolve_positions(&mut layout, exam);
    if let Some(note) = duplicate(scene, &layout).or_else(|| missing(scene, exam, &layout)) {
        return Err(Box::new(note));
    }
    let of = |id: &str| exam.and_then(|exam| exam.tasks.iter().find(|task| task.id == id));
    let with_parts = |id: &str| exam.and_then(|exam| exam.tasks.iter().find(|task| belongs_to(id, task)));
    layout.maxima = layout.tasks.iter().map(|task| task.max.or_else(|| of(&task.id)?.max)).collect();
    layout.lessons = layout.tasks.iter().map(|task| with_parts(&task.id)?.lesson).collect();
    let exam = exam.filter(|exam| !exam.tasks.is_empty());
    let is_unknown = |seen: &BlockTask| {
        let knows = |exam: &Exam| exam.tasks.iter().any(|task| belongs_to(&seen.id, task));
        !seen.by_position && exam.is_some_and(|exam| !knows(exam))
    };
    let doubtful = layout.tasks.iter().zip(&layout.maxima).map(|(task, max)| max.is_none() || is_unknown(task));
    layout.doubtful = doubtful.collect();
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
    let of_parts = scene.profile.parts.values().flat_map(|part| part.mark.iter().chain(&part.total));
    scene.profile.columns.values().flatten().chain(of_parts).any(|known| match known.strip_suffix('*') {
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

/// The note about tasks of the specification that have no column, where the specification knows all columns there are;
/// where it does not know them, the paper is another one, and the header tells its tasks.
fn missing(scene: &Scene<'_>, exam: Option<&Exam>, layout: &Layout) -> Option<Note> {
    let exam = exam.filter(|exam| !exam.tasks.is_empty())?;
    let positions: Vec<u16> = layout.tasks.iter().filter_map(|task| task.id.parse().ok()).collect();
    let by_position = layout.tasks.iter().all(|task| task.by_position);
    let has_column = |task: &Task| {
        if by_position {
            return positions.contains(&task.position);
        }
        layout.tasks.iter().any(|seen| belongs_to(&seen.id, task))
    };
    let is_specified = |seen: &BlockTask| {
        let max_fits = |task: &Task| task.id != seen.id || seen.max.is_none() || seen.max == task.max;
        seen.by_position || exam.tasks.iter().any(|task| belongs_to(&seen.id, task) && max_fits(task))
    };
    let lacking: Vec<&str> = exam.tasks.iter().filter(|task| !has_column(task)).map(|task| task.id.as_str()).collect();
    // A gap in the order is a lost column; a shorter row of columns may be a shorter paper.
    let is_gap = !by_position || positions.iter().max().is_some_and(|last| layout.tasks.len() < usize::from(*last));
    let mostly_there = 2 * lacking.len() < exam.tasks.len();
    if lacking.is_empty() || !mostly_there || !is_gap || !layout.tasks.iter().all(is_specified) {
        return None;
    }
    let message = format!("нет столбца задания {}: сумма без него была бы неверна", lacking.join(", "));
    Some(scene.note(&TASK_COLUMN_MISSING, scene.found.header_row, 0, message).at(scene.found.header_row + 1, 0))
}

/// True for a task of the specification and for its parts: `9.1` and `9К1` of `9`.
fn belongs_to(id: &str, task: &Task) -> bool {
    let rest = id.strip_prefix(task.id.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', 'К']))
}

/// A column, and its header where that cannot be the name of a person.
fn header(column: u32, title: &str) -> String {
    let letters = column_name(column + 1);
    if is_quotable(title) || parse(title).is_some() { format!("{letters} «{title}»") } else { letters }
}

impl Layout {
    /// Columns that are no tasks. Where all tasks of the specification are there, these are all columns that it does
    /// not know, with a maximum in the header or without. Else it is what has no maximum: the specification does not
    /// know it, the other headers have maxima, or it stands before all columns of the form, as a running number does
    /// that a program added.
    fn leave_out_strays(&mut self, scene: &Scene<'_>, exam: Option<&Exam>) {
        let exam = exam.filter(|exam| !exam.tasks.is_empty());
        let with_maximum = self.tasks.iter().filter(|task| task.max.is_some()).count();
        let first = scene.found.columns.values().copied().min().unwrap_or(0);
        let is_specified = |task: &BlockTask| match exam {
            Some(exam) if task.by_position => task.id.parse().is_ok_and(|id: usize| id <= exam.tasks.len()),
            Some(exam) => exam.tasks.iter().any(|specified| belongs_to(&task.id, specified)),
            None => true,
        };
        // Where the specification fits hardly any column, it is the wrong one, and the header is all there is.
        let specified = self.tasks.iter().filter(|task| is_specified(task)).count();
        let fits = exam.is_some_and(|exam| exam.tasks.len() <= 2 * specified);
        let is_there = |specified: &Task| {
            let fits = |task: &BlockTask| task.id != specified.id || task.max.is_none() || task.max == specified.max;
            let place = specified.position.to_string();
            let has = |task: &&BlockTask| match task.by_position {
                true => task.id == place,
                false => belongs_to(&task.id, specified),
            };
            let mut own = self.tasks.iter().filter(has).peekable();
            own.peek().is_some() && own.all(fits)
        };
        let is_whole = exam.is_some_and(|exam| exam.tasks.iter().all(is_there));
        let is_stray = |task: &BlockTask| {
            if is_whole && !is_specified(task) {
                return true;
            }
            let twin = self.tasks.iter().any(|other| other.column != task.column && other.id == task.id);
            let among_maxima = self.tasks.len() <= 2 * with_maximum && (exam.is_none() || twin);
            task.max.is_none() && ((fits && !is_specified(task)) || among_maxima || task.column <= first)
        };
        let strays: Vec<u32> = self.tasks.iter().filter(|task| is_stray(task)).map(|task| task.column - 1).collect();
        if strays.is_empty() || strays.len() == self.tasks.len() {
            return;
        }
        let header = |column: u32| tidy(&scene.sheet.text(scene.found.header_row, column));
        self.extra.extend(strays.iter().map(|column| (*column, header(*column))));
        self.extra.sort_unstable();
        self.columns.retain(|column| !strays.contains(column));
        let (beyond, tasks) =
            std::mem::take(&mut self.tasks).into_iter().partition(|task| strays.contains(&(task.column - 1)));
        (self.beyond, self.tasks) = (beyond, tasks);
    }

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
