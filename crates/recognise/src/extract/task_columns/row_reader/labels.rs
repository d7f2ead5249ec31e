//! Whose row it is: school, class, participant, variant, sex, textbook.

use super::{CLASS, MUNICIPALITY, PARTICIPANT, RowReader, SCHOOL, SEX, TEXTBOOK, UPLOADED, VARIANT};
use crate::class_name::{ClassName, normalise, odd_class};
use crate::codes::{
    CLASS_UNKNOWN, CODE_LIKE_FORMULA, CODE_WITH_FRACTION, ODD_CLASS, ODD_SEX, PARTICIPANT_NO_CODE, PARTICIPANT_UNKNOWN,
    PERSONAL_TEXT, TEXTBOOK_UNKNOWN, VARIANT_NO_CODE,
};
use crate::named_schools;
use crate::points::Reading;
use crate::spelling::{fold, tidy};
use crate::{calendar, pseudonym, school_key, textbook};
use srez_model::block::RowState;
use srez_model::form::{ClassSpelling, Field};
use srez_model::note::{NoteDefinition, is_quotable, quoted};
use srez_model::place::without_fraction;
use srez_model::raw_sheet::RawCell;

impl RowReader<'_> {
    pub(super) fn push_labels(&mut self, row: u32, state: RowState) {
        let scene = self.scene;
        let sheet = scene.sheet;
        if self.school_of_file.is_empty() {
            let mut cell = self.cell(row, Field::School);
            if sheet.is_blank(cell) {
                cell = self.cell(row, Field::SchoolName);
            }
            self.labels[SCHOOL].push_cell(sheet, cell, &mut school_key::of);
            self.note_code_with_fraction(row, Field::School);
        } else {
            self.labels[SCHOOL].push(&self.school_of_file);
        }
        let municipality = self.cell(row, Field::Municipality);
        let read = &mut |text: &str| named_schools::municipality(scene, text);
        self.labels[MUNICIPALITY].push_cell(sheet, municipality, read);
        self.note_withheld(MUNICIPALITY, municipality, &PERSONAL_TEXT, row, Field::Municipality);
        if scene.found.columns.contains_key(&Field::Surname) {
            let pseudonym = self.pseudonym(row);
            self.labels[PARTICIPANT].push(&pseudonym);
        } else {
            self.push_participant(row);
        }
        let variant = self.variant_cell(row);
        self.labels[VARIANT].push_cell(sheet, variant, &mut |text| {
            let text = tidy(text);
            if is_quotable(&text) { text } else { String::new() }
        });
        self.note_withheld(VARIANT, variant, &VARIANT_NO_CODE, row, Field::Variant);
        let uploaded = self.cell(row, Field::Uploaded);
        let upload_time = calendar::in_cell(sheet, uploaded);
        self.labels[UPLOADED].push(&upload_time);
        let textbook = self.cell(row, Field::Textbook);
        let points = &mut self.points;
        let is_score = matches!(points.read(sheet, textbook), Reading::Code(_));
        let textbook = if is_score { RawCell::Empty } else { textbook };
        let is_date = matches!(textbook, RawCell::Date(_));
        let read = &mut |text: &str| textbook::name(text).filter(|_| !is_date).unwrap_or_default();
        self.labels[TEXTBOOK].push_cell(sheet, textbook, read);
        self.note_withheld(TEXTBOOK, textbook, &TEXTBOOK_UNKNOWN, row, Field::Textbook);
        self.push_class(row, state);
        self.push_sex(row);
        if state == RowState::Accepted && self.labels[PARTICIPANT].last().is_empty() {
            let column = self.column(Field::Participant);
            self.notes.push(scene.note(&PARTICIPANT_UNKNOWN, row, column, "баллы есть, кода участника нет"));
        }
    }

    /// The code of the participant, or a pseudonym where the cell holds anything else.
    fn push_participant(&mut self, row: u32) {
        let (sheet, cell) = (self.scene.sheet, self.cell(row, Field::Participant));
        if self.is_code(cell) {
            self.labels[PARTICIPANT].push_cell(sheet, cell, &mut |text| without_fraction(&tidy(text)).to_owned());
            self.note_code_with_fraction(row, Field::Participant);
            return;
        }
        let written = tidy(&sheet.show(cell));
        let key = &self.scene.settings.pseudonym_key;
        let pseudonym = pseudonym::of(key, self.labels[SCHOOL].last(), &written, "");
        self.labels[PARTICIPANT].push(&pseudonym);
        let column = self.column(Field::Participant);
        self.withheld.add(&PARTICIPANT_NO_CODE, row, column);
        self.note_code_like_formula(row, &written);
    }

    /// True for a short code, and for nothing at all; asked once for every text.
    fn is_code(&mut self, cell: RawCell) -> bool {
        let sheet = self.scene.sheet;
        let read = || {
            let text = tidy(&sheet.show(cell));
            text.is_empty() || pseudonym::is_code(without_fraction(&text))
        };
        match cell {
            RawCell::Text(text) => *self.code_by_text.entry(text).or_insert_with(read),
            RawCell::Date(_) => false,
            _ => read(),
        }
    }

    /// Counts a cell that holds something of which no label was made.
    fn note_withheld(&mut self, label: usize, cell: RawCell, code: &'static NoteDefinition, row: u32, field: Field) {
        let is_empty = self.labels.get(label).is_none_or(|labels| labels.last().is_empty());
        if is_empty && !self.scene.sheet.is_blank(cell) {
            let column = self.column(field);
            self.withheld.add(code, row, column);
        }
    }

    /// A code that is written as text with a fraction: it lost the fraction, and perhaps zeros in front before that.
    fn note_code_with_fraction(&mut self, row: u32, field: Field) {
        let RawCell::Text(text) = self.cell(row, field) else { return };
        let written = self.scene.sheet.string(text);
        if !written.contains(['.', ',']) {
            return;
        }
        let written = tidy(written);
        let code = without_fraction(&written);
        if code != written {
            let message = format!("код {} прочитан как {code}", quoted(&written));
            let column = self.column(field);
            self.notes.push(self.scene.note(&CODE_WITH_FRACTION, row, column, message).found(written));
        }
    }

    /// A code that a spreadsheet would take for a formula; it stays text everywhere.
    fn note_code_like_formula(&mut self, row: u32, code: &str) {
        if code.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
            let message = "код участника начинается со знака формулы: строка учтена под псевдонимом";
            let code = code.to_owned();
            self.note_once(&CODE_LIKE_FORMULA, row, Field::Participant, code, message.to_owned());
        }
    }

    /// Who it is, where the form has names and no codes; empty where the row names nobody.
    fn pseudonym(&self, row: u32) -> String {
        let names: Vec<String> = [Field::Surname, Field::GivenName, Field::Patronymic]
            .map(|field| tidy(&self.scene.sheet.show(self.cell(row, field))))
            .into_iter()
            .filter(|name| !name.is_empty())
            .collect();
        if names.is_empty() {
            return String::new();
        }
        pseudonym::of(&self.scene.settings.pseudonym_key, self.labels[SCHOOL].last(), &names.join(" "), "")
    }

    /// The variant of the part that was written.
    pub(super) fn variant_cell(&mut self, row: u32) -> RawCell {
        let first = self.cell(row, Field::Variant);
        let second = self.cell(row, Field::SecondVariant);
        let absent = self.is_absent(row, Field::Variant);
        if (absent || self.scene.sheet.is_blank(first)) && !self.scene.sheet.is_blank(second) { second } else { first }
    }

    pub(super) fn push_class(&mut self, row: u32, state: RowState) {
        let cell = self.cell(row, Field::Class);
        let (grade, spelling) = (self.class_grade, self.scene.profile.class);
        let none = &self.scene.profile.codes.no_class;
        let key = &self.scene.settings.pseudonym_key;
        let cell = self.without_date(row, cell);
        let mut odd = None;
        self.labels[CLASS].push_cell(self.scene.sheet, cell, &mut |text| {
            if spelling == ClassSpelling::Pointer {
                return tidy(text);
            }
            let ClassName { name, odd: how } = normalise(text, grade, none, key);
            odd = how.map(|how| (how, name.clone()));
            name
        });
        if let Some((how, name)) = odd {
            let message = odd_class(how, &name);
            self.note_once(&ODD_CLASS, row, Field::Class, name, message);
        }
        let has_class = self.scene.found.columns.contains_key(&Field::Class);
        let is_date = matches!(self.cell(row, Field::Class), RawCell::Date(_));
        if has_class && !is_date && state == RowState::Accepted && self.labels[CLASS].last().is_empty() {
            let column = self.column(Field::Class);
            self.notes.push(self.scene.note(&CLASS_UNKNOWN, row, column, "класс не указан"));
        }
    }

    /// The cell of the class; blank, with a note, where Excel made a date of a class such as «5-1».
    fn without_date(&mut self, row: u32, cell: RawCell) -> RawCell {
        if !matches!(cell, RawCell::Date(_)) {
            return cell;
        }
        let date = calendar::shown(self.scene.sheet, cell);
        let message =
            format!("вместо класса дата {}: вероятно, Excel превратил запись вида «5-1» в дату", quoted(&date));
        self.note_once(&ODD_CLASS, row, Field::Class, date, message);
        RawCell::Empty
    }

    pub(super) fn push_sex(&mut self, row: u32) {
        let cell = self.cell(row, Field::Sex);
        let mut odd = None;
        self.labels[SEX].push_cell(self.scene.sheet, cell, &mut |text| match fold(text).as_str() {
            known @ ("м" | "ж") => known.to_owned(),
            "муж" | "муж." | "мужской" => "м".to_owned(),
            "жен" | "жен." | "женский" => "ж".to_owned(),
            "" => String::new(),
            _ => {
                odd = Some(tidy(text));
                String::new()
            }
        });
        if let Some(text) = odd {
            let message = format!("пол {} не прочитан", quoted(&text));
            self.note_once(&ODD_SEX, row, Field::Sex, text, message);
        }
    }
}
