//! The recogniser of one file: which form a sheet is, and who reads it.

mod failure;

use crate::classes::{self, ClassList};
use crate::codes::{HIDDEN_SHEET, UNCONFIRMED_FORM};
use crate::detect::{self, Candidate, Detected};
use crate::head::Placed;
use crate::header_index::HeaderIndex;
use crate::scene::{ExtractedBlock, Scene};
use crate::{Settings, extract, merged, named_schools, sketch, stacked};
use srez_model::delivery::Recognised;
use srez_model::form::Extractor;
use srez_model::note::{Note, Noted, Severity};
use srez_model::raw_sheet::RawSheet;
use srez_model::sketch::Sketch;
use std::cell::OnceCell;

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

    fn take_form(&mut self, sheet: &RawSheet, candidate: &Candidate, group: Option<&Placed>) {
        let Some(profile) = self.settings.forms.get(candidate.profile) else { return };
        let scene = Scene {
            settings: self.settings,
            index: &self.index,
            profile,
            file: &self.file,
            sheet,
            found: candidate,
            group,
            places: OnceCell::new(),
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
}
