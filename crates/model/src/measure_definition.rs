//! What a measure is, in words for the methods chapter and `explain`.

use super::assessment::Exam;

/// Where the reader meets a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToldIn {
    /// In the documents.
    Text,
    /// In the tables of data alone.
    Tables,
}

/// Exams that have a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasuredOf {
    All,
    /// Those that end in marks.
    Marks,
    /// ЕГЭ with test scores.
    TestScores,
    /// Check works: ВПР and regional works.
    Checks,
    /// None: it is of the run.
    Run,
}

impl MeasuredOf {
    /// Whether an exam has the measure.
    pub fn has(self, exam: &Exam) -> bool {
        match self {
            Self::All => true,
            Self::Marks => !exam.has_test_scores(),
            Self::TestScores => exam.has_test_scores(),
            Self::Checks => !exam.key.procedure.has_attempts(),
            Self::Run => false,
        }
    }
}

/// Definition of a measure, so that methods chapter and `explain` are generated from it.
#[derive(Clone, Copy, Debug)]
pub struct MeasureDefinition {
    /// Kebab-case of the file name.
    pub id: &'static str,
    /// Where the reader meets it.
    pub told: ToldIn,
    /// Exams that have it.
    pub of: MeasuredOf,
    /// Name for the reader.
    pub title: &'static str,
    /// Columns that carry it: `marks.quality_pct`.
    pub columns: &'static [&'static str],
    /// Unit for the reader.
    pub unit: &'static str,
    /// What it is, in words that need no formula.
    pub plain: &'static str,
    /// Formula for the reader.
    pub formula: &'static str,
    /// What happens where it cannot be computed.
    pub degenerate: &'static str,
    /// Source for the reader.
    pub source: &'static str,
}
