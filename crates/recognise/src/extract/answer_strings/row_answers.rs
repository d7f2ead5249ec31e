//! The strings of answers of one row, also those that are blank or cannot be read.

use super::answers::{self, AnswerLayout};
use super::cell::AnswerCell;
use super::table::{RowPlace, Table};
use crate::codes::ANSWERS_DIFFER;
use srez_model::assessment::{Exam, Task};
use srez_model::block::{Block, NOT_ATTEMPTED, PointCode, UNREADABLE};
use srez_model::form::Field;
use srez_model::note::Note;
use srez_model::raw_sheet::RawCell;

impl Table<'_> {
    /// Adds the points of a row to the columns of a block.
    pub(super) fn push_points(
        &self,
        place: &RowPlace,
        exam: &Exam,
        layout: &AnswerLayout,
        total: Option<u16>,
        block: &mut Block,
        notes: &mut Vec<Note>,
    ) {
        let mut row: Vec<PointCode> = vec![NOT_ATTEMPTED; exam.tasks.len()];
        let parts = [
            (Field::ShortAnswers, &layout.short),
            (Field::ExtendedAnswers, &layout.extended),
            (Field::OralAnswers, &layout.oral),
        ];
        let mut blank_parts: Vec<&Vec<usize>> = Vec::new();
        for (field, indices) in parts {
            let known = (field == Field::ShortAnswers).then_some(indices.len());
            let text = match self.answers(place, field, known) {
                AnswerCell::Text(text) => text,
                AnswerCell::Lost(why) => {
                    notes.push(self.note(&ANSWERS_DIFFER, place, field, why));
                    for index in indices {
                        row[*index] = UNREADABLE;
                    }
                    continue;
                }
            };
            if indices.is_empty() && text.is_empty() {
                continue;
            }
            if text.is_empty() {
                blank_parts.push(indices);
                continue;
            }
            let tasks: Vec<&Task> = indices.iter().filter_map(|index| exam.tasks.get(*index)).collect();
            let points = match field {
                Field::ShortAnswers => answers::short(&text, &tasks),
                _ => answers::extended(&text, &tasks),
            };
            if points.is_none() {
                notes.push(self.answers_note(place, field, &text, tasks.len()));
            }
            let points = points.unwrap_or_else(|| vec![UNREADABLE; indices.len()]);
            for (index, code) in indices.iter().zip(points) {
                row[*index] = code;
            }
        }
        self.settle_blank_parts(place, &blank_parts, total, &mut row, notes);
        for (column, code) in block.points.iter_mut().zip(row) {
            column.push(code);
        }
    }

    /// The string of answers in a row, or what became of it.
    pub(super) fn answers(&self, place: &RowPlace, field: Field, known: Option<usize>) -> AnswerCell {
        let RowPlace { row, columns } = place;
        let cell = columns.get(&field).map_or(RawCell::Empty, |column| self.scene.sheet.cell(*row, *column));
        AnswerCell::of(self.scene.sheet, cell, known)
    }

    /// A blank string means that nothing of the part was attempted, if the rest makes up the declared total.
    fn settle_blank_parts(
        &self,
        place: &RowPlace,
        parts: &[&Vec<usize>],
        total: Option<u16>,
        row: &mut [PointCode],
        notes: &mut Vec<Note>,
    ) {
        let known = |code: &&PointCode| **code < UNREADABLE;
        let sum: u32 = row.iter().filter(known).map(|code| u32::from(*code)).sum();
        let unreadable = row.contains(&UNREADABLE);
        if parts.is_empty() || unreadable || total.is_some_and(|total| u32::from(total) == sum) {
            return;
        }
        for part in parts {
            for index in *part {
                row[*index] = UNREADABLE;
            }
        }
        notes.push(self.note(
            &ANSWERS_DIFFER,
            place,
            Field::Total,
            "строка ответов пуста, а первичный балл больше суммы остальных",
        ));
    }

    /// Why a string of answers is not read.
    fn answers_note(&self, place: &RowPlace, field: Field, text: &str, tasks: usize) -> Note {
        let message = match field {
            Field::ShortAnswers if answers::short_length(text) != tasks => {
                format!("знаков в строке: {}, заданий с кратким ответом: {tasks}", answers::short_length(text))
            }
            Field::ShortAnswers => {
                "есть знак, недопустимый для задания («+» означает 1 балл и только в задании на 1 балл)".to_owned()
            }
            _ => match answers::pairs(text) {
                Some(pairs) if pairs.len() != tasks => format!("ответов {}, заданий {tasks}", pairs.len()),
                Some(_) => "максимумы в скобках не те, что в спецификации".to_owned(),
                None => "строка не вида «1(2)0(3)»".to_owned(),
            },
        };
        let note = self.note(&ANSWERS_DIFFER, place, field, &message);
        if text.chars().any(char::is_alphabetic) { note } else { note.found(text) }
    }
}
