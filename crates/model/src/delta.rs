//! What changed since the issue before: findings that are new, worse, better, open or gone, and data that came or
//! changed.

use super::finding::Severity;
use super::level::Level;
use serde::{Deserialize, Serialize};

/// A finding as the store remembers it; none of it is about a pupil.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptFinding {
    /// Id that survives the months.
    pub id: String,
    /// Code of the sign.
    pub sign: String,
    /// Strength, where its rule knows degrees; a record has its word.
    #[serde(with = "severity_word")]
    pub severity: Option<Severity>,
    /// Name of the exam.
    pub exam: String,
    pub level: Level,
    pub group: String,
    /// The matter in words.
    pub matter: String,
    pub value: Option<f64>,
    /// Threshold that it passed.
    pub threshold: Option<f64>,
    /// Participants.
    pub n: u64,
    /// The sentence.
    pub text: String,
}

/// A severity in a record: its word, or nothing; a word of another version of the program is none.
mod severity_word {
    use super::Severity;
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(clippy::ref_option, reason = "serde hands a field over by reference")]
    pub(super) fn serialize<S: Serializer>(severity: &Option<Severity>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(severity.map_or("", Severity::title))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Severity>, D::Error> {
        Ok(Severity::from_title(&String::deserialize(deserializer)?))
    }
}

/// What was issued for one period at one version of the store.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Release {
    /// Period, `2026-05`.
    pub period: String,
    /// Version of the store.
    pub version: u64,
    /// Names of the exams that were reported, sorted.
    pub exams: Vec<String>,
    /// Deficits that were reported, sorted by id.
    pub findings: Vec<KeptFinding>,
}

/// What became of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeltaState {
    /// Was not there before.
    New,
    /// Stronger than before.
    Worse,
    /// Weaker than before, and still there.
    Better,
    /// As before.
    Open,
    /// Was there before and is not now.
    Gone,
    /// Was there before; its exam is not in this issue.
    NotMeasured,
}

impl DeltaState {
    /// All states in the order in which they are told.
    pub const ALL: [Self; 6] = [Self::New, Self::Worse, Self::Better, Self::Gone, Self::Open, Self::NotMeasured];

    /// The word of `delta.csv`.
    pub fn id(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Worse => "worse",
            Self::Better => "better",
            Self::Open => "open",
            Self::Gone => "recovered",
            Self::NotMeasured => "not-measured",
        }
    }

    /// The words for the reader.
    pub fn title(self) -> &'static str {
        match self {
            Self::New => "новое",
            Self::Worse => "значение хуже",
            Self::Better => "значение лучше",
            Self::Open => "остаётся",
            Self::Gone => "устранено",
            Self::NotMeasured => "сейчас не измерялось",
        }
    }
}

impl DeltaState {
    /// One or two words, for the head of a column.
    pub fn short_title(self) -> &'static str {
        match self {
            Self::New => "новые",
            Self::Worse => "хуже",
            Self::Better => "лучше",
            Self::Open => "остаются",
            Self::Gone => "устранены",
            Self::NotMeasured => "не измерялось",
        }
    }
}

/// Why it changed, as far as the data tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeltaCause {
    /// The results of the exam were corrected or completed since.
    Correction,
    /// Results of a new year.
    NewYear,
    /// The exam was not in the issue before.
    NewExam,
    /// The same results: rules or thresholds changed, or the exam was left out.
    SameData,
}

impl DeltaCause {
    /// The word of `delta.csv`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Correction => "data-correction",
            Self::NewYear => "new-year",
            Self::NewExam => "new-exam",
            Self::SameData => "same-data",
        }
    }

    /// The words for the reader.
    pub fn title(self) -> &'static str {
        match self {
            Self::Correction => "изменились данные этой работы",
            Self::NewYear => "результаты нового года",
            Self::NewExam => "раньше этой работы не было",
            Self::SameData => "данные те же",
        }
    }
}

/// One finding now and before.
#[derive(Clone, Debug, PartialEq)]
pub struct DeltaRow {
    pub state: DeltaState,
    /// Why.
    pub cause: DeltaCause,
    /// The finding as it is now; for what is gone as it was.
    pub finding: KeptFinding,
    /// Value before; none where it is new or had none.
    pub before: Option<f64>,
    /// Participants before; 0 where it is new.
    pub n_before: u64,
}

/// Results of a school in an exam that came or changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DataChange {
    /// Name of the exam.
    pub exam: String,
    /// School as the files name it.
    pub school: String,
    /// Rows now.
    pub rows: u32,
    /// Rows that differ, came or went; none where the results are new.
    pub rows_changed: Option<u32>,
}

/// With what an issue is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The issue before.
    Issue {
        /// Its period, `2026-05`.
        period: String,
        /// Version of the store from which it was made.
        version: u64,
    },
    /// The school year before, by the calendar year in which it ends: nothing was issued yet, and the same history
    /// tells what would have been said of that year.
    Year(u16),
}

/// Everything that changed since the issue before, or since the school year before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Delta {
    /// With what is compared; none where there is neither an issue nor a year before.
    pub before: Option<Basis>,
    /// Findings, sorted by state and id.
    pub rows: Vec<DeltaRow>,
    /// Data, sorted.
    pub changes: Vec<DataChange>,
    /// Later issues of which the store has a record that this version of the program does not understand.
    pub passed_over: u64,
}

impl Delta {
    /// Findings in a state.
    pub fn count(&self, state: DeltaState) -> u64 {
        self.rows.iter().filter(|row| row.state == state).count() as u64
    }
}
