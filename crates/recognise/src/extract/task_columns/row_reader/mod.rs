//! Rows of participants: who counts, what each cell says.

mod absence;
mod labels;
mod no_task;
mod remarks;
mod whose;

use self::absence::Absence;
use super::layout::Layout;
use super::percents::PercentColumns;
use crate::codes::{ABSENT_WITH_POINTS, HEADER_REORDERED, ROW_WITHOUT_POINTS, ROW_WITHOUT_SCHOOL};
use crate::head::Head;
use crate::identity::Identity;
use crate::label_column::LabelColumn;
use crate::points::{PointReader, Reading, whole_in_cell};
use crate::spelling::fold;
use crate::strange_row::{Strange, StrangeRows};
use crate::withheld::Withheld;
use crate::{Extracted, ExtractedBlock, Scene};
use rustc_hash::FxHashMap;
use srez_model::block::{ABSENT_PART, Block, NOT_ATTEMPTED, NamedColumns, PointCode, RowState, UNREADABLE};
use srez_model::form::{ClassSpelling, Field};
use srez_model::note::{Note, NoteCode};
use srez_model::raw_sheet::RawCell;
use std::collections::BTreeSet;

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
    percents: PercentColumns,
    readings: Vec<Reading>,
    absent_by_text: FxHashMap<u32, bool>,
    code_by_text: FxHashMap<u32, bool>,
    withheld: Withheld,
    block: Block,
    columns: Vec<Vec<PointCode>>,
    labels: [LabelColumn; 8],
    groups: Vec<Group>,
    refused_rows: u32,
    nameless_rows: u32,
    nameless_columns: BTreeSet<u32>,
    unsummed_rows: u32,
    /// Fields of which a participant of this sheet has one filled; empty where no row names anybody.
    naming: Vec<Field>,
    /// Fields that tell which paper was written, where one row has them.
    written_by: Vec<Field>,
    /// True below a header in another order.
    reordered: bool,
    seen_odd: Vec<(NoteCode, String)>,
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
            percents: PercentColumns::of(scene.sheet, &layout, scene.found.header_row + 1),
            readings: vec![Reading::Blank; tasks],
            absent_by_text: FxHashMap::default(),
            code_by_text: FxHashMap::default(),
            withheld: Withheld::default(),
            columns: vec![Vec::new(); tasks],
            labels: Default::default(),
            groups: Vec::new(),
            refused_rows: 0,
            nameless_rows: 0,
            nameless_columns: BTreeSet::new(),
            unsummed_rows: 0,
            naming: Vec::new(),
            written_by: Vec::new(),
            reordered: false,
            seen_odd: Vec::new(),
            notes: Vec::new(),
            scene,
            layout,
            block,
        }
    }

    /// Reads all rows.
    pub(super) fn read_all(mut self, extracted: &mut Extracted) {
        let strange = StrangeRows::new(self.scene);
        self.find_naming_fields(&strange);
        for row in self.scene.found.header_row + 1..self.scene.sheet.height() {
            if self.reordered {
                self.take_below_other_header(row, extracted);
                continue;
            }
            let written = self.read_points(row);
            let bare = written == 0
                && [Field::Participant, Field::Surname, Field::Variant, Field::SecondVariant, Field::Presence]
                    .iter()
                    .all(|field| self.is_blank(row, *field));
            if bare {
                self.take_bare_row(row, extracted);
                continue;
            }
            match strange.of(row) {
                Some(Strange::OtherHeader) => {
                    extracted.rows.structural += 1;
                    self.reordered = true;
                    let message = "заголовок повторён с другим порядком столбцов: строки ниже не учтены";
                    self.notes.push(self.scene.note(&HEADER_REORDERED, row, 0, message));
                }
                Some(_) => extracted.rows.structural += 1,
                None if self.is_total(row) => extracted.rows.structural += 1,
                None => match self.misfit(row, written) {
                    Some(note) => {
                        self.notes.push(note);
                        extracted.rows.rejected += 1;
                    }
                    None => self.take_row(row, written),
                },
            }
        }
        self.check_groups();
        self.note_sheet_oddities();
        self.note_column_that_is_no_task();
        extracted.notes.extend(self.withheld.notes(self.scene));
        extracted.notes.append(&mut self.notes);
        if self.block.rows() != 0 {
            let (profile, class_grade) = (self.scene.found.profile, self.class_grade);
            extracted.blocks.push(ExtractedBlock { block: self.finish(), profile, class_grade });
        }
    }

    fn cell(&self, row: u32, field: Field) -> RawCell {
        self.scene.found.columns.get(&field).map_or(RawCell::Empty, |column| self.scene.sheet.cell(row, *column))
    }

    /// Column of a field, counted from 0; the first one where the form has none.
    fn column(&self, field: Field) -> u32 {
        self.scene.found.columns.get(&field).copied().unwrap_or(0)
    }

    fn is_blank(&self, row: u32, field: Field) -> bool {
        self.scene.is_blank(self.cell(row, field))
    }

    /// Reads the points of a row; the number of cells that hold something. A formula without a value is no sign of a
    /// participant: the rows of an empty form are full of them.
    fn read_points(&mut self, row: u32) -> usize {
        let mut written = 0;
        let columns = self.layout.columns.iter().zip(&self.layout.maxima);
        for (place, (reading, (column, max))) in self.readings.iter_mut().zip(columns).enumerate() {
            let cell = self.scene.sheet.cell(row, *column);
            *reading = match cell {
                RawCell::Percent(shown) => self.percents.read(place, row, shown, *max),
                cell => self.points.read(self.scene.sheet, cell),
            };
            written += usize::from(*reading != Reading::Blank && cell != RawCell::FormulaWithoutValue);
        }
        written
    }

    /// Below a header in another order nothing can be read by the first one.
    fn take_below_other_header(&self, row: u32, extracted: &mut Extracted) {
        if self.scene.is_blank_row(row) {
            extracted.rows.blank += 1;
        } else {
            extracted.rows.rejected += 1;
        }
    }

    /// A row of totals below the table: a cell begins with a word of the profile, and nobody is named.
    fn is_total(&self, row: u32) -> bool {
        let sheet = self.scene.sheet;
        let begins = |cell: &RawCell| match cell {
            RawCell::Text(text) => {
                let text = fold(sheet.string(*text));
                self.structural_words.iter().any(|word| text.starts_with(word.as_str()))
            }
            _ => false,
        };
        let who = [Field::Participant, Field::Surname].map(|field| self.cell(row, field));
        !self.structural_words.is_empty()
            && self.is_blank(row, Field::Variant)
            && who.iter().all(|cell| sheet.is_blank(*cell) || begins(cell))
            && sheet.row(row).iter().any(begins)
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
                    let column = sheet.row(row).iter().position(|cell| !sheet.is_blank(*cell)).unwrap_or(0);
                    let column = u32::try_from(column).unwrap_or(0);
                    let (first, refused) = (self.block.rows(), self.refused_rows);
                    self.groups.push(Group { row, column, declared, first, refused });
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
            let column = self.column(Field::Participant);
            self.notes.push(self.scene.note(
                &ROW_WITHOUT_POINTS,
                row,
                column,
                "в строке нет ни кода участника, ни баллов",
            ));
            extracted.rows.rejected += 1;
            self.refused_rows += 1;
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
            let column = self.column(Field::School);
            self.notes.push(self.scene.note(&ROW_WITHOUT_SCHOOL, row, column, "в строке нет логина или кода школы"));
            state = RowState::Rejected;
        } else if state == RowState::Rejected {
            let column = self.layout.columns.first().copied().unwrap_or(0);
            let message = "ни одно задание не заполнено, отметки об отсутствии нет";
            self.notes.push(self.scene.note(&ROW_WITHOUT_POINTS, row, column, message));
        } else if state == RowState::Absent && written != 0 {
            let by_presence = self.is_absent(row, Field::Presence);
            let column = self.column(if by_presence { Field::Presence } else { Field::Variant });
            let message = format!("отмечен отсутствующим, но заполнено заданий: {written}");
            self.notes.push(self.scene.note(&ABSENT_WITH_POINTS, row, column, message));
        }
        let missed = self.missed_lesson(row);
        for place in 0..self.readings.len() {
            // Where the specification does not say which lesson a task belongs to, what is blank was missed.
            let lesson = self.layout.lessons.get(place).copied().flatten();
            let is_missed = match absence {
                Absence::None => false,
                Absence::Part => lesson.is_none() || missed.is_none() || lesson == missed,
                Absence::Whole => true,
            };
            let code = match self.readings[place] {
                Reading::Blank if is_missed => ABSENT_PART,
                Reading::Blank => NOT_ATTEMPTED,
                Reading::Code(NOT_ATTEMPTED) if is_missed && lesson.is_some() => ABSENT_PART,
                Reading::Code(code) => code,
                Reading::WithFraction(code) => {
                    if state == RowState::Accepted {
                        self.note_fraction(row, self.layout.columns[place], code);
                    }
                    code
                }
                Reading::Unreadable => {
                    if state == RowState::Accepted {
                        self.note_unreadable(row, place);
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
        block.total = vec![None; block.rows()];
        block.result = vec![None; block.rows()];
        block
    }
}

/// A row that names a school and declares its participants.
struct Group {
    /// Row counted from 0.
    row: u32,
    /// Column of its first cell, counted from 0.
    column: u32,
    declared: u32,
    /// Rows of the block and rows refused before it.
    first: usize,
    refused: u32,
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
