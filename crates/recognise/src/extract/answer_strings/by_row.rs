//! Tables in which every row names its own exam by code and date: one block per exam.

use super::close;
use super::table::Table;
use crate::codes::ROW_WITHOUT_POINTS;
use crate::exam_title::{self, Title};
use crate::row_identity::RowCells;
use crate::sieve::Sieve;
use crate::{Extracted, Scene, calendar};
use srez_model::form::Field;
use std::collections::BTreeMap;

/// Takes all exams of a sheet.
pub(super) fn extract(scene: &Scene<'_>) -> Extracted {
    let mut extracted = Extracted::default();
    let header = scene.found.header_row;
    extracted.rows.read = scene.sheet.height();
    let mut sieve = Sieve::new(scene);
    let mut tables: BTreeMap<(String, String), Table<'_>> = BTreeMap::new();
    for row in 0..scene.sheet.height() {
        if scene.is_blank_row(row) {
            extracted.rows.blank += 1;
        } else if row <= header {
            extracted.rows.structural += 1;
        } else if !sieve.lets_through(row, &mut extracted) {
        } else if let Some(title) = title(scene, row) {
            let fresh = || Table::new(scene, Some(title.clone()), header, scene.found.columns.clone());
            let table = tables.entry((title.code.clone(), title.date.clone())).or_insert_with(fresh);
            if table.is_participant(row) {
                table.push(row);
                continue;
            }
            let message = "в строке нет школы или результата";
            extracted.notes.push(scene.note(&ROW_WITHOUT_POINTS, row, 0, message).at(row + 1, 0));
            extracted.rows.rejected += 1;
        } else {
            let message = "код предмета или дата экзамена не прочитаны";
            let column = scene.found.columns.get(&Field::Exam).copied().unwrap_or(0);
            extracted.notes.push(scene.note(&ROW_WITHOUT_POINTS, row, column, message));
            extracted.rows.rejected += 1;
        }
    }
    for table in tables.into_values() {
        close(scene, Some(table), &mut extracted);
    }
    extracted
}

/// Code and date as a title; one digit stands for `0` and the digit.
fn title(scene: &Scene<'_>, row: u32) -> Option<Title> {
    let cells = RowCells::new(scene, row);
    let code = cells.text(Field::Exam);
    let code = if code.len() == 1 { format!("0{code}") } else { code };
    let date = calendar::in_cell(scene.sheet, cells.cell(Field::Date));
    exam_title::parse(scene.settings.subjects, row, &format!("{code} - {}", date.get(..10)?))
}
