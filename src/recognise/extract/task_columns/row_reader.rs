//! Rows of participants: who counts, what each cell says.

use super::layout::Layout;
use crate::model::block::{
    ABSENT_PART, Block, GREATEST_POINTS, NOT_ATTEMPTED, NamedColumns, PointCode, RowState, UNREADABLE,
};
use crate::model::form::{ClassSpelling, Field};
use crate::model::note::{Note, NoteCode, column_name};
use crate::model::place::canonical_login;
use crate::model::raw_sheet::RawCell;
use crate::recognise::class_name::{ClassName, normalise};
use crate::recognise::codes::{
    ABSENT_WITH_POINTS, CLASS_UNKNOWN, NAMELESS_COLUMNS, ODD_CLASS, ODD_JOURNAL, ODD_SEX, ODD_TOTAL,
    PARTICIPANT_UNKNOWN, PARTICIPANTS_DIFFER, POINTS_BEYOND_TASKS, ROW_WITHOUT_POINTS, ROW_WITHOUT_SCHOOL,
    UNREADABLE_POINTS,
};
use crate::recognise::extract::classes::textbook_name;
use crate::recognise::head::Head;
use crate::recognise::identity::{Identity, login};
use crate::recognise::label_column::LabelColumn;
use crate::recognise::points::{PointReader, Reading, whole_in_cell};
use crate::recognise::spelling::{fold, tidy};
use crate::recognise::{Extracted, ExtractedBlock, Scene, calendar};
use rustc_hash::FxHashMap;

/// Reads the rows below the header into one block.
pub(super) struct RowReader<'a> {
    scene: &'a Scene<'a>,
    layout: Layout,
    class_grade: u8,
    school_of_file: String,
    absent_words: Vec<String>,
    no_mark_words: Vec<String>,
    structural_words: Vec<String>,
    points: PointReader,
    readings: Vec<Reading>,
    absent_by_text: FxHashMap<u32, bool>,
    block: Block,
    columns: Vec<Vec<PointCode>>,
    labels: [LabelColumn; 8],
    groups: Vec<(u32, u32, u32)>,
    nameless_rows: u32,
    nameless_column: u32,
    unsummed_rows: u32,
    seen_odd: Vec<(&'static str, String)>,
    notes: Vec<Note>,
}

const SCHOOL: usize = 0;
const MUNICIPALITY: usize = 1;
const CLASS: usize = 2;
const PARTICIPANT: usize = 3;
const VARIANT: usize = 4;
const SEX: usize = 5;
const TEXTBOOK: usize = 6;
const UPLOADED: usize = 7;

impl<'a> RowReader<'a> {
    /// A reader for the rows of one sheet.
    pub(super) fn new(scene: &'a Scene<'a>, identity: Identity, school: String, head: Head, layout: Layout) -> Self {
        let profile = scene.profile;
        let folded = |words: &[String]| words.iter().map(|word| fold(word)).collect();
        let next_grade = u8::from(profile.class == ClassSpelling::LetterNextGrade);
        let mut block = Block::new(identity.key, &profile.id, scene.file, &scene.sheet.name);
        block.date = head.date;
        block.declared_maximum = head.maximum;
        block.columns = named_columns(scene);
        block.tasks.clone_from(&layout.tasks);
        let tasks = layout.tasks.len();
        Self {
            class_grade: identity.class_grade + next_grade,
            school_of_file: school,
            absent_words: folded(&profile.codes.absent),
            no_mark_words: folded(&profile.codes.no_mark),
            structural_words: folded(&profile.structural_rows),
            points: PointReader::new(&profile.codes, scene.sheet),
            readings: vec![Reading::Blank; tasks],
            absent_by_text: FxHashMap::default(),
            columns: vec![Vec::new(); tasks],
            labels: Default::default(),
            groups: Vec::new(),
            nameless_rows: 0,
            nameless_column: 0,
            unsummed_rows: 0,
            seen_odd: Vec::new(),
            notes: Vec::new(),
            scene,
            layout,
            block,
        }
    }

    /// Reads all rows.
    pub(super) fn read_all(mut self, extracted: &mut Extracted) {
        for row in self.scene.found.header_row + 1..self.scene.sheet.height() {
            let written = self.read_points(row);
            let bare = written == 0
                && [Field::Participant, Field::Variant, Field::SecondVariant]
                    .iter()
                    .all(|field| self.is_blank(row, *field));
            if bare {
                self.take_bare_row(row, extracted);
            } else if self.repeats_header(row) {
                extracted.rows.structural += 1;
            } else {
                self.take_row(row, written);
            }
        }
        self.check_groups();
        self.note_sheet_oddities();
        extracted.notes.append(&mut self.notes);
        if self.block.rows() != 0 {
            let (profile, class_grade) = (self.scene.found.profile, self.class_grade);
            extracted.blocks.push(ExtractedBlock { block: self.finish(), profile, class_grade });
        }
    }

    fn cell(&self, row: u32, field: Field) -> RawCell {
        self.scene.found.columns.get(&field).map_or(RawCell::Empty, |column| self.scene.sheet.cell(row, *column))
    }

    fn is_blank(&self, row: u32, field: Field) -> bool {
        self.scene.sheet.is_blank(self.cell(row, field))
    }

    /// Reads the points of a row; the number of cells that hold something.
    fn read_points(&mut self, row: u32) -> usize {
        let mut written = 0;
        for (reading, column) in self.readings.iter_mut().zip(&self.layout.columns) {
            *reading = self.points.read(self.scene.sheet, self.scene.sheet.cell(row, *column));
            written += usize::from(*reading != Reading::Blank);
        }
        written
    }

    fn repeats_header(&self, row: u32) -> bool {
        let header = self.cell(self.scene.found.header_row, Field::Participant);
        header != RawCell::Empty && self.cell(row, Field::Participant) == header
    }

    /// A row without code, variant and points: a group row, a template row, or one that lost its points.
    fn take_bare_row(&mut self, row: u32, extracted: &mut Extracted) {
        let sheet = self.scene.sheet;
        let texts = sheet.row(row).iter().filter(|cell| matches!(cell, RawCell::Text(_)));
        let line = texts.map(|cell| fold(&sheet.show(*cell))).collect::<Vec<_>>().join(" | ");
        if self.structural_words.iter().any(|word| line.contains(word.as_str())) {
            if let Some((_, declared)) = line.split_once("кол-во участников") {
                let digits: String = declared
                    .chars()
                    .skip_while(|letter| !letter.is_ascii_digit())
                    .take_while(char::is_ascii_digit)
                    .collect();
                let beside = || sheet.row(row).iter().find_map(|cell| whole_in_cell(sheet, *cell));
                if let Some(declared) = digits.parse().ok().or_else(beside) {
                    self.groups.push((row, declared, u32::try_from(self.block.rows()).unwrap_or(u32::MAX)));
                }
            }
            extracted.rows.structural += 1;
            return;
        }
        let total = self.cell(row, Field::Total);
        let has_total = matches!(whole_in_cell(sheet, total), Some(number) if number != 0);
        let personal = [Field::Class, Field::Sex, Field::Journal, Field::Mark];
        let school_level = [Field::School, Field::SchoolName, Field::Municipality, Field::Uploaded, Field::Groups];
        if has_total || personal.iter().any(|field| !self.is_blank(row, *field)) {
            let column = self.scene.found.columns.get(&Field::Participant).copied().unwrap_or(0);
            self.notes.push(self.scene.note(
                &ROW_WITHOUT_POINTS,
                row,
                column,
                "в строке нет ни кода участника, ни баллов",
            ));
            extracted.rows.rejected += 1;
        } else if school_level.iter().any(|field| !self.is_blank(row, *field)) {
            extracted.rows.structural += 1;
        } else {
            extracted.rows.blank += 1;
        }
    }

    fn take_row(&mut self, row: u32, written: usize) {
        let absence = self.absence(row);
        let mut state = match absence {
            Absence::None if written == 0 => RowState::Rejected,
            Absence::None => RowState::Accepted,
            Absence::Part if written != 0 => RowState::Accepted,
            Absence::Part | Absence::Whole => RowState::Absent,
        };
        self.push_labels(row, state);
        if self.labels[SCHOOL].last().is_empty() {
            let column = self.scene.found.columns.get(&Field::School).copied().unwrap_or(0);
            self.notes.push(self.scene.note(&ROW_WITHOUT_SCHOOL, row, column, "в строке нет логина или кода школы"));
            state = RowState::Rejected;
        } else if state == RowState::Rejected {
            let column = self.layout.columns.first().copied().unwrap_or(0);
            let message = "ни одно задание не заполнено, отметки об отсутствии нет";
            self.notes.push(self.scene.note(&ROW_WITHOUT_POINTS, row, column, message));
        } else if state == RowState::Absent && written != 0 {
            let column = self.scene.found.columns.get(&Field::Variant).copied().unwrap_or(0);
            let message = format!("отмечен отсутствующим, но заполнено заданий: {written}");
            self.notes.push(self.scene.note(&ABSENT_WITH_POINTS, row, column, message));
        }
        let blank = if absence == Absence::None { NOT_ATTEMPTED } else { ABSENT_PART };
        for place in 0..self.readings.len() {
            let code = match self.readings[place] {
                Reading::Blank => blank,
                Reading::Code(code) => code,
                Reading::Unreadable => {
                    if state == RowState::Accepted {
                        self.note_unreadable(row, self.layout.columns[place]);
                    }
                    UNREADABLE
                }
            };
            self.columns[place].push(code);
        }
        self.block.row.push(row + 1);
        self.block.state.push(state);
        let journal = self.journal(row);
        self.block.journal.push(journal);
        let total = self.number(row, Field::Total, "итог");
        self.block.declared_total.push(total);
        let result = self.number(row, Field::Mark, "отметка");
        self.block.declared_result.push(result);
        self.look_beyond(row, state);
    }

    fn absence(&mut self, row: u32) -> Absence {
        let (mut absent, mut present) = (false, false);
        for field in [Field::Variant, Field::SecondVariant] {
            let cell = self.cell(row, field);
            if self.scene.sheet.is_blank(cell) {
                continue;
            }
            let is_absent = match cell {
                RawCell::Text(text) => {
                    let (sheet, words) = (self.scene.sheet, &self.absent_words);
                    *self.absent_by_text.entry(text).or_insert_with(|| words.contains(&fold(sheet.string(text))))
                }
                _ => false,
            };
            absent |= is_absent;
            present |= !is_absent;
        }
        match (absent, present) {
            (false, _) => Absence::None,
            (true, true) => Absence::Part,
            (true, false) => Absence::Whole,
        }
    }

    fn push_labels(&mut self, row: u32, state: RowState) {
        let scene = self.scene;
        let sheet = scene.sheet;
        if self.school_of_file.is_empty() {
            let mut cell = self.cell(row, Field::School);
            if sheet.is_blank(cell) {
                cell = self.cell(row, Field::SchoolName);
            }
            self.labels[SCHOOL].push_cell(sheet, cell, &mut school_key);
        } else {
            self.labels[SCHOOL].push(&self.school_of_file);
        }
        let municipality = self.cell(row, Field::Municipality);
        self.labels[MUNICIPALITY].push_cell(sheet, municipality, &mut |text| name_after_code(text));
        let participant = self.cell(row, Field::Participant);
        self.labels[PARTICIPANT].push_cell(sheet, participant, &mut |text| tidy(text));
        let variant = self.variant_cell(row);
        self.labels[VARIANT].push_cell(sheet, variant, &mut |text| tidy(text));
        let uploaded = self.cell(row, Field::Uploaded);
        let upload_time = calendar::in_cell(sheet, uploaded);
        self.labels[UPLOADED].push(&upload_time);
        let textbook = self.cell(row, Field::Textbook);
        let points = &mut self.points;
        let is_score = matches!(points.read(sheet, textbook), Reading::Code(_));
        let textbook = if is_score { RawCell::Empty } else { textbook };
        self.labels[TEXTBOOK].push_cell(sheet, textbook, &mut |text| textbook_name(text));
        self.push_class(row, state);
        self.push_sex(row);
        if state == RowState::Accepted && self.labels[PARTICIPANT].last().is_empty() {
            let column = scene.found.columns.get(&Field::Participant).copied().unwrap_or(0);
            self.notes.push(scene.note(&PARTICIPANT_UNKNOWN, row, column, "баллы есть, кода участника нет"));
        }
    }

    /// The variant of the part that was written.
    fn variant_cell(&mut self, row: u32) -> RawCell {
        let first = self.cell(row, Field::Variant);
        let second = self.cell(row, Field::SecondVariant);
        let absent = matches!(first, RawCell::Text(text) if self.absent_by_text.get(&text) == Some(&true));
        if (absent || self.scene.sheet.is_blank(first)) && !self.scene.sheet.is_blank(second) { second } else { first }
    }

    fn push_class(&mut self, row: u32, state: RowState) {
        let cell = self.cell(row, Field::Class);
        let (grade, spelling) = (self.class_grade, self.scene.profile.class);
        let none = &self.scene.profile.codes.no_class;
        let mut odd = None;
        self.labels[CLASS].push_cell(self.scene.sheet, cell, &mut |text| {
            if spelling == ClassSpelling::Pointer {
                return tidy(text);
            }
            let ClassName { name, odd: is_odd } = normalise(text, grade, none);
            if is_odd {
                odd = Some(name.clone());
            }
            name
        });
        if let Some(name) = odd {
            let message = format!("класс «{name}» оставлен как есть");
            self.note_once(&ODD_CLASS, row, Field::Class, name, message);
        }
        if state == RowState::Accepted && self.labels[CLASS].last().is_empty() {
            let column = self.scene.found.columns.get(&Field::Class).copied().unwrap_or(0);
            self.notes.push(self.scene.note(&CLASS_UNKNOWN, row, column, "класс не указан"));
        }
    }

    fn push_sex(&mut self, row: u32) {
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
            let message = format!("пол «{text}» не прочитан");
            self.note_once(&ODD_SEX, row, Field::Sex, text, message);
        }
    }

    fn journal(&mut self, row: u32) -> u8 {
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
    fn number(&mut self, row: u32, field: Field, what: &str) -> i16 {
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
                    let column = self.scene.found.columns.get(&field).copied().unwrap_or(0);
                    let message = format!("{what} «{text}» — не целое число");
                    self.notes.push(self.scene.note(&ODD_TOTAL, row, column, message).found(text));
                }
            }
        }
        -1
    }

    /// Points in the column that ends the tasks, values in columns without a header.
    fn look_beyond(&mut self, row: u32, state: RowState) {
        let sheet = self.scene.sheet;
        let Some(end) = self.layout.end else { return };
        let cell = sheet.cell(row, end);
        if state == RowState::Accepted
            && matches!(self.points.read(sheet, cell), Reading::Code(code) if code <= GREATEST_POINTS || code == NOT_ATTEMPTED)
        {
            let message = "в столбце учебника стоит балл: значения повторены или сдвинуты вправо";
            self.notes.push(self.scene.note(&POINTS_BEYOND_TASKS, row, end, message).found(sheet.show(cell)));
        }
        if let Some(column) = self.layout.nameless.iter().find(|column| !sheet.is_blank(sheet.cell(row, **column))) {
            self.nameless_rows += 1;
            self.nameless_column = *column;
        }
    }

    fn note_unreadable(&mut self, row: u32, column: u32) {
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
    fn note_once(&mut self, code: &NoteCode, row: u32, field: Field, found: String, message: String) {
        let key = (code.id, found.clone());
        if self.seen_odd.contains(&key) {
            return;
        }
        self.seen_odd.push(key);
        let column = self.scene.found.columns.get(&field).copied().unwrap_or(0);
        self.notes.push(self.scene.note(code, row, column, message).found(found));
    }

    /// Compares the declared numbers of participants with the rows below each group row.
    fn check_groups(&mut self) {
        let ends = self.groups.iter().skip(1).map(|(_, _, first)| *first);
        let all = u32::try_from(self.block.rows()).unwrap_or(u32::MAX);
        for ((row, declared, first), end) in self.groups.iter().zip(ends.chain([all])) {
            let rows = end - first;
            if rows != *declared {
                let message = format!("объявлено участников: {declared}, строк: {rows}");
                self.notes.push(self.scene.note(&PARTICIPANTS_DIFFER, *row, 0, message));
            }
        }
        if !self.groups.is_empty() {
            self.block.declared_participants = Some(self.groups.iter().map(|(_, declared, _)| declared).sum());
        }
    }

    fn note_sheet_oddities(&mut self) {
        if self.nameless_rows != 0 {
            let column = column_name(self.nameless_column + 1);
            let message =
                format!("строк со значениями в столбцах без заголовка: {} (столбец {column})", self.nameless_rows);
            let row = self.scene.found.header_row;
            self.notes.push(self.scene.note(&NAMELESS_COLUMNS, row, self.nameless_column, message));
        }
        if self.unsummed_rows != 0 {
            let message = format!("формула без значения, строк: {}", self.unsummed_rows);
            let column = self.scene.found.columns.get(&Field::Total).copied().unwrap_or(0);
            self.notes.push(self.scene.note(&ODD_TOTAL, self.scene.found.header_row, column, message));
        }
    }

    fn finish(self) -> Block {
        let mut block = self.block;
        block.points = self.columns;
        let [school, municipality, class, participant, variant, sex, textbook, uploaded] = self.labels;
        block.school = school.finish();
        block.municipality = municipality.finish();
        block.class = class.finish();
        block.participant = participant.finish();
        block.variant = variant.finish();
        block.sex = sex.finish();
        block.textbook = textbook.finish();
        block.uploaded = uploaded.finish();
        if block.date.is_empty() {
            let latest = block.uploaded.names.iter().max();
            block.date = latest.and_then(|time| time.get(..10)).unwrap_or_default().to_owned();
        }
        block.total = vec![-1; block.rows()];
        block.result = vec![-1; block.rows()];
        block
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Absence {
    None,
    Part,
    Whole,
}

fn named_columns(scene: &Scene<'_>) -> NamedColumns {
    let of = |field: Field| scene.found.columns.get(&field).map_or(0, |column| column + 1);
    NamedColumns {
        school: of(Field::School),
        class: of(Field::Class),
        participant: of(Field::Participant),
        variant: of(Field::Variant),
        journal: of(Field::Journal),
        total: of(Field::Total),
        result: of(Field::Mark),
    }
}

/// Login or code of a school in a cell: alone, before ` | `, or in the suffix `(eduNNNNNN)`.
fn school_key(text: &str) -> String {
    login(text).unwrap_or_else(|| canonical_login(&tidy(text.split(" | ").next().unwrap_or(text))))
}

/// «reg22_m030 | Третьяковский район»: the name without the code.
fn name_after_code(text: &str) -> String {
    tidy(text.split_once(" | ").map_or(text, |(_, name)| name))
}
