//! Descriptors of tasks (ALL) and codifiers (КЭС, КТ): no results, but what a specification is made from.

use crate::codes::{DESCRIPTOR_ROW, PERSONAL_TEXT, TASK_CELL_UNREAD};
use crate::points::whole_in_cell;
use crate::row_identity::RowCells;
use crate::sieve::Sieve;
use crate::spelling::{fold, tidy};
use crate::withheld::Withheld;
use crate::{Extracted, Scene, task_header};
use srez_model::assessment::Difficulty;
use srez_model::descriptor::{Descriptors, TaskDescriptor};
use srez_model::form::Field;
use srez_model::note::{column_name, is_quotable};
use srez_model::personal::{has_number, is_name_alone, names_in_full, without_personal};
use srez_model::raw_sheet::{MergedRegion, RawCell};

/// Letters in a row that a code has at most.
const LONGEST_LETTERS: usize = 3;

/// Takes the table of a sheet.
pub(crate) fn extract(scene: &Scene<'_>) -> Extracted {
    let mut extracted = Extracted::default();
    extracted.rows.read = scene.sheet.height();
    let mut sieve = Sieve::new(scene);
    let is_codifier = scene.found.columns.contains_key(&Field::CodeText);
    let (mut tasks, mut codes) = (Vec::new(), Vec::new());
    let mut withheld = Withheld::default();
    for row in 0..scene.sheet.height() {
        let cells = RowCells::new(scene, row);
        if scene.is_blank_row(row) {
            extracted.rows.blank += 1;
        } else if row <= scene.found.header_row || is_row_of_a_plan(scene, row) {
            extracted.rows.structural += 1;
        } else if !sieve.lets_through(row, &mut extracted) {
        } else if is_codifier {
            match entry(cells) {
                Ok(Some(entry)) => {
                    codes.push(entry);
                    extracted.rows.accepted += 1;
                }
                Ok(None) => extracted.rows.structural += 1,
                Err((field, message)) => {
                    let column = scene.found.columns.get(&field).copied().unwrap_or(0);
                    extracted.notes.push(scene.note(&DESCRIPTOR_ROW, row, column, message));
                    extracted.rows.rejected += 1;
                }
            }
        } else if let Some(task) = task(scene, cells) {
            note_persons(scene, row, &mut withheld);
            note_unread(scene, row, &task, &mut extracted);
            tasks.push(task);
            extracted.rows.accepted += 1;
        } else {
            let column = scene.found.columns.get(&Field::Task).copied().unwrap_or(0);
            let message = match merged_with(scene, row, column) {
                Some(first) => format!("номер задания не прочитан: ячейка объединена с {first}"),
                None => "номер задания не прочитан".to_owned(),
            };
            extracted.notes.push(scene.note(&DESCRIPTOR_ROW, row, column, message));
            extracted.rows.rejected += 1;
        }
    }
    extracted.notes.extend(withheld.notes(scene));
    let header = fold(
        &scene.sheet.text(scene.found.header_row, scene.found.columns.get(&Field::CodeText).copied().unwrap_or(0)),
    );
    extracted.descriptors.push(match (is_codifier, header.contains("требован") || header.contains("умения"))
    {
        (false, _) if is_plan(scene) => Descriptors::Plan(tasks),
        (false, _) => Descriptors::Tasks(tasks),
        (true, true) => Descriptors::Requirements(codes),
        (true, false) => Descriptors::Contents(codes),
    });
    extracted
}

/// True for the plan of a published specification: a catalogue says «Код КЭС», once for each row, or is no table of
/// Russian words.
fn is_plan(scene: &Scene<'_>) -> bool {
    let header = |field: &Field| {
        let column = scene.found.columns.get(field)?;
        Some(fold(&scene.sheet.text(scene.found.header_row, *column)))
    };
    let is_catalogue =
        [Field::ContentCode, Field::RequirementCode].iter().filter_map(header).any(|header| header.starts_with("код "));
    !is_catalogue && header(&Field::Task).is_some_and(|header| !header.is_ascii())
}

/// True for rows of a plan that are no tasks: the numbers of the columns below the header, the title of a part.
fn is_row_of_a_plan(scene: &Scene<'_>, row: u32) -> bool {
    if !is_plan(scene) {
        return false;
    }
    let filled: Vec<RawCell> =
        scene.sheet.row(row).iter().copied().filter(|cell| !scene.sheet.is_blank(*cell)).collect();
    let numbers: Vec<u32> = filled.iter().map_while(|cell| whole_in_cell(scene.sheet, *cell)).collect();
    let is_numbering = row == scene.found.header_row + 1
        && numbers.len() > 2
        && numbers.len() == filled.len()
        && numbers.first() == Some(&1)
        && numbers.is_sorted_by(|left, right| left < right);
    let is_title = |cell: &RawCell| task_header::parse(&scene.sheet.show(*cell)).is_none();
    is_numbering || matches!(filled.as_slice(), [only] if is_title(only))
}

/// Says which cells of a task hold something that is not understood, or nothing because they are merged with others.
fn note_unread(scene: &Scene<'_>, row: u32, task: &TaskDescriptor, extracted: &mut Extracted) {
    let unread = [
        (Field::Level, task.difficulty.is_none(), "уровень сложности не прочитан: нужно Б, П или В"),
        (Field::Maximum, task.max.is_none(), "максимальный балл не прочитан: нужно целое число"),
        (Field::ContentCode, task.content_code.is_empty(), UNREAD_CODES),
        (Field::RequirementCode, task.requirement_code.is_empty(), UNREAD_CODES),
    ];
    for (field, is_unread, message) in unread {
        let Some(column) = scene.found.columns.get(&field).copied().filter(|_| is_unread) else { continue };
        let cell = scene.sheet.cell(row, column);
        let is_told = match field {
            Field::Level => !scene.sheet.is_blank(cell),
            Field::Maximum => true,
            // Other texts that are no codes are counted as withheld.
            _ => is_range(&tidy(&scene.sheet.show(cell))),
        };
        let message = match merged_with(scene, row, column) {
            Some(first) => format!("{}: ячейка объединена с {first}, впишите значение в каждую строку", field.title()),
            None if is_told => message.to_owned(),
            None => continue,
        };
        extracted.notes.push(scene.note(&TASK_CELL_UNREAD, row, column, message));
    }
}

const UNREAD_CODES: &str = "коды не прочитаны: впишите их через запятую, по одному, без промежутков вида «1.1–1.3»";

/// Address of the first cell of the merged region in which a cell is not the first.
fn merged_with(scene: &Scene<'_>, row: u32, column: u32) -> Option<String> {
    let holds = |region: &&MergedRegion| {
        (region.first_row..=region.last_row).contains(&row)
            && (region.first_column..=region.last_column).contains(&column)
            && (region.first_row, region.first_column) != (row, column)
    };
    let region = scene.sheet.merged.iter().find(holds)?;
    Some(format!("{}{}", column_name(region.first_column + 1), region.first_row + 1))
}

/// A code and its words; none for a title of a part, and why there is none where something else stands there.
fn entry(cells: RowCells<'_>) -> Result<Option<(String, String)>, (Field, &'static str)> {
    let (code, words) = (code(cells, Field::Code), text(cells, Field::CodeText));
    let is_code = is_quotable(&code) && !code.contains(' ') && code.chars().any(|sign| sign.is_ascii_digit());
    let says = words.chars().filter(|sign| sign.is_alphabetic()).count() > 1;
    match (cells.cell(Field::Code), cells.cell(Field::CodeText)) {
        (RawCell::Date(_), _) => Err((Field::Code, "вместо кода дата: Excel превратил запись вида «2.5» в дату")),
        (RawCell::Empty, RawCell::Text(_)) if says => Ok(None),
        _ if !is_code => Err((Field::Code, "в строке нет кода: нужно число или числа через точку, «2.5»")),
        _ if !says => Err((Field::CodeText, "у кода нет описания словами")),
        _ => Ok(Some((code, words))),
    }
}

/// Counts texts that were not taken because they are the name of somebody.
fn note_persons(scene: &Scene<'_>, row: u32, withheld: &mut Withheld) {
    for field in [Field::Skill, Field::Content, Field::ContentCode, Field::RequirementCode] {
        let Some(column) = scene.found.columns.get(&field) else { continue };
        let cell = scene.sheet.cell(row, *column);
        if matches!(cell, RawCell::Date(_)) {
            withheld.add(&TASK_CELL_UNREAD, row, *column);
            continue;
        }
        let text = tidy(&scene.sheet.show(cell));
        let is_code = matches!(field, Field::ContentCode | Field::RequirementCode);
        if is_name_alone(&text) || is_code && !is_codes(&text) {
            withheld.add(&PERSONAL_TEXT, row, *column);
        }
    }
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

/// A code as text; a date is what Excel made of «2.5» and gives no code, and neither do words.
fn code(cells: RowCells<'_>, field: Field) -> String {
    let written = cells.text(field);
    if matches!(cells.cell(field), RawCell::Date(_)) || !is_codes(&written) || is_range(&written) {
        String::new()
    } else {
        written
    }
}

/// True for «1.1–1.3»: which codes it means only the codifier knows.
fn is_range(text: &str) -> bool {
    let is_digit = |sign: char| sign.is_ascii_digit();
    let parts: Vec<&str> = text.split(['–', '—', '-']).map(str::trim).collect();
    parts.windows(2).any(|pair| matches!(pair, [a, b] if a.ends_with(is_digit) && b.starts_with(is_digit)))
}

/// True for codes such as «2.5», «К1» and «1.1, 1.2 и 2.4».
fn is_codes(text: &str) -> bool {
    let is_short = |run: &str| run.chars().count() <= LONGEST_LETTERS;
    !has_number(text) && text.split(|sign: char| !sign.is_alphabetic()).all(is_short)
}

/// Descriptions of tasks name writers and scholars; who stands there in full, with a number or alone, is none of them.
fn text(cells: RowCells<'_>, field: Field) -> String {
    let text = cells.text(field);
    if is_name_alone(&text) {
        return String::new();
    }
    if has_number(&text) || names_in_full(&text) { without_personal(&text) } else { text }
}
