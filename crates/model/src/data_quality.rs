//! How good the data of a school are: what is counted, and the score of 0 to 100 that comes of it.

use super::assessment::{ExamKey, Procedure};
use super::unit::as_f64;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the score of a school, or of all schools together, is computed from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QualityCounts {
    /// Works that are expected.
    pub expected: u64,
    /// Those of them with results.
    pub present: u64,
    /// Rows of participants in the files.
    pub rows: u64,
    /// Those of them with a note on a value that is lost or changed.
    pub faulty_rows: u64,
    pub files: u64,
    /// Those of them of which school, work, class and participants were taken without a note.
    pub identified_files: u64,
    /// Expected works whose day of delivery has come, and of which it is known whether they came by it.
    pub due: u64,
    /// Those of them that came by it.
    pub in_time: u64,
    /// Works that came between two checks around their day of delivery: nobody can tell.
    pub undated: u64,
    /// Works whose day of delivery is yet to come.
    pub awaited: u64,
}

impl QualityCounts {
    /// Adds the counts of another school.
    pub fn add(&mut self, other: &Self) {
        self.expected += other.expected;
        self.present += other.present;
        self.rows += other.rows;
        self.faulty_rows += other.faulty_rows;
        self.files += other.files;
        self.identified_files += other.identified_files;
        self.due += other.due;
        self.in_time += other.in_time;
        self.undated += other.undated;
        self.awaited += other.awaited;
    }
}

/// A part of the score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum QualityPart {
    /// Works with results of those that are expected.
    Completeness,
    /// Rows without a note on a value.
    Cells,
    /// Files of which everything is known without a note.
    Identity,
    /// Works that came by their day.
    Timeliness,
}

impl QualityPart {
    /// The parts in the order of the tables.
    pub const ALL: [Self; 4] = [Self::Completeness, Self::Cells, Self::Identity, Self::Timeliness];

    /// Part of the names of columns and thresholds.
    pub fn id(self) -> &'static str {
        match self {
            Self::Completeness => "completeness",
            Self::Cells => "cells",
            Self::Identity => "identity",
            Self::Timeliness => "timeliness",
        }
    }

    /// The word for the reader.
    pub fn title(self) -> &'static str {
        match self {
            Self::Completeness => "полнота",
            Self::Cells => "ячейки",
            Self::Identity => "идентификация",
            Self::Timeliness => "срок",
        }
    }
}

/// Points of one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartScore {
    pub part: QualityPart,
    /// Most points, in tenths.
    pub most: u64,
    /// Points, in tenths; none where the part cannot be computed.
    pub tenths: Option<u64>,
    /// Why it cannot be computed; empty where it is.
    pub reason: &'static str,
}

/// A score with its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QualityScore {
    /// What it is computed from.
    pub counts: QualityCounts,
    /// The parts in the order of the tables.
    pub parts: [PartScore; 4],
    /// Points that could be reached by the parts that are computed, in tenths.
    pub within_reach: u64,
    /// Points that could be reached if all parts were, in tenths.
    pub most: u64,
    /// The score of 0 to 100, in tenths; none where no part is computed.
    pub tenths: Option<u64>,
}

impl QualityScore {
    /// Difference to a score of before, in points; none where other parts were computed, for then the two are not of
    /// one kind.
    pub fn change_since(&self, before: &Self) -> Option<f64> {
        let is_alike = |(now, before): (&PartScore, &PartScore)| now.tenths.is_some() == before.tenths.is_some();
        let alike = self.parts.iter().zip(&before.parts).all(is_alike);
        let (now, before) = (self.tenths?, before.tenths?);
        let size = in_points(now.abs_diff(before));
        alike.then_some(if now < before { -size } else { size })
    }
}

/// Tenths as points.
pub fn in_points(tenths: u64) -> f64 {
    as_f64(tenths) / 10.0
}

/// The score of a school now and at the check before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchoolQuality {
    /// Id of the school.
    pub school: String,
    pub now: QualityScore,
    /// At the check before; none where there was none, or it kept no counts.
    pub before: Option<QualityScore>,
}

/// The scores of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataQuality {
    /// Date of this check as `YYYY-MM-DD`.
    pub date: String,
    /// All schools together.
    pub all: QualityScore,
    /// Schools in the order of the register.
    pub schools: Vec<SchoolQuality>,
    /// Earlier checks, the oldest first: date, all schools together.
    pub past: Vec<(String, QualityScore)>,
    /// Names of the works that are expected.
    pub expected: Vec<String>,
}

impl DataQuality {
    /// The score of a school.
    pub fn of_school(&self, school: &str) -> Option<&SchoolQuality> {
        self.schools.iter().find(|of| of.school == school)
    }

    /// Date of the check that the scores are compared with; empty where there is none.
    pub fn since(&self) -> &str {
        self.past.last().map_or("", |(date, _)| date)
    }
}

/// When a work of a school came, as far as checks can tell; dates as `YYYY-MM-DD`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// The first check that found it.
    pub seen: String,
    /// The check before that one, which did not; empty where there was none.
    pub missing: String,
}

/// Counts of all schools together at an earlier check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastQuality {
    /// Date of the check as `YYYY-MM-DD`.
    pub date: String,
    pub counts: QualityCounts,
}

/// Days by which results are to come, as `YYYY-MM-DD`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DueDates {
    /// Of all works of a procedure.
    pub of_procedure: BTreeMap<Procedure, String>,
    /// Of one work, which every school with its grade is then expected to write.
    pub of_exam: BTreeMap<ExamKey, String>,
}

impl DueDates {
    /// The day of a work; none where none is set.
    pub fn of(&self, exam: &ExamKey) -> Option<&str> {
        self.of_exam.get(exam).or_else(|| self.of_procedure.get(&exam.procedure)).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_one_work_goes_before_that_of_its_procedure() {
        let exam = |grade| ExamKey::new(Procedure::Vpr, 2026, "math", grade);
        let due = DueDates {
            of_procedure: [(Procedure::Vpr, "2026-05-29".to_owned())].into(),
            of_exam: [(exam(8), "2026-05-12".to_owned())].into(),
        };
        assert_eq!((due.of(&exam(8)), due.of(&exam(5))), (Some("2026-05-12"), Some("2026-05-29")));
        assert_eq!(due.of(&ExamKey { procedure: Procedure::Oge, ..exam(9) }), None);
    }
}
