//! One row, several marks: a work whose parts have marks of their own becomes one block for each part.

use crate::codes::{ODD_TOTAL, PARTS_TOTAL, TASK_OF_NO_PART};
use crate::points::score_in_cell;
use crate::spelling::{fold, tidy};
use crate::{ExtractedBlock, Scene};
use srez_model::assessment::Exam;
use srez_model::block::{Block, RowState, points_in_total};
use srez_model::note::{Note, column_name, quoted};

/// Splits a block by the tasks of the parts. The total of the form is that of the whole work, so it is checked here;
/// marks and totals of the parts stand in columns of their own, where the form has them.
pub(super) fn split(
    scene: &Scene<'_>,
    extracted: ExtractedBlock,
    parts: &[&Exam],
    notes: &mut Vec<Note>,
) -> Vec<ExtractedBlock> {
    let ExtractedBlock { block, profile, class_grade } = extracted;
    notes.extend(check_total(&block));
    notes.extend(name_tasks_of_no_part(scene, &block, parts));
    let of_part = |part: &&Exam| {
        let mut own = block.clone();
        own.exam = part.key.clone();
        let places: Vec<usize> = (0..block.tasks.len())
            .filter(|place| block.tasks.get(*place).is_some_and(|seen| holds(part, &seen.id)))
            .collect();
        own.tasks = places.iter().filter_map(|place| block.tasks.get(*place).cloned()).collect();
        own.points = places.iter().filter_map(|place| block.points.get(*place).cloned()).collect();
        own.declared_maximum = None;
        let mut read = |columns: &[String]| {
            let column = column_of(scene, columns);
            let scores: Vec<Option<u16>> =
                block.row.iter().map(|row| column.and_then(|column| score(scene, row - 1, column, notes))).collect();
            (column.map_or(0, |column| column + 1), scores)
        };
        let headers = scene.profile.parts.get(&part.key.part).cloned().unwrap_or_default();
        (own.columns.total, own.declared_total) = read(&headers.total);
        (own.columns.result, own.declared_result) = read(&headers.mark);
        ExtractedBlock { block: own, profile, class_grade }
    };
    parts.iter().map(of_part).filter(|part| !part.block.tasks.is_empty()).collect()
}

/// True for a task of the part, and for its subtasks: `9.1` of `9`.
fn holds(part: &Exam, id: &str) -> bool {
    part.tasks.iter().any(|task| {
        id.strip_prefix(task.id.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', 'К']))
    })
}

fn column_of(scene: &Scene<'_>, headers: &[String]) -> Option<u32> {
    let is_one = |column: &u32| {
        let header = fold(&scene.sheet.text(scene.found.header_row, *column));
        headers.iter().any(|known| fold(known) == header)
    };
    (0..scene.sheet.width).find(is_one)
}

fn score(scene: &Scene<'_>, row: u32, column: u32, notes: &mut Vec<Note>) -> Option<u16> {
    let cell = scene.sheet.cell(row, column);
    if let Some(score) = score_in_cell(scene.sheet, cell) {
        return Some(score);
    }
    let text = tidy(&scene.sheet.show(cell));
    let is_no_mark = scene.profile.codes.no_mark.iter().any(|word| fold(word) == fold(&text));
    if !scene.is_blank(cell) && !is_no_mark {
        let message = format!("отметка или балл части {} — не целое число", quoted(&text));
        notes.push(scene.note(&ODD_TOTAL, row, column, message).found(text));
    }
    None
}

/// The total of the form is the sum over all parts.
fn check_total(block: &Block) -> Vec<Note> {
    let off = |row: usize| {
        let declared = block.declared_total.get(row).copied().flatten()?;
        let points = block.points.iter().map(|column| column.get(row).copied().and_then(points_in_total));
        let sum = points.map(|points| points.map(u16::from)).sum::<Option<u16>>()?;
        (block.state.get(row) == Some(&RowState::Accepted) && sum != declared).then_some((row, declared))
    };
    (0..block.rows())
        .filter_map(off)
        .map(|(row, declared)| {
            let message =
                format!("в файле сумма {declared}, по заданиям всех частей другая; использованы баллы заданий");
            let number = block.row.get(row).copied().unwrap_or(0);
            Note::about_file(&PARTS_TOTAL, &block.file, message)
                .at_sheet(&block.sheet)
                .at(number, block.columns.total)
                .found(declared.to_string())
        })
        .collect()
}

/// A column of points that belongs to no part counts nowhere, and is named.
fn name_tasks_of_no_part(scene: &Scene<'_>, block: &Block, parts: &[&Exam]) -> Option<Note> {
    let stray: Vec<&srez_model::block::BlockTask> =
        block.tasks.iter().filter(|task| !parts.iter().any(|part| holds(part, &task.id))).collect();
    let first = stray.first()?;
    let names: Vec<String> = stray.iter().map(|task| column_name(task.column)).collect();
    let message = format!("столбцы {} не относятся ни к одной части работы", names.join(", "));
    Some(scene.note(&TASK_OF_NO_PART, scene.found.header_row, first.column.saturating_sub(1), message))
}
