//! What crosses from file to store: results of one exam from one sheet, as plain columns.

use super::assessment::{Difficulty, ExamKey};
use serde::{Deserialize, Serialize};

/// Points of one participant on one task: 0 to [`GREATEST_POINTS`], or one of the codes below.
pub type PointCode = u8;

/// Greatest number of points that a cell can hold.
pub const GREATEST_POINTS: PointCode = 200;
/// «X» or blank: the participant did not attempt the task.
pub const NOT_ATTEMPTED: PointCode = 255;
/// «не пройд.» or the other alternative: the task was not offered.
pub const NOT_OFFERED: PointCode = 254;
/// The participant was absent from this part of a two-part work.
pub const ABSENT_PART: PointCode = 253;
/// The cell cannot be read: above the maximum, text, an error value.
pub const UNREADABLE: PointCode = 252;
/// No points by a rule of the work: the criterion on which this one depends has none. It says nothing about a skill.
pub const ZEROED: PointCode = 251;

/// Greatest total, mark or test score that a row can hold: the history keeps them as signed numbers of 16 bits.
pub const GREATEST_SCORE: u16 = i16::MAX.unsigned_abs();

/// Points that an outcome adds to a total: not attempted and zeroed add 0; none where the row has no whole total.
pub fn points_in_total(outcome: PointCode) -> Option<PointCode> {
    match outcome {
        NOT_ATTEMPTED | ZEROED => Some(0),
        points @ ..=GREATEST_POINTS => Some(points),
        _ => None,
    }
}

/// A column of labels: each label once, an index per row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labels {
    /// Labels in the order of first appearance.
    pub names: Vec<String>,
    /// Index into `names`, one per row.
    pub of_row: Vec<u32>,
}

impl Labels {
    /// Adds one row.
    pub fn push(&mut self, name: &str) {
        let last = self.of_row.last().and_then(|index| self.names.get(*index as usize).map(|seen| (*index, seen)));
        let index = match last {
            Some((index, seen)) if seen == name => index,
            _ => self.intern(name),
        };
        self.of_row.push(index);
    }

    /// Index of a label, added if it is new.
    pub fn intern(&mut self, name: &str) -> u32 {
        let place = self.names.iter().rposition(|seen| seen == name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        u32::try_from(place).unwrap_or(u32::MAX)
    }

    /// Label of a row; empty outside the column.
    pub fn name(&self, row: usize) -> &str {
        self.of_row.get(row).and_then(|index| self.names.get(*index as usize)).map_or("", String::as_str)
    }
}

/// Whether a row counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RowState {
    /// A participant.
    #[default]
    Accepted,
    /// On the list, absent from the whole work: accepted, but not a participant.
    Absent,
    /// Left out, with a note.
    Rejected,
    /// Replaced by a later delivery or attempt.
    Superseded,
}

/// A column of points: the task as the form prints it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockTask {
    /// Number of the task as printed, normalised: `16.1`, `1К2`; for exports by order, the order.
    pub id: String,
    /// True where `id` is only an order, to be looked up in the specification by position.
    pub by_position: bool,
    /// Maximum from the header; none where the header has none.
    pub max: Option<u16>,
    /// Level from a row above the header.
    pub difficulty: Option<Difficulty>,
    /// Column of the sheet counted from 1; answer strings share one.
    pub column: u32,
}

/// Results of one exam from one sheet.
///
/// Grain: one entry of every column per participant row of the sheet.
/// Key: (exam, school, class, participant). Names of people are never kept.
/// Order: by row of the sheet.
/// Source: the layout profiles in `pipelines/forms/`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// Procedure, year, subject, grade.
    pub exam: ExamKey,
    /// Id of the layout profile.
    pub form: String,
    /// Path of the file as listed in `files.csv`.
    pub file: String,
    /// Sheet of the workbook.
    pub sheet: String,
    /// Date of the exam or upload as `YYYY-MM-DD`, or with a time; empty where the form has none.
    pub date: String,
    /// Greatest primary score as the form declares it.
    pub declared_maximum: Option<u16>,
    /// Participants as the form declares them.
    pub declared_participants: Option<u32>,
    /// Tasks in the order of the columns of points.
    pub tasks: Vec<BlockTask>,
    /// Row of the sheet, counted from 1.
    pub row: Vec<u32>,
    /// Whether the row counts.
    pub state: Vec<RowState>,
    /// Login or code of the school as the form gives it, in canonical form.
    pub school: Labels,
    /// Municipality as the form gives it; empty where the form has none.
    pub municipality: Labels,
    /// Class, normalised (`8А`); empty where unknown.
    pub class: Labels,
    /// Participant: the code of ВПР forms, else a keyed pseudonym.
    pub participant: Labels,
    /// Variant of the paper; empty where unknown.
    pub variant: Labels,
    /// `м`, `ж` or empty.
    pub sex: Labels,
    /// Textbook; empty where unknown.
    pub textbook: Labels,
    /// Time of upload where the form has one, as sortable text; empty otherwise.
    pub uploaded: Labels,
    /// Mark of the last term, 2 to 5.
    pub journal: Vec<Option<u8>>,
    /// Total as the form declares it.
    pub declared_total: Vec<Option<u16>>,
    /// Mark or test score as the form declares it.
    pub declared_result: Vec<Option<u16>>,
    /// Points: one column per task, one code per row.
    pub points: Vec<Vec<PointCode>>,
    /// Total recomputed from the tasks. Filled by `validate`.
    pub total: Vec<Option<u16>>,
    /// Mark or test score as accepted. Filled by `validate`.
    pub result: Vec<Option<u16>>,
    /// Columns in which values of the row stand, counted from 1, for notes: total, result, class, participant, journal.
    pub columns: NamedColumns,
}

/// Columns of the sheet in which the named fields stand, counted from 1; 0 where the form has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedColumns {
    /// Login or code of the school.
    pub school: u32,
    pub class: u32,
    /// Participant code.
    pub participant: u32,
    pub variant: u32,
    /// Journal mark.
    pub journal: u32,
    /// Declared total.
    pub total: u32,
    /// Declared mark or test score.
    pub result: u32,
}

impl Block {
    /// An empty block.
    pub fn new(exam: ExamKey, form: &str, file: &str, sheet: &str) -> Self {
        Self {
            exam,
            form: form.to_owned(),
            file: file.to_owned(),
            sheet: sheet.to_owned(),
            date: String::new(),
            declared_maximum: None,
            declared_participants: None,
            tasks: Vec::new(),
            row: Vec::new(),
            state: Vec::new(),
            school: Labels::default(),
            municipality: Labels::default(),
            class: Labels::default(),
            participant: Labels::default(),
            variant: Labels::default(),
            sex: Labels::default(),
            textbook: Labels::default(),
            uploaded: Labels::default(),
            journal: Vec::new(),
            declared_total: Vec::new(),
            declared_result: Vec::new(),
            points: Vec::new(),
            total: Vec::new(),
            result: Vec::new(),
            columns: NamedColumns::default(),
        }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.row.len()
    }

    /// Bytes that the columns take in memory, labels counted once each.
    pub fn size_bytes(&self) -> u64 {
        let labels = [
            &self.school,
            &self.municipality,
            &self.class,
            &self.participant,
            &self.variant,
            &self.sex,
            &self.textbook,
            &self.uploaded,
        ];
        let of_labels = |column: &&Labels| {
            column.names.iter().map(String::len).sum::<usize>() + size_of_val(column.of_row.as_slice())
        };
        let whole = labels.iter().map(of_labels).sum::<usize>()
            + size_of_val(self.row.as_slice())
            + size_of_val(self.state.as_slice())
            + size_of_val(self.journal.as_slice())
            + self.points.iter().map(Vec::len).sum::<usize>();
        let numbers = [&self.declared_total, &self.declared_result, &self.total, &self.result];
        (whole + numbers.iter().map(|column| size_of_val(column.as_slice())).sum::<usize>()) as u64
    }

    /// Points of a row on the task of an index for conditions: not attempted and not offered count as 0; none where the
    /// cell cannot be read.
    pub(crate) fn points_for_condition(&self, row: usize, task: usize) -> Option<u16> {
        match *self.points.get(task)?.get(row)? {
            UNREADABLE | ABSENT_PART => None,
            points if points <= GREATEST_POINTS => Some(u16::from(points)),
            _ => Some(0),
        }
    }

    /// Mark that the scale of an exam gives a row; none where it gives none.
    pub fn mark_by_scale(&self, exam: &super::assessment::Exam, row: usize) -> Option<u8> {
        exam.mark_of((*self.total.get(row)?)?, |task| self.points_for_condition(row, task))
    }

    /// Number of rows in a state.
    pub fn count(&self, state: RowState) -> u32 {
        u32::try_from(self.state.iter().filter(|seen| **seen == state).count()).unwrap_or(u32::MAX)
    }
}
