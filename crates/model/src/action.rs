//! Measures that a centre took, called actions here: the register, what came of them, and last year's recommendations.

use super::compared::MeasureId;
use super::level::Level;
use serde::{Deserialize, Serialize};

/// One line of the register of actions, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// Path of the register as listed.
    pub file: String,
    /// Sheet; empty for text.
    pub sheet: String,
    /// Row counted from 1; for a register in TOML the place of the entry.
    pub row: u32,
    /// What was done.
    pub title: String,
    /// First day as `YYYY-MM-DD`.
    pub from: String,
    /// Last day as `YYYY-MM-DD`; empty where it is not told.
    pub until: String,
    /// Logins or codes of the schools; empty where all schools of the municipality were meant.
    pub schools: Vec<String>,
    /// Exam without its year, `vpr-math-8`; empty where the text names none.
    pub exam: String,
    /// What was to change, as written: «доля «2»», «умение: геометрия», «задание 5», or an id.
    pub indicator: String,
    /// Post of who answers for it.
    pub responsible: String,
    /// Result that was expected, as written; may be empty.
    pub expected: String,
    /// Column of the schools, counted from 1; 0 for text.
    pub school_column: u32,
    /// Column of the indicator, counted from 1; 0 for text.
    pub indicator_column: u32,
}

/// What may be said about an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EffectVerdict {
    /// Without the action the value would almost surely be worse.
    Confirmed,
    /// It would probably be worse.
    Possible,
    /// Few participants, or no change that may be hoped for would be seen.
    TooFewData,
    /// One school beside all schools of the action: it has numbers and no verdict.
    Part,
    /// Neither.
    NotConfirmed,
    /// The two years are not comparable, only the place among the schools is told.
    NotComparable,
    /// There is nobody without the action, or too few schools.
    NoComparison,
    /// One of the two years is not there.
    NoBase,
    /// The exam that shows it is still to come.
    Ahead,
    /// The line of the register cannot be understood.
    NotUnderstood,
}

impl EffectVerdict {
    /// The word of `effectiveness.csv`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Possible => "possible",
            Self::TooFewData => "too-few-data",
            Self::Part => "part",
            Self::NotConfirmed => "not-confirmed",
            Self::NotComparable => "not-comparable",
            Self::NoComparison => "no-comparison",
            Self::NoBase => "no-base",
            Self::Ahead => "ahead",
            Self::NotUnderstood => "not-understood",
        }
    }

    /// The words for the reader.
    pub fn title(self) -> &'static str {
        match self {
            Self::Confirmed => "эффект подтверждён",
            Self::Possible => "эффект возможен",
            Self::TooFewData => "данных недостаточно",
            Self::Part => "вывод — по всем школам меры вместе",
            Self::NotConfirmed => "эффект не подтверждён",
            Self::NotComparable => "несопоставимо",
            Self::NoComparison => "сравнить не с чем",
            Self::NoBase => "нет базы",
            Self::Ahead => "итог впереди",
            Self::NotUnderstood => "запись не разобрана",
        }
    }
}

/// `effectiveness.csv`. Grain: one row per action, level and group: `municipality` is all schools of the action
/// together, `school` each of them. Shares are percent.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectRow {
    /// Number of the action in the register, from 1.
    pub action: usize,
    pub level: Level,
    pub group: String,
    /// Exam after.
    pub exam: String,
    /// Exam before.
    pub before_exam: String,
    /// As in `dynamics.csv`; none where it is not understood.
    pub measure: Option<MeasureId>,
    /// Schools of the action with results in both years.
    pub schools: u64,
    /// Value before and after.
    pub values: Option<(f64, f64)>,
    /// Participants before and after.
    pub n: (u64, u64),
    /// Schools without the action with results in both years.
    pub peers: u64,
    /// Change of the schools without the action, of their mean.
    pub peers_change: Option<f64>,
    /// What was to be expected without the action, regression to the mean taken into account.
    pub expected: Option<f64>,
    /// Value after minus the expected one, with its predictive interval, 95 %.
    pub effect: Option<(f64, f64, f64)>,
    /// Probability that without the action the value would be worse.
    pub chance: Option<f64>,
    /// Distance from the expected value whose reaching is seen as a possible effect four times out of five.
    pub min_detectable: Option<f64>,
    /// Place among the schools before and after, in standard deviations, where the years are not comparable.
    pub place: Option<(f64, f64)>,
    pub verdict: EffectVerdict,
    /// Why, or a reserve.
    pub reason: String,
}

/// What became of a deficit on which last year's analysis had recommended to work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeficitState {
    /// The result is sufficient now.
    Removed,
    /// Better, and not by chance.
    Improved,
    /// No change that could not be chance.
    Same,
    /// Worse, and not by chance.
    Grown,
    /// The years are not comparable.
    NotComparable,
}

impl DeficitState {
    /// The word of `recommendations.csv`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Improved => "improved",
            Self::Same => "same",
            Self::Grown => "grown",
            Self::NotComparable => "not-comparable",
        }
    }

    /// The words for the reader.
    pub fn title(self) -> &'static str {
        match self {
            Self::Removed => "устранён",
            Self::Improved => "улучшение",
            Self::Same => "без изменений",
            Self::Grown => "дефицит вырос",
            Self::NotComparable => "несопоставимо",
        }
    }
}

/// `recommendations.csv`. Grain: one row per deficit of last year, of the municipality, task or skill.
#[derive(Clone, Debug, PartialEq)]
pub struct RecommendationRow {
    /// Id of last year's finding.
    pub finding: String,
    /// Exam of this year.
    pub exam: String,
    /// Exam of last year.
    pub before_exam: String,
    /// As in `dynamics.csv`.
    pub measure: MeasureId,
    /// The task or skill in words.
    pub matter: String,
    /// Completion last year and now, percent.
    pub values: (f64, Option<f64>),
    /// Participants last year and now.
    pub n: (u64, u64),
    /// Difference with its interval, 95 %; none where not comparable.
    pub difference: Option<(f64, f64, f64)>,
    /// State now.
    pub state: DeficitState,
    /// Numbers of the actions that aimed at it.
    pub actions: Vec<usize>,
    /// Why, or a reserve.
    pub reason: String,
}

/// What came of the measures of a register, and of last year's recommendations.
#[derive(Clone, Debug, Default)]
pub struct Effects {
    /// Measures in the order of the register.
    pub actions: Vec<Action>,
    /// What came of them.
    pub rows: Vec<EffectRow>,
    /// What became of last year's deficits.
    pub recommendations: Vec<RecommendationRow>,
}
