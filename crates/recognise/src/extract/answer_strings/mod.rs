//! Protocols of ОГЭ, ЕГЭ and ГВЭ: answer strings, several exams on one sheet, names that never leave this file.

mod answers;
mod by_row;
mod cell;
mod row_answers;
mod state_exam;
mod table;
mod whose;

use crate::codes::{POINTS_OF_NOBODY, ROW_WITHOUT_POINTS, TABLE_REFUSED};
use crate::detect::{Columns, columns_in_row, is_whole};
use crate::exam_title::{self, Title};
use crate::points::score_in_cell;
use crate::sieve::Sieve;
use crate::spelling::fold;
use crate::{Extracted, ExtractedBlock, Scene};
use srez_model::form::Field;
use srez_model::raw_sheet::RawCell;
use table::Table;

/// Takes all exams of a sheet.
pub(crate) fn extract(scene: &Scene<'_>) -> Extracted {
    if scene.found.columns.contains_key(&Field::Exam) {
        return by_row::extract(scene);
    }
    let mut extracted = Extracted::default();
    extracted.rows.read = scene.sheet.height();
    let mut sieve = Sieve::new(scene);
    let mut title: Option<Title> = None;
    let mut table: Option<Table<'_>> = None;
    let structural: Vec<String> = scene.profile.structural_rows.iter().map(|word| fold(word)).collect();
    for row in 0..scene.sheet.height() {
        if scene.is_blank_row(row) {
            extracted.rows.blank += 1;
            continue;
        }
        let columns = header(scene, row);
        if let Some(columns) = columns {
            extracted.rows.structural += 1;
            match &mut table {
                Some(table) if title.is_none() => table.move_columns(columns),
                _ => {
                    close(scene, table.take(), &mut extracted);
                    table = Some(Table::new(scene, title.take(), row, columns));
                }
            }
        } else if let Some(found) = exam_title::read(scene, row) {
            extracted.rows.structural += 1;
            title = Some(found);
        } else if is_structural(scene, row, &structural) {
            extracted.rows.structural += 1;
        } else if table.is_some() && title.is_none() && !sieve.lets_through(row, &mut extracted) {
        } else if let Some(table) = table.as_mut().filter(|table| title.is_none() && table.is_participant(row)) {
            table.push(row);
        } else if table.as_ref().is_some_and(|table| title.is_none() && table.holds_school(row)) {
            let message = "у строки есть школа, но нет ни номера, ни первичного балла";
            extracted.notes.push(scene.note(&ROW_WITHOUT_POINTS, row, 0, message).at(row + 1, 0));
            extracted.rows.rejected += 1;
        } else if let Some(column) =
            table.as_ref().filter(|_| title.is_none()).and_then(|table| table.points_of_nobody(row))
        {
            let message = "результат есть, а ни номера строки, ни кода школы нет: строка не учтена";
            extracted.notes.push(scene.note(&POINTS_OF_NOBODY, row, column, message));
            extracted.rows.rejected += 1;
        } else {
            extracted.rows.structural += 1;
        }
    }
    close(scene, table, &mut extracted);
    extracted
}

/// Columns of a row that is a header.
fn header(scene: &Scene<'_>, row: u32) -> Option<Columns> {
    let has_text = scene.sheet.row(row).iter().any(|cell| matches!(cell, RawCell::Text(_)));
    if !has_text {
        return None;
    }
    let columns = columns_in_row(scene.found.profile, scene.settings.forms.len(), scene.index, scene.sheet, row);
    is_whole(scene.profile, &columns).then_some(columns)
}

/// Footers: a cell begins with one of the words of the profile.
fn is_structural(scene: &Scene<'_>, row: u32, words: &[String]) -> bool {
    let first = scene.sheet.row(row).iter().find(|cell| !scene.sheet.is_blank(**cell));
    first.is_some_and(|cell| match cell {
        RawCell::Text(text) => {
            let text = fold(scene.sheet.string(*text));
            words.iter().any(|word| text.starts_with(word.as_str()))
        }
        _ => false,
    })
}

/// Turns a finished table into a block, or says why it is refused.
fn close(scene: &Scene<'_>, table: Option<Table<'_>>, extracted: &mut Extracted) {
    let Some(table) = table else { return };
    let rows = table.rows();
    if rows == 0 {
        return;
    }
    let place = table.place();
    match table.finish() {
        Ok((block, notes, reason)) => {
            extracted.notes.extend(notes);
            extracted.reasons.push(reason);
            let (profile, class_grade) = (scene.found.profile, block.exam.grade);
            extracted.blocks.push(ExtractedBlock { block, profile, class_grade });
        }
        Err(why) => {
            let message = format!("{why}; строк исключено: {rows}");
            extracted.notes.push(scene.note(&TABLE_REFUSED, place, 0, message).at(place + 1, 0));
            extracted.rows.rejected += rows;
        }
    }
}

/// The whole number in a column of a row.
fn score_at(scene: &Scene<'_>, columns: &Columns, row: u32, field: Field) -> Option<u16> {
    columns.get(&field).and_then(|column| score_in_cell(scene.sheet, scene.sheet.cell(row, *column)))
}
