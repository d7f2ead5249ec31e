//! Every form drawn as text, dirt included: no workbook is opened here.

mod actions;
mod appeals;
mod dirt;
mod every_column;
mod facts;
mod names;
mod places;
mod protocols;
mod ragged;
mod regional;
mod strange_forms;
mod strange_rows;
mod tables;
mod unknown;
mod vpr;
mod works;

use super::{Recogniser, Settings};
use srez_model::assessment::{AnswerKind, Exam, ExamCatalogue, ExamKey, Procedure, SubjectCatalogue, Task};
use srez_model::block::Block;
use srez_model::delivery::Recognised;
use srez_model::form::FormProfile;
use srez_model::note::{Note, Noted};
use srez_model::raw_sheet::{RawCell, RawSheet};
use std::sync::LazyLock;

/// A sheet from lines of `a | b | c`; `¦` is a bar inside a cell, `⏎` a line break, `'1` a number as text, `=` a
/// formula without value, `@46132` a date, `%50` a number shown as «50%», `?1` and `?true` a truth value.
pub(super) fn draw(file: &str, name: &str, text: &str) -> RawSheet {
    let lines = text.trim_matches('\n').lines();
    let rows: Vec<Vec<String>> =
        lines.map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect()).collect();
    sheet_of(file, name, &rows)
}

/// A sheet from rows of cells in the same spelling.
pub(super) fn sheet_of(file: &str, name: &str, rows: &[Vec<String>]) -> RawSheet {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut sheet = RawSheet {
        file: file.to_owned(),
        name: name.to_owned(),
        width: u32::try_from(width).unwrap(),
        ..RawSheet::default()
    };
    for row in rows {
        for column in 0..width {
            let cell = cell(&mut sheet, row.get(column).map_or("", String::as_str));
            sheet.cells.push(cell);
        }
    }
    sheet
}

fn cell(sheet: &mut RawSheet, text: &str) -> RawCell {
    match (text, text.parse::<f64>()) {
        ("", _) => RawCell::Empty,
        ("#N/A", _) => RawCell::Error,
        ("=", _) => RawCell::FormulaWithoutValue,
        (text, Ok(number)) if !text.starts_with(['+', '-']) => {
            _ = text;
            RawCell::Number(number)
        }
        ("?1" | "?true", _) => RawCell::Bool(true),
        (text, _) if text.starts_with('%') && text[1..].parse::<f64>().is_ok() => {
            RawCell::Percent(text[1..].parse().unwrap())
        }
        (text, _) if text.starts_with('@') => RawCell::Date(text[1..].parse().unwrap()),
        (text, _) => {
            let text = text.strip_prefix('\'').unwrap_or(text).replace('¦', "|").replace('⏎', "\n");
            let place = sheet.strings.iter().position(|known| *known == text).unwrap_or_else(|| {
                sheet.strings.push(text);
                sheet.strings.len() - 1
            });
            RawCell::Text(u32::try_from(place).unwrap())
        }
    }
}

/// The built-in profiles and subjects, read once: one trial recognises thousands of sheets.
static FORMS: LazyLock<Vec<FormProfile>> = LazyLock::new(|| srez_config::forms::built_in().unwrap());
static SUBJECTS: LazyLock<SubjectCatalogue> = LazyLock::new(|| srez_config::subjects::built_in().unwrap());

/// Runs the recogniser with the built-in profiles and some exams.
pub(super) fn recognise(exams: &ExamCatalogue, sheets: Vec<RawSheet>) -> Noted<Recognised> {
    let settings = Settings { forms: &FORMS, exams, subjects: &SUBJECTS, pseudonym_key: [7; 32] };
    let mut recogniser = Recogniser::new(&settings, &sheets[0].file.clone());
    sheets.into_iter().for_each(|sheet| recogniser.sheet(sheet));
    let done = recogniser.finish();
    let in_blocks: u32 = done.value.blocks.iter().map(|block| u32::try_from(block.rows()).unwrap()).sum();
    let rows = done.value.rows;
    assert_eq!(rows.read, rows.blank + rows.structural + rows.accepted + rows.rejected + in_blocks, "no row is lost");
    done
}

/// An exam with tasks of some maxima.
fn exam(procedure: Procedure, year: u16, subject: &str, grade: u8, tasks: &[(&str, u16, Option<AnswerKind>)]) -> Exam {
    let task = |(place, (id, max, answer)): (usize, &(&str, u16, Option<AnswerKind>))| Task {
        id: (*id).to_owned(),
        position: u16::try_from(place + 1).unwrap(),
        max: Some(*max),
        answer: *answer,
        ..Task::default()
    };
    Exam {
        subject_title: subject.to_owned(),
        tasks: tasks.iter().enumerate().map(task).collect(),
        specified: true,
        ..Exam::unspecified(ExamKey::new(procedure, year, subject, grade))
    }
}

fn catalogue(exams: Vec<Exam>) -> ExamCatalogue {
    exams.into_iter().map(|exam| (exam.id(), exam)).collect()
}

fn codes(notes: &[Note]) -> Vec<&str> {
    notes.iter().map(|note| note.code.as_str()).collect()
}

/// Points of one row of a block.
fn row_points(block: &Block, row: usize) -> Vec<u8> {
    block.points.iter().map(|column| column[row]).collect()
}

fn task_ids(block: &Block) -> Vec<&str> {
    block.tasks.iter().map(|task| task.id.as_str()).collect()
}
