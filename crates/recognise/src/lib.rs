//! Recognition: from a raw sheet to results. A layout profile identifies the form, then identity and columns are read.
//!
//! In: raw sheets, one by one, so that a workbook's sheet can be dropped before the next is read. Out: blocks and
//! notes.
//!
//! Invariants:
//! - Names of pupils do not get through; a keyed pseudonym does (`no_name_leaves_the_room`,
//!   `no_name_leaves_the_protocols`).
//! - Whatever a sheet contains, no row is lost and nothing panics (`spoilt_sheets_lose_no_row`, fuzzing target).
//! - Every column that a profile declares is read (`the_value_of_every_declared_column_arrives_somewhere`), and none
//!   lets a name out (`no_column_of_any_form_lets_a_name_out`).
//! - A row that is no data changes no count (`a_strange_row_changes_no_count_and_is_set_aside_or_named`).
//! - What is not a number of points is never guessed (`what_is_no_number_of_points_is_never_guessed`).
//! - There is no disk and no clock: of the workspace it depends on `model` only (Cargo).

mod calendar;
mod class_name;
mod classes;
pub mod codes;
mod detect;
mod exam_title;
mod extract;
mod group_name;
mod head;
mod header_index;
mod header_words;
mod identity;
mod known_words;
mod label_column;
mod merged;
mod named_schools;
mod no_code;
mod points;
mod pseudonym;
mod ragged_row;
mod row_identity;
mod school_key;
mod sieve;
mod sketch;
mod spelling;
mod stacked;
mod strange_row;
mod summary_words;
mod task_header;
mod textbook;
#[cfg(test)]
mod trials;
mod withheld;

use classes::ClassList;
use codes::{
    ACTIONS_MISSING, EMPTY_FORM, HIDDEN_SHEET, MISSING_COLUMNS, NOTHING_ACCEPTED, UNCONFIRMED_FORM, UNKNOWN_FORM,
};
use detect::{Candidate, Detected};
use header_index::HeaderIndex;
use srez_model::action::Action;
use srez_model::appeal::Appeal;
use srez_model::assessment::{ExamCatalogue, SubjectCatalogue};
use srez_model::block::Block;
use srez_model::delivery::{Recognised, RowCounts};
use srez_model::descriptor::Descriptors;
use srez_model::facts::FactTable;
use srez_model::form::{Extractor, FormProfile};
use srez_model::note::{Note, Noted, Severity, column_name};
use srez_model::place::School;
use srez_model::raw_sheet::{RawCell, RawSheet};
use srez_model::reference::ReferenceTable;
use srez_model::sketch::Sketch;

pub use codes::CODES;

/// Columns with unknown headers that a note names.
const MOST_COLUMNS: usize = 8;

/// What the recogniser is told.
#[derive(Clone, Copy)]
pub struct Settings<'a> {
    /// Layout profiles.
    pub forms: &'a [FormProfile],
    /// Specifications; an exam without one is read by its header.
    pub exams: &'a ExamCatalogue,
    /// Subjects.
    pub subjects: &'a SubjectCatalogue,
    /// Key of the pseudonyms of participants in protocols with names.
    pub pseudonym_key: [u8; 32],
}

/// A sheet with the profile that fits it: what an extractor is given.
struct Scene<'a> {
    settings: &'a Settings<'a>,
    index: &'a HeaderIndex,
    profile: &'a FormProfile,
    file: &'a str,
    sheet: &'a RawSheet,
    found: &'a Candidate,
    /// Subject over the columns, where works stand side by side.
    group: Option<&'a head::Placed>,
    /// Names of places in the column of municipalities, found when first asked for.
    places: std::cell::OnceCell<rustc_hash::FxHashSet<String>>,
}

impl Scene<'_> {
    /// A note at a cell of the sheet; row and column counted from 0.
    fn note(&self, code: &srez_model::note::NoteDefinition, row: u32, column: u32, message: impl Into<String>) -> Note {
        Note::about_file(code, self.file, message).at_sheet(&self.sheet.name).at(row + 1, column + 1)
    }

    /// A note about the sheet as a whole.
    fn sheet_note(&self, code: &srez_model::note::NoteDefinition, message: impl Into<String>) -> Note {
        Note::about_file(code, self.file, message).at_sheet(&self.sheet.name)
    }

    /// True where a cell says nothing: a formula without a value does not, and an empty form is full of them.
    fn is_blank(&self, cell: RawCell) -> bool {
        cell == RawCell::FormulaWithoutValue || self.sheet.is_blank(cell)
    }

    /// True where nothing stands in a row.
    fn is_blank_row(&self, row: u32) -> bool {
        self.sheet.row(row).iter().all(|cell| self.is_blank(*cell))
    }
}

/// What an extractor takes from one sheet.
#[derive(Default)]
struct Extracted {
    blocks: Vec<ExtractedBlock>,
    references: Vec<ReferenceTable>,
    facts: Vec<FactTable>,
    appeals: Vec<Appeal>,
    descriptors: Vec<Descriptors>,
    schools: Vec<School>,
    actions: Vec<Action>,
    /// Rows in no block.
    rows: RowCounts,
    reasons: Vec<String>,
    notes: Vec<Note>,
}

/// A block, and what is needed to join the sheet of classes to it.
struct ExtractedBlock {
    block: Block,
    /// Index of the profile.
    profile: usize,
    /// Grade of the classes.
    class_grade: u8,
}

/// Recognises one file, sheet by sheet.
///
/// Rows: every row of the used range of a visible sheet counts as read; rows without a value in a column of the form
/// (template zeros aside) are blank; titles, headers, totals, group rows and sheets of lists are structural.
/// Hidden sheets are not read and not counted.
pub struct Recogniser<'a> {
    settings: &'a Settings<'a>,
    index: HeaderIndex,
    file: String,
    recognised: Recognised,
    blocks: Vec<ExtractedBlock>,
    classes: Vec<ClassList>,
    nearly: Option<(String, Candidate)>,
    notes: Vec<Note>,
    forms_found: u32,
}

impl<'a> Recogniser<'a> {
    /// A recogniser for one file; `file` is its path as listed in `files.csv`.
    pub fn new(settings: &'a Settings<'a>, file: &str) -> Self {
        Self {
            settings,
            index: HeaderIndex::new(settings.forms),
            file: file.to_owned(),
            recognised: Recognised::default(),
            blocks: Vec::new(),
            classes: Vec::new(),
            nearly: None,
            notes: Vec::new(),
            forms_found: 0,
        }
    }

    /// Takes the next sheet of the file.
    pub fn sheet(&mut self, sheet: RawSheet) {
        let detected = detect::detect(self.settings.forms, &self.index, &sheet);
        if sheet.hidden {
            self.notes.push(self.about_hidden(&sheet, &detected));
            return;
        }
        match detected {
            Detected::Form(candidate) if !stacked::is_cut_short(self.settings.forms, &sheet, &candidate) => {
                self.take_filled(sheet, &candidate);
            }
            _ if self.take_stacked(&sheet) => {}
            Detected::Form(candidate) => self.take_filled(sheet, &candidate),
            Detected::Classes(found) => {
                for found in &found {
                    self.classes.push(classes::read(&sheet, found, &self.file, &mut self.notes));
                }
                self.sketch(&sheet);
                self.count_as_lists(&sheet);
            }
            Detected::Nearly(candidate) => {
                let better = self.nearly.as_ref().is_none_or(|(_, best)| best.score < candidate.score);
                if better {
                    self.nearly = Some((sheet.name.clone(), candidate));
                }
                self.sketch(&sheet);
                self.count_as_lists(&sheet);
            }
            Detected::Nothing => {
                self.sketch(&sheet);
                self.count_as_lists(&sheet);
            }
        }
    }

    /// The note about a hidden sheet, with the form that it looks like.
    fn about_hidden(&self, sheet: &RawSheet, detected: &Detected) -> Note {
        let form = match detected {
            Detected::Form(candidate) => self.settings.forms.get(candidate.profile),
            _ => None,
        };
        let looks = form.map_or(String::new(), |form| format!("; по виду это форма {}", form.title));
        let message = format!("скрытый лист «{}» не учтён, строк на нём: {}{looks}", sheet.name, sheet.height());
        Note::about_file(&HIDDEN_SHEET, &self.file, message).at_sheet(&sheet.name)
    }

    /// What the file turned out to hold.
    pub fn finish(mut self) -> Noted<Recognised> {
        self.join_classes();
        self.note_failure();
        if !self.recognised.form.is_empty() {
            self.recognised.sketch = None;
        }
        let rejected = self.notes.iter().any(|note| note.severity == Severity::RejectFile);
        if rejected {
            for extracted in self.blocks.drain(..) {
                self.recognised.rows.rejected += u32::try_from(extracted.block.rows()).unwrap_or(u32::MAX);
            }
            self.recognised.references.clear();
            self.recognised.facts.clear();
            self.recognised.appeals.clear();
            self.recognised.schools.clear();
            self.recognised.named.clear();
            self.recognised.actions.clear();
            self.recognised.rows.rejected += self.recognised.rows.accepted;
            self.recognised.rows.accepted = 0;
        }
        self.recognised.blocks = self.blocks.into_iter().map(|extracted| extracted.block).collect();
        Noted { value: self.recognised, notes: self.notes }
    }

    /// Keeps the sketch of the sheet whose header says most.
    fn sketch(&mut self, sheet: &RawSheet) {
        let Some(found) = sketch::sketch(self.settings.forms, &self.index, sheet) else { return };
        let known = |sketch: &Sketch| sketch.columns.iter().filter(|column| column.guess.is_some()).count();
        if self.recognised.sketch.as_ref().is_none_or(|best| known(best) < known(&found)) {
            self.recognised.sketch = Some(found);
        }
    }

    /// Takes a sheet with a header in one row, merged cells filled down.
    fn take_filled(&mut self, mut sheet: RawSheet, candidate: &Candidate) {
        self.notes.extend(merged::fill_down(&mut sheet, candidate, &self.file));
        self.take_form(&sheet, candidate, None);
    }

    /// Takes a sheet whose header takes several rows; false where it is none. A sheet with works side by side is read
    /// once per work, and its rows count as often.
    fn take_stacked(&mut self, sheet: &RawSheet) -> bool {
        let works = stacked::detect(self.settings.forms, &self.index, self.settings.subjects, sheet);
        for work in &works {
            self.take_form(&work.sheet, &work.candidate, work.group.as_ref());
        }
        !works.is_empty()
    }

    fn take_form(&mut self, sheet: &RawSheet, candidate: &Candidate, group: Option<&head::Placed>) {
        let Some(profile) = self.settings.forms.get(candidate.profile) else { return };
        let scene = Scene {
            settings: self.settings,
            index: &self.index,
            profile,
            file: &self.file,
            sheet,
            found: candidate,
            group,
            places: std::cell::OnceCell::new(),
        };
        let extracted = match profile.extractor {
            Extractor::TaskColumns => extract::task_columns::extract(&scene),
            Extractor::AnswerStrings => extract::answer_strings::extract(&scene),
            Extractor::GroupPercentages => extract::group_percentages::extract(&scene),
            Extractor::TaskPercentages => extract::task_percentages::extract(&scene),
            Extractor::Registers => extract::registers::extract(&scene),
            Extractor::Actions => extract::actions::extract(&scene),
            Extractor::Facts => extract::facts::extract(&scene),
            Extractor::Appeals => extract::appeals::extract(&scene),
            Extractor::Descriptors => extract::descriptors::extract(&scene),
        };
        self.forms_found += 1;
        if self.recognised.form.is_empty() {
            self.recognised.form.clone_from(&profile.id);
            self.recognised.form_score = candidate.score;
            let row = candidate.header_row + 1;
            self.recognised.reasons.push(format!("заголовок формы в строке {row}"));
        }
        if profile.unconfirmed {
            let message = format!("форма «{}» не подтверждена настоящим файлом: сверьте прочитанное", profile.title);
            self.notes.push(scene.note(&UNCONFIRMED_FORM, candidate.header_row, 0, message));
        }
        self.recognised.reasons.extend(extracted.reasons);
        self.recognised.rows.add(extracted.rows);
        self.recognised.references.extend(extracted.references);
        self.recognised.facts.extend(extracted.facts);
        self.recognised.appeals.extend(extracted.appeals);
        self.recognised.descriptors.extend(extracted.descriptors);
        self.recognised.schools.extend(extracted.schools);
        self.recognised.actions.extend(extracted.actions);
        named_schools::add(&scene, &mut self.recognised.named);
        self.blocks.extend(extracted.blocks);
        self.notes.extend(extracted.notes);
    }

    /// A sheet that holds no results: its rows are structural.
    fn count_as_lists(&mut self, sheet: &RawSheet) {
        for row in 0..sheet.height() {
            self.recognised.rows.read += 1;
            if sheet.row(row).iter().all(|cell| sheet.is_blank(*cell)) {
                self.recognised.rows.blank += 1;
            } else {
                self.recognised.rows.structural += 1;
            }
        }
    }

    fn join_classes(&mut self) {
        for extracted in &mut self.blocks {
            let Some(profile) = self.settings.forms.get(extracted.profile) else { continue };
            let list = self.classes.iter().find(|list| list.profile == extracted.profile);
            let notes =
                classes::join(&mut extracted.block, profile, extracted.class_grade, list, &self.settings.pseudonym_key);
            self.notes.extend(notes);
        }
    }

    /// Says what comes nearest to a file that nobody knows. Headers that no profile knows are named by column: what
    /// looks like a header may be a row of names.
    fn unknown(&self) -> Note {
        let message = "ни один профиль формы не подошёл";
        let Some(sketch) = &self.recognised.sketch else {
            return Note::about_file(&UNKNOWN_FORM, &self.file, message);
        };
        let mut message = message.to_owned();
        if let Some(near) = &sketch.nearest {
            message = format!("{message}; ближе всего «{}» ({})", near.title, near.id);
            if !near.missing.is_empty() {
                message = format!("{message}: нет {}", near.missing.join(", "));
            }
            if !near.unknown.is_empty() {
                let columns = near.unknown.iter().take(MOST_COLUMNS).map(|column| column_name(*column));
                let more = if MOST_COLUMNS < near.unknown.len() { " и других" } else { "" };
                let columns = columns.collect::<Vec<_>>().join(", ");
                message = format!("{message}; незнакомые ей заголовки — в столбцах {columns}{more}");
            }
        }
        Note::about_file(&UNKNOWN_FORM, &self.file, message).at_sheet(&sketch.sheet).at(sketch.header_row, 0)
    }

    /// Says why a file gave nothing.
    fn note_failure(&mut self) {
        let rejected = self.notes.iter().any(|note| note.severity == Severity::RejectFile);
        let counted = &self.recognised.rows;
        // An empty register of measures is a template that nobody filled in yet, not a faulty file.
        let template = self.notes.iter().any(|note| note.code == ACTIONS_MISSING.id);
        let gave = !self.blocks.is_empty() || counted.accepted > 0 || template;
        if rejected || gave {
            return;
        }
        if self.forms_found > 0 {
            let note = if counted.rejected == 0 {
                Note::about_file(&EMPTY_FORM, &self.file, "заголовок формы есть, строк участников нет")
            } else {
                Note::about_file(&NOTHING_ACCEPTED, &self.file, "ни одна таблица или строка файла не принята")
            };
            self.notes.push(note);
            return;
        }
        let note = match &self.nearly {
            Some((sheet, candidate)) => {
                let title = self.settings.forms.get(candidate.profile).map_or("", |profile| profile.title.as_str());
                let missing = candidate.missing.join(", ");
                let message = format!("похоже на форму «{title}», но нет столбцов: {missing}");
                let note = Note::about_file(&MISSING_COLUMNS, &self.file, message);
                note.at_sheet(sheet).at(candidate.header_row + 1, 0)
            }
            None => self.unknown(),
        };
        self.notes.push(note);
    }
}
