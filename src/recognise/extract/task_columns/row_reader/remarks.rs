//! Numbers beside the points, and what is remarkable about a row or the sheet.

use super::RowReader;
use crate::model::block::{GREATEST_POINTS, NOT_ATTEMPTED, RowState};
use crate::model::form::Field;
use crate::model::note::{NoteCode, column_name};
use crate::model::raw_sheet::RawCell;
use crate::recognise::calendar;
use crate::recognise::codes::{
    NAMELESS_COLUMNS, ODD_JOURNAL, ODD_TOTAL, PARTICIPANTS_DIFFER, POINTS_BEYOND_TASKS, UNREADABLE_POINTS,
};
use crate::recognise::points::{Reading, whole_in_cell};
use crate::recognise::spelling::{fold, tidy};

impl RowReader<'_> {
    pub(super) fn journal(&mut self, row: u32) -> u8 {
        let cell = self.cell(row, Field::Journal);
        match whole_in_cell(self.scene.sheet, cell).and_then(|mark| u8::try_from(mark).ok()) {
            Some(mark @ 2..=5) => return mark,
            _ if self.scene.sheet.is_blank(cell) => return 0,
            _ => {}
        }
        let text = tidy(&self.scene.sheet.show(cell));
        if !self.no_mark_words.contains(&fold(&text)) {
            let message = format!("отметка по журналу «{text}» не прочитана");
            self.note_once(&ODD_JOURNAL, row, Field::Journal, text, message);
        }
        0
    }

    /// A declared number: -1 where there is none.
    pub(super) fn number(&mut self, row: u32, field: Field, what: &str) -> i16 {
        let cell = self.cell(row, field);
        if let Some(number) = whole_in_cell(self.scene.sheet, cell).and_then(|number| i16::try_from(number).ok()) {
            return number;
        }
        match cell {
            RawCell::FormulaWithoutValue => self.unsummed_rows += 1,
            cell if self.scene.sheet.is_blank(cell) => {}
            cell => {
                let text = tidy(&self.scene.sheet.show(cell));
                if !self.no_mark_words.contains(&fold(&text)) {
                    let column = self.column(field);
                    let message = format!("{what} «{text}» — не целое число");
                    self.notes.push(self.scene.note(&ODD_TOTAL, row, column, message).found(text));
                }
            }
        }
        -1
    }

    /// Points in the column that ends the tasks, values in columns without a header.
    pub(super) fn look_beyond(&mut self, row: u32, state: RowState) {
        let sheet = self.scene.sheet;
        let Some(end) = self.layout.end else { return };
        let cell = sheet.cell(row, end);
        if state == RowState::Accepted
            && matches!(self.points.read(sheet, cell), Reading::Code(code) if code <= GREATEST_POINTS || code == NOT_ATTEMPTED)
        {
            let message = "в столбце учебника стоит балл: значения повторены или сдвинуты вправо";
            self.notes.push(self.scene.note(&POINTS_BEYOND_TASKS, row, end, message).found(sheet.show(cell)));
        }
        let filled = |column: &&u32| !sheet.is_blank(sheet.cell(row, **column));
        let before =
            self.layout.nameless.iter().filter(filled).map(|column| self.nameless_columns.insert(*column)).count();
        self.nameless_rows += u32::from(before != 0);
    }

    pub(super) fn note_unreadable(&mut self, row: u32, column: u32) {
        let cell = self.scene.sheet.cell(row, column);
        let (found, message) = match cell {
            RawCell::Date(_) => {
                (calendar::in_cell(self.scene.sheet, cell), "вместо балла дата: вероятно, Excel превратил число в дату")
            }
            RawCell::Error => (self.scene.sheet.show(cell), "вместо балла ошибка формулы"),
            RawCell::FormulaWithoutValue => (String::new(), "формула без значения: откройте файл в Excel и сохраните"),
            RawCell::Bool(_) => (self.scene.sheet.show(cell), "вместо балла логическое значение"),
            RawCell::Number(number) if number.fract() != 0.0 => {
                (self.scene.sheet.show(cell).replace('.', ","), "балл не целый")
            }
            _ => (tidy(&self.scene.sheet.show(cell)), "не целое число баллов от 0 до 200 и не принятое обозначение"),
        };
        self.notes.push(self.scene.note(&UNREADABLE_POINTS, row, column, message).found(found));
    }

    /// A warning that is said once for every spelling.
    pub(super) fn note_once(&mut self, code: &NoteCode, row: u32, field: Field, found: String, message: String) {
        let key = (code.id, found.clone());
        if self.seen_odd.contains(&key) {
            return;
        }
        self.seen_odd.push(key);
        let column = self.column(field);
        self.notes.push(self.scene.note(code, row, column, message).found(found));
    }

    /// Compares the declared numbers of participants with the rows below each group row, where a sheet has several;
    /// the sum of the sheet is for others to judge.
    pub(super) fn check_groups(&mut self) {
        let ends = self.groups.iter().skip(1).map(|(_, _, first)| *first);
        let all = u32::try_from(self.block.rows()).unwrap_or(u32::MAX);
        for ((row, declared, first), end) in self.groups.iter().zip(ends.chain([all])) {
            let rows = end - first;
            if rows != *declared && 1 < self.groups.len() {
                let message = format!("объявлено участников: {declared}, строк: {rows}");
                self.notes.push(self.scene.note(&PARTICIPANTS_DIFFER, *row, 0, message));
            }
        }
        if !self.groups.is_empty() {
            self.block.declared_participants = Some(self.groups.iter().map(|(_, declared, _)| declared).sum());
        }
    }

    pub(super) fn note_sheet_oddities(&mut self) {
        if let Some(first) = self.nameless_columns.first() {
            let names: Vec<String> = self.nameless_columns.iter().map(|column| column_name(column + 1)).collect();
            let message =
                format!("столбцы без заголовка: {}; строк со значениями: {}", names.join(", "), self.nameless_rows);
            self.notes.push(self.scene.note(&NAMELESS_COLUMNS, self.scene.found.header_row, *first, message));
        }
        if self.unsummed_rows != 0 {
            let message = format!("формула без значения, строк: {}", self.unsummed_rows);
            let column = self.column(Field::Total);
            self.notes.push(self.scene.note(&ODD_TOTAL, self.scene.found.header_row, column, message));
        }
    }
}
