//! Numbers beside the points, and what is remarkable about a row or the sheet.

use super::{PARTICIPANT, RowReader};
use crate::calendar;
use crate::codes::{
    NAMELESS_COLUMNS, ODD_JOURNAL, ODD_TOTAL, PARTICIPANTS_DIFFER, POINTS_AS_PERCENT, POINTS_BEYOND_TASKS,
    POINTS_WITH_FRACTION, UNREADABLE_POINTS,
};
use crate::points::{Reading, score_in_cell, whole_in_cell};
use crate::spelling::{fold, tidy};
use srez_model::block::{GREATEST_POINTS, NOT_ATTEMPTED, PointCode, RowState};
use srez_model::form::Field;
use srez_model::note::{NoteDefinition, column_name, is_quotable, quoted};
use srez_model::raw_sheet::RawCell;

impl RowReader<'_> {
    pub(super) fn journal(&mut self, row: u32) -> Option<u8> {
        let cell = self.cell(row, Field::Journal);
        match whole_in_cell(self.scene.sheet, cell).and_then(|mark| u8::try_from(mark).ok()) {
            Some(mark @ 2..=5) => return Some(mark),
            _ if self.scene.sheet.is_blank(cell) => return None,
            _ => {}
        }
        let text = tidy(&self.scene.sheet.show(cell));
        if !self.no_mark_words.contains(&fold(&text)) {
            let message = format!("отметка по журналу {} не прочитана", quoted(&text));
            self.note_once(&ODD_JOURNAL, row, Field::Journal, text, message);
        }
        None
    }

    /// A declared number.
    pub(super) fn number(&mut self, row: u32, field: Field, what: &str) -> Option<u16> {
        let cell = self.cell(row, field);
        let score = score_in_cell(self.scene.sheet, cell);
        match cell {
            _ if score.is_some() => {}
            RawCell::FormulaWithoutValue => self.unsummed_rows += 1,
            cell if self.scene.sheet.is_blank(cell) => {}
            cell => {
                let text = tidy(&self.scene.sheet.show(cell));
                if !self.no_mark_words.contains(&fold(&text)) {
                    let column = self.column(field);
                    let message = format!("{what} {} — не целое число", quoted(&text));
                    self.notes.push(self.scene.note(&ODD_TOTAL, row, column, message).found(text));
                }
            }
        }
        score
    }

    /// Points in the column that ends the tasks, values in columns without a header.
    pub(super) fn look_beyond(&mut self, row: u32, state: RowState) {
        let sheet = self.scene.sheet;
        let Some(end) = self.layout.end else { return };
        let cell = sheet.cell(row, end);
        let is_points = |code: u8| code <= GREATEST_POINTS || code == NOT_ATTEMPTED;
        let read = self.points.read(sheet, cell);
        if state == RowState::Accepted && matches!(read, Reading::Code(code) if is_points(code)) {
            let message = "в столбце учебника стоит балл: значения повторены или сдвинуты вправо";
            self.notes.push(self.scene.note(&POINTS_BEYOND_TASKS, row, end, message).found(sheet.show(cell)));
        }
        let filled = |column: &&u32| !sheet.is_blank(sheet.cell(row, **column));
        let before =
            self.layout.nameless.iter().filter(filled).map(|column| self.nameless_columns.insert(*column)).count();
        self.nameless_rows += u32::from(before != 0);
    }

    pub(super) fn note_fraction(&mut self, row: u32, column: u32, points: PointCode) {
        let found = tidy(&self.scene.sheet.show(self.scene.sheet.cell(row, column)));
        let message = format!("балл записан текстом {}: прочитан как {points}", quoted(&found));
        self.notes.push(self.scene.note(&POINTS_WITH_FRACTION, row, column, message).found(found));
    }

    /// A cell of the task at a place that holds no points.
    pub(super) fn note_unreadable(&mut self, row: u32, place: usize) {
        let column = self.layout.columns.get(place).copied().unwrap_or(0);
        let sheet = self.scene.sheet;
        let cell = sheet.cell(row, column);
        let (found, what) = match cell {
            RawCell::Date(_) => {
                let date = calendar::shown(sheet, cell);
                let what = format!("вместо балла дата {}: вероятно, Excel превратил число в дату", quoted(&date));
                (date, what)
            }
            RawCell::Error => (sheet.show(cell), "вместо балла ошибка формулы".to_owned()),
            RawCell::Percent(_) => {
                let found = format!("{}%", tidy(&sheet.show(cell)).replace('.', ","));
                let what = format!("на экране «{found}» — процентный формат: балл это или доля, неизвестно");
                (found, what)
            }
            RawCell::FormulaWithoutValue => {
                (String::new(), "формула без значения: откройте файл в Excel, пересчитайте и сохраните".to_owned())
            }
            _ => {
                let found =
                    tidy(&sheet.show(cell)).replace('.', if matches!(cell, RawCell::Number(_)) { "," } else { "." });
                let is_date = matches!(cell, RawCell::Text(_)) && calendar::in_text(&found).is_some();
                let what = if found.starts_with('#') {
                    format!("вместо балла ошибка формулы {}", quoted(&found))
                } else if is_date {
                    format!("вместо балла дата {}: вероятно, Excel превратил запись вида «2.5» в дату", quoted(&found))
                } else if is_quotable(&found) {
                    format!("найдено «{found}»")
                } else {
                    "вместо балла текст".to_owned()
                };
                (found, what)
            }
        };
        let max = self.layout.maxima.get(place).copied().flatten();
        let points = max.map_or_else(|| "целое число баллов".to_owned(), |max| format!("целый балл от 0 до {max}"));
        let blank = self.scene.profile.codes.not_attempted.first();
        let blank = blank.map_or_else(|| "пусто".to_owned(), |code| format!("«{code}» или пусто"));
        let task = self.layout.tasks.get(place).map_or("", |task| task.id.as_str());
        let message = format!("задание {task}: {what}; нужно: {points}, {blank}");
        self.notes.push(self.scene.note(&UNREADABLE_POINTS, row, column, message).found(found));
    }

    /// A warning that is said once for every spelling.
    pub(super) fn note_once(&mut self, code: &NoteDefinition, row: u32, field: Field, found: String, message: String) {
        let key = (code.id, found.clone());
        if self.seen_odd.contains(&key) {
            return;
        }
        self.seen_odd.push(key);
        let column = self.column(field);
        self.notes.push(self.scene.note(code, row, column, message).found(found));
    }

    /// Compares the declared numbers of participants with the rows below each group row; a row that repeats a code
    /// is spoken of elsewhere and makes no alarm here.
    pub(super) fn check_groups(&mut self) {
        for (place, group) in self.groups.iter().enumerate() {
            let next = self.groups.get(place + 1);
            let end = next.map_or(self.block.rows(), |next| next.first);
            let refused = next.map_or(self.refused_rows, |next| next.refused) - group.refused;
            let count = |rows: usize| u32::try_from(rows).unwrap_or(u32::MAX).saturating_add(refused);
            let rows = count(end - group.first);
            let once = count(self.labels[PARTICIPANT].distinct(group.first, end));
            let declared = group.declared;
            if declared == rows || declared == once {
                continue;
            }
            let difference = match declared.checked_sub(rows) {
                Some(lost) => format!("не хватает: {lost}"),
                None => format!("лишних: {}", rows - declared),
            };
            let message = format!("объявлено участников: {declared}, строк в форме: {rows}, {difference}");
            let note = self.scene.note(&PARTICIPANTS_DIFFER, group.row, group.column, message);
            self.notes.push(note.found(declared.to_string()));
        }
        if !self.groups.is_empty() {
            self.block.declared_participants = Some(self.groups.iter().map(|group| group.declared).sum());
        }
    }

    pub(super) fn note_sheet_oddities(&mut self) {
        for (place, (count, first)) in std::mem::take(&mut self.percents.as_stored) {
            let column = self.layout.columns.get(place).copied().unwrap_or(0);
            let task = self.layout.tasks.get(place).map_or("", |task| task.id.as_str());
            let message = format!(
                "задание {task}: процентный формат, «100%» прочитано как 1 балл, «200%» — как 2; таких ячеек: {count}"
            );
            self.notes.push(self.scene.note(&POINTS_AS_PERCENT, first, column, message));
        }
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
