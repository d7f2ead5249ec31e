//! Descriptors of tasks (ALL) and codifiers (КЭС, КТ): no results, but what a specification is made from.

use crate::codes::DESCRIPTOR_ROW;
use crate::points::whole_in_cell;
use crate::row_identity::RowCells;
use crate::sieve::Sieve;
use crate::spelling::fold;
use crate::{Extracted, Scene, task_header};
use srez_model::assessment::Difficulty;
use srez_model::descriptor::{Descriptors, TaskDescriptor};
use srez_model::form::Field;
use srez_model::personal::{has_number, names_in_full, without_personal};
use srez_model::raw_sheet::RawCell;

/// Takes the table of a sheet.
pub(crate) fn extract(scene: &Scene<'_>) -> Extracted {
    let mut extracted = Extracted::default();
    extracted.rows.read = scene.sheet.height();
    let mut sieve = Sieve::new(scene);
    let is_codifier = scene.found.columns.contains_key(&Field::CodeText);
    let (mut tasks, mut codes) = (Vec::new(), Vec::new());
    for row in 0..scene.sheet.height() {
        let cells = RowCells::new(scene, row);
        if scene.is_blank_row(row) {
            extracted.rows.blank += 1;
        } else if row <= scene.found.header_row {
            extracted.rows.structural += 1;
        } else if !sieve.lets_through(row, &mut extracted) {
        } else if is_codifier {
            codes.push((code(cells, Field::Code), text(cells, Field::CodeText)));
            extracted.rows.accepted += 1;
        } else if let Some(task) = task(scene, cells) {
            tasks.push(task);
            extracted.rows.accepted += 1;
        } else {
            let column = scene.found.columns.get(&Field::Task).copied().unwrap_or(0);
            let message = "номер задания не прочитан";
            extracted.notes.push(scene.note(&DESCRIPTOR_ROW, row, column, message));
            extracted.rows.rejected += 1;
        }
    }
    let header = fold(
        &scene.sheet.text(scene.found.header_row, scene.found.columns.get(&Field::CodeText).copied().unwrap_or(0)),
    );
    extracted.descriptors.push(match (is_codifier, header.contains("требован") || header.contains("умения"))
    {
        (false, _) => Descriptors::Tasks(tasks),
        (true, true) => Descriptors::Requirements(codes),
        (true, false) => Descriptors::Contents(codes),
    });
    extracted
}

fn task(scene: &Scene<'_>, cells: RowCells<'_>) -> Option<TaskDescriptor> {
    let number = |field| whole_in_cell(scene.sheet, cells.cell(field)).and_then(|number| u16::try_from(number).ok());
    let parsed = task_header::parse(&cells.text(Field::Task))?;
    Some(TaskDescriptor {
        id: parsed.id,
        position: number(Field::Ordinal).unwrap_or(0),
        max: number(Field::Maximum).or(parsed.max),
        difficulty: Difficulty::from_letter(&cells.text(Field::Level)),
        skill: text(cells, Field::Skill),
        content: text(cells, Field::Content),
        content_code: code(cells, Field::ContentCode),
        requirement_code: code(cells, Field::RequirementCode),
    })
}

/// A code as text; a date is what Excel made of «2.5» and gives no code.
fn code(cells: RowCells<'_>, field: Field) -> String {
    if matches!(cells.cell(field), RawCell::Date(_)) { String::new() } else { text(cells, field) }
}

/// Descriptions of tasks name writers and scholars; who stands there in full, or with a number, is none of them.
fn text(cells: RowCells<'_>, field: Field) -> String {
    let text = cells.text(field);
    if has_number(&text) || names_in_full(&text) { without_personal(&text) } else { text }
}
