//! Strings of answers that are blank or cannot be read.

use super::answers;
use super::table::Table;
use crate::codes::ANSWERS_DIFFER;
use crate::detect::Columns;
use srez_model::block::{PointCode, UNREADABLE};
use srez_model::form::Field;
use srez_model::note::Note;

impl Table<'_> {
    /// A blank string means that nothing of the part was attempted, if the rest makes up the declared total.
    pub(super) fn settle_blank_parts(
        &self,
        place: &(u32, Columns),
        parts: &[&Vec<usize>],
        total: i16,
        row: &mut [PointCode],
        notes: &mut Vec<Note>,
    ) {
        let known = |code: &&PointCode| **code < UNREADABLE;
        let sum: u32 = row.iter().filter(known).map(|code| u32::from(*code)).sum();
        let unreadable = row.contains(&UNREADABLE);
        if parts.is_empty() || unreadable || u32::try_from(total).is_ok_and(|total| total == sum) {
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
    pub(super) fn answers_note(&self, place: &(u32, Columns), field: Field, text: &str, tasks: usize) -> Note {
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
